/** What calls come to, for tests of the documents made of it. */
import fc from "fast-check";
import type { Outcome } from "../../src/cli/documents.ts";
import type { Diagnostic, Edit, Place } from "../../src/diagnostic.ts";
import { severities } from "../../src/diagnostic.ts";
import { rules } from "../../src/rules/index.ts";
import { fleetOf } from "./fleet.ts";

/** The outcome of judging these texts, which lie in a repository. */
export function outcomeOf(
  texts: Readonly<Record<string, string>>,
  diagnostics: readonly Diagnostic[],
  more: Partial<Outcome> = {},
): Outcome {
  const repository = {
    root: "/repository",
    absolute: (file: string) => `/repository/${file}`,
    pathOf: (file: string) => file,
  };
  const asked = { coverage: undefined, takeover: false, problems: [], exitCode: 1, levels: {} };
  return { fleet: fleetOf(texts), diagnostics, repository, ...asked, ...more };
}

/** Characters of every kind, and above all those that a format or its readers take for something else. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        ...[
          "%0A",
          "%",
          "%25",
          "::",
          "::error::",
          ",",
          ":",
          "=",
          "\r",
          "\n",
          "\r\n",
          "\t",
          " ",
          "&amp;",
          "<![CDATA[",
        ],
        ...[
          "]]>",
          "<",
          '"',
          "'",
          "\u001b[31m",
          "\u0000",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "\uFFFE",
          "\uD800",
          "\u{1F600}",
        ],
        ...["{0}", "{{", "}", "[x](1)", "\\", "ü"],
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(""))
  .filter((text) => text !== "");

/** Texts that the places below lie in: with tabs, both line ends, and characters of two units. */
export const oddTexts: Readonly<Record<string, string>> = {
  "a.conf": "global_defs {\r\n\trouter_id \u{1F600} # ü\r\n}\r\n\n  ! note\n",
  "b#% ,:ü.conf": "vrrp_instance V {\n    interface eth0\n    priority 7\n}",
};

const anyPlace: fc.Arbitrary<Place> = fc
  .tuple(fc.constantFrom(...Object.entries(oddTexts)), fc.nat(60), fc.nat(30))
  .map(([[file, text], from, length]) => {
    const start = Math.min(from, text.length);
    return { file, span: { start, end: Math.min(start + length, text.length) } };
  });

const anyEdit: fc.Arbitrary<Edit> = fc.record({
  at: anyPlace,
  text: fc.oneof(fc.constant(""), anyText),
});

/** A rule that no report folds. */
const someRules = rules.map(({ id }) => id).filter((id) => id !== "lex-line-lost");

/** Any findings about `oddTexts`. */
export const anyDiagnostics: fc.Arbitrary<readonly Diagnostic[]> = fc.array(
  fc.record(
    {
      rule: fc.constantFrom(...someRules),
      severity: fc.constantFrom(...severities),
      message: anyText,
      at: anyPlace,
      related: fc.array(fc.record({ at: anyPlace, message: anyText }), { maxLength: 2 }),
      fixes: fc.array(
        fc.record({
          title: anyText,
          safe: fc.boolean(),
          edits: fc.array(anyEdit, { minLength: 1, maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      course: fc.record({
        events: fc.array(anyText, { maxLength: 2 }),
        replay: fc.array(anyText, { maxLength: 2 }),
      }),
    },
    { requiredKeys: ["rule", "severity", "message", "at", "related", "fixes"] },
  ),
  { maxLength: 4 },
);
