/** Files that are being edited: texts to begin with, and edits such as a person makes who types. */
import fc from "fast-check";
import { textsOf } from "../../src/rules/example-fleet.ts";
import { rules } from "../../src/rules/index.ts";
import type { EditedText } from "../../src/text.ts";
import { largeText } from "./large.ts";

/** An edit at a place that is a share of the text, from 0 to 1. */
export interface Typed {
  readonly at: number;
  /** How many characters go. */
  readonly removed: number;
  readonly text: string;
}

/** The text after an edit. */
export function edited(text: string, { at, removed, text: typed }: Typed): string {
  const start = Math.floor(at * (text.length + 1));
  return text.slice(0, start) + typed + text.slice(start + removed);
}

/** The same of a text that an editor holds. */
export function editedInPlace(text: EditedText, { at, removed, text: typed }: Typed): EditedText {
  const start = Math.floor(at * (text.length + 1));
  return text.replaced(start, Math.min(start + removed, text.length), typed);
}

const pieces = [
  ..."x{}\n #!$\"@1\\/'.~;=",
  "\n\n",
  "MASTER",
  "\npriority 255\n",
  "\nnopreempt\n",
  "\n$A=5\n",
  "$A",
  "${B}",
  "\n@main ",
  "\n@^other ",
  "\nvrrp_instance N {\n",
  "\nvrrp_instance M {\n    interface eth0\n}\n",
  "\nvrrp_script s {\n    script /bin/true\n}\n",
  "\nglobal_defs {\n    vrrp_version 3\n}\n",
  "\nvrrp_sync_group G {\n    group {\n        VI_1\n    }\n}\n",
  "\ninclude other.conf\n",
  "# vrrp-lint-disable-next-line\n",
  "\uFEFF",
  "\0",
];

/** One edit; most are a single character. */
export const typed: fc.Arbitrary<Typed> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1) }, fc.integer({ min: 0, max: 60 })),
  text: fc.oneof(fc.constant(""), fc.constantFrom(...pieces), fc.constantFrom("a", "5", "eth1", "10.0.0.9")),
});

const examples: readonly (readonly string[])[] = rules.flatMap(({ bad, good }) =>
  [...bad().map(({ input }) => input), ...good()].map((example) =>
    Object.values(textsOf(example)).map((text) => text.replaceAll(/[«»]/g, "")),
  ),
);

/** The texts of a cluster's hosts: the examples of some rules one below the other, or what a careful author writes. */
export const clusters: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc
    .constantFrom("instances" as const, "servers" as const)
    .map((kind) => [1, 2].map((host) => largeText(kind, 90, host))),
  fc.array(fc.constantFrom(...examples), { minLength: 1, maxLength: 4 }).map((chosen) => {
    const hosts = Math.max(...chosen.map((texts) => texts.length));
    return Array.from({ length: hosts }, (_, host) =>
      chosen.map((texts) => texts[host] ?? texts[0]).join("\n"),
    );
  }),
);
