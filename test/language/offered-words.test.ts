/** Laws over all examples of the schema: what completion offers never makes a line wrong by our own rules. */
import { expect, test } from "vitest";
import { completionAt } from "../../src/language/complete/complete.ts";
import { everyKeyword } from "../../src/schema/index.ts";
import type { Finding } from "../../src/schema/statement.ts";
import { marked } from "../support/asking.ts";
import { inPlace } from "../support/in-place.ts";

/** The lines of a keyword's example in its block, each with every number of its first words and the cursor behind. */
function beginnings(path: string, example: string): readonly string[] {
  const lines = example.split("\n");
  return lines.flatMap((line, index) => {
    const words = line.replace(/\s*\{$/, "").match(/"[^"]*"|\S+/g) ?? [];
    const opens = line.trimEnd().endsWith("{") ? " {" : "";
    return words.flatMap((_, count) => {
      if (words[0] === "}") return [];
      const begun = [...words.slice(0, count + 1), "‸"].join(" ");
      return [inPlace(path, lines.with(index, begun + opens).join("\n"))];
    });
  });
}

/** What a line lacks may still be written. */
function isUnfinished({ kind, expected }: Finding): boolean {
  return (
    kind === "missing-value" ||
    kind === "incomplete-line" ||
    kind === "lacks-companion" ||
    (kind === "bad-option" && (expected?.includes(" after ") ?? false))
  );
}

const findingsIn = (text: string) =>
  (marked({ "a.conf": `${text}‸` }).view.hosts[0]?.findings ?? []).filter((each) => !isUnfinished(each));

/** The texts with each word that is offered at the mark in its place, the mark behind it, where that is wrong or not. */
function continued(text: string): readonly { readonly text: string; readonly wrong: boolean }[] {
  const before = findingsIn(text.replace("‸", "")).length;
  const { view, offset } = marked({ "a.conf": text });
  const found = completionAt(view, offset);
  return (found?.items ?? []).map(({ text: inserted }) => {
    const next = `${view.text.slice(0, found?.span.start)}${inserted} ‸${view.text.slice(found?.span.end)}`;
    const after = findingsIn(next.replace("‸", ""));
    return { text: next, wrong: after.length > before };
  });
}

const lineOf = (text: string) => text.split("\n").find((line) => line.includes("‸")) ?? "";

/** Where more words are offered than these, those behind each of them are left alone. */
const mostFollowed = 12;

test("a word that is offered behind the words of a line, and one that is offered behind that", {
  timeout: 60_000,
}, () => {
  const wrong = everyKeyword().flatMap(({ path, keyword }) =>
    beginnings(path, keyword.example).flatMap((text) => {
      const next = continued(text);
      const behind = next.length > mostFollowed ? [] : next.flatMap((each) => continued(each.text));
      return [...next, ...behind].filter((each) => each.wrong).map((each) => `${path}: ${lineOf(each.text)}`);
    }),
  );
  expect(wrong).toEqual([]);
});
