import { block, file, instance } from "./examples.ts";
import { definitionBelow, nearestDefinition } from "./support.ts";
import type { FileRule } from "./types.ts";
import { repair } from "./vrrp-track-undefined.ts";

const health = block("track_file health", "file /run/health");
const tracking = (name: string) => instance(block("track_file", name));

export const vrrpTrackFileUndefined: FileRule = {
  id: "vrrp-track-file-undefined",
  severity: "error",
  over: "file",
  summary: "track_file names a file that is not defined.",
  why: "keepalived runs without the check. Its configuration test even crashes or hangs on such a file, so it cannot be used to find this or any other mistake.",
  basis: "keepalived -t: 2.2.7 hangs, 2.4.3 crashes; the running daemon ignores the line.",
  bad: () => [
    {
      input: file(health, tracking("«helth»")),
      fixed: file(health, tracking("health")),
    },
    { input: file(health, tracking("«load»")), fixed: file(health, instance()) },
  ],
  good: () => [file(health, tracking("health"))],
  check(host, report) {
    if (host.uncertain) return;
    for (const { trackers } of [...host.instances, ...host.groups])
      for (const tracker of trackers) {
        if (tracker.ignored !== "undefined-name" || tracker.kind !== "file") continue;
        if (definitionBelow(host, tracker)) continue;
        const meant = nearestDefinition(host, tracker);
        const advice = meant === undefined ? "Define it in a track_file block above" : `Is ${meant} meant`;
        report(
          tracker.at,
          `No track_file named ${tracker.name} is defined, so keepalived runs without the check, and keepalived -t hangs or crashes on this file. ${advice}${meant === undefined ? "." : "?"}`,
          { fixes: repair(host, tracker) },
        );
      }
  },
};
