import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

export const vrrpVipFamilyMixed: FileRule = {
  id: "vrrp-vip-family-mixed",
  severity: "error",
  over: "file",
  summary: "IPv4 and IPv6 addresses in one virtual_ipaddress block.",
  why: "An advert carries addresses of one family. The first address of the instance decides which; keepalived drops all addresses of the other family, on every host, and clients of that family reach nobody.",
  basis:
    "RFC 9568 section 5.2.9; keepalived/vrrp/vrrp_data.c, alloc_vrrp_vip (v2.2.7); seen with running daemons.",
  bad: () => [
    { input: file(instance(block("virtual_ipaddress", "10.0.0.100/24", "«2001:db8::100/64»"))) },
    {
      input: file(
        instance("mcast_src_ip fe80::1", block("virtual_ipaddress", "fe80::100/64", "«10.0.0.100/24»")),
      ),
    },
  ],
  good: () => [
    file(
      instance(
        block("virtual_ipaddress", "10.0.0.100/24"),
        block("virtual_ipaddress_excluded", "2001:db8::100/64"),
      ),
    ),
  ],
  check: eachInstance(({ refused, family }, report) => {
    for (const { why, address, at } of refused) {
      if (why !== "family") continue;
      report(
        at,
        `This instance is IPv${family}, so keepalived drops ${address}: the address is on no host. Put it into virtual_ipaddress_excluded, where both families may stand, or into an instance of its own and tie both together with a vrrp_sync_group.`,
      );
    }
  }),
};
