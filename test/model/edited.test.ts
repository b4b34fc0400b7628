/** A text that is read again after an edit gives what reading it for the first time gives. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Host } from "../../src/model/host.ts";
import { type HostInput, readHost } from "../../src/model/read.ts";
import type { Statement } from "../../src/schema/statement.ts";
import { Traced } from "../../src/syntax/traced.ts";
import { clusters, edited, typed } from "../support/typing.ts";

/** All that a host says, as text; what stands in it twice is written twice, and blocks are named by their place. */
function told(host: Host): string {
  return JSON.stringify(host, (key, value: unknown) => {
    if (key === "parent" || key === "entry") return (value as Statement | undefined)?.words;
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
        let { text } = input;
        let host = readHost(input);
        for (const edit of edits) {
          text = edited(text, edit);
          host = readHost({ ...input, text }, host);
          expect(told(host)).toBe(told(readHost({ ...input, text })));
        }
      }),
      { numRuns: 150 },
    );
  });
});
