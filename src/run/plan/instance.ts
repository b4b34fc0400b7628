/** One instance as the daemon runs it. */
import type { Host, Instance } from "../../model/host.ts";
import { trackerId } from "../../model/machine-config.ts";
import { inside } from "../../schema/statement.ts";
import type { Config, Tracker } from "../../vrrp/machine-types.ts";
import type { Ground, SocketPlan } from "../ports.ts";
import { extraOf } from "./extra.ts";
import { instanceNotify, mails } from "./notify.ts";
import { has, type Programs } from "./programs.ts";
import { placeAddresses, routesOf } from "./resources.ts";
import { isLinkLocal, type Source } from "./source.ts";
import type { InstancePlan, Resource, VirtualInterface } from "./types.ts";
import { type VirtualInterfaces, wishOf } from "./virtual-interfaces.ts";

/** What an instance's plan is made with. */
export interface Workshop {
  readonly host: Host;
  readonly ground: Ground;
  readonly programs: Programs;
  readonly interfaces: VirtualInterfaces;
  readonly rules: ReadonlyMap<Instance, readonly Resource[]>;
  readonly statics: readonly Resource[];
  /** The ids of trackers that nothing looks at: their programs are refused. */
  readonly refused: ReadonlySet<string>;
}

/** The plan of an instance that the machine's settings are known of. */
export function instancePlan(
  instance: Instance,
  config: Config,
  source: Source,
  workshop: Workshop,
): InstancePlan {
  const { host, programs, interfaces, rules } = workshop;
  const wish = wishOf(instance);
  const base = instance.interface?.value;
  const own =
    wish && base !== undefined ? interfaces.ofInstance(instance, wish, base, config.source) : undefined;
  const placed = placeAddresses(instance, own, interfaces);
  const virtuals = [...(own ? [own] : []), ...placed.virtuals];
  const resources = [...placed.resources, ...routesOf(instance), ...(rules.get(instance) ?? [])];
  const lines = inside(instance.block);
  const globals = host.globals.statements;
  const group = host.groups.find(({ name }) => name === instance.group);
  return {
    name: instance.name,
    config: { ...config, trackers: trackersOf(instance, config, resources, virtuals, workshop) },
    interface: base,
    virtuals,
    socket: socketOf(instance, config, wish?.sendsFromBase ? base : (own?.name ?? base)),
    lacks: lacksOf(instance, source),
    resources,
    extra: extraOf(host, instance, {
      ...{ resources, virtuals },
      device: own?.name ?? base,
      sendsFromBase: wish?.sendsFromBase ?? false,
    }),
    notify: instanceNotify(lines, group ? inside(group.block) : [], globals, programs),
    mail: mails(lines, globals),
    at: instance.at,
  };
}

/** keepalived reads and writes with one interface: the virtual one, unless adverts leave by the one below it. */
function socketOf(instance: Instance, { source, hopLimit }: Config, device: string | undefined): SocketPlan {
  const { family, unicast, authentication, multicastGroup } = instance;
  return {
    family,
    protocol: authentication.value.type === "AH" ? 51 : 112,
    interface: device,
    sendInterface: undefined,
    group: unicast ? undefined : multicastGroup.value,
    source,
    hopLimit,
  };
}

function lacksOf(instance: Instance, source: Source): string | undefined {
  const lines = inside(instance.block);
  if (has(lines, "unicast_fault_no_peer") && !instance.unicast) return "it has no unicast peer";
  if (has(lines, "use_ipvlan") && instance.family === 4 && wishOf(instance)?.address === undefined) {
    return "use_ipvlan needs an IPv4 address on its line";
  }
  if (!instance.interface && instance.family === 6 && instance.source && isLinkLocal(instance.source.value)) {
    return "a link-local source address needs an interface";
  }
  return "lacks" in source ? source.lacks : undefined;
}

/**
 * The file's trackers, and what keepalived tracks without being asked: a watched source, interfaces that are used, and
 * those of static things whose track_group names the instance (vrrp_static_track.c, static_track_group_init). The things
 * themselves are put back when they are deleted, for whoever tracks them.
 */
function trackersOf(
  instance: Instance,
  config: Config,
  resources: readonly Resource[],
  virtuals: readonly VirtualInterface[],
  { refused, statics }: Workshop,
): readonly Tracker[] {
  const trackers = config.trackers.filter(({ id }) => !refused.has(id));
  const known = new Set(trackers.map(({ id }) => id));
  const named = statics.filter(({ instances }) => instances.includes(instance.name));
  const devices = [...resources, ...named]
    .filter(({ tracked }) => tracked)
    .flatMap(({ device }) => device ?? []);
  const used = devices
    .map((device) => virtuals.find(({ name }) => name === device)?.base ?? device)
    .filter((device) => device !== instance.interface?.value)
    .map((name) => trackerId({ kind: "interface", name }));
  const ids = new Set([...used, ...sourceTrackers(instance)].filter((id) => !known.has(id)));
  return [...trackers, ...[...ids].map(unweighted)];
}

function unweighted(id: string): Tracker {
  return { id, weight: 0, reverse: false, initial: true };
}

/** track_src_ip counts only where a source is written. */
function sourceTrackers(instance: Instance): readonly string[] {
  const watched = instance.source && has(inside(instance.block), "track_src_ip");
  return watched ? [sourceId(instance)] : [];
}

/** The id of the tracker that follows an instance's own source address. */
export function sourceId({ interface: device, source }: Instance): string {
  return `address ${source?.value ?? ""}${device ? ` ${device.value}` : ""}`;
}
