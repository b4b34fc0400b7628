import type { Instance } from "../model/host.ts";
import { block, file, instance, named } from "./examples.ts";
import type { FileRule } from "./types.ts";

const ipv6 = (...lines: string[]) =>
  named("VI_6", ...lines, block("virtual_ipaddress", "fe80::100/64", "2001:db8::100/64"));
const group = block("vrrp_sync_group G", block("group", "VI_1", "VI_6"));

export const vrrpRelatedInstancesUnsynced: FileRule = {
  id: "vrrp-related-instances-unsynced",
  severity: "info",
  over: "file",
  summary: "The IPv4 and IPv6 halves of one service fail over separately.",
  why: "Each instance elects its own master. When a check or a lost packet moves only one of them, IPv4 is on one host and IPv6 on the other; where the hosts keep state for their clients, half of the connections break.",
  basis: "Seen with running daemons; acassen/keepalived issues 497 and 1205.",
  bad: [
    { input: file(instance(), ipv6("priority 150").replace("vrrp_instance VI_6", "«vrrp_instance VI_6»")) },
  ],
  good: [file(instance(), ipv6("priority 150"), group), file(instance(), ipv6("priority 100"))],
  check(host, report) {
    if (host.uncertain || host.groups.some((each) => each.uncertain)) return;
    for (const one of host.instances) {
      const twin = host.instances.find((other) => areHalves(one, other));
      if (!twin || one.family !== 6) continue;
      report(
        one.at,
        `${one.name} and ${twin.name} look like the IPv6 and IPv4 half of one service, but fail over separately, so they can end up on two hosts. If they belong together, list both in a vrrp_sync_group on every host.`,
        { related: [{ at: twin.at, message: "the IPv4 half" }] },
      );
    }
  },
};

/** Same interface and number, same rank: what two unrelated instances hardly share. */
function areHalves(one: Instance, other: Instance): boolean {
  if (one.family === other.family || one.group !== undefined || other.group !== undefined) return false;
  const sure = one.vrid && one.interface && !one.interface.unknown && !one.priority.unknown;
  return (
    sure === true &&
    one.vrid?.value === other.vrid?.value &&
    one.interface?.value === other.interface?.value &&
    one.priority.value === other.priority.value
  );
}
