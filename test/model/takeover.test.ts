import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formFleet } from "../../src/model/fleet.ts";
import type { Host } from "../../src/model/host.ts";
import { change, effectivePriority, healthyPriority, trackersInForce } from "../../src/model/priority.ts";
import { readHost } from "../../src/model/read.ts";
import { skewTime, type Takeover, takeovers } from "../../src/model/takeover.ts";
import { hostOf, instanceText } from "../support/instance.ts";

/** A fleet of hosts that all have one virtual router, each with its own lines; `before` stands above all of them. */
function routerOf(hosts: Readonly<Record<string, string>>, before = ""): Takeover {
  const read: readonly Host[] = Object.entries(hosts).map(([name, lines]) =>
    readHost({ path: `${name}.conf`, text: `${before}${instanceText("V", lines)}` }),
  );
  const [found, ...others] = takeovers(formFleet(read, { complete: true }));
  if (!found || others.length > 0) throw new Error("not one virtual router");
  return found;
}

const order = ({ turns }: Takeover) => turns.map(({ member }) => member.host.name);

describe("skew", () => {
  // The lab's pair: 1 s adverts, priority 100, 3609 ms from the last advert of the dead master.
  it.each([
    [2, 100, 1, 0.609375],
    [3, 100, 1, 0.609375],
    [2, 254, 1, 0.007812],
    [3, 254, 1, 0.007812],
    [2, 1, 1, 0.996093],
    [2, 100, 5, 0.609375],
    [3, 100, 5, 3.046875],
    [3, 100, 0.1, 0.060937],
    [3, 100, 0.01, 0.006093],
    [3, 255, 1, 0.003906],
  ] as const)("of version %i, priority %i, interval %f is %f s", (version, priority, interval, skew) => {
    expect(skewTime(version, priority, interval)).toBe(skew);
  });
});

describe("the time a backup needs", () => {
  it.each([
    // Measured in the laboratory with keepalived 2.2.7: 3609 to 3636 ms, 362 to 367 ms, 37 to 43 ms.
    ["", "", 3.609375],
    ["version 3", "", 3.609375],
    ["version 3\nadvert_int 0.1", "", 0.360937],
    ["version 3\nadvert_int 0.01", "", 0.036093],
    ["advert_int 2", "", 6.609375],
    ["", "down_timer_adverts 5", 5.609375],
    ["version 3", "advert_int 4", 3.609375],
  ])("with %j on both and %j on the backup is %f s", (both, backup, seconds) => {
    const { turns } = routerOf({ a: `${both}\npriority 200`, b: `${both}\n${backup}\npriority 100` });
    expect(turns[1]).toMatchObject({ seconds, priority: 100, tied: false, uncertain: false });
    expect(turns[1]?.after).toBe(turns[0]?.member);
  });

  it("of the first counts with its own interval, as it hears nobody", () => {
    const [first] = routerOf({ a: "version 3\nadvert_int 2\npriority 200", b: "version 3" }).turns;
    expect(first).toMatchObject({ after: undefined, interval: 2, adverts: 3, skew: 0.4375, seconds: 6.4375 });
  });

  it("in version 2 counts with its own interval, whatever the master sends", () => {
    const { turns } = routerOf({ a: "advert_int 5\npriority 200", b: "advert_int 1" });
    expect(turns[1]).toMatchObject({ interval: 1, seconds: 3.609375 });
  });
});

describe("the order of takeover", () => {
  it.each<[hosts: Record<string, string>, expected: string]>([
    [{ a: "priority 100", b: "priority 150", c: "priority 120" }, "b c a"],
    [{ a: "state MASTER\npriority 100", b: "priority 150" }, "b a"],
    [{ a: "state MASTER", b: "priority 254" }, "a b"],
    [{ a: "priority 300", b: "priority 101" }, "b a"],
    [{ a: "mcast_src_ip 10.0.0.9", b: "mcast_src_ip 10.0.0.10" }, "b a"],
    [{ a: "", b: "mcast_src_ip 10.0.0.10" }, "b a"],
  ])("of %j is %s", (hosts, expected) => {
    expect(order(routerOf(hosts)).join(" ")).toBe(expected);
  });

  it("counts what passing trackers add", () => {
    const before = "vrrp_script up {\nscript /bin/true\nweight 60\n}\n";
    const tracked = "track_script {\nup\n}";
    const found = routerOf({ a: "priority 150", b: `priority 100\n${tracked}` }, before);
    expect(order(found)).toEqual(["b", "a"]);
    expect(found.turns.map(({ priority }) => priority)).toEqual([160, 150]);
  });

  it.each([
    [{ a: "mcast_src_ip 10.0.0.1", b: "mcast_src_ip 10.0.0.2" }, false],
    [{ a: "mcast_src_ip 10.0.0.1", b: "mcast_src_ip 10.0.0.1" }, true],
    [{ a: "mcast_src_ip 10.0.0.1", b: "" }, true],
    [{ a: "", b: "" }, true],
  ])("between equals %j is uncertain: %s", (hosts, uncertain) => {
    const { turns } = routerOf(hosts);
    expect(turns.map((turn) => [turn.tied, turn.uncertain])).toEqual([
      [true, uncertain],
      [true, uncertain],
    ]);
  });

  it("is uncertain where a file could not be read", () => {
    const { turns } = routerOf({ a: "priority 200\ninclude x", b: "priority 150", c: "priority 100" });
    expect(turns.map(({ uncertain }) => uncertain)).toEqual([true, true, false]);
  });

  it("lists every address once", () => {
    const extra = "virtual_ipaddress_excluded {\n10.8.0.1\n}";
    expect(routerOf({ a: extra, b: extra }).addresses).toEqual(["10.9.0.51", "10.8.0.1"]);
  });

  it("is sorted, complete and does not depend on the order of the hosts", () => {
    const lines = fc.record({
      priority: fc.integer({ min: 1, max: 255 }),
      source: fc.option(fc.integer({ min: 1, max: 250 }), { nil: undefined }),
    });
    const text = ({ priority, source }: { priority: number; source: number | undefined }) =>
      `priority ${priority}${source === undefined ? "" : `\nmcast_src_ip 10.0.0.${source}`}`;
    fc.assert(
      fc.property(fc.array(lines, { minLength: 2, maxLength: 5 }), (members) => {
        const hosts = members.map((member, index): [string, string] => [`h${index}`, text(member)]);
        const { turns } = routerOf(Object.fromEntries(hosts));
        const priorities = turns.map(({ priority }) => priority);
        expect(priorities).toEqual([...priorities].sort((one, other) => other - one));
        expect(turns).toHaveLength(members.length);
        for (const turn of turns) {
          expect(turn.seconds).toBeGreaterThan(turn.adverts * turn.interval);
          expect(turn.skew).toBeLessThan(turn.interval);
        }
        const reversed = routerOf(Object.fromEntries([...hosts].reverse()));
        if (turns.some(({ uncertain }) => uncertain)) return;
        expect(reversed.turns.map(({ member }) => member.host.name)).toEqual(order({ ...reversed, turns }));
      }),
      { numRuns: 200 },
    );
  });
});

describe("the priority with trackers", () => {
  const definitions = [
    "vrrp_script plus {\nscript /bin/true\nweight 20\n}",
    "vrrp_script minus {\nscript /bin/true\nweight -30\n}",
    "vrrp_script plain {\nscript /bin/true\n}",
    "vrrp_script backPlus {\nscript /bin/true\nweight 20 reverse\n}",
    "vrrp_script backMinus {\nscript /bin/true\nweight -30 reverse\n}",
    "track_file file {\nfile /tmp/x\nweight 9\n}\n",
  ].join("\n");

  function memberWith(lines: string) {
    const host = hostOf(`${definitions}${instanceText("V", lines)}`);
    const [instance] = host.instances;
    if (!instance) throw new Error("no instance");
    return { host, instance };
  }

  it.each([
    ["plus", 120, 100],
    ["minus", 100, 70],
    ["plain", 100, "fault"],
    ["backPlus", 100, 80],
    ["backMinus", 130, 100],
    ["plus\nminus", 120, 70],
    ["plus weight 200", 254, 100],
    ["minus weight -200", 100, 1],
    ["nowhere", 100, 100],
  ] as const)("%j is %s when all pass and %s when all fail", (scripts, healthy, failed) => {
    const member = memberWith(`track_script {\n${scripts}\n}`);
    expect(healthyPriority(member)).toBe(healthy);
    expect(effectivePriority(member, () => true)).toBe(failed);
  });

  it("of a tracked file counts 1 as failure", () => {
    const member = memberWith("track_file {\nfile\n}");
    expect([healthyPriority(member), effectivePriority(member, () => true)]).toEqual([100, 91]);
  });

  it("of an owner does not move, but a plain tracker still means FAULT", () => {
    const member = memberWith("priority 255\ntrack_script {\nplus\nplain\n}");
    expect(effectivePriority(member, ({ name }) => name === "plus")).toBe(255);
    expect(effectivePriority(member, ({ name }) => name === "plain")).toBe("fault");
  });

  it("counts the trackers of the sync group, and not the weights of its members", () => {
    const group = "vrrp_sync_group G {\ngroup {\nV\n}\ntrack_script {\nplus\n}\n}\n";
    const host = hostOf(`${definitions}${group}${instanceText("V", "track_script {\nminus\nplain\n}")}`);
    const [instance] = host.instances;
    if (!instance) throw new Error("no instance");
    const member = { host, instance };
    expect(trackersInForce(member).map(({ name }) => name)).toEqual(["plain", "plus"]);
    expect(healthyPriority(member)).toBe(120);
    expect(effectivePriority(member, ({ name }) => name === "minus")).toBe(120);
  });

  it("never rises by a failure", () => {
    const tracked = fc.constantFrom("plus", "minus", "backPlus", "backMinus");
    fc.assert(
      fc.property(fc.uniqueArray(tracked), fc.integer({ min: 1, max: 254 }), (scripts, base) => {
        const member = memberWith(`priority ${base}\ntrack_script {\n${scripts.join("\n")}\n}`);
        for (const tracker of member.instance.trackers)
          expect(change(tracker, true)).toBeLessThanOrEqual(change(tracker, false));
        expect(effectivePriority(member, () => true)).toBeLessThanOrEqual(healthyPriority(member));
      }),
      { numRuns: 100 },
    );
  });
});
