import { block, file, instance, named } from "./examples.ts";
import type { FileRule } from "./types.ts";

const other = (...lines: string[]) =>
  named("VI_2", "virtual_router_id 52", ...lines, block("virtual_ipaddress", "10.0.0.101/24"));
const group = block("vrrp_sync_group G", block("group", "VI_1", "VI_2"));

export const vrrpSyncPrioritiesDiffer: FileRule = {
  id: "vrrp-sync-priorities-differ",
  severity: "warning",
  over: "file",
  summary: "Members of one sync group have different priorities or states.",
  why: "The members are master or backup together. When a peer's priorities are in another order, one member wins its election and another loses, and the loser pulls the whole group down; the hosts may then elect without end.",
  basis: "keepalived.conf(5), vrrp_sync_group: all members need the same priority order on every host.",
  bad: [
    { input: file(instance(), other("priority «100»"), group) },
    { input: file(instance("state BACKUP"), other("state «MASTER»"), group) },
  ],
  good: [file(instance(), other("priority 150"), group), file(instance(), other("priority 100"))],
  check(host, report) {
    for (const { name, members } of host.groups) {
      const [first, ...rest] = host.instances.filter(
        (each) => each.group === name && members.some((member) => member.name === each.name),
      );
      if (!first || first.priority.unknown || first.state.unknown) continue;
      for (const member of rest) {
        const { priority, state } = member;
        if (priority.unknown || state.unknown) continue;
        // One owner among others is a rule of its own.
        const owners = (priority.value === 255) !== (first.priority.value === 255);
        const differ = !owners && priority.value !== first.priority.value;
        if (!differ && (owners || state.value === first.state.value)) continue;
        const [here, there] = differ ? [priority, first.priority] : [state, first.state];
        report(
          here.at,
          `${member.name} has ${differ ? "priority" : "state"} ${here.value}, ${first.name} in the same group ${name} has ${there.value}. Members change state together, and the one that loses its election pulls the others down. Give all members of the group the same value.`,
          { related: [{ at: there.at, message: `${first.name} has ${there.value}` }] },
        );
      }
    }
  },
};
