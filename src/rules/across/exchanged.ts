/** Values that two virtual routers of two hosts have the wrong way round. */
import type { Fleet, Host, Instance, Member } from "../../model/host.ts";
import { agree, pairs, type Team, teams } from "./teams.ts";

/** Two instances of one host, and their twins on the other, in the same order. */
export interface Exchange {
  readonly here: readonly [Member, Member];
  readonly there: readonly [Member, Member];
}

interface Crossable {
  readonly index: number;
  readonly pair: readonly [Member, Member];
}

/**
 * Every two teams of which one has a value on one host that the other has on the other host, and the other way round;
 * in the order of the teams.
 */
export function exchanges(
  fleet: Fleet,
  said: (instance: Instance) => string | number | undefined,
): readonly Exchange[] {
  const number = new Map<Host, number>(fleet.hosts.map((host, index) => [host, index]));
  const hostsOf = (one: Member, other: Member) => `${number.get(one.host)} ${number.get(other.host)}`;
  const saidBy = ({ instance }: Member) => said(instance);
  const all = teams(fleet);
  const differing: Crossable[] = [];
  const byValues = new Map<string, Crossable[]>();
  for (let index = 0; index < all.length; index++) {
    const team = all[index] as Team;
    if (agree(team, saidBy)) continue;
    for (const pair of pairs(team)) {
      const [one, other] = pair;
      const [first, second] = [said(one.instance), said(other.instance)];
      if (first === undefined || second === undefined || first === second) continue;
      const crossable = { index, pair };
      differing.push(crossable);
      const key = `${hostsOf(one, other)} ${JSON.stringify([first, second])}`;
      const alike = byValues.get(key);
      if (alike) alike.push(crossable);
      else byValues.set(key, [crossable]);
    }
  }
  return differing
    .flatMap(({ index, pair }, place) => {
      const [one, other] = pair;
      const key = `${hostsOf(one, other)} ${JSON.stringify([said(other.instance), said(one.instance)])}`;
      const crossing = (byValues.get(key) ?? []).filter((later) => later.index > index);
      return crossing.map((later) => ({
        index,
        later: later.index,
        place,
        here: pair,
        team: all[later.index] as Team,
      }));
    })
    .sort((one, other) => one.index - other.index || one.later - other.later || one.place - other.place)
    .map(({ here: [one, other], team }) => ({
      here: [one, memberOn(team, one)],
      there: [other, memberOn(team, other)],
    }));
}

function memberOn(team: Team, member: Member): Member {
  return team.find(({ host }) => host === member.host) as Member;
}
