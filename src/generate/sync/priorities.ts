/**
 * Priorities stay each host's own, unless no order or a wrong one follows from them. The host that the user named first
 * keeps its own wherever another one can be changed.
 */
import type { Host, Member, Tracker } from "../../model/host.ts";
import { ownerPriority } from "../../model/instance.ts";
import { descent, type Standing, standings } from "../../rules/across/election.ts";
import { groupedWith, memberOn, type SharedRouters, sharingHosts } from "../../rules/across/sync.ts";
import { moved, type Team } from "../../rules/across/teams.ts";
import { lineOf } from "../../rules/support.ts";
import { xhPriorityTie } from "../../rules/xh-priority-tie.ts";
import { xhSyncCrossedPriorities } from "../../rules/xh-sync-crossed-priorities.ts";
import { manyOwners, xhTwoAddressOwners } from "../../rules/xh-two-address-owners.ts";
import { xhWeightCannotChangeMaster } from "../../rules/xh-weight-cannot-change-master.ts";
import { insertLike, setWord } from "./edits.ts";
import { type Facet, nameOf, type Step, step } from "./step.ts";

const usualGap = 10;
const highest = ownerPriority - 1;

/** How far apart two hosts should be, so that each weight alone brings the upper one below the other. */
export function gapFor(weights: readonly Tracker[]): number {
  const sizes = weights.map(({ weight }) => Math.abs(weight.value));
  return Math.min(usualGap, Math.max(1, Math.floor(Math.min(...sizes, 2 * usualGap) / 2)));
}

/** Lets a host have another priority while all its checks pass. */
function give({ member, base, healthy }: Standing, wanted: number, all: readonly Standing[], why: string) {
  const { host, instance } = member;
  const value = base + wanted - healthy;
  const isFree = all.every((other) => other.member === member || other.healthy !== wanted);
  if (!isFree || value < 1 || value > highest || wanted < 1 || wanted > highest) return [];
  const line = lineOf(instance, "priority");
  const model = all.map((other) => lineOf(other.member.instance, "priority")).find((other) => other);
  const edit = line
    ? setWord(host, line.words[1], String(value))
    : insertLike(host, instance.block, model, [`priority ${value}`]);
  const title = `${nameOf(member)}: the priority ${instance.priority.value} becomes ${value}: ${why}`;
  return step(host, title, [edit]);
}

/** Only one host owns the addresses: the one that has one of them as its own, else the first. */
export const ownerFacet: Facet = {
  settles: [xhTwoAddressOwners],
  find: (fleet, reported) =>
    manyOwners(fleet)
      .filter((owners) => reported.some((team) => owners.some((owner) => team.includes(owner))))
      .flatMap(leaveOne),
};

function leaveOne(owners: readonly Member[]): readonly Step[] {
  const has = ({ host, instance }: Member) =>
    host.ownAddresses.some(({ address }) => moved(instance).includes(address));
  const keeper = owners.find(has) ?? owners[0];
  const others = owners.filter((owner) => owner !== keeper);
  return others.flatMap((member, index): readonly Step[] => {
    const { host, instance } = member;
    const value = String(highest - index);
    const line = lineOf(instance, "priority");
    const model = keeper && lineOf(keeper.instance, "state");
    const edit = line
      ? setWord(host, line.words[1], value)
      : insertLike(host, instance.block, model, [`priority ${value}`]);
    const title = `${nameOf(member)}: the priority 255 becomes ${value}: only one host can own the addresses, and ${keeper?.host.shownAs} has 255`;
    return step(host, title, [edit]);
  });
}

/** Breaks ties in favour of the one host with state MASTER, else of the host named first. */
export const tieFacet: Facet = {
  settles: [xhPriorityTie],
  find: (_, reported) => reported.flatMap(untie),
};

function untie(team: Team): readonly Step[] {
  const all = standings(team) ?? [];
  const tied = all.filter(
    ({ healthy }) => healthy !== ownerPriority && all.filter((other) => other.healthy === healthy).length > 1,
  );
  const [first, ...rest] = tied.filter(({ healthy }) => healthy === tied[0]?.healthy);
  if (!first) return [];
  const masters = [first, ...rest].filter(({ member: { instance } }) => instance.state.value === "MASTER");
  const keeper = masters.length === 1 ? (masters[0] ?? first) : first;
  const gap = gapFor(keeper.weights);
  if (keeper !== first) {
    const above = Math.min(
      highest + 1,
      ...all.map(({ healthy }) => healthy).filter((one) => one > first.healthy),
    );
    const wanted = Math.min(first.healthy + gap, Math.floor((first.healthy + above) / 2));
    const why = `it has state MASTER and the same priority as ${first.member.host.shownAs}`;
    return give(keeper, wanted, all, why);
  }
  const below = Math.max(0, ...all.map(({ healthy }) => healthy).filter((one) => one < first.healthy));
  const [lowered] = rest;
  const wanted = Math.max(first.healthy - gap, Math.ceil((first.healthy + below) / 2));
  const why = `it was the same as in ${first.member.host.shownAs}, and nothing said who is to be master`;
  return lowered ? give(lowered, wanted, all, why) : [];
}

/** Brings the second host near enough that the weights of the first can hand over to it. */
export const reachFacet: Facet = {
  settles: [xhWeightCannotChangeMaster],
  find: (_, reported) => reported.flatMap(reach),
};

function reach(team: Team): readonly Step[] {
  const found = descent(team);
  const next = found?.others.find(({ healthy }) => healthy === found.best);
  if (!found || !next || found.failed < found.best) return [];
  const { top, failed, others } = found;
  const all = [top, ...others];
  const gap = gapFor(top.weights);
  if (top.healthy - gap <= failed) return [];
  const why = `the weights in ${top.member.host.shownAs} take ${top.healthy - failed} away, and then another host must have more`;
  const raised = next.member !== team[0];
  return raised ? give(next, top.healthy - gap, all, why) : give(top, next.healthy + gap, all, why);
}

/** Gives one host the lead in all members of a sync group: the one that leads most, or has state MASTER, or is first. */
export const crossingFacet: Facet = {
  settles: [xhSyncCrossedPriorities],
  find: (fleet, reported) => {
    // Two hosts at a time: with a third one in between, steps for all pairs would undo one another.
    for (const shared of sharingHosts(fleet)) {
      const concerned = shared.teams.some((team) => reported.includes(team));
      const steps = concerned ? uncrossAll(shared, fleet.hosts[0]) : [];
      if (steps.length > 0) return steps;
    }
    return [];
  },
};

function uncrossAll(shared: SharedRouters, reference: Host | undefined): readonly Step[] {
  const done = new Set<Team>();
  return shared.teams.flatMap((team) => {
    if (done.has(team)) return [];
    const theirs = groupedWith(team, shared.teams, shared.other);
    const both = groupedWith(team, shared.teams, shared.one).filter((each) => theirs.includes(each));
    for (const each of both) done.add(each);
    return uncross(shared, both, reference);
  });
}

interface Duel {
  readonly ours: Standing;
  readonly theirs: Standing;
  readonly all: readonly Standing[];
}

function uncross(
  { one, other }: SharedRouters,
  group: readonly Team[],
  reference: Host | undefined,
): readonly Step[] {
  const duels = group.flatMap((team): Duel[] => {
    const all = standings(team) ?? [];
    const [ours, theirs] = [one, other].map((host) => all.find(({ member }) => member.host === host));
    return ours && theirs && ours.healthy !== theirs.healthy ? [{ ours, theirs, all }] : [];
  });
  const won = duels.filter(({ ours, theirs }) => ours.healthy > theirs.healthy);
  if (won.length === 0 || won.length === duels.length) return [];
  const oneWins = leads(one, other, group, 2 * won.length - duels.length);
  const right = duels.filter((duel) => won.includes(duel) === oneWins);
  const why = `in sync group ${groupName(group, one)} ${(oneWins ? one : other).shownAs} is to win every member, as a group moves as a whole`;
  return duels
    .filter((duel) => !right.includes(duel))
    .flatMap((duel) => {
      const first = one === reference ? [] : turn(duel, right, "ours", oneWins, why);
      const second = turn(duel, right, "theirs", oneWins, why);
      const isUneven = right.some(
        ({ ours, theirs }) => ours.healthy !== duel.ours.healthy && theirs.healthy === duel.theirs.healthy,
      );
      const [best, next] = isUneven ? [first, second] : [second, first];
      return best.length > 0 ? best : next;
    });
}

/** Lets one side of a duel win or lose: with the priority it has in the other members, else as far apart as there. */
function turn(
  { ours, theirs, all }: Duel,
  right: readonly Duel[],
  side: "ours" | "theirs",
  oneWins: boolean,
  why: string,
): readonly Step[] {
  const [changed, rival] = side === "ours" ? [ours, theirs] : [theirs, ours];
  const wins = (side === "ours") === oneWins;
  const { weights } = wins ? changed : rival;
  const limit = weights.length > 0 ? gapFor(weights) : highest;
  const distances = right.map((duel) => Math.abs(duel.ours.healthy - duel.theirs.healthy));
  const gaps = [...distances, usualGap, 1].map((gap) => Math.min(gap, limit));
  const values = [
    ...right.map((duel) => duel[side].healthy),
    ...gaps.map((gap) => rival.healthy + (wins ? gap : 0 - gap)),
  ];
  const fitting = values.filter((value) => {
    const lead = wins ? value - rival.healthy : rival.healthy - value;
    return lead > 0 && lead <= Math.max(limit, 1);
  });
  for (const value of fitting) {
    const steps = give(changed, value, all, why);
    if (steps.length > 0) return steps;
  }
  return [];
}

function groupName(group: readonly Team[], host: Host): string {
  return group.map((team) => memberOn(team, host)?.instance.group).find((name) => name) ?? "";
}

/** Whether the first of two hosts is to win: by the balance of members, then by written states, then as the first. */
function leads(one: Host, other: Host, group: readonly Team[], balance: number): boolean {
  const masters = (host: Host) =>
    group.filter((team) => {
      const state = memberOn(team, host)?.instance.state;
      return state?.written && state.value === "MASTER";
    }).length;
  return (balance || masters(one) - masters(other)) >= 0;
}
