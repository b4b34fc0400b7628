/** The firewall rules that keepalived sets itself: for no_accept, for virtual MAC interfaces and for IPVS marks. */
import type { Keyword } from "../types.ts";
import { maxUnsigned } from "./args.ts";

const table = { name: "table", value: { is: "text", maxBytes: 255 }, optional: true } as const;

const priority = { name: "priority", value: { is: "int", min: -2147483648, max: 2147483647 } } as const;

const chain = { is: "text", maxBytes: 27 } as const;

const set = { is: "text", maxBytes: 30 } as const;

export const firewallKeywords: readonly Keyword[] = [
  {
    name: "nftables",
    args: [table],
    times: "once",
    wins: "first",
    default: "table keepalived, used when an instance needs a firewall",
    onInvalid: "ignores the line",
    doc: "Uses nftables for the rules keepalived needs, in a table of this name. The table must not exist yet, and two keepalived in one network namespace need two names.",
    example: "nftables keepalived",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1183 (v2.2.7)",
  },
  {
    name: "nftables_priority",
    args: [priority],
    times: "once",
    default: "-1",
    onInvalid: "uses priority -1",
    doc: "Priority of the base chains in keepalived's table. Chains with a smaller number see a packet first.",
    example: "nftables_priority -1",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1208 (v2.2.7)",
  },
  {
    name: "nftables_ifindex",
    args: [],
    flag: true,
    times: "once",
    doc: "Uses interface numbers instead of names in the sets for IPv6 link-local addresses. nft before 0.8.3 prints the names wrongly.",
    example: "nftables_ifindex",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1218 (v2.2.7)",
  },
  {
    name: "nftables_counters",
    args: [],
    flag: true,
    times: "once",
    doc: "Adds a counter to each rule, which helps when you look for lost packets.",
    example: "nftables_counters",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1274 (v2.2.7)",
  },
  {
    name: "nftables_ipvs",
    args: [table],
    times: "once",
    wins: "first",
    default: "off; table keepalived_ipvs when written without a name",
    since: "2.2.4",
    onInvalid: "ignores the line",
    doc: "Marks the packets of each virtual server group with nftables, so that IPVS needs one service per group instead of one per address.",
    example: "nftables_ipvs keepalived_ipvs",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1226 (v2.2.7)",
  },
  {
    name: "nftables_ipvs_priority",
    args: [priority],
    times: "once",
    default: "-1",
    since: "2.2.4",
    onInvalid: "ignores the line",
    doc: "Priority of the base chains in the table of nftables_ipvs.",
    example: "nftables_ipvs_priority -1",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1252 (v2.2.7)",
  },
  {
    name: "nftables_ipvs_start_fwmark",
    args: [{ name: "mark", value: { is: "int", min: 1, max: maxUnsigned } }],
    times: "once",
    default: "1000",
    since: "2.2.4",
    onInvalid: "ignores the line",
    doc: "First firewall mark that nftables_ipvs hands out; each further virtual server group gets the next number. Keep the range clear of marks used elsewhere. The line belongs below nftables_ipvs, which sets the number back to 1000.",
    example: "nftables_ipvs_start_fwmark 5000",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1262 (v2.2.7)",
  },
  {
    name: "vrrp_iptables",
    args: [
      { name: "chain for incoming", value: chain, optional: true },
      { name: "chain for outgoing", value: chain, optional: true },
    ],
    times: "once",
    wins: "first",
    default: "INPUT and OUTPUT when written without a chain",
    build: "iptables support",
    onInvalid: "ignores the line",
    doc: "Uses iptables for the rules keepalived needs, in these chains. Make chains of your own for it and call them from INPUT and OUTPUT. A keepalived built without iptables, such as Debian's, uses nftables instead and says so.",
    example: "vrrp_iptables keepalived_in",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1170 (v2.2.7)",
  },
  {
    name: "vrrp_ipsets",
    args: [
      { name: "set", value: set, optional: true },
      { name: "IPv6 set", value: set, optional: true },
      { name: "IPv6 interface set", value: set, optional: true },
      { name: "IGMP set", value: set, optional: true },
      { name: "MLD set", value: set, optional: true },
      { name: "neighbour discovery set", value: set, optional: true },
    ],
    times: "once",
    default: "names made from keepalived, when vrrp_iptables is used",
    build: "iptables and ipset support",
    onInvalid: "ignores the line",
    doc: "Names of the ipsets that go with vrrp_iptables. Names left out are made from those given; with no name at all ipsets are not used. A keepalived built without ipset, such as Debian's, does not know the keyword.",
    example: "vrrp_ipsets keepalived",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1082 (v2.2.7)",
  },
];
