/**
 * How strongly two instances on different hosts look like one virtual router. The reasons are in
 * docs/decisions/0010-pairing.md.
 */
import { type ParsedAddress, parseAddress, sameNetwork } from "../schema/address.ts";
import type { Host, Instance, Member, VirtualAddress } from "./host.ts";

/** An instance with what pairing compares. */
export interface Node extends Traits {
  readonly member: Member;
  /** Counts the instances of its host. */
  readonly index: number;
  /** Counts the nodes that are grouped together. */
  readonly position: number;
}

interface Traits {
  /** Addresses in force, advertised and excluded. */
  readonly moved: ReadonlySet<string>;
  /** All addresses that the author wrote, those of a refused family too. */
  readonly written: ReadonlySet<string>;
  readonly networks: readonly Network[];
}

interface Network {
  readonly address: ParsedAddress;
  readonly prefix: number;
}

const known = new WeakMap<Instance, Traits>();

/** Prepares a member for comparison. */
export function nodeOf(member: Member, index: number, position = 0): Node {
  const { moved, written, networks } = traitsOf(member.instance);
  return { member, index, position, moved, written, networks };
}

/** Prepares the instances of all hosts for comparison. */
export function nodesOf(hosts: readonly Host[]): readonly Node[] {
  const nodes: Node[] = [];
  for (const host of hosts)
    host.instances.forEach((instance, index) => {
      nodes.push(nodeOf({ host, instance }, index, nodes.length));
    });
  return nodes;
}

/** Stable name of a node, whatever the order of the hosts. */
export function keyOf({ member: { host }, index }: Node): string {
  return JSON.stringify([host.file, host.name, host.configId ?? "", index]);
}

/** What an instance is compared by, worked out once. */
function traitsOf(instance: Instance): Traits {
  const before = known.get(instance);
  if (before) return before;
  const moved = new Set<string>();
  for (const { address } of instance.addresses) moved.add(address);
  for (const { address } of instance.excluded) moved.add(address);
  const refused = instance.refused.flatMap(({ address }) => address ?? []);
  const written = refused.length > 0 ? new Set([...moved, ...refused]) : moved;
  const traits = { moved, written, networks: networksOf(instance) };
  known.set(instance, traits);
  return traits;
}

/** The addresses both move as a share of all that either moves, from 0 to 1. */
export function overlap(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  const both = [...first].filter((address) => second.has(address)).length;
  return both === 0 ? 0 : both / (first.size + second.size - both);
}

/** Both have a VRID and it is the same. */
export function sameVrid(first: Node, second: Node): boolean {
  const vrid = first.member.instance.vrid?.value;
  return vrid !== undefined && vrid === second.member.instance.vrid?.value;
}

/** Both have one name. */
export function sameName(first: Node, second: Node): boolean {
  return first.member.instance.name === second.member.instance.name;
}

/** No proof of two clusters: not both protect their adverts, or they do so with the same password. */
export function sameSecret(first: Node, second: Node): boolean {
  const [one, other] = [first.member.instance.authentication, second.member.instance.authentication];
  if (one.unknown || other.unknown || one.value.type === "none" || other.value.type === "none") return true;
  return one.value.password === other.value.password;
}

/** One of them sends its adverts to the other's source. */
export function talk(first: Node, second: Node): boolean {
  return (
    listsSource(first.member.instance, second.member.instance) ||
    listsSource(second.member.instance, first.member.instance)
  );
}

function listsSource(instance: Instance, other: Instance): boolean {
  const source = other.source?.value;
  return source !== undefined && instance.peers.some((peer) => peer.address === source);
}

/** It says which addresses it moves, and nothing in it was unreadable. */
export function readable({ moved, member }: Node): boolean {
  return moved.size > 0 && !member.instance.uncertain;
}

/** Both are readable, so that it means something when their addresses differ. */
export function comparable(first: Node, second: Node): boolean {
  return readable(first) && readable(second);
}

/** Whether two instances stand on one layer-2 network, as far as their addresses tell. */
export function networkRelation(first: Node, second: Node): "same" | "different" | "unknown" {
  if (first.networks.length === 0 || second.networks.length === 0) return "unknown";
  const shared = first.networks.some((one) => second.networks.some((other) => meet(one, other)));
  return shared ? "same" : "different";
}

function meet(one: Network, other: Network): boolean {
  return sameNetwork(one.address, other.address, Math.min(one.prefix, other.prefix));
}

/**
 * Of two instances that move an address in common: whether that says anything. A link-local one such as fe80::1 may be on
 * every link, so alone it says nothing where the networks of the others differ.
 */
export function sharesMore(first: Node, second: Node): boolean {
  if (first.member.instance.family === 4 || networkRelation(first, second) !== "different") return true;
  for (const address of first.moved)
    if (!address.startsWith("fe80:") && second.moved.has(address)) return true;
  return false;
}

/** Both use an interface of one name. Names may differ between hosts, so a difference says nothing. */
export function sameInterface(first: Node, second: Node): boolean {
  const [one, other] = [first.member.instance.interface, second.member.instance.interface];
  return one?.value !== undefined && one.value === other?.value && !one.unknown && !other?.unknown;
}

/** What networks usually have, for addresses that are written without prefix or as one host. */
const usualPrefix = { 4: 24, 6: 64 };

/** The networks of an instance's addresses and its source. Link-local addresses exist on every network. */
function networksOf(instance: Instance): readonly Network[] {
  const source = instance.source?.value;
  const written: Pick<VirtualAddress, "address" | "prefix">[] = [...instance.addresses];
  if (source !== undefined) written.push({ address: source, prefix: undefined });
  return written.flatMap(({ address, prefix }) => {
    const parsed = parseAddress(address);
    if (!parsed || address.startsWith("fe80:")) return [];
    const host = parsed.family === 4 ? 32 : 128;
    const known = prefix !== undefined && prefix !== host && prefix > 0;
    return [{ address: parsed, prefix: known ? prefix : usualPrefix[parsed.family] }];
  });
}
