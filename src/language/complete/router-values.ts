/** Values that follow from the other hosts of a virtual router: VRIDs, priorities, states, addresses of peers. */
import type { Host, Instance } from "../../model/host.ts";
import { trackersInForce } from "../../model/priority.ts";
import type { FileView } from "../file-view.ts";
import type { Routed } from "../neighbours.ts";
import { rank, type Suggestion } from "./suggestion.ts";

/** What the values depend on. */
export interface Around {
  readonly view: FileView;
  readonly host: Host;
  /** Absent outside of instances. */
  readonly routed: Routed | undefined;
}

const highestVrid = 255;
const usualVrid = 51;

/** The partners' VRID, then free ones: free on all hosts that have this interface and family. */
export function vridValues({ view, routed }: Around): readonly Suggestion[] {
  const fromPartners = (routed?.partners ?? []).flatMap(({ host, instance }) =>
    instance.vrid?.written
      ? [value(`${instance.vrid.value}`, `${instance.name} on ${host.name}`, rank.best)]
      : [],
  );
  const own = new Set(routed?.router.members.map(({ instance }) => instance) ?? []);
  const taken = takenVrids(view, routed?.member.instance, own);
  const where = routed?.member.instance.interface?.value;
  const free = freeVrids(taken).map((vrid) =>
    value(`${vrid}`, `free on ${where ?? "every interface"} of all hosts`, rank.peer),
  );
  return [...fromPartners, ...free];
}

function takenVrids(
  { fleet }: FileView,
  here: Instance | undefined,
  own: ReadonlySet<Instance>,
): ReadonlySet<number> {
  const taken = new Set<number>();
  const device = here?.interface?.value;
  for (const { instances } of fleet.hosts) {
    for (const instance of instances) {
      const isApart =
        here !== undefined &&
        (instance.family !== here.family ||
          (device !== undefined && instance.interface !== undefined && instance.interface.value !== device));
      if (!isApart && !own.has(instance) && instance.vrid?.written) taken.add(instance.vrid.value);
    }
  }
  return taken;
}

/** The next one above those in use, and the lowest one. */
function freeVrids(taken: ReadonlySet<number>): readonly number[] {
  if (taken.size === 0) return [usualVrid];
  const next = Math.max(...taken) + 1;
  let lowest = 1;
  while (taken.has(lowest)) lowest++;
  return [...new Set([next, lowest])].filter((vrid) => vrid <= highestVrid);
}

const [highestPriority, usualGap] = [254, 50];

/** One number above and one below the other hosts, near enough that a failing check still changes the master. */
export function priorityValues({ routed }: Around): readonly Suggestion[] {
  const partners = routed?.partners ?? [];
  if (!routed || partners.length === 0) return [];
  const priorities = partners.map(({ instance }) => instance.priority.value);
  const gap = gapFor(routed);
  const [lowest, highest] = [Math.min(...priorities), Math.max(...priorities)];
  const names = partners.map(({ host, instance }) => `${host.name} has ${instance.priority.value}`);
  const detail = (what: string) => `${what}: ${names.join(", ")}`;
  const claims = routed.member.instance.state.value === "MASTER";
  const above = Math.min(highestPriority, highest + gap);
  const below = Math.max(1, lowest - gap);
  return [
    ...(above > highest ? [value(`${above}`, detail("master"), claims ? rank.best : rank.peer)] : []),
    ...(below < lowest ? [value(`${below}`, detail("backup"), claims ? rank.peer : rank.best)] : []),
  ];
}

function gapFor({ router }: Routed): number {
  const weights = router.members
    .flatMap(trackersInForce)
    .map(({ weight }) => Math.abs(weight.value))
    .filter((weight) => weight > 0);
  return Math.max(1, Math.min(usualGap, Math.floor(Math.min(...weights) / 2)));
}

/** BACKUP where another host claims to be the master. */
export function stateValues({ routed }: Around): readonly Suggestion[] {
  const master = routed?.partners.find(({ instance }) => instance.state.value === "MASTER");
  return master ? [value("BACKUP", `${master.host.name} starts as MASTER`, rank.best)] : [];
}

/** Where the other hosts send from, and whom they list beside this host. */
export function peerValues({ host, routed }: Around): readonly Suggestion[] {
  if (!routed) return [];
  const { member, partners } = routed;
  const own = new Set([
    ...ownAddresses(host, member.instance),
    ...member.instance.peers.map(({ address }) => address),
  ]);
  const sources = partners.flatMap(({ host: other, instance }) =>
    instance.source ? [value(instance.source.value, `${other.name} sends from here`, rank.best)] : [],
  );
  const listed = partners.flatMap(({ host: other, instance }) =>
    instance.peers.map(({ address }) => value(address, `${other.name} lists it`, rank.peer)),
  );
  const expected = new Set(ownSources({ routed }).map(({ text }) => text));
  const isOwn = (text: string) =>
    own.has(text) || (member.instance.source === undefined && expected.has(text));
  return [...sources, ...listed].filter(({ text }) => !isOwn(text));
}

function ownAddresses(host: Host, { source }: Instance): readonly string[] {
  return [...(source ? [source.value] : []), ...host.ownAddresses.map(({ address }) => address)];
}

/** The address that the other hosts expect this one to send from: they list it, and none of them has it. */
export function ownSources({ routed }: Pick<Around, "routed">): readonly Suggestion[] {
  const partners = routed?.partners ?? [];
  const theirs = new Set(partners.flatMap(({ instance }) => instance.source?.value ?? []));
  return partners.flatMap(({ host, instance }) =>
    instance.peers
      .filter(({ address }) => !theirs.has(address))
      .map(({ address }) => value(address, `${host.name} lists it as its peer`, rank.best)),
  );
}

function value(text: string, detail: string, order: number): Suggestion {
  return { text, detail, rank: order, kind: "value" };
}
