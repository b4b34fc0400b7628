import { parseAddress } from "../schema/address.ts";
import { inInstances } from "./each.ts";
import { breakBefore, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { isClaimed } from "./lexical.ts";
import { linesOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const addresses = (...lines: string[]) => file(instance(block("virtual_ipaddress", ...lines)));
/** Options whose value is an address. */
const takesAddress = new Set(["peer", "brd", "broadcast"]);

export const vrrpVipSeveralOnOneLine: FileRule = {
  id: "vrrp-vip-several-on-one-line",
  severity: "error",
  over: "file",
  summary: "Several virtual addresses on one line: only the first is used.",
  why: "A line holds one address and its options. keepalived takes a second address for an option it does not know and drops it: that address is on no host.",
  basis: "keepalived/vrrp/vrrp_ipaddress.c, alloc_ipaddress (v2.2.7); keepalived -t.",
  bad: () => [
    {
      input: addresses("10.0.0.100/24 «10.0.0.101/24»"),
      fixed: addresses("10.0.0.100/24", "10.0.0.101/24"),
    },
    {
      input: addresses("10.0.0.100/24 dev eth0 «10.0.0.101/24» dev eth0"),
      fixed: addresses("10.0.0.100/24 dev eth0", "10.0.0.101/24 dev eth0"),
    },
  ],
  good: () => [addresses("10.0.0.100/24", "10.0.0.101/24"), addresses("10.0.0.100 peer 10.0.0.200")],
  check(host, report) {
    for (const line of crowdedLines(host))
      for (const [index, word] of line.words.entries()) {
        const before = line.words[index - 1];
        if (
          !before ||
          word.unknown ||
          takesAddress.has(before.text) ||
          isClaimed(host, word.at) ||
          !parseAddress(word.text)
        )
          continue;
        report(
          word.at,
          `keepalived reads one address per line and drops ${word.text}: the address is on no host. Write it on a line of its own.`,
          { fixes: fix("Start a new line", true, breakBefore(host, line, index)) },
        );
      }
  },
};

const crowdedLines = inInstances((each) =>
  ["virtual_ipaddress", "virtual_ipaddress_excluded"].flatMap((keyword) =>
    linesOf(each, keyword).filter(({ words }) => words.slice(1).some(({ text }) => parseAddress(text))),
  ),
);
