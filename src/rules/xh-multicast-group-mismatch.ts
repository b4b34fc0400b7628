import { claims, reportDifference } from "./across/claims.ts";
import { setKeyword } from "./across/edits.ts";
import { eachTeam } from "./each.ts";
import { replaceWord } from "./edits.ts";
import { block, file, headerMarked, instance } from "./examples.ts";
import { lineOf } from "./support.ts";
import type { FleetRule } from "./types.ts";

export const xhMulticastGroupMismatch: FleetRule = {
  id: "xh-multicast-group-mismatch",
  severity: "error",
  over: "fleet",
  summary: "The hosts of a virtual router send their adverts to different multicast groups.",
  why: "A host listens to its own group only. The hosts do not hear each other, nothing is logged, and all of them become MASTER: the addresses are on several machines.",
  basis:
    "keepalived.conf(5), vrrp_mcast_group4 and mcast_dst_ip; seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: {
        "a.conf": file(block("global_defs", "vrrp_mcast_group4 «224.0.0.18»"), instance()),
        "b.conf": file(block("global_defs", "vrrp_mcast_group4 «224.0.0.19»"), instance("priority 100")),
      },
      fixed: {
        "a.conf": file(block("global_defs", "vrrp_mcast_group4 224.0.0.18"), instance()),
        "b.conf": file(block("global_defs", "vrrp_mcast_group4 224.0.0.18"), instance("priority 100")),
      },
    },
    {
      input: {
        "a.conf": file(headerMarked(instance())),
        "b.conf": file(block("global_defs", "vrrp_mcast_group4 «224.0.0.19»"), instance("priority 100")),
      },
      fixed: {
        "a.conf": file(instance()),
        "b.conf": file(block("global_defs", "vrrp_mcast_group4 224.0.0.18"), instance("priority 100")),
      },
    },
  ],
  good: () => [
    {
      "a.conf": file(instance()),
      "b.conf": file(block("global_defs", "vrrp_mcast_group4 224.0.0.18"), instance("priority 100")),
    },
  ],
  check: eachTeam((team, report) => {
    if (team.some(({ instance }) => instance.unicast)) return;
    reportDifference(
      report,
      claims(team, ({ multicastGroup }) => multicastGroup),
      {
        message: (own, others) =>
          `The multicast group is ${own.says} here but ${others}. A host listens to its own group only, so the hosts do not hear each other and all of them become MASTER. Use the same group on every host.`,
        related: (claim) => `${claim.member.host.shownAs} uses ${claim.says}`,
        edit: (of, wanted) => {
          const { statement } = of.member.instance.multicastGroup;
          const own = lineOf(of.member.instance, "mcast_dst_ip");
          if (own) return setKeyword(of.member, "mcast_dst_ip", wanted.key);
          return replaceWord(statement?.words[1], wanted.key);
        },
        title: (wanted) => `Use the group ${wanted.key}`,
      },
    );
  }),
};
