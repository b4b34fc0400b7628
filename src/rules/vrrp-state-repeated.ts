import { inside, named } from "../schema/statement.ts";
import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

export const vrrpStateRepeated: FileRule = {
  id: "vrrp-state-repeated",
  severity: "warning",
  over: "file",
  summary: "state is written twice, and MASTER wins whatever the order.",
  why: "For other keywords the last line counts, here a BACKUP after a MASTER is ignored. The host starts as master although the last line says otherwise.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_state_handler (v2.2.7); keepalived -t.",
  bad: () => [
    {
      input: file(instance("state MASTER", "state «BACKUP»")),
      fixed: file(instance("state MASTER")),
    },
  ],
  good: () => [file(instance("state MASTER")), file(instance("state BACKUP", "state MASTER"))],
  check: eachInstance(({ block }, report, host) => {
    const lines = named(inside(block), "state");
    const master = lines.findIndex((line) => line.words[1]?.text === "MASTER");
    if (master === -1) return;
    for (const line of lines.slice(master + 1)) {
      const word = line.words[1];
      if (word?.text !== "BACKUP") continue;
      report(
        word.at,
        "There is a state MASTER above, and keepalived ignores this BACKUP: the host starts as master. Delete the line that is not meant.",
        {
          related: [{ at: lines[master]?.words[1]?.at ?? word.at, message: "the state that counts" }],
          fixes: fix("Delete this line, which counts for nothing", false, deleteLines(host, line)),
        },
      );
    }
  }),
};
