import type { VirtualAddress } from "../model/host.ts";
import { movedOn } from "./across/moved.ts";
import { block, file, instance, named } from "./examples.ts";
import type { FileRule } from "./types.ts";

const other = (...lines: string[]) => named("VI_2", "virtual_router_id 52", ...lines);

export const vrrpVipInTwoInstances: FileRule = {
  id: "vrrp-vip-in-two-instances",
  severity: "error",
  over: "file",
  summary: "Two instances of one host hold the same virtual address.",
  why: "Each instance elects its own master. When the two elections end on different hosts, the address is on both, and clients reach one or the other by chance; when one instance yields, it removes the address under the other.",
  basis: "Seen with running daemons: both hosts hold the address.",
  bad: () => [
    { input: file(instance(), other(block("virtual_ipaddress", "10.0.0.101/24", "«10.0.0.100/24»"))) },
    {
      input: file(
        instance(),
        other(
          block("virtual_ipaddress", "10.0.0.101/24"),
          block("virtual_ipaddress_excluded", "«10.0.0.100»"),
        ),
      ),
    },
  ],
  good: () => [file(instance(), other(block("virtual_ipaddress", "10.0.0.101/24")))],
  check(host, report) {
    const seen = new Map<string, { readonly by: string; readonly first: VirtualAddress }>();
    if (!movedOn(host).isAnyTwice) return;
    for (const { name, addresses, excluded } of host.instances)
      for (const virtual of [...addresses, ...excluded]) {
        const before = seen.get(virtual.address);
        if (!before) seen.set(virtual.address, { by: name, first: virtual });
        if (!before || before.by === name) continue;
        report(
          virtual.at,
          `${virtual.address} also belongs to ${before.by}. The two instances elect their masters separately, so the address can end up on two hosts at once. Keep it in one of them.`,
          { related: [{ at: before.first.at, message: `${before.by} has it here` }] },
        );
      }
  },
};
