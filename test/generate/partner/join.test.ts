/** One more host, against the cluster that was made with it from the start. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generate } from "../../../src/generate/generate.ts";
import type { Intent } from "../../../src/generate/intent.ts";
import type { Made } from "../../../src/generate/partner/derive.ts";
import { join } from "../../../src/generate/partner/join.ts";
import type { Existing, Newcomer } from "../../../src/generate/partner/newcomer.ts";
import { readHost } from "../../../src/model/read.ts";
import { alike, existing, newcomer } from "./hosts.ts";
import { meaningOf } from "./meaning.ts";

const place = "new/c.conf";

function joined(givens: readonly Existing[], who: Newcomer): Made {
  const outcome = join(givens, who, (file) => (file === givens[0]?.path ? place : undefined));
  if (outcome.is === "problems") throw new Error(outcome.problems.map(({ message }) => message).join("\n"));
  return outcome;
}

function problemsOf(givens: readonly Existing[], who: Newcomer): readonly string[] {
  const outcome = join(givens, who, () => place);
  return outcome.is === "problems" ? outcome.problems.map(({ is, message }) => `${is}: ${message}`) : [];
}

function textsOf(intent: Intent): readonly string[] {
  const outcome = generate(intent, { comments: true, oneFile: false, newPassword: () => "kx7Rm2Qp" });
  if (outcome.is === "refused") throw new Error("a wish that cannot be fulfilled");
  return outcome.files.map(({ text }) => text);
}

/** Clusters that can be made with their last host and without it, and in which it is master of nothing. */
const growing = alike.filter(
  ({ hosts, routers }) => hosts.length > 2 && routers.every(({ master }) => master !== hosts.at(-1)?.name),
);

describe("the last host of any generated cluster", () => {
  test("joins the others as if it had been there from the start", () => {
    fc.assert(
      fc.property(growing, (intent) => {
        const last = intent.hosts.at(-1);
        if (!last) return;
        const before = { ...intent, hosts: intent.hosts.slice(0, -1) };
        const givens = textsOf(before).map((text, index) =>
          existing(`${index}.conf`, text, { target: intent.target }),
        );
        const [first] = before.hosts;
        const [here, there] = [first?.interface ?? "eth0", last.interface ?? "eth0"];
        const who = newcomer({
          name: last.name,
          addresses: last.addresses,
          interfaces: here === there ? [] : [{ old: here, fresh: there }],
        });
        const made = joined(givens, who);
        const real = textsOf(intent).map((text, index) =>
          readHost({ path: `${index}`, text, name: intent.hosts[index]?.name, target: intent.target }),
        );
        expect(made.fleet.hosts.map((host) => meaningOf(host, ["priority"]))).toEqual(
          real.map((host) => meaningOf(host, ["priority"])),
        );
        for (const { members } of made.fleet.routers)
          expect(new Set(members.map(({ instance }) => instance.priority.value)).size).toBe(members.length);
      }),
      { numRuns: 60 },
    );
  }, 300_000);
});

const host = (
  source: string,
  peer: string,
  state: string,
  priority: number,
  more = "",
) => `vrrp_instance web {
    state ${state}
    interface eth0
    virtual_router_id 7
    priority ${priority}
    unicast_src_ip ${source}
    unicast_peer { # all others
\t${peer} # rack 2
    }
    virtual_ipaddress {
        10.0.0.100/24
    }
}
${more}`;
const pair = (high = 150, low = 100, more = "") => [
  existing("a.conf", host("10.0.0.11", "10.0.0.12", "MASTER", high, more)),
  existing("b.conf", host("10.0.0.12", "10.0.0.11", "BACKUP", low, more)),
];
const c = newcomer({ name: "c", addresses: ["10.0.0.13/24"] });

describe("a host beside a pair", () => {
  test("the others get its address behind their last peer, laid out as that, and nothing else changes", () => {
    const givens = pair();
    const { changed, texts } = joined(givens, c);
    for (const { path, text } of givens)
      expect(changed.get(path)).toBe(text.replace(" # rack 2\n", " # rack 2\n\t10.0.0.13\n"));
    expect(texts.get(place)).toBe(
      host("10.0.0.13", "10.0.0.12 # rack 2\n\t10.0.0.11", "BACKUP", 50).replace("11 # rack 2", "11"),
    );
  });

  test("with multicast nothing changes for the others", () => {
    const multicast = pair().map((given) => ({
      ...given,
      text: given.text.replace(/ {4}unicast_src_ip[^}]*}\n/, ""),
    }));
    const { changed } = joined(multicast, newcomer({ name: "c" }));
    expect([...changed]).toEqual([]);
  });

  test.each([
    [150, 100, 50],
    [150, 140, 130],
    [100, 99, 98],
    [30, 20, 10],
    [200, 50, 1],
    [3, 2, 1],
    [200, 1, 100],
  ])("where the priorities are %i and %i it gets %i", (high, low, expected) => {
    const { fleet } = joined(pair(high, low), c);
    expect(fleet.hosts.at(-1)?.instances[0]?.priority.value).toBe(expected);
  });

  test.each<[string, readonly Existing[], Newcomer, RegExp]>([
    ["no address", pair(), newcomer({ name: "c" }), /^missing: .*--address ADDRESS/],
    [
      "an address of another host",
      pair(),
      newcomer({ name: "c", addresses: ["10.0.0.11"] }),
      /^missing: .*10\.0\.0\.11/,
    ],
    ["no number left", pair(2, 1), c, /^refused: There is no priority below the 2 of web/],
    [
      "a priority that another host has",
      pair(),
      { ...c, priorities: [{ instance: undefined, priority: 100 }] },
      /^refused: web has priority 100/,
    ],
    ["an error in a file", pair(150, 100, "nonsense here\n"), c, /^refused: /],
    [
      "BFD sessions of the pair",
      pair(150, 100, "bfd_instance peer {\n    neighbor_ip 10.0.0.12\n    source_ip 10.0.0.11\n}\n"),
      c,
      /^refused: This BFD session is between two/,
    ],
    [
      "a file for several hosts",
      pair(150, 100, "global_defs {\n@a router_id a\n@b router_id b\n}\n"),
      c,
      /^refused: a\.conf is one file for several hosts, with lines for @a and @b/,
    ],
    [
      "peers on the line of the brace",
      pair().map((given) => ({
        ...given,
        text: given.text.replace(/ # all others\n\t(\S+) # rack 2\n {4}/, " $1 "),
      })),
      c,
      /^refused: /,
    ],
  ])("%s: no files, and the reason", (_, givens, who, reason) => {
    expect(problemsOf(givens, who)[0]).toMatch(reason);
  });
});

describe("comments that the generator wrote", () => {
  const wish = (names: readonly string[], master: string | undefined): Intent => ({
    hosts: names.map((name, index) => ({ name, addresses: [`10.0.0.${index + 1}/24`] })),
    routers: [{ name: "web", master, addresses: ["10.0.0.100"] }],
    common: { interface: "eth0", unicast: true, authentication: "none" },
  });
  const comments = (text: string) => text.match(/^ *#.*/gm);
  const joinedComments = (names: readonly string[], master: string | undefined) => {
    const givens = textsOf(wish(names.slice(0, 2), master)).map((text, index) =>
      existing(`${names[index]}.conf`, text),
    );
    const { changed, texts } = joined(givens, newcomer({ name: names[2], addresses: ["10.0.0.3"] }));
    return [...changed.values(), ...texts.values()].map(comments);
  };

  test.each<[string, readonly string[]]>([
    ["short names", ["a", "b", "c"]],
    [
      "names that need lines of their own",
      ["gate-one.of-the-first-building.example.org", "b", "gate-two.example"],
    ],
  ])("are those of three hosts: %s", (_, names) => {
    const expected = textsOf(wish(names, undefined)).map(comments);
    expect(joinedComments(names, undefined)).toEqual(expected);
  });

  test("tell the order as it is", () => {
    for (const lines of joinedComments(["a", "b", "c"], "b"))
      expect(lines).toEqual(
        expect.arrayContaining([
          "# The addresses are on b; should it fail, on a, then c.",
          "    # the highest wins: b 150, a 100, c 50",
        ]),
      );
  });

  test("that were changed, or are not true, stay", () => {
    const given = textsOf(wish(["a", "b"], undefined)).map((text, index) =>
      existing(`${"ab"[index]}.conf`, text.replace("the highest wins: a 150", "the highest wins: a 151")),
    );
    const { changed } = joined(given, newcomer({ name: "c", addresses: ["10.0.0.3"] }));
    expect(changed.get("a.conf")).toContain("# the highest wins: a 151, b 100\n");
    expect(changed.get("a.conf")).toContain("# keepalived on a; its partners are b and c.\n");
  });
});

test("a peer whose file is not named is asked for, because its priority and its peers are not known", () => {
  const trio = textsOf({
    hosts: ["a", "b", "c"].map((name, index) => ({ name, addresses: [`10.0.0.${index + 1}/24`] })),
    routers: [{ name: "web", addresses: ["10.0.0.100"] }],
    common: { interface: "eth0", unicast: true, authentication: "none" },
  }).map((text, index) => existing(`${"abc"[index]}.conf`, text));
  const who = newcomer({ name: "d", addresses: ["10.0.0.4"] });
  expect(problemsOf(trio.slice(0, 2), who)[0]).toMatch(/^missing: web has 2 peers, but only 1 of the files/);
  expect(joined(trio, who).fleet.hosts.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
});
