/** Who takes over from a living master: alike on all hosts, where the difference has an effect. */
import type { Edit } from "../../diagnostic.ts";
import type { Member } from "../../model/host.ts";
import { ownerPriority } from "../../model/instance.ts";
import type { Claim } from "../../rules/across/claims.ts";
import { standings } from "../../rules/across/election.ts";
import type { Team } from "../../rules/across/teams.ts";
import { isUnwanted, lineOf } from "../../rules/support.ts";
import { xhNopreemptInconsistent } from "../../rules/xh-nopreempt-inconsistent.ts";
import { xhNopreemptOnWrongHost } from "../../rules/xh-nopreempt-on-wrong-host.ts";
import { xhWeightBlockedByNopreempt } from "../../rules/xh-weight-blocked-by-nopreempt.ts";
import { xhWeightDelayedByPreemptDelay } from "../../rules/xh-weight-delayed-by-preempt-delay.ts";
import { insertLike, removal, setWord } from "./edits.ts";
import { asIn, type Facet, nameOf, prevailing, type Step, step } from "./step.ts";

export const nopreemptFacet: Facet = {
  settles: [xhNopreemptOnWrongHost, xhNopreemptInconsistent, xhWeightBlockedByNopreempt],
  find: (_, reported) => reported.flatMap(settleNopreempt),
};

function settleNopreempt(team: Team): readonly Step[] {
  const all = team.map((member): Claim => {
    const says = asksFor(member) ? "here" : "absent";
    return { member, at: member.instance.nopreempt.at, key: says, says };
  });
  const wanted = prevailing(all);
  if (!wanted) return [];
  const end = `${asIn(wanted, all)}, else it depends on the host that failed who is master afterwards`;
  if (wanted.key === "absent") return team.filter(asksFor).flatMap((member) => without(member, end));
  // The lowest of several hosts never takes over from a living master anyway.
  const lowest = team.length > 2 ? standings(team)?.at(-1)?.member : undefined;
  const lacking = team.filter((member) => member !== lowest && !asksFor(member));
  return lacking.flatMap((member) => having(member, wanted.member, end));
}

function asksFor({ instance }: Member): boolean {
  return lineOf(instance, "nopreempt") !== undefined && !isUnwanted(instance.nopreempt);
}

function without(member: Member, end: string): readonly Step[] {
  const { host, instance } = member;
  const line = lineOf(instance, "nopreempt");
  return line ? step(host, `${nameOf(member)}: nopreempt is removed, ${end}`, removal(host, line), true) : [];
}

function having(member: Member, model: Member, end: string): readonly Step[] {
  const { host, instance } = member;
  if (lineOf(instance, "nopreempt") || instance.priority.value === ownerPriority) return [];
  return step(host, `${nameOf(member)}: nopreempt is added, ${end}`, withNopreempt(member, model));
}

/** With state MASTER keepalived clears nopreempt. */
function withNopreempt({ host, instance }: Member, model: Member): readonly (Edit | undefined)[] {
  const there = lineOf(model.instance, "nopreempt");
  const added = insertLike(host, instance.block, there, ["nopreempt"]);
  const state = lineOf(instance, "state");
  if (instance.state.value !== "MASTER" || !state) return [added];
  return [added, setWord(host, state.words[1], "BACKUP")];
}

export const preemptDelayFacet: Facet = {
  settles: [xhWeightDelayedByPreemptDelay],
  find: (_, reported) => reported.flatMap(settleDelay),
};

function settleDelay(team: Team): readonly Step[] {
  const all = team.map((member): Claim => {
    const seconds = String(member.instance.preemptDelay.value);
    return { member, at: member.instance.preemptDelay.at, key: seconds, says: `${seconds} s` };
  });
  const wanted = prevailing(all);
  if (!wanted || team.some(({ instance }) => instance.preemptDelay.unknown)) return [];
  return all
    .filter(({ key }) => key !== wanted.key)
    .flatMap(({ member, says }) => {
      const { host, instance } = member;
      const line = lineOf(instance, "preempt_delay");
      const title = `${nameOf(member)}: preempt_delay ${says} becomes ${wanted.says}, ${asIn(wanted, all)}`;
      if (!line) return [];
      const none = Number(wanted.key) === 0;
      return step(host, title, none ? removal(host, line) : [setWord(host, line.words[1], wanted.key)], none);
    });
}
