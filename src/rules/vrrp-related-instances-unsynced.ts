import type { Host, Instance } from "../model/host.ts";
import { block, file, instance, named } from "./examples.ts";
import type { FleetRule } from "./types.ts";

const marked = (text: string) => text.replace(/vrrp_instance \w+/, "«$&»");
const ipv6 = named("VI_6", block("virtual_ipaddress", "fe80::100/64", "2001:db8::100/64"));
const inside = (...lines: string[]) =>
  named("IN", "interface eth1", "virtual_router_id 52", ...lines, block("virtual_ipaddress", "10.1.0.1/24"));
const group = (...members: string[]) => block("vrrp_sync_group G", block("group", ...members));

export const vrrpRelatedInstancesUnsynced: FleetRule = {
  id: "vrrp-related-instances-unsynced",
  severity: "info",
  over: "fleet",
  summary: "Two instances that look like halves of one service fail over separately.",
  why: "Each instance elects its own master. When a check or a lost packet moves only one of them, the inside address is on one host and the outside address on the other, or IPv4 here and IPv6 there, and traffic goes through neither.",
  basis: "Seen with running daemons; acassen/keepalived issues 497 and 1205.",
  bad: () => [{ input: file(instance(), marked(inside())) }, { input: file(instance(), marked(ipv6)) }],
  good: () => [
    file(instance(), inside(), group("VI_1", "IN")),
    file(instance(), ipv6, group("VI_1", "VI_6")),
    file(instance(), inside("priority 100")),
  ],
  check(fleet, report) {
    for (const host of fleet.hosts) {
      const [first, second, ...more] = host.instances;
      if (!first || !second || more.length > 0 || !isCertain(host)) continue;
      const alike =
        first.priority.value === second.priority.value && first.state.value === second.state.value;
      const sides = areSides(first, second);
      // What several hosts say about their two families is held together by a rule of its own.
      const halves = fleet.hosts.length === 1 && areHalves(first, second);
      if (!alike || (!sides && !halves)) continue;
      report(
        second.at,
        `${first.name} and ${second.name} look like the ${sides ? "two sides of a gateway" : "IPv4 and IPv6 half of one service"}, but fail over separately, so they can end up on two hosts. If they belong together, list both in a vrrp_sync_group on every host.`,
        { related: [{ at: first.at, message: sides ? "the other side" : "the other half" }] },
      );
    }
  },
};

function isCertain({ uncertain, groups, instances }: Host): boolean {
  const unsure = instances.some((each) => each.uncertain || each.priority.unknown || each.interface?.unknown);
  return !uncertain && !unsure && groups.length === 0;
}

function areSides(one: Instance, other: Instance): boolean {
  const both = one.interface !== undefined && other.interface !== undefined;
  return both && one.family === other.family && one.interface?.value !== other.interface?.value;
}

function areHalves(one: Instance, other: Instance): boolean {
  return one.family !== other.family && one.interface?.value === other.interface?.value;
}
