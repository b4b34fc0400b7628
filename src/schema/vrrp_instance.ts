/** vrrp_instance: one virtual router on this host. Its keywords come in three parts, by topic. */
import type { Keyword } from "./types.ts";
import { authentication, election, identity } from "./vrrp_instance_election.ts";
import { adverts, announcements, virtualMacs } from "./vrrp_instance_network.ts";
import { notifications, resources, trackers } from "./vrrp_instance_resources.ts";

/** The keywords inside vrrp_instance, in the order in which they are printed. */
const vrrpInstance: readonly Keyword[] = [
  ...identity,
  ...election,
  ...authentication,
  ...adverts,
  ...virtualMacs,
  ...announcements,
  ...resources,
  ...trackers,
  ...notifications,
];

export const vrrpInstanceBlock: Keyword = {
  name: "vrrp_instance",
  args: [{ name: "name", value: { is: "name", defines: "instance" } }],
  keywords: vrrpInstance,
  withoutValue: "skipped",
  times: "many",
  rule: "vrrp-instance-name-missing",
  onInvalid: "skips the whole block",
  doc: "One virtual router: addresses that a group of hosts shares, of which one is master. Every host of the group has the block with the same virtual_router_id and addresses and a priority of its own. Names on one host must differ.",
  example:
    "vrrp_instance VI_1 {\n    state BACKUP\n    interface eth0\n    virtual_router_id 51\n    priority 150\n    virtual_ipaddress {\n        192.0.2.100/24\n    }\n}",
  source: "keepalived.conf(5), VRRP instance(s)",
};
