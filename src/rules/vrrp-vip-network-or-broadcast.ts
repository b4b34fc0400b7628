import { parseAddress } from "../schema/address.ts";
import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const address = (text: string) => file(instance(block("virtual_ipaddress", text)));

export const vrrpVipNetworkOrBroadcast: FileRule = {
  id: "vrrp-vip-network-or-broadcast",
  severity: "warning",
  over: "file",
  summary: "A virtual address is the first or last address of its own subnet.",
  why: "The first address names the subnet and the last one is its broadcast address. Hosts of the subnet do not send to either as to a host, so nobody reaches it.",
  basis: "RFC 1122 section 3.2.1.3.",
  bad: () => [{ input: address("«10.0.0.0/24»") }, { input: address("«10.0.0.255/24»") }],
  good: () => [address("10.0.0.1/24"), address("10.0.1.0/22"), address("10.0.0.0/31"), address("10.0.0.0")],
  check: eachInstance(({ addresses, excluded }, report) => {
    for (const { address: text, prefix, family, at } of [...addresses, ...excluded]) {
      const parsed = parseAddress(text);
      if (!parsed || family !== 4 || prefix === undefined || prefix > 30) continue;
      const ones = (1n << BigInt(32 - prefix)) - 1n;
      const part = parsed.value & ones;
      if (part !== 0n && part !== ones) continue;
      report(
        at,
        `${text} is the ${part === 0n ? "network" : "broadcast"} address of its own /${prefix}, which no neighbour uses for a host: nobody can reach it. Pick an address between the two, or correct the prefix length.`,
      );
    }
  }),
};
