/** A text that is read again after an edit gives what reading it for the first time gives. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Host } from "../../src/model/host.ts";
import { type HostInput, readHost } from "../../src/model/read.ts";
import type { Statement } from "../../src/schema/statement.ts";
import { Traced } from "../../src/syntax/traced.ts";
import { EditedText } from "../../src/text.ts";
import { largeText } from "../support/large.ts";
import { clusters, edited, editedInPlace, typed } from "../support/typing.ts";

/** Blocks of a few lines, many of them alike. */
const manyShort = Array.from(
  { length: 40 },
  (_, index) => `vrrp_instance ${"ABC"[index % 3]} {\n    priority 1\n}\n`,
).join("\n");

/** All that a host says, as text; what stands in it twice is written twice, and blocks are named by their place. */
function told(host: Host): string {
  return JSON.stringify(host, (key, value: unknown) => {
    if (key === "parent" || key === "entry") return (value as Statement | undefined)?.words;
    if (value instanceof EditedText) return value.toString();
    if (value instanceof Traced)
      return [value.text, [...value.stretches()].map(({ start, end }) => [start, end])];
    return key === "block" || key === "statement" ? (value as Statement | undefined)?.line.at : value;
  });
}

describe("after any edits a host is", () => {
  test("what a fresh reading of its text is", () => {
    fc.assert(
      fc.property(clusters, fc.array(typed, { minLength: 1, maxLength: 12 }), ([first = ""], edits) => {
        const input: HostInput = { path: "a.conf", text: first };
        let text = first;
        let host = readHost(input);
        for (const edit of edits) {
          text = edited(text, edit);
          host = readHost({ ...input, text }, host);
          expect(told(host)).toBe(told(readHost({ ...input, text })));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("the same when it changed in several places between two looks", () => {
    const several = fc.array(fc.array(typed, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(largeText("instances", 500, 1), manyShort), several, (first, looks) => {
        let text = EditedText.of(first);
        let host = readHost({ path: "a.conf", text });
        for (const edits of looks) {
          for (const edit of edits) text = editedInPlace(text, edit);
          host = readHost({ path: "a.conf", text }, host);
          const fresh = readHost({ path: "a.conf", text: text.toString() });
          expect(told(host)).toBe(told(fresh));
        }
      }),
      { numRuns: 60 },
    );
  });

  const blocks = "vrrp_instance A {\n    priority 1\n}\n\nvrrp_instance B {\n    priority 2\n}\n";
  test.each([
    ["a block that ends on the next one's line", "    priority 2\n}\n", "    prio}rity 2\n"],
    ["a misspelt block", "vrrp_instance B", "vrrp_instanc B"],
    ["a block without its brace", "vrrp_instance B {", "vrrp_instance B"],
    ["a command with words too many", "    priority 2\n", "    notify /bin/a b c\n"],
    ["a brace too many", "    priority 2\n", "    priority 2 {\n"],
  ])("the same below %s, when a line above goes and comes back", (_, sound, broken) => {
    const text = blocks.replace(sound, broken);
    const shorter = text.replace("    priority 1\n", "");
    let host = readHost({ path: "a.conf", text: blocks });
    for (const now of [text, shorter, text, blocks, shorter]) {
      host = readHost({ path: "a.conf", text: now }, host);
      expect(told(host)).toBe(told(readHost({ path: "a.conf", text: now })));
    }
  });

  test("the very same objects in the blocks that were not touched", () => {
    const before = readHost({ path: "a.conf", text: blocks });
    const [first, second] = before.instances;
    const after = readHost({ path: "a.conf", text: blocks.replace("priority 1", "priority 100") }, before);
    expect(after.instances[0]).not.toBe(first);
    expect(after.instances[1]).toBe(second);
    expect(after.instances[1]?.priority.at.span.start).toBe(blocks.indexOf("2\n}") + 2);
  });

  test("the very same objects between two places that changed at once", () => {
    const names = [..."ABCDEFGH"];
    const text = names.map((name) => `vrrp_instance ${name} {\n    priority 1\n}\n`).join("\n");
    const before = readHost({ path: "a.conf", text });
    const { instances } = before;
    const now = text.replace("instance A {", "instance A1 {").replace("instance H {", "instance H1 {");
    const after = readHost({ path: "a.conf", text: now }, before);
    const isSame = after.instances.map((instance, index) => instance === instances[index]);
    expect(isSame).toEqual([false, true, true, true, true, true, true, false]);
  });
});
