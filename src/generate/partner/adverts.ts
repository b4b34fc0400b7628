/** From whom and to whom an instance sends adverts: source and peers of a newcomer, and the peers of the others. */
import type { Host, Instance } from "../../model/host.ts";
import { keywordPlace, listed } from "../../rules/support.ts";
import type { Changes } from "./changes.ts";
import type { Problem } from "./newcomer.ts";
import { networksOf, type OwnAddresses, sourceWord } from "./own-addresses.ts";

/** Whether the newcomer is one of the peers that the file lists, or one more beside them. */
export type Role = "partner" | "joiner";

/** Sets source and peers of every instance of `base`, against those in `old`. */
export function changeAdverts(
  old: Host,
  base: Host,
  role: Role,
  own: OwnAddresses,
  changes: Changes,
): readonly Problem[] {
  return base.instances.flatMap((instance): readonly Problem[] => {
    const before = old.instances.find(({ name }) => name === instance.name);
    if (!before || isSettled(before, instance)) return [];
    const found = before.unicast ? unicastPair(old, before, role, own) : multicastPair(before, own);
    if (!found || "message" in found) return found ? [found] : [];
    own.match(found.old, found.fresh);
    const word = sourceWord(instance);
    if (word) changes.replace(word, writtenAs(instance, found.fresh));
    if (before.unicast) swapPeer(instance, found, word?.text ?? found.old, changes);
    return [];
  });
}

/** The address of the old host, and the one that the newcomer has in its place. */
interface AddressPair {
  readonly old: string;
  readonly fresh: string;
}

/** Conditions give the newcomer another source already. */
function isSettled(before: Instance, instance: Instance): boolean {
  return before.source?.value !== instance.source?.value;
}

/** An address as the instance writes it where it is one of its peers. */
function writtenAs({ peers }: Instance, address: string): string {
  return peers.find((peer) => peer.address === address)?.statement.words[0]?.text ?? address;
}

/** In the place of the newcomer's address there is the old host's; a newcomer that is not there yet gets one more peer. */
function swapPeer(instance: Instance, { old, fresh }: AddressPair, written: string, changes: Changes): void {
  const { peers } = instance;
  // A list of all hosts, the own one among them, is the same on each.
  if (peers.some(({ address }) => address === old)) return;
  const word = peers.find(({ address }) => address === fresh)?.statement.words[0];
  const last = peers.at(-1);
  if (word) changes.replace(word, written);
  else if (last) changes.addAfter(last.statement, written);
}

function multicastPair(instance: Instance, own: OwnAddresses): AddressPair | Problem | undefined {
  const { source, name } = instance;
  if (!source?.statement) return undefined;
  const keyword = source.statement.words[0]?.text ?? "mcast_src_ip";
  const fresh = own.choose(source.value, networksOf(instance), source.at, `${keyword} of ${name}`);
  return typeof fresh === "string" ? { old: source.value, fresh } : fresh;
}

function unicastPair(host: Host, instance: Instance, role: Role, own: OwnAddresses): AddressPair | Problem {
  const { name, source, family } = instance;
  const old = source?.value ?? own.oldOfFamily(family);
  if (old === undefined)
    return missing(
      instance,
      `${name} has partners and no unicast_src_ip, so the address that belongs into the new host's unicast_peer is not known: --host ${host.name}=ADDRESS says it`,
    );
  const given = meantHere(host, instance, own.ofFamily(family));
  if (given.includes(old))
    return missing(instance, `--address ${old}: this is the address of ${host.shownAs} itself, in ${name}`);
  const peers = instance.peers.map(({ address }) => address).filter((address) => address !== old);
  // A host that comes to others may be in their lists already; who has no address given is a listed one.
  const meant = given.length > 0 || role === "joiner" ? peers.filter((each) => given.includes(each)) : peers;
  const [peer, ...more] = meant;
  if (peer !== undefined && more.length === 0) return { old, fresh: peer };
  if (role === "partner") return missing(instance, whichPeer(name, peers, given));
  const at = source?.at ?? instance.at;
  const fresh = own.choose(old, networksOf(instance), at, `unicast_src_ip of ${name}`);
  return typeof fresh === "string" ? { old, fresh } : fresh;
}

/** The given addresses, but none when they are peers of other instances only: this one is in another network. */
function meantHere(host: Host, instance: Instance, given: readonly string[]): readonly string[] {
  const isPeerIn = ({ peers }: Instance) => peers.some(({ address }) => given.includes(address));
  return !isPeerIn(instance) && host.instances.some(isPeerIn) ? [] : given;
}

function whichPeer(name: string, peers: readonly string[], given: readonly string[]): string {
  if (given.length === 0)
    return `the partners of ${name} are ${listed(peers)}: --address ADDRESS says which one the new host is`;
  if (peers.some((peer) => given.includes(peer)))
    return `--address ${listed(given)}: several of these are partners in ${name}, and the new host can be only one`;
  const partners = peers.length > 1 ? "partners" : "partner";
  return `--address ${listed(given)}: ${name} has the ${partners} ${listed(peers)}; --from writes the file of one of them, --join that of one more host`;
}

function missing(instance: Instance, message: string): Problem {
  const [peer] = instance.peers;
  const block = peer?.statement.parent;
  return { is: "missing", at: block ? keywordPlace(block) : instance.at, message };
}

/** Adds a newcomer to the peers of a host that is there already; `addressFor` says which of its addresses. */
export function addPeers(
  host: Host,
  addressFor: (instance: Instance) => string | undefined,
  changes: Changes,
): void {
  for (const instance of host.instances) {
    const fresh = instance.unicast ? addressFor(instance) : undefined;
    const last = instance.peers.at(-1);
    if (fresh === undefined || !last || instance.peers.some(({ address }) => address === fresh)) continue;
    changes.addAfter(last.statement, fresh);
  }
}
