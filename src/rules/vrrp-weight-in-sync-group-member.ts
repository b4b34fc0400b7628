import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance, named, script, secured } from "./examples.ts";
import type { FileRule } from "./types.ts";

const other = named("VI_2", "virtual_router_id 52", block("virtual_ipaddress", "10.0.0.101/24"));
const group = (...lines: string[]) => block("vrrp_sync_group G", block("group", "VI_1", "VI_2"), ...lines);
const tracking = (line: string) => instance(block("track_script", line));

export const vrrpWeightInSyncGroupMember: FileRule = {
  id: "vrrp-weight-in-sync-group-member",
  severity: "warning",
  over: "file",
  summary: "A weighted tracker on a member of a sync group is removed.",
  why: "Weights would move the members apart, so keepalived drops the tracker and does not run it for this instance. The file shows a check; a dead service keeps its addresses.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); keepalived -t.",
  bad: () => [
    {
      input: file(secured, script(), tracking("«chk» weight -60"), other, group()),
      fixed: file(secured, script(), tracking("chk weight 0"), other, group()),
    },
  ],
  good: () => [
    file(secured, script(), tracking("chk weight 0"), other, group()),
    file(secured, script(), tracking("chk weight -60"), other, group("sync_group_tracking_weight")),
    file(secured, script(), instance(), other, group(block("track_script", "chk weight -60"))),
  ],
  check: eachInstance(({ trackers, name, group }, report) => {
    for (const { ignored, name: tracked, at, statement, weight } of trackers) {
      if (ignored !== "sync-group" || weight.unknown) continue;
      const written = statement.words[1]?.text === "weight" ? statement.words[2] : undefined;
      report(
        at,
        `${name} is in sync group ${group}, whose members may not have weights of their own: keepalived drops ${tracked}, and a failure moves no address. Track it in the vrrp_sync_group, or give it weight 0, so that a failure means FAULT for the group.`,
        {
          related: weight.written ? [{ at: weight.at, message: "the weight" }] : [],
          fixes: fix("Write weight 0", false, replaceWord(written, "0")),
        },
      );
    }
  }),
};
