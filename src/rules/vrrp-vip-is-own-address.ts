import type { Place } from "../diagnostic.ts";
import { moved } from "./across/teams.ts";
import { file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

export const vrrpVipIsOwnAddress: FileRule = {
  id: "vrrp-vip-is-own-address",
  severity: "error",
  over: "file",
  summary: "A virtual address is the host's own address.",
  why: "At start keepalived deletes every virtual address from the interface, here the host's only way to be reached. It then finds no source address, goes to FAULT and stays there.",
  basis:
    "keepalived/vrrp/vrrp.c, remove_residual_vips (v2.2.7); seen with running daemons, also with priority 255.",
  bad: () => [
    { input: file(instance("mcast_src_ip 10.0.0.100", "virtual_ipaddress {\n    «10.0.0.100/24»\n}")) },
    {
      input: file(
        instance(
          "unicast_src_ip 10.0.0.1",
          "unicast_peer {\n    10.0.0.2\n}",
          "virtual_ipaddress_excluded {\n    «10.0.0.1/24»\n}",
        ),
      ),
    },
  ],
  good: () => [file(instance("mcast_src_ip 10.0.0.1"))],
  check(host, report) {
    const sources = new Map<string, Place>();
    for (const { source } of host.instances)
      if (source && !source.unknown) sources.set(source.value, source.at);
    if (sources.size === 0) return;
    for (const instance of host.instances) {
      if (!moved(instance).some((address) => sources.has(address))) continue;
      for (const virtual of [...instance.addresses, ...instance.excluded]) {
        const own = sources.get(virtual.address);
        if (!own) continue;
        report(
          virtual.at,
          `${virtual.address} is this host's own address. keepalived deletes virtual addresses from the interface when it starts, so the host cannot be reached any more and the instance stays in FAULT. Use a free address of the subnet.`,
          { related: [{ at: own, message: "the host sends its adverts from this address" }] },
        );
      }
    }
  },
};
