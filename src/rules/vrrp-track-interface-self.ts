import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const tracking = (...lines: string[]) => file(instance(block("track_interface", ...lines)));

export const vrrpTrackInterfaceSelf: FileRule = {
  id: "vrrp-track-interface-self",
  severity: "hint",
  over: "file",
  summary: "track_interface lists the interface of the instance itself.",
  why: "An instance goes to FAULT when its own interface fails, without being told. keepalived ignores the line with a message, and its configuration test fails because of it.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); keepalived -t.",
  bad: () => [{ input: tracking("«eth0»", "eth1"), fixed: tracking("eth1") }],
  good: () => [tracking("eth1")],
  check: eachInstance(({ trackers }, report, host) => {
    for (const { ignored, name, at, statement } of trackers) {
      if (ignored !== "own-interface") continue;
      report(
        at,
        `The instance runs on ${name} and goes to FAULT when it fails anyway. keepalived ignores the line, a weight on it too, and its configuration test complains. Delete it.`,
        { fixes: fix("Delete the line", true, deleteLines(host, statement)) },
      );
    }
  }),
};
