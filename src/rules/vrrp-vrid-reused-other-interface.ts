import type { Instance } from "../model/host.ts";
import { block, file, instance, named } from "./examples.ts";
import type { FileRule } from "./types.ts";

const other = (...lines: string[]) => named("VI_2", ...lines, block("virtual_ipaddress", "10.1.0.100/24"));

export const vrrpVridReusedOtherInterface: FileRule = {
  id: "vrrp-vrid-reused-other-interface",
  severity: "info",
  over: "file",
  summary: "Two instances on different interfaces use the same virtual_router_id.",
  why: "That is allowed. When the interfaces are in one network after all, or a switch learns the virtual MAC, which is made of the number, across its ports, the two disturb each other.",
  basis: "RFC 9568 section 7.3; keepalived.conf(5), virtual_router_id.",
  bad: () => [{ input: file(instance(), other("interface eth1", "virtual_router_id «51»")) }],
  good: () => [
    file(instance(), other("interface eth1", "virtual_router_id 52")),
    file(instance(), named("VI_2", "priority 100", block("virtual_ipaddress", "fe80::100/64"))),
  ],
  check(host, report) {
    const first = new Map<number, Instance>();
    for (const instance of host.instances) {
      const { vrid, family, interface: own } = instance;
      if (!vrid) continue;
      const key = 256 * family + vrid.value;
      const before = first.get(key);
      if (!before) first.set(key, instance);
      if (!before?.vrid || !own || !before.interface || own.unknown || before.interface.unknown) continue;
      if (own.value === before.interface.value) continue;
      report(
        vrid.at,
        `${before.name} on ${before.interface.value} uses ${vrid.value} too. That works as long as the two networks are separate; a number of its own for each instance is safer and easier to read in captures.`,
        { related: [{ at: before.vrid.at, message: before.name }] },
      );
    }
  },
};
