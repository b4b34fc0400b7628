/** A host as a whole: definitions, trackers, groups, conditions, own addresses, and what could not be read. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHost } from "../../src/model/read.ts";
import { firstInstance, hostOf, instanceText } from "../support/instance.ts";

const script = (name: string, lines = "") => `vrrp_script ${name} {\nscript /bin/true\n${lines}\n}\n`;

describe("a host's name", () => {
  it.each([
    ["a.conf", "a"],
    ["/etc/keepalived/keepalived.conf", "keepalived"],
    ["sites\\b.conf", "b"],
    ["lb1.example.conf", "lb1.example"],
    ["noextension", "noextension"],
    ["-", "-"],
  ])("is the file name without .conf: %s", (path, name) => {
    expect(readHost({ path, text: "" }).name).toBe(name);
  });

  it("is what the caller says", () => {
    const host = readHost({ path: "a.conf", text: instanceText("V", ""), name: "lb1" });
    expect([host.name, host.instances[0]?.host]).toEqual(["lb1", "lb1"]);
  });
});

describe("instances", () => {
  it("are those that keepalived creates", () => {
    const text = [
      instanceText("A", "priority 1", 1),
      instanceText("A", "priority 2", 2),
      instanceText("", "priority 3", 3),
      instanceText("two names", "priority 4", 4),
      instanceText('"with blank"', "priority 5", 5),
    ].join("");
    const seen = hostOf(text).instances.map(({ name, priority }) => [name, priority.value]);
    expect(seen).toEqual([
      ["A", 1],
      ["with blank", 5],
    ]);
  });
});

describe("definitions", () => {
  it.each([
    ["vrrp_script x {\nscript /bin/true\n}", "script", 0, false],
    ["vrrp_script x {\nscript /bin/true\nweight -20\n}", "script", -20, false],
    ["vrrp_script x {\nscript /bin/true\nweight 300\n}", "script", 300, false],
    ["vrrp_script x {\nscript /bin/true\nweight 5 reverse\nweight 6\n}", "script", 6, true],
    ["track_file x {\nfile /tmp/x\n}", "file", 1, false],
    ["vrrp_track_file x {\nfile /tmp/x\nweight 5\nweight 7\n}", "file", 5, false],
    ["track_file x {\nfile /tmp/x\nweight 400\n}", "file", 1, false],
    ["vrrp_track_process x {\nprocess nginx\nweight 0\nweight 9 reverse\n}", "process", 9, true],
    ["vrrp_track_process x {\nprocess nginx\nweight 4\nweight 9 reverse\n}", "process", 4, false],
    ["bfd_instance x {\nneighbor_ip 10.0.0.2\nweight 300\n}", "bfd", 0, false],
    ["bfd_instance x {\nneighbor_ip 10.0.0.2\nweight -9 reverse\n}", "bfd", -9, true],
  ])("%j is a %s of weight %i", (text, kind, weight, reverse) => {
    expect(hostOf(text).definitions).toMatchObject([
      { kind, name: "x", weight, reverse, ignored: undefined },
    ]);
  });

  it("count once per name, and only when complete", () => {
    const text = `vrrp_script x {\ninterval 1\n}\n${script("x", "weight 1")}${script("x", "weight 2")}`;
    expect(hostOf(text).definitions.map(({ ignored, weight }) => [weight, ignored])).toEqual([
      [0, "incomplete"],
      [1, undefined],
      [2, "duplicate"],
    ]);
  });

  it("keep a script's command as written", () => {
    const text = "vrrp_script x {\n  script \"/usr/bin/test -e '/tmp/a b'\"  # why\n}";
    expect(hostOf(text).definitions[0]?.command).toBe("\"/usr/bin/test -e '/tmp/a b'\"");
  });
});

describe("trackers", () => {
  const definitions = `${script("plain")}${script("light", "weight -20")}${script("back", "weight 10 reverse")}`;
  const tracked = (line: string, more = "") =>
    firstInstance(`${definitions}${instanceText("V", `${more}\ntrack_script {\n${line}\n}`)}`).trackers[0];

  it.each([
    ["plain", 0, false, undefined],
    ["light", -20, false, undefined],
    ["light weight 5", 5, false, undefined],
    ["light weight 254", 253, false, undefined],
    ["light weight 255", -20, false, undefined],
    ["light weight five", 0, false, undefined],
    ["back", 10, true, undefined],
    ["back weight 3 noreverse", 3, false, undefined],
    ["plain weight 3 reverse", 3, true, undefined],
    ["plain weight", 0, false, "malformed"],
    ["plain wieght 3", 0, false, "malformed"],
    ["nowhere", 0, false, "undefined-name"],
    ["later", 0, false, "undefined-name"],
  ])("of the line %j weigh %i (reverse: %s, ignored: %s)", (line, value, reverse, ignored) => {
    const text = `${definitions}${instanceText("V", `track_script {\n${line}\n}`)}${script("later", "weight 9")}`;
    expect(firstInstance(text).trackers).toMatchObject([{ weight: { value }, reverse, ignored }]);
  });

  it("have their weight where it is written", () => {
    const text = `${definitions}${instanceText("V", "track_script {\nlight\nback weight 3\nplain\n}")}`;
    const places = firstInstance(text).trackers.map(({ weight: { at, written } }) => [
      text.slice(at.span.start, at.span.end),
      written,
    ]);
    expect(places).toEqual([
      ["-20", true],
      ["3", true],
      ["plain", false],
    ]);
  });

  it.each([
    ["priority 255", "owner"],
    ["priority 254", undefined],
  ])("with weight, in an instance with %s, are ignored because: %s", (lines, ignored) => {
    expect(tracked("light", lines)?.ignored).toBe(ignored);
  });

  it("of the own interface and repeated ones are ignored", () => {
    const lines = "track_interface {\neth0 weight 5\neth1\neth1 weight 7\n}";
    expect(firstInstance(instanceText("V", lines)).trackers.map(({ ignored }) => ignored)).toEqual([
      "own-interface",
      undefined,
      "duplicate",
    ]);
  });

  it.each([
    ["", ["sync-group", undefined, "sync-group", 0, 0]],
    ["sync_group_tracking_weight", [undefined, undefined, undefined, 4, 1]],
  ])("in a sync group with %j", (more, [light, plain, heavyFile, interfaceWeight, fileWeight]) => {
    const files = "track_file one {\nfile /tmp/1\n}\ntrack_file two {\nfile /tmp/2\nweight 2\n}\n";
    const lists = [
      "track_script {\nlight\nplain\n}",
      "track_file {\none\ntwo\n}",
      "track_interface {\neth1 weight 4\n}",
    ].join("\n");
    const group = `vrrp_sync_group G {\ngroup {\nV\n}\n${more}\n}\n`;
    const { trackers } = firstInstance(`${definitions}${files}${group}${instanceText("V", lists)}`);
    const find = (name: string) => trackers.find((tracker) => tracker.name === name);
    expect([find("light")?.ignored, find("plain")?.ignored, find("two")?.ignored]).toEqual([
      light,
      plain,
      heavyFile,
    ]);
    expect([find("eth1")?.weight.value, find("one")?.weight.value]).toEqual([interfaceWeight, fileWeight]);
  });
});

describe("sync groups", () => {
  const instances =
    instanceText("A", "", 1) + instanceText("B", "", 2) + instanceText("C", "priority 255", 3);

  it("list members on one or more lines, and the first group has an instance", () => {
    const text = `${instances}vrrp_sync_group G {\ngroup {\nA B\nnobody\n}\n}\nvrrp_sync_group H {\ngroup { B C }\n}`;
    const host = hostOf(text);
    expect(host.groups.map(({ members }) => members.map(({ name }) => name))).toEqual([
      ["A", "B", "nobody"],
      ["B", "C"],
    ]);
    expect(host.instances.map(({ group }) => group)).toEqual(["G", "G", "H"]);
  });

  it("are skipped without a name, with two names or with a name already used", () => {
    const text = ["G", "", "two names", "G"].map((name) => `vrrp_sync_group ${name} {\ngroup { A }\n}`);
    expect(hostOf(text.join("\n")).groups.map(({ name }) => name)).toEqual(["G"]);
  });

  it("with an owner have no weights", () => {
    const text = `${script("s", "weight 9")}${instances}vrrp_sync_group G {\ngroup { A C }\ntrack_script {\ns\n}\n}`;
    const [group] = hostOf(text).groups;
    expect(group?.trackers).toMatchObject([{ weight: { value: 0 }, ignored: undefined }]);
  });
});

describe("own addresses", () => {
  it("are sources and static addresses", () => {
    const text = [
      "static_ipaddress {\n10.0.0.9/24 dev eth0\nbad\n}",
      instanceText("A", "unicast_src_ip 10.0.0.1", 1),
      instanceText("B", "mcast_src_ip 10.0.0.2", 2),
      instanceText("C", "unicast_src_ip bad", 3),
    ].join("\n");
    expect(hostOf(text).ownAddresses.map(({ address }) => address)).toEqual([
      "10.0.0.1",
      "10.0.0.2",
      "10.0.0.9",
    ]);
  });
});

describe("conditions", () => {
  const text = instanceText("V", "@a priority 150\n@b priority 100\n@^a state BACKUP\nnopreempt");

  it("are judged as the given config-id", () => {
    expect(hostOf(text, { configId: "b" }).instances[0]?.priority.value).toBe(100);
    expect(hostOf(text, { configId: "a" }).instances[0]?.priority.value).toBe(150);
  });

  it("are judged as the host's name when the file names it", () => {
    const host = hostOf(text);
    expect([host.configId, host.instances[0]?.priority.value, host.uncertain]).toEqual(["a", 150, false]);
  });

  it("make everything uncertain when nobody says which host it is", () => {
    const host = readHost({ path: "keepalived.conf", text });
    expect([host.configId, host.uncertain, host.instances[0]?.uncertain]).toEqual([undefined, true, true]);
  });

  it("say nothing when there are none", () => {
    const host = readHost({ path: "keepalived.conf", text: instanceText("V", "") });
    expect([host.configId, host.uncertain]).toEqual([undefined, false]);
  });
});

describe("what could not be read", () => {
  it.each([
    ["an unknown block", "virtual_ipadress {\n10.0.0.1\n}\npriority 9"],
    ["a block without brace", "authentication\nauth_type PASS\n}"],
    ["an include that is not here", "include /etc/keepalived/part.conf"],
    ["an include in quotes", 'include "part.conf"'],
    ["a brace too many", "authentication {\nauth_type PASS\n}\n}\npriority 9"],
  ])("makes the instance uncertain and leaves its neighbours alone: %s", (_, lines) => {
    const text = instanceText("A", "", 1) + instanceText("B", lines, 2) + instanceText("C", "", 3);
    const { instances, uncertain: some } = hostOf(text);
    expect(some).toBe(true);
    expect(instances.map(({ name, uncertain }) => [name, uncertain])).toEqual([
      ["A", false],
      ["B", true],
      ["C", false],
    ]);
  });

  it("makes the host uncertain when a block swallows the next one", () => {
    const lines = "authentication\nauth_type PASS";
    const host = hostOf(instanceText("A", lines, 1) + instanceText("B", "", 2));
    expect([host.uncertain, host.instances[0]?.uncertain]).toEqual([true, true]);
  });

  it("makes the host uncertain when an include at the top level is not here", () => {
    const host = hostOf(`${instanceText("A", "")}include conf.d/*.conf\n`);
    expect([host.uncertain, host.instances[0]?.uncertain]).toEqual([true, false]);
  });

  it("is nothing where the include is here", () => {
    const include = () => ({ files: [{ path: "part.conf", text: "priority 42\n" }], directories: [] });
    const host = readHost({ path: "a.conf", text: instanceText("A", "include part.conf"), include });
    const [instance] = host.instances;
    expect([host.uncertain, instance?.uncertain, instance?.priority.value]).toEqual([false, false, 42]);
    expect(instance?.priority.at.file).toBe("part.conf");
  });

  it("is not an unknown keyword", () => {
    const host = hostOf(instanceText("A", "// a remark\nprority 9"));
    expect([host.uncertain, host.instances[0]?.uncertain]).toEqual([false, false]);
  });
});

describe("reading never fails", () => {
  const words = [
    "vrrp_instance",
    "V",
    "{",
    "}",
    "priority",
    "150",
    "state",
    "MASTER",
    "track_script",
    "weight",
  ];
  const more = [
    "virtual_ipaddress",
    "10.0.0.1/24",
    "fd00::1",
    "@a",
    "$X=1",
    "$X",
    "$" + "{X}",
    '"',
    "~SEQ(a, 1, 3)",
  ];
  const blocks = [
    "global_defs",
    "vrrp_sync_group",
    "group",
    "authentication",
    "auth_pass",
    "unicast_peer",
    "advert_int",
  ];

  it("on any sequence of words", () => {
    const word = fc.constantFrom(...words, ...more, ...blocks, "\n", "\n", "\n");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (parts) => {
        const host = hostOf(parts.join(" "));
        for (const instance of host.instances) {
          expect(instance.priority.value).toBeGreaterThanOrEqual(1);
          expect(instance.priority.value).toBeLessThanOrEqual(255);
          expect(instance.advertInterval.value).toBeGreaterThan(0);
        }
        expect(new Set(host.instances.map(({ name }) => name)).size).toBe(host.instances.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe("normalising", () => {
  const values = fc.record({
    state: fc.constantFrom("MASTER", "BACKUP", "master"),
    priority: fc.oneof(fc.integer({ min: -5, max: 300 }).map(String), fc.constantFrom("150x", "1.5")),
    interval: fc.constantFrom("1", "0.3", "1.5", "3s", "300", "2", "0.017"),
    version: fc.constantFrom("2", "3", "4"),
    delay: fc.constantFrom("0", "5", "2000"),
    flags: fc.subarray(["nopreempt", "accept", "no_accept", "strict_mode"]),
    adverts: fc.constantFrom("1", "5", "500"),
  });

  /** What is in force, written down as an author would. */
  function rewritten(text: string): string {
    const instance = firstInstance(text);
    return instanceText(
      "V",
      [
        `version ${instance.version.value}`,
        `state ${instance.state.value}`,
        `priority ${instance.priority.value}`,
        `advert_int ${instance.advertInterval.value}`,
        `preempt_delay ${instance.preemptDelay.value}`,
        `down_timer_adverts ${instance.downTimerAdverts.value}`,
        instance.nopreempt.value ? "nopreempt" : "preempt",
        instance.accept.value ? "accept" : "no_accept",
        `strict_mode ${instance.strict.value ? "on" : "off"}`,
      ].join("\n"),
    );
  }

  it("twice changes nothing more", () => {
    fc.assert(
      fc.property(values, (value) => {
        const lines = [
          `version ${value.version}`,
          `state ${value.state}`,
          `priority ${value.priority}`,
          `advert_int ${value.interval}`,
          `preempt_delay ${value.delay}`,
          `down_timer_adverts ${value.adverts}`,
          ...value.flags,
        ].join("\n");
        const once = rewritten(instanceText("V", lines));
        expect(rewritten(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
});
