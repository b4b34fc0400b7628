import type { Fix } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { type Finding, inside, type Statement } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { olderThan } from "./support.ts";
import type { FileRule, Report } from "./types.ts";

const id = "vrrp-script-interval-unit";
/** From here on keepalived reads milliseconds, and a unit cuts a number off before they are filled up. */
const finer = "2.3.2";
const used = instance(block("track_script", "chk"));

export const vrrpScriptIntervalUnit: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "interval or timeout of a script is not a plain number of seconds.",
  why: "Releases before 2.3.2 take the digits as seconds and complain. From 2.3.2 on 2s means 2 milliseconds: the script is started five hundred times a second, the load rises, runs overlap and adverts are missed.",
  basis: "keepalived commit 6f9ace3c (first in 2.3.2); seen with running daemons: 2s runs every 0.002 s.",
  bad: () => [
    {
      input: file(secured, script("interval «2s»"), used),
      fixed: file(secured, script("interval 2"), used),
    },
    {
      input: file(secured, script("interval 2", "timeout «2000ms»"), used),
      fixed: file(secured, script("interval 2", "timeout 2"), used),
    },
    { input: file(secured, script("interval «0.5»"), used), target: "2.2.7" },
    { input: file(secured, script("interval «0.5»"), used) },
  ],
  good: () => [file(secured, script("interval 5", "timeout 5"), used)],
  check(host, report) {
    if (host.target === undefined) reportFractions(host, report);
    for (const { word, at, statement } of [...findingsFor(host, id), ...olderFractions(host)]) {
      if (!word) continue;
      const number = olderThan(host.target, finer) ? "a whole number" : "a plain number";
      report(
        at,
        `${word.text} is not ${number} of seconds. ${effect(word.text, isTimeout(statement), host.target)} Write ${number} of seconds, without a unit.`,
        {
          fixes: repair(word, host.target),
        },
      );
    }
  },
};

/** Nobody said which release runs, so it is only worth knowing that older ones take whole seconds. */
function reportFractions(host: Host, report: Report): void {
  for (const { word, at } of fractions(host))
    report(
      at,
      `Releases before ${finer} take whole seconds only and ignore ${word?.text ?? "a fraction"}. --target says which release a host runs.`,
      { severity: "hint" },
    );
}

function olderFractions(host: Host): readonly Fraction[] {
  return olderThan(host.target, finer) ? fractions(host) : [];
}

type Fraction = Pick<Finding, "word" | "at" | "statement">;

/** Fractions of seconds, which older releases do not know. */
function fractions(host: Host): readonly Fraction[] {
  return host.definitions.flatMap(({ kind, block: definition }) =>
    inside(definition).flatMap((statement) => {
      const [keyword, word] = statement.words;
      const timed = kind === "script" && (keyword?.text === "interval" || keyword?.text === "timeout");
      return timed && word && /^\d*\.\d+$/.test(word.text) ? [{ word, at: word.at, statement }] : [];
    }),
  );
}

const isTimeout = (statement: Statement | undefined) => statement?.words[0]?.text === "timeout";

function effect(text: string, timeout: boolean, target: string | undefined): string {
  const digits = Number(/^\d+/.exec(text)?.[0] ?? 0);
  if (digits === 0)
    return "keepalived takes 1 second or ignores the line, so the check does not run at the pace that is written.";
  const old = `${digits} ${digits === 1 ? "second" : "seconds"}`;
  const recent = `${digits} ${digits === 1 ? "millisecond" : "milliseconds"}`;
  if (olderThan(target, finer)) return `keepalived ${target} takes ${old}, later releases take ${recent}.`;
  const result = timeout
    ? "a healthy check may then count as failed."
    : "scripts started that often load the host, and adverts are missed.";
  if (target !== undefined) return `keepalived ${target} takes it as ${recent}: ${result}`;
  return `Releases before ${finer} take it as ${old}, later ones as ${recent}: ${result}`;
}

function repair(word: Word, target: string | undefined): readonly Fix[] {
  const match = /^(\d+(?:\.\d+)?)(ms|msecs?|s|secs?|seconds?)?[;,]*$/i.exec(word.text);
  if (!match?.[1]) return [];
  const seconds = match[2]?.toLowerCase().startsWith("m") ? Number(match[1]) / 1000 : Number(match[1]);
  if (seconds < 0.001 || (!Number.isInteger(seconds) && olderThan(target, finer))) return [];
  return fix(`Write ${seconds}`, true, replaceWord(word, String(seconds)));
}
