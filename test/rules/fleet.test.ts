/** Rules over several hosts, all of them together: silent on sound fleets, and each defect under its own name. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { formFleet } from "../../src/model/fleet.ts";
import { readHost } from "../../src/model/read.ts";
import { lint } from "../../src/rules/run.ts";
import { lintTexts } from "../support/fleet.ts";
import { type HostText, type Mutation, mutations, type Pair, soundPair, textOf } from "./mutations.ts";
import { soundFleets } from "./sound-fleets.ts";

const isSerious = ({ severity }: Diagnostic) => severity === "error" || severity === "warning";
const inWords = ({ rule, at, message }: Diagnostic) => `${at.file}: ${rule}: ${message}`;

describe("a sound fleet gives no error and no warning", () => {
  test.each(Object.entries(soundFleets))("%s", (_name, files) => {
    expect(lintTexts(files).filter(isSerious).map(inWords)).toEqual([]);
  });

  test("nor does any pair made at random", () => {
    fc.assert(
      fc.property(soundPair, ({ hosts }) => {
        expect(lintTexts(filesOf(hosts)).filter(isSerious).map(inWords)).toEqual([]);
      }),
    );
  });
});

describe("one defect in a sound pair is named by its rule in both files, and by no other rule", () => {
  test.each(mutations.map((mutation) => [mutation.what, mutation] as const))("%s", (_what, mutation) => {
    const { applies = () => true, also = [], rule } = mutation;
    fc.assert(
      fc.property(soundPair.filter(applies), fc.boolean(), (pair, second) => {
        const before = new Set(lintTexts(filesOf(pair.hosts)).map((diagnostic) => diagnostic.rule));
        const found = lintTexts(filesOf(mutated(pair, mutation, second ? 1 : 0)));
        const own = found.filter((diagnostic) => diagnostic.rule === rule);
        expect(new Set(own.map(({ at }) => at.file))).toEqual(new Set(["a.conf", "b.conf"]));
        const others = found.filter((diagnostic) => diagnostic.rule !== rule && !before.has(diagnostic.rule));
        expect(others.filter((diagnostic) => !also.includes(diagnostic.rule)).map(inWords)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("whatever the order of the hosts", () => {
    const places = (files: Readonly<Record<string, string>>) =>
      lintTexts(files)
        .map(({ rule, at }) => `${rule} ${at.file} ${at.span.start}`)
        .sort();
    fc.assert(
      fc.property(soundPair, fc.constantFrom(...mutations), (pair, mutation) => {
        fc.pre(mutation.applies?.(pair) ?? true);
        const files = filesOf(mutated(pair, mutation, 1));
        expect(places(Object.fromEntries(Object.entries(files).reverse()))).toEqual(places(files));
      }),
    );
  });
});

describe("rules over several hosts say nothing about what could not be read", () => {
  const twin = (...lines: readonly string[]) =>
    [
      "vrrp_instance VI_1 {",
      ...["interface eth0", "virtual_router_id 51", "priority 150", ...lines].map((line) => `    ${line}`),
      "    virtual_ipaddress {",
      "        10.0.0.100",
      "    }",
      "}",
      "",
    ].join("\n");
  const a = twin();
  const second = a.replaceAll("VI_1", "VI_2").replace("51", "52").replace(".100", ".101");
  type Files = Readonly<Record<string, string>>;
  /** Two files, and the text that hides something with what stands there when nothing is hidden. */
  const cases: readonly (readonly [string, Files, readonly [string, string]])[] = [
    [
      "an include inside the instance",
      { "a.conf": a, "b.conf": twin("virtual_router_id 52", "include more.conf") },
      ["include more.conf", ""],
    ],
    [
      "an include that may hold globals",
      { "a.conf": twin("priority 100", "version 3"), "b.conf": `include g.conf\n${a}` },
      ["include g.conf", ""],
    ],
    [
      "an include that may hold instances",
      { "a.conf": a + second, "b.conf": `include g.conf\n${twin("priority 100")}` },
      ["include g.conf", ""],
    ],
    [
      "a variable without value",
      { "a.conf": a, "b.conf": twin(`virtual_router_id \${_ENV VRID}`) },
      [`\${_ENV VRID}`, "52"],
    ],
    [
      "conditions for hosts without a name",
      { "a.conf": a, "b.conf": twin("@east virtual_router_id 52") },
      ["@east ", ""],
    ],
  ];
  const across = (files: Files) => lintTexts(files).filter(({ rule }) => rule.startsWith("xh-"));

  test.each(cases)("%s", (_what, files, [hiding, plain]) => {
    expect(across(files).map(inWords)).toEqual([]);
    const shown = Object.entries(files).map(([file, text]) => [file, text.replace(hiding, plain)]);
    expect(across(Object.fromEntries(shown))).not.toEqual([]);
  });

  test("hosts that may exist but were not given", () => {
    const hosts = [
      readHost({ path: "a.conf", text: a + second }),
      readHost({ path: "b.conf", text: twin("priority 100") }),
    ];
    const rulesFor = (complete: boolean) => lint(formFleet(hosts, { complete })).map(({ rule }) => rule);
    expect(rulesFor(true)).toContain("xh-instance-without-peer");
    expect(rulesFor(false)).not.toContain("xh-instance-without-peer");
  });
});

function filesOf([a, b]: Pair["hosts"]): Readonly<Record<string, string>> {
  return { "a.conf": textOf(a), "b.conf": textOf(b) };
}

function mutated({ hosts }: Pair, { change }: Mutation, index: 0 | 1): Pair["hosts"] {
  const host = (which: 0 | 1): HostText => {
    const own = hosts[which];
    const other = hosts[which === 0 ? 1 : 0];
    return which === index ? { ...own, lines: change(own.lines, other.lines) } : own;
  };
  return [host(0), host(1)];
}
