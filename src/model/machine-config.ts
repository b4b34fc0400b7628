/** Instances as the state machine of src/vrrp/ wants them (keepalived 2.2.7 and 2.4.3, vrrp_complete_instance). */
import { inside, named, type Statement } from "../schema/statement.ts";
import type { Announcing, Config, Status, Tracker as Tracked } from "../vrrp/machine-types.ts";
import { bookworm, newest, type Quirks } from "../vrrp/quirks.ts";
import type { Peer, Reception } from "../vrrp/receive.ts";
import { second } from "../vrrp/time.ts";
import { type ChecksumKind, passwordKey, type Wire } from "../vrrp/wire.ts";
import type { Host, Instance, Tracker, UnicastPeer } from "./host.ts";
import { ownerPriority } from "./instance.ts";
import { flagOf, numberOf, textOf, timeOf } from "./machine-settings.ts";
import { signingOf } from "./machine-signing.ts";
import { readWhole } from "./numbers.ts";
import { trackersInForce } from "./priority.ts";
import { isOlder } from "./release.ts";

/** An instance that runs. */
export interface Machine {
  readonly instance: Instance;
  readonly config: Config;
}

export interface MachineOptions {
  /** The release that runs; the newest one when neither this nor the host says. */
  readonly release?: string | undefined;
  /** From which address an instance sends that names none. */
  readonly sourceOf: (instance: Instance) => string;
}

/** The instances of a host that keepalived starts: the others lack what it needs. */
export function machinesOf(host: Host, options: MachineOptions): readonly Machine[] {
  return host.instances.flatMap((instance) => {
    const config = machineConfig(host, instance, options);
    return config ? [{ instance, config }] : [];
  });
}

/** What an instance means to the state machine; undefined when keepalived does not start it. */
export function machineConfig(host: Host, instance: Instance, options: MachineOptions): Config | undefined {
  const { vrid, priority, addresses, version, strict } = instance;
  const cannotRun = !vrid || (!instance.interface && !instance.unicast);
  const [own, global] = [inside(instance.block), host.globals.statements];
  const meansNone = named(own, "no_virtual_ipaddress").length > 0;
  const needsAddress = (version.value === 3 || strict.value) && !meansNone;
  if (cannotRun || (needsAddress && addresses.length === 0)) return undefined;
  const release = host.target ?? options.release;
  const micros = (seconds: number) => Math.round(seconds * second);
  const owner = priority.value === ownerPriority;
  const advert = {
    family: instance.family,
    version: version.value,
    vrid: vrid.value,
    interval: micros(instance.advertInterval.value),
    addresses: addresses.map(({ address }) => address),
  };
  return {
    advert,
    source: instance.source?.value ?? options.sourceOf(instance),
    hopLimit: hopLimitOf(instance),
    priority: priority.value,
    startsAsMaster: owner && instance.state.value === "MASTER",
    isKnownAsOwner: owner && (!instance.group || isWrittenAsOwner(instance)),
    nopreempt: instance.nopreempt.value,
    preemptDelay: micros(instance.preemptDelay.value),
    downTimerAdverts: instance.downTimerAdverts.value,
    startupDelay: timeOf(global, "vrrp_startup_delay") ?? 0,
    ...insistence(own, global, strict.value),
    trustsKnownMaster:
      named(own, "skip_check_adv_addr").length > 0 || (flagOf(global, "vrrp_skip_check_adv_addr") ?? false),
    accept: instance.accept.value,
    trackers: trackersOf(host, instance),
    reception: receptionOf(instance, host, advert, release),
    announcing: announcingOf(own, global, strict.value),
  };
}

/** A sync group is made before keepalived derives state and priority from each other. */
function isWrittenAsOwner({ priority, block }: Instance): boolean {
  return priority.statement !== undefined && textOf(inside(block), "state") === "MASTER";
}

/** keepalived sets 255 everywhere but for IPv6 unicast, where Linux' own default holds. */
function hopLimitOf({ unicast, family, block }: Instance): number {
  if (!unicast) return 255;
  return numberOf(inside(block), "unicast_ttl", 0, 255) ?? (family === 4 ? 255 : 64);
}

/** Strict mode answers neither lower nor higher priorities. */
function insistence(own: readonly Statement[], global: readonly Statement[], strict: boolean) {
  const setting = (name: string) => flagOf(own, name) ?? flagOf(global, `vrrp_${name}`) ?? false;
  return {
    lowerPriorityNoAdvert: strict || setting("lower_prio_no_advert"),
    higherPrioritySendAdvert: !strict && setting("higher_prio_send_advert"),
  };
}

function receptionOf(
  instance: Instance,
  host: Host,
  advert: Config["advert"],
  release: string | undefined,
): Reception {
  const own = inside(instance.block);
  return {
    version: advert.version,
    vrid: advert.vrid,
    interval: advert.interval,
    addresses: advert.addresses,
    wire: wireOf(instance, host, advert, release),
    peers: instance.peers.map(peerOf),
    checkSource: instance.checkUnicastSource.value,
    learnsGroupChecksum: !named(own, "old_unicast_checksum").some(({ words }) => words[1]?.text === "never"),
    ownerIgnores: ownerIgnores(instance, host, release),
    quirks: quirksOf(release),
  };
}

function wireOf(instance: Instance, host: Host, advert: Config["advert"], release: string | undefined): Wire {
  const { authentication, multicastGroup, unicast } = instance;
  const { type, password } = authentication.value;
  const own = inside(instance.block);
  const signing = since("2.4.0", release)
    ? signingOf(own, advert.interval, instance.strict.value)
    : undefined;
  return {
    authentication: type === "none" ? { type } : { type, key: passwordKey(password) },
    checksum: checksumOf(own, host.globals.statements, unicast, release),
    multicastGroup: multicastGroup.value,
    unicast,
    ...(signing && { signing }),
  };
}

function checksumOf(
  own: readonly Statement[],
  global: readonly Statement[],
  unicast: boolean,
  release: string | undefined,
): ChecksumKind {
  const asVersion2 = flagOf(own, "v3_checksum_as_v2") ?? flagOf(global, "v3_checksum_as_v2");
  if (since("2.2.8", release) && asVersion2) return "message-only";
  const old = named(own, "old_unicast_checksum").some(({ words }) => words[1]?.text !== "never");
  return old && unicast ? "group" : "standard";
}

/** Strict mode asks it of owners, and so does keepalived of an owner that writes `off`. */
function ownerIgnores(instance: Instance, host: Host, release: string | undefined): boolean {
  if (instance.priority.value !== ownerPriority || !since("2.3.3", release)) return false;
  const own = flagOf(inside(instance.block), "owner_ignore_adverts");
  const global = flagOf(host.globals.statements, "vrrp_owner_ignore_adverts") ?? false;
  return own !== undefined || instance.strict.value || global;
}

function since(first: string, release: string | undefined): boolean {
  return release === undefined || !isOlder(release, first);
}

/** What a release does; the newest one when none is named. */
export function quirksOf(release: string | undefined): Quirks {
  const from = (first: string, quirk: keyof Quirks) => ({
    [quirk]: (since(first, release) ? newest : bookworm)[quirk],
  });
  return {
    ...newest,
    ...from("2.3.3", "dropsOtherAddresses"),
    ...from("2.3.2", "takesPadding"),
    ...from("2.3.3", "checksSourceAlways"),
    ...from("2.3.3", "ownersNegotiate"),
    ...from("2.2.8", "deafWhileDelayed"),
    ...from("2.3.2", "refreshesByClock"),
  };
}

function peerOf({ address, statement }: UnicastPeer): Peer {
  const limit = (name: string, otherwise: number) => {
    const at = statement.words.findIndex((word) => word.text === name);
    const value = statement.words[at + 1]?.text;
    if (at === -1 || value === undefined) return otherwise;
    return readWhole(value, { min: 0, max: 255, tolerant: false }) ?? otherwise;
  };
  return { address, lowestHopLimit: limit("min_ttl", 0), highestHopLimit: limit("max_ttl", 255) };
}

/** The name under which a tracker's status is told: `script chk`, `interface eth0`. */
export function trackerId({ kind, name }: Pick<Tracker, "kind" | "name">): string {
  return `${kind} ${name}`;
}

/** What is tracked, and the instance's own interface unless dont_track_primary is written. */
function trackersOf(host: Host, instance: Instance): readonly Tracked[] {
  const tracked = trackersInForce({ host, instance }).map((tracker) => ({
    id: trackerId(tracker),
    weight: tracker.weight.value,
    reverse: tracker.reverse,
    initial: initialStatus(tracker),
  }));
  const name = instance.interface?.value;
  const tracksOwn = name !== undefined && named(inside(instance.block), "dont_track_primary").length === 0;
  if (!tracksOwn) return tracked;
  const id = trackerId({ kind: "interface", name });
  return [{ id, weight: 0, reverse: false, initial: true }, ...tracked];
}

/** Before anything was looked at. All but scripts are looked at before the instance starts. */
function initialStatus({ kind, definition }: Tracker): Status {
  if (kind === "file") return 0;
  if (kind !== "script") return true;
  const failed = definition !== undefined && named(inside(definition.block), "init_fail").length > 0;
  return failed ? false : "unknown";
}

const usual = { repeat: 5, delay: 5, refresh: 0, refreshRepeat: 1 };
const fewest = { repeat: 1, delay: 0, refresh: 0, refreshRepeat: 0 };

function announcingOf(own: readonly Statement[], global: readonly Statement[], strict: boolean): Announcing {
  const otherwise = flagOf(global, "vrrp_min_garp") ? fewest : usual;
  const globally = (name: string) => numberOf(global, `vrrp_garp_${name}`, 0);
  const setting = (name: string) => numberOf(own, `garp_${name}`, 0) ?? globally(name);
  const lower = (name: string, standard: number) => {
    return strict ? 0 : (setting(`lower_prio_${name}`) ?? globally(`master_${name}`) ?? standard);
  };
  return {
    repeat: Math.max(1, setting("master_repeat") ?? otherwise.repeat),
    delay: (setting("master_delay") ?? otherwise.delay) * second,
    refresh: (setting("master_refresh") ?? otherwise.refresh) * second,
    refreshRepeat: setting("master_refresh_repeat") ?? otherwise.refreshRepeat,
    lowerRepeat: lower("repeat", otherwise.repeat),
    lowerDelay: lower("delay", otherwise.delay) * second,
  };
}
