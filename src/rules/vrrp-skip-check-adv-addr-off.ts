import { readBoolean } from "../schema/values.ts";
import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { lineOf } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpSkipCheckAdvAddrOff: FileRule = {
  id: "vrrp-skip-check-adv-addr-off",
  severity: "warning",
  over: "file",
  summary: "skip_check_adv_addr off switches it on.",
  why: "keepalived looks whether the word is a yes or a no and then switches the setting on either way. The addresses in a peer's adverts are not compared, although the file asks for it.",
  basis: "keepalived/vrrp/vrrp_parser.c, vrrp_skip_check_adv_addr_handler (v2.2.7, v2.4.3).",
  bad: () => [{ input: file(instance("skip_check_adv_addr «off»")), fixed: file(instance()) }],
  good: () => [file(instance("skip_check_adv_addr")), file(instance("skip_check_adv_addr on"))],
  check: eachInstance((instance, report, host) => {
    const line = lineOf(instance, "skip_check_adv_addr");
    const word = line?.words[1];
    if (!line || !word || word.unknown || readBoolean(word.text) !== false) return;
    report(
      word.at,
      `keepalived switches skip_check_adv_addr on here, whatever the word says, and no longer compares the addresses in the peer's adverts. Delete the line; off is the default.`,
      { fixes: fix("Delete the line", true, deleteLines(host, line)) },
    );
  }),
};
