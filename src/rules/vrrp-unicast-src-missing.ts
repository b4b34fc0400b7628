import { eachInstance } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { keywordPlace, lineOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const peers = block("unicast_peer", "10.0.0.2");

export const vrrpUnicastSrcMissing: FileRule = {
  id: "vrrp-unicast-src-missing",
  severity: "hint",
  over: "file",
  summary: "unicast_peer without unicast_src_ip.",
  why: "keepalived sends from the first address of the interface. When addresses are added or come up in another order that changes, and peers that check the source drop the adverts. It also cannot be checked whether the hosts list each other.",
  basis: "keepalived.conf(5), unicast_src_ip.",
  bad: () => [{ input: file(instance(peers.replace("unicast_peer", "«unicast_peer»"))) }],
  good: () => [file(instance("unicast_src_ip 10.0.0.1", peers))],
  check: eachInstance((instance, report) => {
    const block = lineOf(instance, "unicast_peer");
    const written = lineOf(instance, "unicast_src_ip") ?? lineOf(instance, "mcast_src_ip");
    if (!block || written || instance.source || !instance.unicast || instance.uncertain) return;
    report(
      keywordPlace(block),
      "Without unicast_src_ip keepalived sends from the interface's first address, which may change. Write unicast_src_ip with the address that the other hosts list as their peer.",
    );
  }),
};
