import { block, file, instance, named } from "./examples.ts";
import type { FileRule } from "./types.ts";

const other = (...lines: string[]) =>
  named("VI_2", "virtual_router_id 52", ...lines, block("virtual_ipaddress", "10.0.0.101/24"));
const group = block("vrrp_sync_group G", block("group", "VI_1", "VI_2"));

export const vrrpSyncOwnerMix: FileRule = {
  id: "vrrp-sync-owner-mix",
  severity: "error",
  over: "file",
  summary: "A sync group mixes an address owner (priority 255) with other members.",
  why: "The owner must be master at all times, the others only when they win. The group can obey neither: it stays in backup or goes back and forth.",
  basis: "keepalived/vrrp/vrrp_sync.c, vrrp_sync_set_group (v2.2.7).",
  bad: () => [{ input: file(instance("priority «255»"), other(), group) }],
  good: () => [
    file(instance(), other(), group),
    file(instance("priority 255"), other("priority 255"), group),
  ],
  check(host, report) {
    for (const { name } of host.groups) {
      const members = host.instances.filter((each) => each.group === name);
      const owners = members.filter(({ priority }) => priority.value === 255);
      const others = members.filter(({ priority }) => priority.value !== 255);
      if (owners.length === 0 || others.length === 0 || members.some(({ priority }) => priority.unknown))
        continue;
      for (const { priority, name: owner } of owners)
        report(
          priority.at,
          `${owner} has priority 255 and must always be master, other members of group ${name} have less and must not. The group cannot be both. Give all members the same priority, at most 254.`,
          {
            related: others.map((each) => ({
              at: each.priority.at,
              message: `${each.name} has ${each.priority.value}`,
            })),
          },
        );
    }
  },
};
