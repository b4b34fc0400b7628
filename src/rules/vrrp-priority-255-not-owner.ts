import type { Host, Instance } from "../model/host.ts";
import { inInstances } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { file, instance } from "./examples.ts";
import type { FleetRule, Report } from "./types.ts";
import { manyOwners } from "./xh-two-address-owners.ts";

export const vrrpPriority255NotOwner: FleetRule = {
  id: "vrrp-priority-255-not-owner",
  severity: "warning",
  over: "fleet",
  summary: "Priority 255 is for the owner of the addresses, not for the first of a pair.",
  why: "With 255 weighted trackers and nopreempt do nothing, and the host always takes the addresses back. When a second host has 255 too, both claim them.",
  basis: "RFC 9568 section 5.2.4; keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7).",
  bad: () => [{ input: file(instance("priority «255»")), fixed: file(instance("priority 254")) }],
  good: () => [
    file(instance("priority 254")),
    { "a.conf": file(instance("priority 255")), "b.conf": file(instance("priority 255")) },
  ],
  check(fleet, report) {
    const owners = fleet.hosts.map(ownersOn);
    if (owners.every(({ length }) => length === 0)) return;
    // Of several owners all but one are told to give way, so this would be said twice.
    const told = new Set(manyOwners(fleet).flatMap((owners) => owners.map(({ instance }) => instance)));
    for (const [index, host] of fleet.hosts.entries())
      for (const instance of owners[index] ?? [])
        if (!told.has(instance) && !hasRuleOfItsOwn(host, instance)) reportOwner(instance, report);
  },
};

const ownersOn = inInstances((instance) => {
  const { priority } = instance;
  return priority.value === 255 && priority.written && !priority.unknown ? [instance] : [];
});

function reportOwner({ priority }: Instance, report: Report): void {
  report(
    priority.at,
    "Priority 255 makes the host owner of the addresses: checks with a weight and nopreempt then do nothing, and it always takes the addresses back. Write at most 254, which wins every election just the same.",
    { fixes: fix("Write priority 254", false, replaceWord(priority.statement?.words[1], "254")) },
  );
}

/** What 255 takes away is reported where it is written, by the rules for weights, nopreempt and sync groups. */
function hasRuleOfItsOwn(host: Host, { trackers, nopreempt, group }: Instance): boolean {
  if (trackers.some(({ ignored }) => ignored === "owner")) return true;
  if (nopreempt.written && nopreempt.statement?.words[0]?.text === "nopreempt") return true;
  return host.instances.some(
    (each) => group !== undefined && each.group === group && each.priority.value !== 255,
  );
}
