/**
 * What a cluster's files mean, as facts that can be compared: a fact of one and not of the other is a difference. What
 * makes no difference to the network is left out: the order of lines, an interface that is named twice, a check that
 * nothing uses, how a host that is not the master starts.
 */
import type { Place } from "../../diagnostic.ts";
import type { Host, Instance, Member, SyncGroup, Tracker, VirtualAddress } from "../../model/host.ts";
import { bitsOf } from "../../schema/address.ts";
import { inside, type Statement } from "../../schema/statement.ts";
import { definitionFacts } from "./definitions.ts";
import { isPlain, keywordIn, Reading } from "./reading.ts";

/** A virtual router under the name that it has in what is compared. */
export interface NamedRouter {
  readonly name: string;
  readonly members: readonly Member[];
}

/** Something that holds on a host. */
export interface Fact {
  /** How a message names it: never a password. */
  readonly shown: string;
  readonly at: Place;
}

/** The facts of one host by what they say. */
export type Facts = ReadonlyMap<string, Fact>;

/** Adds a fact; `shown` is for messages, where the fact itself holds a secret. */
export type Say = (fact: string, at: Place, shown?: string) => void;

/** The facts of every host by its name. */
export function meaningOf(
  hosts: readonly Host[],
  routers: readonly NamedRouter[],
): ReadonlyMap<string, Facts> {
  return new Map(hosts.map((host) => [host.name, factsOf(host, routers)]));
}

/** The member that holds the addresses while all is well: the highest priority, and the first of equals. */
export function masterOf(members: readonly Member[]): Member | undefined {
  const sorted = [...members].sort(
    (one, other) => other.instance.priority.value - one.instance.priority.value,
  );
  return sorted[0];
}

function factsOf(host: Host, routers: readonly NamedRouter[]): Facts {
  const facts = new Map<string, Fact>();
  const say: Say = (fact, at, shown = fact) => {
    if (!facts.has(fact)) facts.set(fact, { shown, at });
  };
  const reading = new Reading(host);
  globalFacts(reading, say);
  const names = new Map<Instance, string>();
  for (const { name, members } of routers)
    for (const member of members) if (member.host === host) names.set(member.instance, name);
  for (const instance of host.instances) {
    const members = routers.find((router) =>
      router.members.some((each) => each.instance === instance),
    )?.members;
    const isMaster = masterOf(members ?? [])?.instance === instance;
    instanceFacts(reading, instance, `${names.get(instance) ?? instance.name}: `, isMaster, say);
  }
  for (const group of host.groups) groupFacts(reading, group, names, say);
  definitionFacts(reading, say);
  for (const statement of host.statements)
    if (isPlain(statement) && !modelledBlocks.has(keywordIn(statement)))
      say(reading.meaning(statement), statement.line.at, shownOf(statement, ""));
  return facts;
}

const modelledBlocks: ReadonlySet<string> = new Set([
  "global_defs",
  "vrrp_instance",
  "vrrp_sync_group",
  "vrrp_script",
  "vrrp_track_process",
  "track_file",
  "vrrp_track_file",
]);

function globalFacts(reading: Reading, say: Say): void {
  const { globals, statements } = reading.host;
  const [block] = statements.filter((each) => keywordIn(each) === "global_defs");
  const at = block?.line.at ?? { file: reading.host.file, span: { start: 0, end: 0 } };
  const { routerId } = globals;
  say(routerId ? `router_id ${routerId.value}` : "router_id (none)", routerId?.at ?? at);
  const sends = globals.statements.some((each) => keywordIn(each) === "smtp_server");
  const waits = globals.statements.some((each) => keywordIn(each) === "smtp_connect_timeout");
  if (sends && !waits) say("smtp_connect_timeout 30", at);
  for (const statement of globals.statements) {
    if (!isPlain(statement) || ["router_id", "vrrp_version"].includes(keywordIn(statement))) continue;
    if (keywordIn(statement) !== "notification_email")
      say(reading.meaning(statement), statement.line.at, shownOf(statement, ""));
    else
      for (const { text, at: place } of reading.inside(statement).flatMap((line) => reading.words(line)))
        say(`notification_email ${text}`, place);
  }
}

/** Keywords of an instance that facts of their own speak for. */
const modelled: ReadonlySet<string> = new Set([
  "state",
  "interface",
  "virtual_router_id",
  "priority",
  "advert_int",
  "version",
  "authentication",
  "virtual_ipaddress",
  "unicast_src_ip",
  "mcast_src_ip",
  "unicast_peer",
  "nopreempt",
  "preempt",
  "preempt_delay",
  "native_ipv6",
  "track_script",
  "track_process",
  "track_file",
  "track_bfd",
  "track_interface",
]);

function instanceFacts(
  reading: Reading,
  instance: Instance,
  name: string,
  isMaster: boolean,
  say: Say,
): void {
  const { at } = instance;
  say(`${name}IPv${instance.family}`, at);
  const spots = {
    "virtual_router_id ": instance.vrid,
    "interface ": instance.interface,
    "priority ": instance.priority,
    "advert_int ": instance.advertInterval,
    "VRRP version ": instance.version,
    "source address ": instance.source,
  };
  const { nopreempt, preemptDelay } = instance;
  if (nopreempt.value) say(`${name}nopreempt`, nopreempt.at);
  if (preemptDelay.value > 0) say(`${name}preempt_delay ${preemptDelay.value}`, preemptDelay.at);
  for (const [what, spot] of Object.entries(spots)) if (spot) say(`${name}${what}${spot.value}`, spot.at);
  if (isMaster) say(`${name}state ${instance.state.value}`, instance.state.at);
  const { type, password } = instance.authentication.value;
  say(`${name}auth ${type} ${password}`, instance.authentication.at, `${name}authentication ${type}`);
  for (const address of instance.addresses)
    say(`${name}address ${addressMeaning(reading, instance, address)}`, address.at);
  for (const peer of instance.peers) {
    const options = reading
      .words(peer.statement)
      .slice(1)
      .map(({ text }) => ` ${text}`);
    say(`${name}peer ${peer.address}${options.join("")}`, peer.at);
  }
  if (instance.group !== undefined) say(`${name}moves with ${instance.group}`, at);
  const place = instance.group === undefined ? name : `group ${instance.group}: `;
  for (const tracker of instance.trackers) {
    // In a group the failure of one member is that of all.
    const alone = instance.group === undefined || tracker.weight.value !== 0;
    if (!tracker.ignored) say(`${alone ? name : place}${trackerMeaning(tracker)}`, tracker.at);
  }
  for (const statement of inside(instance.block))
    if (isPlain(statement) && !modelled.has(keywordIn(statement)))
      say(`${name}${reading.meaning(statement)}`, statement.line.at, shownOf(statement, name));
}

function addressMeaning(
  reading: Reading,
  instance: Instance,
  { address, prefix, family, device, statement }: VirtualAddress,
): string {
  const options = reading
    .words(statement)
    .slice(1)
    .map(({ text }) => text);
  const at = options.indexOf("dev");
  if (at !== -1) options.splice(at, 2);
  const where =
    device ?? (instance.vmac.value ? "its own interface" : (instance.interface?.value ?? "no interface"));
  return [`${address}/${prefix ?? bitsOf(family)}`, `on ${where}`, ...options].join(" ");
}

function trackerMeaning({ kind, name, weight, reverse }: Tracker): string {
  return `track_${kind} ${name} weight ${weight.value}${reverse ? " reverse" : ""}`;
}

function groupFacts(
  reading: Reading,
  group: SyncGroup,
  names: ReadonlyMap<Instance, string>,
  say: Say,
): void {
  const name = `group ${group.name}: `;
  const { instances } = reading.host;
  for (const member of group.members) {
    const instance = instances.find((each) => each.name === member.name);
    if (instance) say(`${name}${names.get(instance) ?? instance.name} is in it`, member.at);
  }
  const trackers = group.trackers.filter(({ ignored }) => !ignored);
  for (const tracker of trackers) say(`${name}${trackerMeaning(tracker)}`, tracker.at);
  for (const statement of inside(group.block))
    if (isPlain(statement) && !/^(group|track_.*)$/.test(keywordIn(statement)))
      say(`${name}${reading.meaning(statement)}`, statement.line.at, shownOf(statement, name));
}

/** A statement in a message: its first line, and of what may be secret the keyword only. */
function shownOf(statement: Statement, name: string): string {
  const words = statement.words.map(({ text }) => text);
  const secret = /auth|pass|key|secret/i.test(words[0] ?? "");
  return `${name}${secret ? words[0] : words.join(" ")}${statement.body ? " {…}" : ""}`;
}
