import type { Instance, SyncGroup } from "../model/host.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { nearestDefinition } from "./support.ts";
import type { FileRule } from "./types.ts";

export const vrrpScriptUnused: FileRule = {
  id: "vrrp-script-unused",
  severity: "warning",
  over: "file",
  summary: "A vrrp_script that no instance and no group tracks.",
  why: "The script never runs. The file looks as if the service were watched, but the addresses stay on a host where it is dead. keepalived's configuration test does not mention it.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_init (v2.2.7): only the running daemon logs it.",
  bad: () => [{ input: file(secured, script().replace("chk", "«chk»"), instance()) }],
  good: () => [file(secured, script(), instance(block("track_script", "chk")))],
  check(host, report) {
    const users: readonly (Instance | SyncGroup)[] = [...host.instances, ...host.groups];
    if (users.length === 0 || host.uncertain || users.some((user) => user.uncertain)) return;
    // A name that is mistyped, or a second one on its line, is another rule's finding.
    const meant = new Set<string | undefined>();
    for (const { trackers } of users)
      for (const tracker of trackers) {
        if (tracker.kind !== "script") continue;
        for (const word of tracker.statement.words) meant.add(word.text);
        if (!tracker.definition || /[,;]$/.test(tracker.name)) meant.add(nearestDefinition(host, tracker));
      }
    for (const { kind, name, at, ignored } of host.definitions) {
      if (kind !== "script" || ignored || meant.has(name)) continue;
      report(
        at,
        `Nothing tracks ${name}, so it never runs: the service it checks can die and the addresses stay. Name it in a track_script block of the instances that depend on it, or delete it.`,
      );
    }
  },
};
