import { inside, type Statement } from "../schema/statement.ts";
import { eachStatement } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { siblingsByKeyword } from "./lexical/siblings.ts";
import type { Home } from "./silences.ts";
import { spanOf } from "./support.ts";
import type { FileRule, Report } from "./types.ts";

export const lexDuplicateKeyword: FileRule = {
  id: "lex-duplicate-keyword",
  severity: "warning",
  over: "file",
  summary: "A setting with one value stands twice in a block.",
  why: "keepalived uses one of the two, usually the last, without a message. Whoever edits the other one changes nothing, and on the next edit the hosts differ.",
  basis: "keepalived/vrrp/vrrp_parser.c (v2.2.7); seen with running daemons.",
  bad: () => [
    { input: file(instance("«advert_int 1»", "advert_int 2")), fixed: file(instance("advert_int 2")) },
    {
      input: file(instance("notify_master /usr/local/bin/a", "«notify_master /usr/local/bin/b»")),
      fixed: file(instance("notify_master /usr/local/bin/a")),
    },
    {
      input: file(instance("state MASTER", "«state BACKUP»")),
      fixed: file(instance("state MASTER")),
    },
  ],
  good: () => [
    file(instance("advert_int 1"), instance("advert_int 2").replace("VI_1", "VI_2").replace("51", "52")),
    file(instance("@a advert_int 1", "@b advert_int 2")),
    file(instance("advert_int 1", "@a advert_int 2")),
    file(block("global_defs", "notification_email {\n    a@example.org\n    b@example.org\n}")),
  ],
  check(host, report) {
    for (const group of siblingsByKeyword(host.statements)) compare(host, group, report);
    insideBlocks(host, report);
  },
};

const insideBlocks = eachStatement((statement, report, host) => {
  for (const group of siblingsByKeyword(inside(statement))) compare(host, group, report);
});

function compare(host: Home, group: readonly Statement[], report: Report): void {
  const entry = group[0]?.entry;
  if (entry?.times !== "once" || entry.keywords || entry.lines) return;
  const winner = winnerOf(group, entry.wins);
  const keyword = entry.name;
  for (const loser of group) {
    if (loser === winner || !loser.words[0]?.exact || loser.words[0].via) continue;
    const same = textOf(loser) === textOf(winner);
    const message = same
      ? `${keyword} stands twice in this block with the same value. Delete one of the lines before they differ.`
      : `${keyword} stands twice in this block, and keepalived uses the other line without a message: changing this one has no effect. Delete the line that is not meant.`;
    const related = [{ at: spanOf(winner.words, winner.line.at), message: "this line counts" }];
    const fixes = fix("Delete the line without effect", true, deleteLines(host, loser));
    report(
      spanOf(loser.words, loser.line.at),
      message,
      same ? { related, fixes, severity: "info" } : { related, fixes },
    );
  }
}

/** MASTER wins over BACKUP whatever the order. */
function winnerOf(group: readonly Statement[], wins: "first" | "last" | undefined): Statement {
  const masters = group.filter((one) => one.words[0]?.text === "state" && one.words[1]?.text === "MASTER");
  return (masters.at(-1) ?? (wins === "first" ? group[0] : group.at(-1))) as Statement;
}

function textOf(statement: Statement): string {
  return statement.words.map((word) => word.text).join(" ");
}
