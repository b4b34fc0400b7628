/** One host's part of a planned cluster. */
import {
  type HostIntent,
  type Intent,
  interfaceOf,
  onHost,
  type RouterChoices,
  type TrackerIntent,
} from "./intent.ts";
import { familyOf, sourceOf } from "./networks.ts";
import type { GroupPlan, Half, InstancePlan, NotifyPlan, Plan, Settled, TrackLine } from "./plan.ts";
import { type DefinedTracker, definitionKey, definitionOf } from "./trackers.ts";

/** Plans the file of one host: its own addresses, interfaces and priorities, and what is the same on all. */
export function planHost(
  intent: Intent,
  host: HostIntent,
  routers: readonly Settled[],
  definitions: ReadonlyMap<string, DefinedTracker>,
): Plan {
  const { mail, scriptSecurity = true } = intent;
  const instances = routers.flatMap((router) =>
    router.halves.map((half) => instanceOf(intent, host, router, half)),
  );
  const groups = groupsOf(intent, host, routers);
  const runs =
    [...definitions.values()].some(({ track }) => track === "script") ||
    [...instances, ...groups].some(({ notify }) => notify.length > 0);
  const { routerId = host.name } = host;
  return {
    host: host.name,
    hosts: intent.hosts.map(({ name }) => name),
    routerId: routerId === false ? undefined : routerId,
    scriptUser: runs ? (intent.scriptUser ?? (scriptSecurity ? "root" : undefined)) : undefined,
    scriptSecurity: runs && scriptSecurity,
    mail: mail && {
      to: mail.to,
      from: mail.from,
      server: mail.server ?? "127.0.0.1",
      timeout: mail.timeout ?? 30,
    },
    globals: onHost(intent.globals, host.name) ?? "",
    extra: onHost(intent.extra, host.name) ?? "",
    definitions,
    groups,
    instances,
  };
}

function groupsOf(intent: Intent, host: HostIntent, routers: readonly Settled[]): readonly GroupPlan[] {
  const names = [...new Set(routers.flatMap(({ group }) => group ?? []))];
  return names.map((name) => {
    const inside = routers.filter(({ group }) => group === name);
    const all = inside.flatMap(({ tracks }) => tracks);
    const tracks = [...new Map(all.map((tracker) => [definitionKey(tracker), tracker])).values()];
    const [first] = inside;
    return {
      name,
      members: inside.flatMap(({ halves }) => halves.map((half) => half.name)),
      tracks: first ? linesOf(tracks, first, host) : [],
      weighted: tracks.some(({ weight = 0 }) => weight !== 0),
      notify: inside.map(({ choices }) => notifyOf(choices)).find((each) => each.length > 0) ?? [],
      mail: intent.mail !== undefined && inside.some(({ choices }) => choices.alert ?? true),
      extra: onHost(intent.groups?.get(name), host.name) ?? "",
    };
  });
}

function linesOf(
  tracks: readonly TrackerIntent[],
  { definitions }: Settled,
  host: HostIntent,
): readonly TrackLine[] {
  return tracks.flatMap((tracker): TrackLine[] => {
    const { track, weight = 0 } = tracker;
    if (tracker.track === "interface") {
      const name = onHost(tracker.interface, host.name);
      return name === undefined ? [] : [{ track, name, weight: weight || undefined }];
    }
    const definition = definitionOf(definitions, tracker);
    if (!definition) return [];
    return [{ track, name: definition.name, weight: weight === definition.weight ? undefined : weight }];
  });
}

/** The programs that run at changes of state, in the order of the manual. */
export function notifyOf(choices: RouterChoices): readonly NotifyPlan[] {
  const { notifyMaster, notifyBackup, notifyFault, notifyStop, notify } = choices;
  const each: readonly (readonly [string, string | undefined])[] = [
    ["notify_master", notifyMaster],
    ["notify_backup", notifyBackup],
    ["notify_fault", notifyFault],
    ["notify_stop", notifyStop],
    ["notify", notify],
  ];
  return each.flatMap(([keyword, command]) => (command === undefined ? [] : { keyword, command }));
}

function instanceOf(intent: Intent, host: HostIntent, router: Settled, half: Half): InstancePlan {
  const { choices, order, vrid, group } = router;
  const { nopreempt = false, preemptDelay, startAsBackup = false } = choices;
  const sources = new Map(
    intent.hosts.map(({ name }) => [name, sourceOn(intent, name, choices.unicast, half)]),
  );
  const isFirst = order[0]?.host === host.name;
  const alone = group === undefined;
  return {
    ...half,
    // An instance that starts as master forgets nopreempt and the delay.
    state: isFirst && !nopreempt && !preemptDelay && !startAsBackup ? "MASTER" : "BACKUP",
    interface: interfaceOf(intent, router.router, host) ?? "",
    vrid,
    priority: order.find((each) => each.host === host.name)?.priority ?? 0,
    order,
    advertInterval: choices.advertInterval ?? 1,
    nopreempt,
    preemptDelay: preemptDelay || undefined,
    source: sources.get(host.name),
    peers: [...sources].flatMap(([name, source]) => (name === host.name ? [] : (source ?? []))),
    vmac: choices.vmac ?? false,
    tracks: alone ? linesOf(router.tracks, router, host) : [],
    notify: alone ? notifyOf(choices) : [],
    mail: alone && intent.mail !== undefined && (choices.alert ?? true),
    extra: onHost(router.router.extra, host.name) ?? "",
  };
}

/** Where a host's unicast adverts come from; undefined with multicast. */
function sourceOn(
  { hosts }: Intent,
  name: string,
  unicast: RouterChoices["unicast"],
  { family, addresses: [beside] }: Half,
): string | undefined {
  const host = hosts.find((each) => each.name === name);
  if (!unicast || !host) return undefined;
  if (unicast === true) return sourceOf(host, family, beside);
  const source = unicast.get(name);
  return source !== undefined && familyOf(source) === family ? source : undefined;
}
