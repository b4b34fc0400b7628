/**
 * An instance as keepalived runs it: the lines of its block after defaults, fallbacks and everything that one setting
 * does to another (keepalived 2.2.7 and 2.4.3, vrrp/vrrp.c, vrrp_complete_instance).
 */
import { authenticationOf } from "./authentication.ts";
import { defaultDownTimerAdverts, defaultMulticastGroup } from "./globals.ts";
import type { Family, Globals, Instance, Spot, Tracker, VirtualAddress } from "./host.ts";
import type { InstanceDraft } from "./instance-draft.ts";
import { defaultPriority } from "./instance-lines.ts";
import { changedTo, defaultAt } from "./spots.ts";

/** The priority of an address owner: always master, untouched by trackers. */
export const ownerPriority = 255;

/** What an instance gets from outside its block. */
export interface Surroundings {
  readonly host: string;
  readonly globals: Globals;
  readonly trackers: readonly Tracker[];
  readonly group: string | undefined;
  readonly uncertain: boolean;
}

/** Completes a draft. Nothing in it is guessed: values from unknown words are defaults marked as unknown. */
export function completeInstance(draft: InstanceDraft, around: Surroundings): Instance {
  const { globals, ...rest } = around;
  const { header } = draft;
  const family = draft.family ?? 4;
  const strict = draft.strict ?? globals.strict ?? defaultAt(header, false);
  const version = versionOf(draft, family, strict.value, globals);
  const priority = priorityOf(draft);
  const circumstances = { family, version: version.value, strict: strict.value };
  const authentication = authenticationOf(draft, circumstances);
  const state = stateOf(draft, priority, strict.value, authentication.value.type === "AH");
  const unicast = draft.peers.length > 0;
  return {
    ...asWritten(draft),
    ...rest,
    family,
    version,
    strict,
    state,
    priority,
    advertInterval: advertIntervalOf(draft, version.value),
    authentication,
    ...capacity(draft),
    unicast,
    multicastGroup: multicastGroupOf(draft, family, unicast, globals),
    accept: acceptOf(draft, priority.value, strict.value, version.value),
    ...preemption(draft, state.value, priority.value, strict.value),
    downTimerAdverts: downTimerAdvertsOf(draft, globals.downTimerAdverts, strict.value),
    checkUnicastSource: draft.checkUnicastSource ?? globals.checkUnicastSource ?? defaultAt(header, false),
    vmac: draft.vmac ?? defaultAt(header, false),
  };
}

/** What needs no completing. */
function asWritten(draft: InstanceDraft) {
  return {
    name: draft.name,
    at: draft.header,
    block: draft.block,
    interface: draft.interface,
    vrid: draft.vrid,
    source: draft.source,
    peers: draft.peers,
    refused: draft.refused,
    virtualRoutes: draft.virtualRoutes,
    virtualRules: draft.virtualRules,
  };
}

/** Its own version, else 3 for IPv6, else the global one, else 2. Strict mode has no IPv6 in version 2. */
function versionOf(draft: InstanceDraft, family: Family, strict: boolean, globals: Globals): Spot<2 | 3> {
  const own = draft.version;
  if (own) return family === 6 && own.value === 2 && strict ? changedTo(own, 3) : own;
  if (family === 6) return defaultAt(draft.header, 3);
  return globals.vrrpVersion ?? defaultAt(draft.header, 2);
}

/** Without a priority, `state MASTER` makes the instance an address owner. */
function priorityOf(draft: InstanceDraft): Spot<number> {
  if (draft.priority) return draft.priority;
  const value = draft.state?.value === "MASTER" ? ownerPriority : defaultPriority;
  const spot = defaultAt(draft.header, value);
  return draft.state?.unknown ? { ...spot, unknown: true } : spot;
}

function stateOf(
  draft: InstanceDraft,
  priority: Spot<number>,
  strict: boolean,
  authenticationHeader: boolean,
): Spot<"MASTER" | "BACKUP"> {
  const owner = priority.value === ownerPriority;
  const byPriority = owner ? "MASTER" : "BACKUP";
  const state = draft.state ?? defaultAt(draft.header, byPriority);
  if (strict) return changedTo(state, byPriority);
  // A backup must hear the master's sequence number before it can send authentication headers itself.
  return authenticationHeader && !owner ? changedTo(state, "BACKUP") : state;
}

const second = 1_000_000;
const centisecond = 10_000;
/** The interval has 12 bits of centiseconds in version 3 (RFC 9568, 5.2.7) and 8 bits of seconds in version 2. */
const longest = { 2: 255 * second, 3: 4095 * centisecond };

/** Rounds half up to what the header can carry, at least one unit. */
function advertIntervalOf(draft: InstanceDraft, version: 2 | 3): Spot<number> {
  const written = draft.advertInterval;
  if (!written) return defaultAt(draft.header, 1);
  const unit = version === 2 ? second : centisecond;
  const rounded = Math.max(unit, Math.floor(written.value / unit + 0.5) * unit);
  return changedTo(written, Math.min(longest[version], rounded) / second);
}

interface AddressLists {
  readonly addresses: readonly VirtualAddress[];
  readonly excluded: readonly VirtualAddress[];
}

/** At the usual MTU of 1500 bytes 89 IPv6 addresses fit; for IPv4 the 8-bit count is the limit. */
const mostAddresses = { 4: 255, 6: 89 };

/** Addresses beyond what an advert can carry become excluded ones. */
function capacity(draft: InstanceDraft): AddressLists {
  const room = mostAddresses[draft.family ?? 4];
  const { addresses, excluded } = draft;
  if (addresses.length <= room) return { addresses, excluded };
  const moved = addresses.slice(room).map((address) => ({ ...address, moved: true as const }));
  return { addresses: addresses.slice(0, room), excluded: [...excluded, ...moved] };
}

function multicastGroupOf(
  draft: InstanceDraft,
  family: Family,
  unicast: boolean,
  globals: Globals,
): Spot<string> {
  const global = family === 4 ? globals.multicastGroup4 : globals.multicastGroup6;
  const common = global ?? defaultAt(draft.header, defaultMulticastGroup(family));
  const own = draft.multicastGroup;
  if (!own || unicast) return common;
  return own.unknown ? changedTo(own, common.value) : own;
}

/** Without strict mode everybody may talk to the address. Strict mode lets nobody but an owner's clients, or `accept`. */
function acceptOf(draft: InstanceDraft, priority: number, strict: boolean, version: 2 | 3): Spot<boolean> {
  const owner = priority === ownerPriority;
  if (!draft.accept) return defaultAt(draft.header, owner || !strict);
  const reset = strict && !owner && version === 2;
  return reset ? changedTo(draft.accept, false) : draft.accept;
}

/** nopreempt and preempt_delay after what state, priority, strict mode and each other do to them. */
function preemption(
  draft: InstanceDraft,
  state: "MASTER" | "BACKUP",
  priority: number,
  strict: boolean,
): { nopreempt: Spot<boolean>; preemptDelay: Spot<number> } {
  const wanted = draft.nopreempt ?? defaultAt(draft.header, false);
  const cleared = state === "MASTER" || priority === ownerPriority;
  const nopreempt = cleared ? changedTo(wanted, false) : wanted;
  const delay = draft.preemptDelay ?? defaultAt(draft.header, 0);
  const noDelay = state === "MASTER" || strict || nopreempt.value;
  return { nopreempt, preemptDelay: changedTo(delay, noDelay ? 0 : delay.value / second) };
}

function downTimerAdvertsOf(
  draft: InstanceDraft,
  global: Spot<number> | undefined,
  strict: boolean,
): Spot<number> {
  const written: Spot<number> =
    draft.downTimerAdverts ?? global ?? defaultAt<number>(draft.header, defaultDownTimerAdverts);
  return strict ? changedTo(written, defaultDownTimerAdverts) : written;
}
