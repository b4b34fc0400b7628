/** A given file without mistakes that mean nothing to keepalived, such as comments behind `//`. */
import type { Host } from "../../model/host.ts";
import { mend } from "../../rules/mend.ts";
import { bind } from "../../schema/bind.ts";
import { pathOf, walk } from "../../schema/statement.ts";
import { isSameText } from "../../text.ts";
import { type Original, readAgain } from "./copy.ts";
import { judgeGiven } from "./judge.ts";

/**
 * The host as `vrrp-lint --fix` would leave it, as far as rules are concerned that report an error. Undefined when errors remain, when keepalived would then do anything else
 * than before, or when included files would change.
 */
export function mended({ given, host, ids }: Original): Original | undefined {
  const texts = new Map(host.sources.map(({ path, text }) => [path, text.toString()]));
  const read = () => readAgain(given, ids.old, texts);
  mend({
    judge: () => {
      const { errors, diagnostics } = judgeGiven([read()], false);
      const rules = new Set(errors.map(({ rule }) => rule));
      return { texts, diagnostics: diagnostics.filter(({ rule }) => rules.has(rule)) };
    },
    change: (after) => {
      for (const [path, text] of after) texts.set(path, text);
    },
  });
  const after = read();
  const includesStay = host.sources.slice(1).every(({ path, text }) => isSameText(texts.get(path), text));
  const isSound = judgeGiven([after], false).problems.length === 0;
  if (!includesStay || !isSound || deeds(host) !== deeds(after)) return undefined;
  return { given: { ...given, text: texts.get(given.path) ?? given.text }, host: after, ids };
}

/** Everything that keepalived takes from the files, as one text. */
function deeds({ statements }: Host): string {
  const lines = [...walk(statements)].flatMap((statement) => {
    const binding = bind(statement);
    if (!binding) return [];
    const words = [...binding.options, ...binding.bound].map(({ word }) => word.text);
    return [[statement.data ? "" : pathOf(statement), ...words]];
  });
  return JSON.stringify(lines);
}
