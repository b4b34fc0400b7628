import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import type { FileRule } from "./types.ts";

const tracking = (priority: string, line: string) =>
  instance(`priority ${priority}`, block("track_script", line));

export const vrrpWeightOnAddressOwner: FileRule = {
  id: "vrrp-weight-on-address-owner",
  severity: "warning",
  over: "file",
  summary: "A weighted tracker on an instance with priority 255 is removed.",
  why: "Priority 255 says that the host owns the addresses, and an owner's priority does not change. keepalived drops the tracker, and a dead service keeps its addresses.",
  basis:
    "RFC 9568 section 5.2.4; keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(secured, script(), tracking("255", "«chk» weight -60")),
      fixed: file(secured, script(), tracking("254", "chk weight -60")),
    },
  ],
  good: () => [
    file(secured, script(), tracking("254", "chk weight -60")),
    file(secured, script(), tracking("255", "chk weight 0")),
  ],
  check: eachInstance(({ trackers, priority }, report) => {
    for (const { ignored, name, at, weight } of trackers) {
      // Without a priority, state MASTER is the mistake, and another rule's.
      if (ignored !== "owner" || weight.unknown || !priority.written) continue;
      report(
        at,
        `The instance has priority 255, which no check can lower: keepalived drops ${name}, and a failure moves no address. Write a priority of at most 254, or give the tracker weight 0.`,
        {
          related: [{ at: priority.at, message: "priority 255" }],
          fixes: fix("Write priority 254", false, replaceWord(priority.statement?.words[1], "254")),
        },
      );
    }
  }),
};
