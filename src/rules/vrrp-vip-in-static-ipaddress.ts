import { parseAddress } from "../schema/address.ts";
import { inside, named } from "../schema/statement.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const fixed = (...lines: string[]) => block("static_ipaddress", ...lines);

export const vrrpVipInStaticIpaddress: FileRule = {
  id: "vrrp-vip-in-static-ipaddress",
  severity: "error",
  over: "file",
  summary: "A virtual address is also in static_ipaddress.",
  why: "A static address is on the host all the time, whether it is master or backup. The address is then on two hosts at once, and clients reach one or the other by chance.",
  basis: "Seen with running daemons: the backup holds the address too.",
  bad: () => [
    {
      input: file(fixed("10.0.0.1/24 dev eth0", "«10.0.0.100/24» dev eth0"), instance()),
      fixed: file(fixed("10.0.0.1/24 dev eth0"), instance()),
    },
  ],
  good: () => [file(fixed("10.0.0.1/24 dev eth0"), instance())],
  check(host, report) {
    const lines = named(host.statements, "static_ipaddress").flatMap(inside);
    if (lines.length === 0) return;
    const virtual = host.instances.flatMap(({ addresses, excluded }) => [...addresses, ...excluded]);
    for (const line of lines) {
      const word = line.words[0];
      const address = word && !word.unknown ? parseAddress(word.text)?.address : undefined;
      const same = virtual.find((each) => each.address === address);
      if (!word || !same) continue;
      report(
        word.at,
        `${address} is a virtual address and must be on one host only, but keepalived puts static addresses on this host for good: master and backup both have it. Delete this line.`,
        {
          related: [{ at: same.at, message: "the virtual address" }],
          fixes: fix("Delete the line", true, deleteLines(host, line)),
        },
      );
    }
  },
};
