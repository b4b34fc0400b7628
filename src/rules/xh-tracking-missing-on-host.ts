import type { Edit, Fix } from "../diagnostic.ts";
import type { Member, Tracker } from "../model/host.ts";
import { trackersInForce } from "../model/priority.ts";
import { hostNames } from "./across/claims.ts";
import { groupOf } from "./across/election.ts";
import { oneVrid, type Team } from "./across/teams.ts";
import { eachTeam } from "./each.ts";
import { fix, insertAtTop } from "./edits.ts";
import { block, file, headerMarked, instance, script, secured } from "./examples.ts";
import { listed } from "./support.ts";
import type { FleetRule } from "./types.ts";
import { inversion } from "./xh-weight-inverts-healthy-order.ts";

const tracked = (name: string) => block("track_script", name);
const other = 'vrrp_script chk2 {\n    script "/usr/local/bin/check2"\n}';

export const xhTrackingMissingOnHost: FleetRule = {
  id: "xh-tracking-missing-on-host",
  severity: "warning",
  over: "fleet",
  summary: "Only some hosts of a virtual router run a check.",
  why: "Where the check is missing, the failure it looks for is never noticed: that host keeps the addresses with a dead service, or takes them over with one.",
  basis: "keepalived.conf(5), track_script; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(secured, script(), instance(tracked("«chk»"))),
        "b.conf": file(secured, script(), headerMarked(instance("priority 100"))),
      },
      fixed: {
        "a.conf": file(secured, script(), instance(tracked("chk"))),
        "b.conf": file(
          secured,
          script(),
          instance("priority 100").replace("_1 {\n", "_1 {\n    track_script {\n        chk\n    }\n"),
        ),
      },
    },
    {
      input: {
        "a.conf": file(secured, script(), other, instance("track_script {\n    chk\n    «chk2»\n}")),
        "b.conf": file(secured, script(), headerMarked(instance("priority 100", tracked("chk")))),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(secured, script(), instance(tracked("chk"))),
      "b.conf": file(secured, script(), instance("priority 100", tracked("chk"))),
    },
    {
      "a.conf": file(secured, script(), instance(tracked("chk"))),
      "b.conf": file(secured, other, instance("priority 100", tracked("chk2"))),
    },
  ],
  check: eachTeam((team, report) => {
    if (!team.every(readable) || !oneVrid(team) || inversion(team)) return;
    for (const kinds of [checks, links]) {
      const { having, lacking, missing } = compare(team, kinds);
      if (!having || lacking.length === 0) continue;
      const names = listed(missing.map(({ name }) => name));
      const fixes = track(missing, lacking);
      for (const { at } of missing.slice(0, 1))
        report(
          at,
          `${names} ${missing.length > 1 ? "are" : "is"} checked here but not in ${hostNames(lacking)}. A failure on that host is never noticed, and it holds the addresses with a dead service. Add the same check there.`,
          {
            related: lacking.map(({ host, instance }) => ({
              at: instance.at,
              message: `${host.shownAs} does not check ${names}`,
            })),
            fixes,
          },
        );
      for (const { instance } of lacking)
        report(
          instance.at,
          `${having.host.shownAs} checks ${names} for this virtual router, this host does not: a failure here is never noticed, and the addresses stay with a dead service. Add the same check here.`,
          {
            related: missing.map(({ at, name }) => ({
              at,
              message: `${having.host.shownAs} checks ${name}`,
            })),
            fixes,
          },
        );
    }
  }),
};

type Kinds = (tracker: Tracker) => boolean;
const links: Kinds = ({ kind }) => kind === "interface";
const checks: Kinds = (tracker) => !links(tracker);

function readable(member: Member): boolean {
  return !member.host.uncertain && !groupOf(member)?.uncertain;
}

/** Trackers that are written, also those that keepalived ignores for reasons of their own. */
function written({ host, instance }: Member, kinds: Kinds): readonly Tracker[] {
  const group = host.groups.find(({ name }) => name === instance.group);
  return [...instance.trackers, ...(group?.trackers ?? [])].filter(kinds);
}

/** What a team's hosts check unevenly, links aside: who has all checks, who lacks some, and which. */
export function unevenChecks(team: Team) {
  const none = { having: undefined, lacking: [], missing: [] };
  return team.every(readable) && oneVrid(team) ? compare(team, checks) : none;
}

/**
 * The host with most trackers, and those hosts that have some of the same and nothing else. A host that has others
 * may check the same thing under another name.
 */
function compare(team: Team, kinds: Kinds) {
  const [having] = [...team].sort((a, b) => written(b, kinds).length - written(a, kinds).length);
  const theirs = having ? trackersInForce(having).filter(kinds) : [];
  const key = ({ kind, name }: Tracker) => `${kind} ${name}`;
  const all = new Set(theirs.map(key));
  const lacking = team.filter((member) => {
    if (having && isLeftOut(member, having)) return false;
    const own = written(member, kinds).map(key);
    return own.every((name) => all.has(name)) && new Set(own).size < all.size;
  });
  const missing = theirs.filter((tracker) =>
    lacking.some((member) => !written(member, kinds).some((own) => key(own) === key(tracker))),
  );
  return { having, lacking, missing };
}

/**
 * Whether only the membership in a sync group is missing: the group is on this host too, with all its checks. The rule
 * for members of groups says that, and the checks come with it.
 */
function isLeftOut(member: Member, having: Member): boolean {
  const theirs = groupOf(having)?.trackers ?? [];
  if (theirs.length === 0 || member.instance.group !== undefined || having.instance.trackers.length > 0)
    return false;
  return member.host.groups.some(({ trackers }) =>
    theirs.every(({ kind, name }) => trackers.some((own) => own.kind === kind && own.name === name)),
  );
}

/** Tracks what the host has defined already. */
function track(missing: readonly Tracker[], lacking: readonly Member[]): readonly Fix[] {
  const defined = ({ host }: Member, { kind, name }: Tracker) =>
    kind === "script" &&
    host.definitions.some((one) => one.kind === kind && one.name === name && !one.ignored);
  const edits = lacking.map((member): Edit | undefined => {
    if (written(member, checks).length > 0 || !missing.every((tracker) => defined(member, tracker)))
      return undefined;
    const lines = missing.map(({ name }) => `    ${name}`);
    return insertAtTop(member.host, member.instance.block, ["track_script {", ...lines, "}"].join("\n"));
  });
  return fix(`Add track_script in ${hostNames(lacking)}`, false, ...edits);
}
