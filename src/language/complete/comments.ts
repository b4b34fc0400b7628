/** Completion in comments: silencing rules. */
import { rules } from "../../rules/index.ts";
import type { FileView } from "../file-view.ts";
import type { Slot } from "../slot.ts";
import { type Item, sortText } from "./item.ts";
import { rank } from "./suggestion.ts";

const directives: readonly (readonly [string, string])[] = [
  ["vrrp-lint-disable-next-line", "Silences rules on the line below."],
  ["vrrp-lint-disable", "Silences rules in the whole file, where it stands above everything else."],
];

/** Judging larger clusters anew takes too long for a list. */
const mostCharacters = 40_000;

/** Rules in a silencing comment, those that it would silence first; else the beginning of such a comment. */
export function commentItems(view: FileView, slot: Slot & { is: "comment" }): readonly Item[] {
  const { text, span, line } = slot;
  const silencer = /vrrp-lint-disable(-next-line)?[\s,]+(.*)$/.exec(text);
  if (!silencer) {
    const typed = view.text.slice(span.start, span.end);
    const begins = /^[#!]\s*$/.test(text) && /^v/.test(typed);
    return begins
      ? directives.map(([name, detail], index) => item(name, "reference", detail, rank.plain, index))
      : [];
  }
  const named = new Set((silencer[2] ?? "").split(/[\s,]+/));
  const spoken = rulesOn(view, silencer[1] === undefined ? undefined : line + 1);
  return rules
    .filter(({ id }) => !named.has(id))
    .map(({ id, summary }, index) => ({
      ...item(id, "rule", summary, spoken.has(id) ? rank.best : rank.plain, index),
      subject: { rule: id },
    }));
}

function item(label: string, kind: Item["kind"], detail: string, order: number, index: number): Item {
  return { label, kind, detail, text: label, deprecated: false, sort: sortText(order, index) };
}

/** The rules that have something to say on a line, or in the whole file; silenced ones count as well. */
function rulesOn(view: FileView, line: number | undefined): ReadonlySet<string> {
  const size = view.fleet.hosts
    .flatMap(({ sources }) => sources)
    .reduce((total, { text }) => total + text.length, 0);
  const found = new Set<string>();
  if (size > mostCharacters) return found;
  for (const rule of rules) {
    const report = ({ file, span }: FileView["diagnostics"][number]["at"]) => {
      const isHere = line === undefined || view.lines.positionAt(span.start).line === line;
      if (file === view.file && isHere) found.add(rule.id);
    };
    if (rule.over === "fleet") rule.check(view.fleet, report);
    else for (const host of view.hosts) rule.check(host, report);
  }
  return found;
}
