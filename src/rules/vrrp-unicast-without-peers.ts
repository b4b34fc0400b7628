import { inside, named } from "../schema/statement.ts";
import { eachInstance } from "./each.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { isWhole, keywordPlace, lineOf, linesOf } from "./support.ts";
import type { FileRule } from "./types.ts";

/** Keywords that make sense for unicast only. */
const unicastOnly = ["unicast_peer", "unicast_src_ip", "check_unicast_src", "old_unicast_checksum"];

export const vrrpUnicastWithoutPeers: FileRule = {
  id: "vrrp-unicast-without-peers",
  severity: "error",
  over: "file",
  summary: "A keyword for unicast, but no unicast_peer: keepalived uses multicast.",
  why: "A peer that does use unicast never hears this host, and this host does not hear the peer: both become master. In clouds that drop multicast no host hears any other.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_complete_instance (v2.2.7); seen with running daemons.",
  bad: () => [
    {
      input: file(instance("«unicast_src_ip» 10.0.0.1")),
      fixed: file(instance("mcast_src_ip 10.0.0.1")),
    },
    { input: file(instance("unicast_src_ip 10.0.0.1", block("«unicast_peer»"))) },
  ],
  good: () => [
    file(instance("unicast_src_ip 10.0.0.1", block("unicast_peer", "10.0.0.2"))),
    file(instance("unicast_src_ip 10.0.0.1", "unicast_fault_no_peer")),
    file(instance("mcast_src_ip 10.0.0.1")),
  ],
  check: eachInstance((instance, report, host) => {
    const asked = unicastOnly.flatMap((keyword) => named(inside(instance.block), keyword));
    const line = asked[0];
    if (!line || instance.unicast || !isWhole(host, instance)) return;
    // Peers that are no addresses are another rule's.
    if (lineOf(instance, "unicast_fault_no_peer") || linesOf(instance, "unicast_peer").length > 0) return;
    const source = asked.length === 1 && line.words[0]?.text === "unicast_src_ip" ? line : undefined;
    report(
      keywordPlace(line),
      "There is no unicast_peer with an address, so keepalived sends multicast. Hosts that use unicast do not hear it, and both sides become master. List the addresses of the other hosts in a unicast_peer block, or write mcast_src_ip when multicast is meant.",
      {
        fixes: fix(
          "Write mcast_src_ip, as keepalived treats it now",
          false,
          replaceWord(source?.words[0], "mcast_src_ip"),
        ),
      },
    );
  }),
};
