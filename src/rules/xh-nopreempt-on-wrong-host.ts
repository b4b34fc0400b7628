import type { Edit, Fix } from "../diagnostic.ts";
import type { Member } from "../model/host.ts";
import { hostNames } from "./across/claims.ts";
import { setKeyword } from "./across/edits.ts";
import { standings } from "./across/election.ts";
import { eachTeam } from "./each.ts";
import { fix, insertAtTop } from "./edits.ts";
import { file, headerMarked, instance } from "./examples.ts";
import { isUnwanted } from "./support.ts";
import type { FleetRule } from "./types.ts";

export const xhNopreemptOnWrongHost: FleetRule = {
  id: "xh-nopreempt-on-wrong-host",
  severity: "warning",
  over: "fleet",
  summary: "nopreempt is on a host with a lower priority, but not on the one with the highest.",
  why: "nopreempt keeps a host from taking over from a master with a lower priority. On the lower host it has nothing to do; the highest one takes the addresses back as soon as it returns, a second interruption.",
  basis: "RFC 9568 section 6.4.2 (Preempt_Mode); seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(headerMarked(instance("state MASTER"))),
        "b.conf": file(instance("state BACKUP", "priority 100", "«nopreempt»")),
      },
      fixed: {
        "a.conf": file(instance("state BACKUP").replace("{\n", "{\n    nopreempt\n")),
        "b.conf": file(instance("state BACKUP", "priority 100", "nopreempt")),
      },
    },
  ],
  good: () => [
    { "a.conf": file(instance("nopreempt")), "b.conf": file(instance("priority 100")) },
    { "a.conf": file(instance("nopreempt")), "b.conf": file(instance("priority 100", "nopreempt")) },
  ],
  check: eachTeam((team, report) => {
    const [top, ...lower] = standings(team) ?? [];
    if (!top || lower.some(({ healthy }) => healthy === top.healthy)) return;
    const wrong = lower
      .map(({ member }) => member)
      .filter(({ instance: { nopreempt } }) => nopreempt.value && !isUnwanted(nopreempt));
    const { nopreempt } = top.member.instance;
    if (wrong.length === 0 || nopreempt.value || nopreempt.written) return;
    const fixes = addTo(top.member);
    for (const { instance } of wrong)
      report(
        instance.nopreempt.at,
        `nopreempt has no effect on this host, because ${top.member.host.shownAs} has the higher priority (${top.healthy}) and does not have it: that host takes the addresses back as soon as it returns. Put nopreempt, with state BACKUP, on ${top.member.host.shownAs}.`,
        {
          related: [{ at: top.member.instance.at, message: `${top.member.host.shownAs}: no nopreempt here` }],
          fixes,
        },
      );
    report(
      top.member.instance.at,
      `This host has the highest priority (${top.healthy}) and no nopreempt, so it takes the addresses back as soon as it returns. The nopreempt in ${hostNames(wrong)} does not prevent that. Put nopreempt, with state BACKUP, here.`,
      {
        related: wrong.map(({ host, instance }) => ({
          at: instance.nopreempt.at,
          message: `${host.shownAs} has it here, without effect`,
        })),
        fixes,
      },
    );
  }),
};

function addTo(member: Member): readonly Fix[] {
  const { host, instance } = member;
  if (instance.priority.value === 255) return [];
  const edits: (Edit | undefined)[] = [insertAtTop(host, instance.block, "nopreempt")];
  if (instance.state.value === "MASTER") edits.push(setKeyword(member, "state", "BACKUP"));
  return fix(`Add nopreempt in ${host.shownAs}`, false, ...edits);
}
