import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import type { FileRule } from "./types.ts";

const peers = (...lines: string[]) =>
  file(instance("unicast_src_ip 10.0.0.1", block("unicast_peer", ...lines)));

export const vrrpUnicastPeerSelf: FileRule = {
  id: "vrrp-unicast-peer-self",
  severity: "warning",
  over: "file",
  summary: "A host lists its own address as unicast peer.",
  why: "The host receives its own adverts and logs a warning for each of them, every second. A real host with the same address would go unnoticed in that flood.",
  basis: "Seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    { input: peers("«10.0.0.1»", "10.0.0.2"), fixed: peers("10.0.0.2") },
    { input: peers("«10.0.0.1»") },
  ],
  good: () => [peers("10.0.0.2")],
  check: eachInstance(({ source, peers: listed }, report, host) => {
    for (const peer of listed) {
      if (!source || source.unknown || peer.address !== source.value) continue;
      report(
        peer.at,
        `${peer.address} is this host's own address: it receives its own adverts and logs a warning for each. List only the other hosts.`,
        {
          related: [{ at: source.at, message: "the host's own address" }],
          fixes: listed.length > 1 ? fix("Delete the line", true, deleteLines(host, peer.statement)) : [],
        },
      );
    }
  }),
};
