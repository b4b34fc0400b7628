import type { Host, Instance } from "../model/host.ts";
import { block, file, instance, named } from "./examples.ts";
import type { FleetRule, Report } from "./types.ts";
import { crossedGroups } from "./xh-sync-crossed-priorities.ts";

const other = (...lines: string[]) =>
  named("VI_2", "virtual_router_id 52", ...lines, block("virtual_ipaddress", "10.0.0.101/24"));
const group = block("vrrp_sync_group G", block("group", "VI_1", "VI_2"));

export const vrrpSyncPrioritiesDiffer: FleetRule = {
  id: "vrrp-sync-priorities-differ",
  severity: "warning",
  over: "fleet",
  summary: "Members of one sync group have different priorities or states.",
  why: "The members are master or backup together. When a peer's priorities are in another order, one member wins its election and another loses, and the loser pulls the whole group down; the hosts may then elect without end.",
  basis: "keepalived.conf(5), vrrp_sync_group: all members need the same priority order on every host.",
  bad: () => [
    { input: file(instance(), other("priority «100»"), group) },
    { input: file(instance("state BACKUP"), other("state «MASTER»"), group) },
  ],
  good: () => [
    file(instance(), other("priority 150"), group),
    file(instance(), other("priority 100")),
    // With the other host's order at hand xh-sync-crossed-priorities speaks.
    {
      "a.conf": file(instance("priority 150"), other("priority 100"), group),
      "b.conf": file(instance("priority 100"), other("priority 150"), group),
    },
  ],
  check(fleet, report) {
    for (const host of fleet.hosts) {
      // The peer's files show that it goes wrong: another rule says so, at both hosts.
      const crossed = crossedGroups(fleet, host);
      for (const { name, members } of host.groups)
        if (!crossed.has(name))
          reportGroup(
            host,
            name,
            members.map((member) => member.name),
            report,
          );
    }
  },
};

function reportGroup(host: Host, group: string, members: readonly string[], report: Report): void {
  const [first, ...rest] = host.instances.filter(
    (each) => each.group === group && members.includes(each.name),
  );
  if (!first || first.priority.unknown || first.state.unknown) return;
  for (const member of rest) {
    const different = difference(member, first);
    if (!different) continue;
    const { what, here, there } = different;
    report(
      here.at,
      `${member.name} has ${what} ${here.value}, ${first.name} in the same group ${group} has ${there.value}. Members change state together, and the one that loses its election pulls the others down. Give all members of the group the same value.`,
      { related: [{ at: there.at, message: `${first.name} has ${there.value}` }] },
    );
  }
}

function difference(member: Instance, first: Instance) {
  const { priority, state } = member;
  if (priority.unknown || state.unknown) return undefined;
  // One owner among others is a rule of its own.
  const owners = (priority.value === 255) !== (first.priority.value === 255);
  if (!owners && priority.value !== first.priority.value)
    return { what: "priority", here: priority, there: first.priority };
  if (owners || state.value === first.state.value) return undefined;
  return { what: "state", here: state, there: first.state };
}
