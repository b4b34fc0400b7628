import type { Statement } from "../schema/statement.ts";
import { fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { consequence, shown } from "./lexical/phrases.ts";
import { mistakes } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "lex-single-quotes";
const password = (text: string) => instance(block("authentication", "auth_type PASS", `auth_pass ${text}`));

export const lexSingleQuotes: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "A value stands in single quotes, which become part of it.",
  why: "Outside of scripts keepalived knows double quotes only. A password in single quotes begins with a quote sign and loses a character at its end; a peer that writes it without them uses another password, and both hosts become master.",
  basis: "lib/parser.c, alloc_strvec (v2.2.7); seen with running daemons.",
  bad: () => [
    { input: file(password("«'secret'»")), fixed: file(password('"secret"')) },
    { input: file(password("«'my pass'»")), fixed: file(password('"my pass"')) },
    { input: file(instance("priority «'150'»")), fixed: file(instance('priority "150"')) },
  ],
  good: () => [
    file(password('"secret"')),
    file(password("it's")),
    file(block("vrrp_script chk", "script '/usr/local/bin/check --port 80'")),
  ],
  check(host, report) {
    for (const { at, subject = "", statement, edits = [] } of mistakes(host, id)) {
      report(
        at,
        `keepalived takes the single quotes of ${shown(subject)} as part of the value${result(statement)}. Use double quotes.`,
        { fixes: fix("Use double quotes", true, ...edits) },
      );
    }
  },
};

/** Free text is used with its quotes; any other value is none with them. */
function result(statement: Statement | undefined): string {
  const kind = statement?.entry?.args[0]?.value.is;
  if (kind === "text") return ", so a peer that writes it without them does not agree with this host";
  return statement?.entry && kind !== "name" ? `: ${consequence(statement)}` : "";
}
