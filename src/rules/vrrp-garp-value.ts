import type { Host } from "../model/host.ts";
import type { Finding } from "../schema/statement.ts";
import { readDecimal } from "../schema/values.ts";
import { deleteLines, fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import type { FileRule } from "./types.ts";

const id = "vrrp-garp-value";

export const vrrpGarpValue: FileRule = {
  id,
  severity: "info",
  over: "file",
  summary: "A setting for gratuitous ARP has a value that keepalived does not take.",
  why: "A new master tells the network with gratuitous ARP where the addresses are now. With the value ignored it does so at the default pace; neighbours that miss it send to the old master.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_garp_rep_handler (v2.2.7); keepalived -t.",
  bad: () => [
    { input: file(instance("garp_master_repeat «0»")), fixed: file(instance("garp_master_repeat 1")) },
    { input: file(instance("garp_master_delay «1.5»")), fixed: file(instance("garp_master_delay 2")) },
    {
      input: file(block("global_defs", "router_id a", "vrrp_garp_interval «0»"), instance()),
      fixed: file(block("global_defs", "router_id a"), instance()),
    },
  ],
  good: () => [file(instance("garp_master_repeat 5", "garp_master_delay 5"))],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const { word, at, expected, statement } = finding;
      if (!word || !statement) continue;
      const keyword = statement.words[0]?.text;
      report(
        at,
        `${word.text} is no value for ${keyword}, which takes ${expected}. keepalived ${statement.entry?.onInvalid ?? "ignores the line"}, so neighbours may learn of a new master later than the file says. Correct the value or delete the line.`,
        { fixes: repair(host, finding) },
      );
    }
  },
};

function repair(host: Host, { word, statement, kind }: Finding) {
  const keyword = statement?.words[0]?.text ?? "";
  const number = readDecimal(word?.text ?? "");
  if (!statement || number === undefined) return [];
  if (number === 0 && keyword.endsWith("repeat"))
    return fix("Write 1, as keepalived does", true, replaceWord(word, "1"));
  // Sample files have a 0 where leaving the line out means the same.
  if (number === 0) return fix("Delete the line, which has no effect", true, deleteLines(host, statement));
  if (kind !== "bad-number" || Number.isInteger(number)) return [];
  const rounded = String(Math.max(1, Math.round(number)));
  return fix(`Write ${rounded}`, false, replaceWord(word, rounded));
}
