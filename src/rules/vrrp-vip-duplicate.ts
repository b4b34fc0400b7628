import type { VirtualAddress } from "../model/host.ts";
import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const addresses = (...lines: string[]) => instance(block("virtual_ipaddress", ...lines));

export const vrrpVipDuplicate: FileRule = {
  id: "vrrp-vip-duplicate",
  severity: "warning",
  over: "file",
  summary: "The same virtual address twice in one instance.",
  why: "Releases differ in what they do: 2.2.7 puts it into the advert twice, 2.4.3 once. During an upgrade the hosts then disagree about the addresses and reject each other's adverts.",
  basis: "keepalived -t, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: file(addresses("10.0.0.100/24", "10.0.0.101/24", "«10.0.0.100/24»")),
      fixed: file(addresses("10.0.0.100/24", "10.0.0.101/24")),
    },
  ],
  good: () => [file(addresses("10.0.0.100/24", "10.0.0.101/24"))],
  check: eachInstance(({ addresses: advertised, excluded }, report, host) => {
    const first = new Map<string, VirtualAddress>();
    for (const virtual of [...advertised, ...excluded]) {
      const before = first.get(virtual.address);
      if (!before) first.set(virtual.address, virtual);
      else
        report(
          virtual.at,
          `${virtual.address} is in this instance already. Some releases advertise it twice and others once, so hosts of different releases reject each other's adverts. Delete one of the lines.`,
          {
            related: [{ at: before.at, message: "the first time" }],
            fixes: fix("Delete the line", true, deleteLines(host, virtual.statement)),
          },
        );
    }
  }),
};
