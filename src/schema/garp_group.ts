/** garp_group: pauses between gratuitous ARP messages for switches that drop bursts. */
import { interfaceArg } from "./common.ts";
import type { Arg, Keyword } from "./types.ts";

const pause: Arg = {
  name: "seconds",
  value: { is: "seconds", min: 0, max: 2147.483647, resolution: 0.000001 },
};

const manual = "keepalived.conf(5), VRRP gratuitous ARP and unsolicited neighbour advert delay group(s)";

export const garpGroup: readonly Keyword[] = [
  {
    name: "garp_interval",
    args: [pause],
    times: "once",
    default: "as vrrp_garp_interval",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Pause between two gratuitous ARP messages, in seconds with up to six decimals. A group needs this or gna_interval, else keepalived drops it.",
    example: "garp_interval 0.001",
    source: `${manual}; keepalived/vrrp/vrrp_parser.c:1895 (v2.2.7)`,
  },
  {
    name: "gna_interval",
    args: [pause],
    times: "once",
    default: "as vrrp_gna_interval",
    rule: "vrrp-garp-value",
    onInvalid: "ignores the line",
    doc: "Pause between two unsolicited neighbour adverts (IPv6), in seconds with up to six decimals.",
    example: "gna_interval 0.001",
    source: `${manual}; keepalived/vrrp/vrrp_parser.c:1913 (v2.2.7)`,
  },
  {
    name: "interface",
    args: interfaceArg,
    times: "many",
    doc: "An interface that keeps the pauses on its own. It must be a real one, not a virtual MAC interface, and in one group only.",
    example: "interface eth0",
    source: `${manual}; keepalived/vrrp/vrrp_parser.c:1931 (v2.2.7)`,
  },
  {
    name: "interfaces",
    args: [],
    lines: {
      what: "interface",
      args: interfaceArg,
      severalPerLine: true,
      whenEmpty: "reports it, and the pauses of the group hold for no interface",
    },
    times: "many",
    doc: "Interfaces that keep the pauses together, because they lead to the same switch. Use this or interface in a group, not both.",
    example: "interfaces {\n    eth0\n    eth1\n}",
    source: `${manual}; keepalived/vrrp/vrrp_parser.c:1954 (v2.2.7)`,
  },
];

export const garpGroupBlock: Keyword = {
  name: "garp_group",
  args: [],
  keywords: garpGroup,
  times: "many",
  doc: "Slows down gratuitous ARP on some interfaces. For switches that lose messages when a takeover sends many at once; interfaces in no group follow vrrp_garp_interval and vrrp_gna_interval.",
  example: "garp_group {\n    garp_interval 0.001\n    interface eth0\n}",
  source: `${manual}; keepalived/vrrp/vrrp_parser.c:1887 (v2.2.7)`,
};
