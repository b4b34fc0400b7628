import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { keywordPlace, lineOf, linesOf } from "./support.ts";
import type { FileRule } from "./types.ts";

const peers = ["unicast_src_ip 10.0.0.1", block("unicast_peer", "10.0.0.2")];

export const vrrpUnicastWithMulticastOption: FileRule = {
  id: "vrrp-unicast-with-multicast-option",
  severity: "warning",
  over: "file",
  summary: "A multicast setting on a unicast instance, or the other way round.",
  why: "keepalived ignores it. Whoever reads the file expects adverts in a group, or with a hop limit, that they do not have.",
  basis:
    "keepalived/vrrp/vrrp.c, vrrp_complete_instance, and vrrp_parser.c, vrrp_end_handler (v2.2.7); keepalived -t.",
  bad: () => [
    { input: file(instance("«mcast_dst_ip» 224.0.0.50", ...peers)), fixed: file(instance(...peers)) },
    { input: file(instance("«unicast_ttl» 64")), fixed: file(instance()) },
  ],
  good: () => [file(instance("unicast_ttl 64", ...peers)), file(instance("mcast_dst_ip 224.0.0.50"))],
  check: eachInstance((instance, report, host) => {
    const group = lineOf(instance, "mcast_dst_ip");
    const limit = lineOf(instance, "unicast_ttl");
    if (group && instance.unicast)
      report(
        keywordPlace(group),
        "This instance sends to unicast peers, so keepalived ignores mcast_dst_ip. Delete the line.",
        { fixes: fix("Delete the line", true, deleteLines(host, group)) },
      );
    const noPeers =
      !instance.unicast && !instance.uncertain && linesOf(instance, "unicast_peer").length === 0;
    if (limit && noPeers)
      report(
        keywordPlace(limit),
        "This instance has no unicast_peer, so keepalived ignores unicast_ttl and sends multicast. Delete the line, or list the other hosts in a unicast_peer block.",
        { fixes: fix("Delete the line", true, deleteLines(host, limit)) },
      );
  }),
};
