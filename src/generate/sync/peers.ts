/** Who sends adverts to whom: unicast or multicast alike on all hosts, and a full mesh of unicast peers. */
import type { Edit } from "../../diagnostic.ts";
import type { Fleet, Member, UnicastPeer } from "../../model/host.ts";
import type { Claim } from "../../rules/across/claims.ts";
import { strays } from "../../rules/across/mesh.ts";
import type { Team } from "../../rules/across/teams.ts";
import { type Omission, omissions } from "../../rules/across/unicast.ts";
import { insertAfter, insertAtTop } from "../../rules/edits.ts";
import { lineOf, linesOf, listed } from "../../rules/support.ts";
import { xhUnicastPartialMesh } from "../../rules/xh-unicast-partial-mesh.ts";
import { xhUnicastPeerMissing } from "../../rules/xh-unicast-peer-missing.ts";
import { xhUnicastSrcNotListedByPeer } from "../../rules/xh-unicast-src-not-listed-by-peer.ts";
import { xhUnicastSrcSwapped } from "../../rules/xh-unicast-src-swapped.ts";
import { xhUnicastVsMulticast } from "../../rules/xh-unicast-vs-multicast.ts";
import { insertLike, removal, setWord } from "./edits.ts";
import { asIn, type Facet, nameOf, prevailing, type Step, step } from "./step.ts";

/** Unicast everywhere, or multicast. */
export const modeFacet: Facet = {
  settles: [xhUnicastVsMulticast],
  find: (_, reported) =>
    reported.flatMap((team) => {
      const all = team.map((member): Claim => {
        const says = member.instance.unicast ? "unicast" : "multicast";
        return { member, at: member.instance.at, key: says, says };
      });
      const wanted = prevailing(all);
      if (!wanted || team.some(({ instance }) => lineOf(instance, "unicast_fault_no_peer"))) return [];
      const turned = all.filter(({ key }) => key !== wanted.key);
      return turned.flatMap(({ member }) => turn(team, member, wanted, all));
    }),
};

function turn(team: Team, member: Member, wanted: Claim, all: readonly Claim[]): readonly Step[] {
  const { host, instance } = member;
  const title = (what: string) => `${nameOf(member)}: ${what}, ${asIn(wanted, all)}`;
  const block = lineOf(instance, "unicast_peer");
  if (wanted.key === "multicast") {
    const renamed = rename(member, "unicast_src_ip", "mcast_src_ip");
    const idle = without(member, ["check_unicast_src", "old_unicast_checksum"]);
    const edits = block ? [...removal(host, block), ...renamed, ...idle] : [];
    return step(host, title("unicast_peer is removed, adverts go by multicast"), edits, true);
  }
  const addresses = peersFor(team, member);
  if (addresses === undefined) return [];
  const last = linesOf(instance, "unicast_peer").at(-1);
  const model = lineOf(wanted.member.instance, "unicast_peer");
  const lines = ["unicast_peer {", ...addresses.map((address) => `    ${address}`), "}"];
  const here = last
    ? insertAfter(host, last, addresses.join("\n"))
    : block && insertAtTop(host, block, addresses.join("\n"));
  const edit = block ? here : insertLike(host, instance.block, model, lines);
  const renamed = rename(member, "mcast_src_ip", "unicast_src_ip");
  const idle = without(member, ["mcast_dst_ip"]);
  return step(host, title(`adverts go by unicast to ${listed(addresses)}`), [edit, ...renamed, ...idle]);
}

/** Lines that count only with the other way of sending. */
function without({ host, instance }: Member, keywords: readonly string[]): readonly (Edit | undefined)[] {
  const lines = keywords.flatMap((keyword) => lineOf(instance, keyword) ?? []);
  return lines.flatMap((line) => removal(host, line));
}

function rename({ host, instance }: Member, from: string, to: string): readonly (Edit | undefined)[] {
  const line = lineOf(instance, from);
  return line ? [setWord(host, line.words[0], to)] : [];
}

/** The addresses of all other hosts; undefined where one of them is not known. */
function peersFor(team: Team, member: Member): readonly string[] | undefined {
  const own = member.instance.source?.value;
  const addresses = team
    .filter((other) => other !== member)
    .map(({ instance: { source } }) => (source?.unknown ? undefined : source?.value));
  const known = addresses.filter((address) => address !== undefined);
  const clear = known.length === addresses.length && new Set([own, ...known]).size === known.length + 1;
  return clear ? known : undefined;
}

/** Every host lists all others. */
export const meshFacet: Facet = {
  settles: [xhUnicastPeerMissing, xhUnicastPartialMesh, xhUnicastSrcNotListedByPeer],
  find: (fleet, reported) =>
    reported.flatMap((team) => {
      const found = omissions(team);
      const hosts = team.filter((member) => found.some(({ by }) => by === member));
      const known = fleet.complete && team.every(({ instance: { source } }) => source && !source.unknown);
      return hosts.flatMap((member) => {
        const missing = found.filter(({ by }) => by === member);
        return (
          itself(member, missing) ?? complete(member, missing, known ? strayOf(fleet, member) : undefined)
        );
      });
    }),
};

/** The host's own address stands where another one should. */
function itself({ host, instance }: Member, [first]: readonly Omission[]): readonly Step[] | undefined {
  const own = instance.peers.find(({ address }) => address === instance.source?.value);
  if (!own || !first) return undefined;
  const title = `${instance.name}: the peer ${own.address}, this host itself, becomes ${first.address}, the address of ${first.of.host.shownAs}`;
  return step(host, title, [setWord(host, own.statement.words[0], first.address)]);
}

/** A single address that no host has stands where the single missing one should; otherwise addresses are added. */
function complete(
  member: Member,
  missing: readonly Omission[],
  wrong: UnicastPeer | undefined,
): readonly Step[] {
  const { host, instance } = member;
  const addresses = missing.map(({ address }) => address);
  const ofWhom = `the address of ${listed(missing.map(({ of }) => of.host.shownAs))}`;
  const [only] = addresses;
  if (wrong && only !== undefined && addresses.length === 1) {
    const title = `${nameOf(member)}: the peer ${wrong.address}, which no host has, becomes ${only}, ${ofWhom}`;
    return step(host, title, [setWord(host, wrong.statement.words[0], only)], true);
  }
  const last = linesOf(instance, "unicast_peer").at(-1);
  const title = `${nameOf(member)}: unicast_peer gets ${listed(addresses)}, ${ofWhom}: what is not listed hears nothing from here`;
  return step(host, title, [last && insertAfter(host, last, addresses.join("\n"))]);
}

/** The one listed address that no host has. */
function strayOf(fleet: Fleet, member: Member): UnicastPeer | undefined {
  const [first, ...more] = strays(fleet, member);
  return more.length === 0 ? first : undefined;
}

/**
 * A host that says it has the address of another one, where the other sends its adverts to an address that nobody has:
 * that one is meant. The host that was named first is believed.
 */
export const sourceFacet: Facet = {
  settles: [xhUnicastSrcSwapped],
  find: (_, reported) =>
    reported.flatMap((team) => {
      const [first, second, ...more] = team;
      const [mine, theirs] = [first?.instance.source, second?.instance.source];
      if (!first || !second || !mine || !theirs || more.length > 0 || mine.value !== theirs.value) return [];
      const [meant, ...others] = first.instance.peers.filter(({ address }) => address !== mine.value);
      if (!meant || others.length > 0) return [];
      const title = `${nameOf(second)}: the source ${theirs.value} becomes ${meant.address}, because ${first.host.shownAs} has ${mine.value} and sends its adverts to ${meant.address}`;
      return step(
        second.host,
        title,
        [setWord(second.host, theirs.statement?.words[1], meant.address)],
        true,
      );
    }),
};
