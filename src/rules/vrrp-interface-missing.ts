import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { isWhole, lineOf, spanOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const without = block(
  "«vrrp_instance VI_1»",
  "virtual_router_id 51",
  "priority 150",
  block("virtual_ipaddress", "10.0.0.100/24"),
);

export const vrrpInterfaceMissing: FileRule = {
  id: "vrrp-interface-missing",
  severity: "error",
  over: "file",
  summary: "An instance has no interface, or the loopback interface.",
  why: "Adverts cannot be sent. keepalived's VRRP process ends for good, and every instance on the host is down.",
  basis: "keepalived/vrrp/vrrp.c, chk_min_cfg (v2.2.7); keepalived -t.",
  bad: () => [{ input: file(without) }, { input: file(instance("«interface lo»")) }],
  good: () => [file(instance())],
  check: eachInstance((instance, report, host) => {
    const line = lineOf(instance, "interface");
    if (instance.interface || !isWhole(host, instance)) return;
    if (line?.words[1]?.text === "lo")
      report(
        spanOf(line.words, line.line.at),
        "keepalived refuses the loopback interface: its VRRP process ends, and all instances of this host are down. Name the interface that connects the hosts; an address on lo can still be moved with dev lo in virtual_ipaddress.",
      );
    // From some release on, unicast instances do without.
    else if (!line && !instance.source)
      report(
        instance.at,
        `${instance.name} has no interface, so keepalived cannot send adverts: its VRRP process ends, and all instances of this host are down. Add a line such as interface eth0.`,
      );
  }),
};
