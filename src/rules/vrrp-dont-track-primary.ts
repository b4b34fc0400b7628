import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { file, instance } from "./examples.ts";
import { keywordPlace, lineOf } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpDontTrackPrimary: FileRule = {
  id: "vrrp-dont-track-primary",
  severity: "warning",
  over: "file",
  summary: "dont_track_primary keeps a host master whose interface is down.",
  why: "When the interface fails, the host stays master and keeps the addresses, and a backup takes them as well. Traffic that reaches the old master another way, or after the link returns, goes to the wrong host.",
  basis: "Seen with running daemons: both hosts hold the address.",
  bad: () => [{ input: file(instance("«dont_track_primary»")), fixed: file(instance()) }],
  good: () => [file(instance())],
  check: eachInstance((instance, report, host) => {
    const line = lineOf(instance, "dont_track_primary");
    // With a word behind it the author meant something else; another rule reports that.
    if (!line || line.words.length > 1) return;
    report(
      keywordPlace(line),
      "With dont_track_primary this host stays master when its interface fails, and the backup becomes master too: both have the addresses. Delete the line unless the hosts are connected by a crossover cable.",
      { fixes: fix("Delete the line", false, deleteLines(host, line)) },
    );
  }),
};
