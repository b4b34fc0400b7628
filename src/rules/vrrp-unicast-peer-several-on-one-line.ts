import { parseAddress } from "../schema/address.ts";
import { inInstances } from "./each.ts";
import { breakBefore, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { isClaimed } from "./lexical.ts";
import { linesOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const peers = (...lines: string[]) =>
  file(instance("unicast_src_ip 10.0.0.1", block("unicast_peer", ...lines)));

export const vrrpUnicastPeerSeveralOnOneLine: FileRule = {
  id: "vrrp-unicast-peer-several-on-one-line",
  severity: "error",
  over: "file",
  summary: "Several unicast peers on one line: only the first is used.",
  why: "A line holds one peer and its options. keepalived takes a second address for an option and drops it, so that host hears no adverts and becomes master as well.",
  basis: "keepalived/vrrp/vrrp_data.c, alloc_vrrp_unicast_peer (v2.2.7); keepalived -t.",
  bad: () => [{ input: peers("10.0.0.2 «10.0.0.3»"), fixed: peers("10.0.0.2", "10.0.0.3") }],
  good: () => [peers("10.0.0.2", "10.0.0.3"), peers("10.0.0.2 min_ttl 64")],
  check(host, report) {
    for (const line of longLines(host))
      for (const [index, word] of line.words.entries()) {
        if (index === 0 || word.unknown || isClaimed(host, word.at) || !parseAddress(word.text)) continue;
        report(
          word.at,
          `keepalived reads one peer per line and drops ${word.text}: that host hears no adverts and becomes master as well. Write it on a line of its own.`,
          { fixes: fix("Start a new line", true, breakBefore(host, line, index)) },
        );
      }
  },
};

const longLines = inInstances((each) =>
  linesOf(each, "unicast_peer").filter(({ words }) => words.length > 1),
);
