import type { Place } from "../diagnostic.ts";
import type { Definition, Host, Instance, SyncGroup } from "../model/host.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { nearestDefinition } from "./support.ts";
import type { FleetRule } from "./types.ts";

export const vrrpScriptUnused: FleetRule = {
  id: "vrrp-script-unused",
  severity: "warning",
  over: "fleet",
  summary: "A vrrp_script that no instance and no group tracks.",
  why: "The script never runs. The file looks as if the service were watched, but the addresses stay on a host where it is dead. keepalived's configuration test does not mention it.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_init (v2.2.7): only the running daemon logs it.",
  bad: () => [{ input: file(secured, script().replace("chk", "«chk»"), instance()) }],
  good: () => [file(secured, script(), instance(block("track_script", "chk")))],
  check({ hosts }, report) {
    for (const host of hosts)
      for (const { name, at } of unusedOn(host)) {
        if (hosts.some((other) => other !== host && uses(other, at))) continue;
        report(
          at,
          `Nothing tracks ${name}, so it never runs: the service it checks can die and the addresses stay. Name it in a track_script block of the instances that depend on it, or delete it.`,
        );
      }
  },
};

/** A file that several hosts read may hold what only some of them need; of a host that is not wholly known, nothing is. */
function uses(host: Host, { file, span }: Place): boolean {
  const isIt = ({ at }: Definition) => at.file === file && at.span.start === span.start;
  return host.definitions.some(isIt) && !unusedOn(host).some(isIt);
}

const known = new WeakMap<Host, readonly Definition[]>();

/** The scripts of a host that nothing tracks, looked for once; none where that is not certain. */
function unusedOn(host: Host): readonly Definition[] {
  const before = known.get(host);
  if (before) return before;
  const found = findUnused(host);
  known.set(host, found);
  return found;
}

function findUnused(host: Host): readonly Definition[] {
  const users: readonly (Instance | SyncGroup)[] = [...host.instances, ...host.groups];
  if (users.length === 0 || host.uncertain || users.some((user) => user.uncertain)) return [];
  const unused = new Map<string | undefined, Definition>();
  for (const definition of host.definitions)
    if (definition.kind === "script" && !definition.ignored) unused.set(definition.name, definition);
  for (const { trackers } of users)
    for (const tracker of trackers) {
      if (unused.size === 0) return [];
      if (tracker.kind !== "script") continue;
      // A name that is mistyped, or a second one on its line, is another rule's finding.
      for (const word of tracker.statement.words) unused.delete(word.text);
      if (!tracker.definition || /[,;]$/.test(tracker.name)) unused.delete(nearestDefinition(host, tracker));
    }
  return [...unused.values()];
}
