import type { Host, SyncGroup } from "../model/host.ts";
import { nearest } from "../schema/nearest.ts";
import { inside } from "../schema/statement.ts";
import { fix } from "./edits.ts";
import { block, file, instance, named } from "./examples.ts";
import type { FileRule, Report } from "./types.ts";

const other = named("VI_2", "virtual_router_id 52", block("virtual_ipaddress", "10.0.0.101/24"));
const group = (name: string, ...members: string[]) =>
  block(`vrrp_sync_group ${name}`, block("group", ...members));

export const vrrpSyncMembershipBroken: FileRule = {
  id: "vrrp-sync-membership-broken",
  severity: "error",
  over: "file",
  summary: "A sync group does not hold the instances it should.",
  why: "keepalived drops the unknown or repeated member, or the whole group. The instances then fail over on their own: the inside address is on one host and the outside address on another, and traffic goes through neither.",
  basis: "keepalived/vrrp/vrrp_sync.c, vrrp_sync_set_group (v2.2.7).",
  bad: () => [
    {
      input: file(instance(), other, group("G", "VI_1", "«VI-2»")),
      fixed: file(instance(), other, group("G", "VI_1", "VI_2")),
    },
    { input: file(instance(), other, group("G", "VI_1", "VI_2"), group("H", "«VI_1»", "«VI_2»")) },
    { input: file(instance(), other, group("G", "VI_1", "VI_2", "«VI_2»")) },
    { input: file(instance(), group("G", "VI_1").replace("vrrp_sync_group G", "«vrrp_sync_group G»")) },
    { input: file(instance(), group("G").replace("vrrp_sync_group G", "«vrrp_sync_group G»")) },
  ],
  good: () => [file(instance(), other, group("G", "VI_1", "VI_2"))],
  check(host, report) {
    if (host.groups.length === 0) return;
    const known = new Set(host.instances.map((each) => each.name));
    const taken = new Map<string, SyncGroup>();
    for (const group of host.groups) {
      if (group.uncertain) continue;
      reportCount(group, report);
      for (const member of group.members) {
        const owner = taken.get(member.name);
        if (!known.has(member.name)) reportUnknown(host, group, member, report);
        else if (owner) reportTaken(owner, group, member, report);
        else taken.set(member.name, group);
      }
    }
  },
};

type Member = SyncGroup["members"][number];

function reportCount({ name, members, at, block: written }: SyncGroup, report: Report): void {
  // Names outside the inner group block are unknown keywords, and another rule's finding.
  if (members.length > 1 || inside(written).some(({ entry, data }) => !entry && !data)) return;
  const effect =
    members.length === 0
      ? "keepalived removes the group, and the instances fail over on their own"
      : "with a single member there is nothing to keep together";
  report(
    at,
    `Group ${name} lists ${members.length === 0 ? "no instance" : "one instance"}: ${effect}. List every instance that must be on the same host, or delete the group.`,
    // A group of one works like none.
    members.length === 1 ? { severity: "warning" } : {},
  );
}

function reportUnknown(host: Host, { name }: SyncGroup, member: Member, report: Report): void {
  if (host.uncertain) return;
  const unused = host.instances.filter((each) => each.group === undefined).map((each) => each.name);
  const meant = nearest(member.name, unused);
  const hint = meant === undefined ? "Correct the name" : `Is ${meant} meant?`;
  report(
    member.at,
    `There is no instance ${member.name}, so keepalived drops it from group ${name}: the instance that is meant fails over on its own. ${hint}${meant === undefined ? " or define the instance." : ""}`,
    { fixes: meant === undefined ? [] : fix(`Write ${meant}`, false, { at: member.at, text: meant }) },
  );
}

function reportTaken(owner: SyncGroup, { name }: SyncGroup, member: Member, report: Report): void {
  const where = owner.name === name ? "twice in this group" : `in group ${owner.name} already`;
  report(
    member.at,
    `${member.name} is ${where}, and an instance can be in one group once: keepalived ignores it here. Delete it from one of the two places.`,
    { related: [{ at: owner.at, message: "the group that has it" }] },
  );
}
