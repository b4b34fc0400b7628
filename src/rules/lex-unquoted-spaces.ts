import type { Fix } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { bind } from "../schema/bind.ts";
import type { Statement } from "../schema/statement.ts";
import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import type { Mistake } from "./lexical/mistake.ts";
import { placeOf } from "./lexical/mistake.ts";
import { shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import { textAt } from "./support.ts";
import type { FileRule } from "./types.ts";
import { shellSyntax } from "./vrrp-script-shell-syntax.ts";

const id = "lex-unquoted-spaces";
const password = (text: string) => instance(block("authentication", "auth_type PASS", `auth_pass ${text}`));

export const lexUnquotedSpaces: FileRule = {
  id,
  severity: "warning",
  over: "file",
  summary: "A value of several words is not in quotes, so only its first word counts.",
  why: "keepalived takes the first word and ignores the rest without a message: a password becomes shorter, a mail address becomes a name, a script runs without its arguments.",
  basis:
    "lib/parser.c and lib/notify.c, set_script_params_array (v2.2.7); seen with keepalived -t and in a lab.",
  bad: () => [
    { input: file(password("my «pass»")), fixed: file(password('"my pass"')) },
    {
      input: file(block("vrrp_script chk", "script /usr/bin/killall «-0 haproxy»")),
      fixed: file(block("vrrp_script chk", 'script "/usr/bin/killall -0 haproxy"')),
    },
    {
      input: file(block("global_defs", "notification_email_from Bob «<bob@example.org>»")),
      fixed: file(block("global_defs", 'notification_email_from "Bob <bob@example.org>"')),
    },
    {
      input: file(block("global_defs", block("notification_email", "«Bob Smith <bob@example.org>»"))),
      fixed: file(block("global_defs", block("notification_email", '"Bob Smith <bob@example.org>"'))),
    },
  ],
  good: () => [
    file(block("global_defs", block("notification_email", "a@example.org b@example.org"))),
    file(password('"my pass"')),
    file(block("vrrp_script chk", 'script "/usr/bin/killall -0 haproxy"')),
    file(instance("notify_master /usr/local/bin/notify keepalived_script")),
  ],
  check(host, report) {
    for (const mistake of mistakes(host, id)) {
      const { at, statement, edits } = mistake;
      if (edits) {
        report(
          at,
          `keepalived takes each of these words for a mail address of its own, ${shown(mistake.subject ?? "")} the first. Put name and address into double quotes.`,
          { fixes: fix("Put name and address into double quotes", true, ...edits) },
        );
        continue;
      }
      const last = statement && bind(statement)?.bound.at(-1);
      if (!last) continue;
      const command = last.arg.value.is === "command";
      // Quotes alone would not help: the rule for shell syntax reports the line.
      if (command && shellSyntax(wordsOf(statement)) !== undefined) continue;
      const used = shown(last.word.text);
      const loss = command ? `runs ${used} without them` : `uses only ${used}`;
      report(at, `keepalived ignores these words and ${loss}. Put the whole value in double quotes.`, {
        fixes: quoting(host, mistake),
        severity: command ? "error" : "warning",
      });
    }
  },
};

function wordsOf({ words }: Statement): string {
  return words
    .slice(1)
    .map(({ text }) => text)
    .join(" ");
}

function quoting(host: Host, { statement, at }: Mistake): readonly Fix[] {
  const last = statement && bind(statement)?.bound.at(-1)?.word;
  if (!last?.exact || last.via || last.quoted || last.at.file !== at.file) return [];
  const whole = placeOf(at.file, last.at.span.start, at.span.end);
  const text = textAt(host, whole);
  if (/["'\\\n]/.test(text)) return [];
  return fix("Put the whole value in double quotes", true, { at: whole, text: `"${text}"` });
}
