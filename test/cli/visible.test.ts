import fc from "fast-check";
import { expect, test } from "vitest";
import { visible } from "../../src/cli/visible.ts";
import { anyText } from "../support/outcome.ts";

/** What XML 1.0 can hold (section 2.2), without the controls that it only discourages. */
const fit = /^(?:[\t\n\r -~\u00A0-\uD7FF\uE000-\uFFFD]|[\uD800-\uDBFF][\uDC00-\uDFFF])*$/;

test.each([
  ["tabs and line ends stay", "a\tb\r\nc\n", "a\tb\r\nc\n"],
  ["controls get their signs", "\u0000\u001b[31m\b", "\u2400\u241b[31m\u2408"],
  ["what has no sign of its own", "\u007f\u009b\uFFFE\uD800x\uDC00", "\uFFFD\uFFFD\uFFFD\uFFFDx\uFFFD"],
  ["letters of all kinds stay", "ü \u{1F600} \u202E", "ü \u{1F600} \u202E"],
])("%s", (_, text, expected) => {
  expect(visible(text)).toBe(expected);
});

test("leaves nothing that XML cannot hold, and nothing else changes", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(visible(text)).toMatch(fit);
      if (fit.test(text)) expect(visible(text)).toBe(text);
    }),
  );
});
