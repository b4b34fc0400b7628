/**
 * Whether an advert is taken: the receive checks of RFC 3768 (7.1), RFC 9568 (7.1) and keepalived, in keepalived's
 * order, each with a name.
 */
import type { Arrival } from "./arrival.ts";
import { authenticationTypes } from "./packet.ts";
import { isLater, type Stamp, secondsBetween } from "./packet-trailer.ts";
import type { Quirks } from "./quirks.ts";
import type { Reason } from "./reasons.ts";
import type { Micros } from "./time.ts";
import type { Wire } from "./wire.ts";

/** A unicast peer and the TTL or hop limit its adverts may have when they arrive. */
export interface Peer {
  readonly address: string;
  readonly lowestHopLimit: number;
  readonly highestHopLimit: number;
}

/** What an instance expects of adverts. */
export interface Reception {
  readonly version: 2 | 3;
  readonly vrid: number;
  readonly interval: Micros;
  readonly addresses: readonly string[];
  readonly wire: Wire;
  readonly peers: readonly Peer[];
  /** Only peers are heard (check_unicast_src). */
  readonly checkSource: boolean;
  /** Unicast peers as old as 1.3.6 are recognised by their checksum and answered in kind. */
  readonly learnsGroupChecksum: boolean;
  readonly ownerIgnores: boolean;
  readonly quirks: Quirks;
}

/** What an instance remembers of adverts. */
export interface Memory {
  /** The highest AH sequence number sent or seen. */
  readonly sequence: number;
  /** A peer as old as 1.3.6 was heard. */
  readonly groupChecksum: boolean;
  /** The last signature of each sender, the one heard last at the end. */
  readonly stamps: readonly { readonly source: string; readonly stamp: Stamp }[];
}

export const emptyMemory: Memory = { sequence: 0, groupChecksum: false, stamps: [] };

export interface Circumstances {
  /** Compare the addresses; keepalived leaves that out for a known master with skip_check_adv_addr. */
  readonly checkAddresses: boolean;
  /** The receiver's priority in force is 255. */
  readonly owner: boolean;
  /** Unix time in seconds; signatures cannot be stale without it. */
  readonly clock?: number | undefined;
}

export interface Verdict {
  /** Why the advert is not taken; absent when it is. */
  readonly reason?: Reason;
  /** What is worth a log line although the advert is taken. */
  readonly notes: readonly Reason[];
  readonly memory: Memory;
}

interface Case {
  readonly expected: Reception;
  readonly arrival: Arrival;
  readonly circumstances: Circumstances;
  readonly notes: Reason[];
  memory: Memory;
}

type Check = (one: Case) => Reason | undefined;

/** Judges an advert. The memory may have changed even when the advert is not taken. */
export function receive(
  expected: Reception,
  memory: Memory,
  arrival: Arrival,
  circumstances: Circumstances,
): Verdict {
  const one: Case = { expected, arrival, circumstances, notes: [], memory };
  for (const check of checks) {
    const reason = check(one);
    if (reason !== undefined) return { reason, notes: one.notes, memory: one.memory };
  }
  return { notes: one.notes, memory: one.memory };
}

/** In keepalived's order (vrrp/vrrp_scheduler.c and vrrp/vrrp.c), so that the first reason is the one it logs. */
const checks: readonly Check[] = [
  ({ expected, arrival }) => when(arrival.vrid !== expected.vrid, "vrid"),
  cast,
  authenticationHeader,
  ({ expected, arrival }) => when(!fits(arrival.length, expected.quirks), "length"),
  hopLimit,
  ({ expected, arrival }) => when(arrival.version !== expected.version, "version"),
  signature,
  authentication,
  ({ expected, arrival }) =>
    when(expected.version === 2 && arrival.interval !== expected.interval, "interval"),
  ({ arrival }) => when(arrival.type !== 1, "type"),
  addressCount,
  ({ expected, arrival }) => when(!fits(arrival.totalLength, expected.quirks), "total-length"),
  learnableInterval,
  checksum,
  ({ expected, circumstances }) => when(expected.ownerIgnores && circumstances.owner, "owner"),
  addressList,
  unicastSource,
];

function when(wrong: boolean, reason: Reason): Reason | undefined {
  return wrong ? reason : undefined;
}

function fits(length: Arrival["length"], quirks: Quirks): boolean {
  return length === "fits" || (length === "padded" && quirks.takesPadding);
}

function authenticationHeader({ expected, arrival }: Case): Reason | undefined {
  if (arrival.family === 6) return undefined;
  const wanted = expected.wire.authentication.type === "AH";
  if (wanted === (arrival.ah !== undefined)) return undefined;
  return wanted ? "ah-missing" : "ah-unexpected";
}

/** RFC 9568, 7.1; unicast is keepalived's own and may pass routers. */
function hopLimit({ expected, arrival }: Case): Reason | undefined {
  if (expected.wire.unicast || arrival.hopLimit === undefined) return undefined;
  return when(arrival.hopLimit !== 255, "hop-limit");
}

/** The sockets see to it: one for unicast is bound to the host's address, one for multicast to the group's. */
function cast({ expected, arrival }: Case): Reason | undefined {
  if (arrival.multicast !== expected.wire.unicast) return undefined;
  return arrival.multicast ? "multicast" : "unicast";
}

/** How many senders of multicast adverts are remembered. */
const rememberedSenders = 4;

function signature(one: Case): Reason | undefined {
  const { signing, unicast } = one.expected.wire;
  const { trailer, source } = one.arrival;
  if (!signing) return undefined;
  if (!trailer) return when(signing.mode === "enforce", "trailer-missing");
  if (unicast && !peerOf(one)) return "unicast-source";
  if (!trailer.wellFormed) return "trailer-malformed";
  const isFresh = freshness(signing.window, one.circumstances.clock);
  if (!isFresh(trailer.stamp)) return "trailer-stale";
  if (trailer.key === "unknown") return "trailer-key";
  if (trailer.key === "wrong") return "trailer-signature";
  const last = one.memory.stamps.find((each) => each.source === source)?.stamp;
  if (last && isFresh(last) && !isLater(trailer.stamp, last)) return "trailer-replay";
  const others = one.memory.stamps.filter((each) => each.source !== source);
  const kept = unicast ? others : others.slice(-(rememberedSenders - 1));
  one.memory = { ...one.memory, stamps: [...kept, { source, stamp: trailer.stamp }] };
  return undefined;
}

function freshness(window: number | undefined, clock: number | undefined): (stamp: Stamp) => boolean {
  if (window === undefined || clock === undefined) return () => true;
  return (stamp) => Math.abs(secondsBetween({ seconds: clock, fraction: 0 }, stamp)) <= window;
}

/** RFC 3768 has no authentication but keeps RFC 2338's fields. */
function authentication(one: Case): Reason | undefined {
  const { arrival, expected } = one;
  if (expected.version !== 2) return undefined;
  const { type } = expected.wire.authentication;
  if (!Object.values<number>(authenticationTypes).includes(arrival.authType)) return "auth-unknown";
  if (arrival.authType !== authenticationTypes[type]) return "auth-type";
  if (type === "PASS") return when(!arrival.password, "password");
  return type === "AH" ? signedByHeader(one) : undefined;
}

function signedByHeader(one: Case): Reason | undefined {
  const { ah } = one.arrival;
  if (!ah) return undefined;
  if (!ah.vrrp) return "ah-protocol";
  if (!ah.signed) return "ah-signature";
  if (!ah.fromSource) return "ah-source";
  if (ah.sequence <= one.memory.sequence) return "ah-sequence";
  one.memory = { ...one.memory, sequence: ah.sequence };
  return undefined;
}

function addressCount({ expected, arrival, circumstances }: Case): Reason | undefined {
  const looks = circumstances.checkAddresses && expected.quirks.dropsOtherAddresses;
  return when(looks && arrival.count !== expected.addresses.length, "address-count");
}

/** Version 3 learns the master's interval, so a difference is only worth a note (RFC 9568, 7.1). */
function learnableInterval({ expected, arrival, notes }: Case): undefined {
  if (expected.version === 3 && arrival.interval !== expected.interval) notes.push("interval");
}

/** For IPv6 the system has looked already; with message-only keepalived does not look at all. */
function checksum(one: Case): Reason | undefined {
  const { wire, version, learnsGroupChecksum } = one.expected;
  const { checksum: found, family } = one.arrival;
  if (family === 4 && version === 3 && wire.checksum === "message-only") return undefined;
  if (family === 6 || version === 2 || !wire.unicast) return when(found !== "right", "checksum");
  const wanted = wire.checksum === "group" || one.memory.groupChecksum ? "group" : "right";
  if (found === wanted) return undefined;
  if (found !== "group" || !learnsGroupChecksum) return "checksum";
  one.memory = { ...one.memory, groupChecksum: true };
  return undefined;
}

function addressList({ expected, arrival, circumstances, notes }: Case): Reason | undefined {
  if (arrival.count !== expected.addresses.length) {
    if (!expected.quirks.dropsOtherAddresses) notes.push("address-count");
    return undefined;
  }
  if (!circumstances.checkAddresses) return undefined;
  if (expected.addresses.every((address) => arrival.addresses.includes(address))) return undefined;
  if (expected.quirks.dropsOtherAddresses) return "addresses";
  notes.push("addresses");
  return undefined;
}

function unicastSource(one: Case): Reason | undefined {
  const { expected, arrival, circumstances } = one;
  const looks = circumstances.checkAddresses || expected.quirks.checksSourceAlways;
  if (!expected.wire.unicast || !expected.checkSource || !looks) return undefined;
  const peer = peerOf(one);
  if (!peer) return "unicast-source";
  if (arrival.hopLimit === undefined) return undefined;
  const inRange = arrival.hopLimit >= peer.lowestHopLimit && arrival.hopLimit <= peer.highestHopLimit;
  return when(!inRange, "hop-limit-range");
}

function peerOf({ expected, arrival }: Case): Peer | undefined {
  return expected.peers.find(({ address }) => address === arrival.source);
}
