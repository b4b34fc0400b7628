import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-hash-or-bang-in-value";
const password = (text: string) => instance(block("authentication", "auth_type PASS", `auth_pass ${text}`));

export const lexHashOrBangInValue: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A value ends at a # or ! that is written inside it.",
  why: "# and ! begin a comment wherever they stand outside double quotes, so keepalived uses only what stands in front of the sign. A password becomes shorter without a word, and a peer that has it in quotes uses another one: both hosts become master.",
  basis: "lib/parser.c, decomment (v2.2.7); seen with running daemons: ab#1 and ab#2 are the same password.",
  bad: () => [
    { input: file(password("«pa#ss»")), fixed: file(password('"pa#ss"')) },
    { input: file(password("«secret!»")), fixed: file(password('"secret!"')) },
    { input: file(password("«#secret»")), fixed: file(password('"#secret"')) },
    // A backslash does not help: the daemon's processes read what the first reading left.
    { input: file(password("«pa\\#ss»")), fixed: file(password('"pa#ss"')) },
    {
      input: file(block("global_defs", "router_id «web#1»")),
      fixed: file(block("global_defs", 'router_id "web#1"')),
    },
    {
      input: `$PASS=«ab!12»\n${file(password("$PASS"))}`,
      fixed: `$PASS="ab!12"\n${file(password("$PASS"))}`,
    },
  ],
  good: () => [
    file(password('"pa#ss"')),
    file(password("secret # the same on both hosts")),
    file(password("secret# the same on both hosts")),
    file(instance("priority 150#higher")),
    file(password("# the same on both hosts")),
  ],
  check(host, report) {
    for (const { at, subject, edits = [] } of mistakes(host, id)) {
      const rest = subject === undefined ? "finds no value at all" : `uses only ${shown(subject)}`;
      report(
        at,
        `A comment begins at the # or ! here, so keepalived ${rest}. A peer with the whole value does not agree with this host. Put the value in double quotes, or a blank in front of a comment.`,
        { fixes: fix("Put the value in double quotes", subject !== undefined, ...edits) },
      );
    }
  },
};
