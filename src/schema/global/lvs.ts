/** How keepalived treats the IPVS tables of the kernel as a whole. */
import { optionalBool } from "../common.ts";
import type { Keyword, Option } from "../types.ts";

const timeout = (name: string, doc: string): Option => ({
  name,
  args: [{ name: "seconds", value: { is: "int", min: 0, max: 2678400 } }],
  doc,
});

const flushChoice = {
  name: "what",
  value: {
    is: "word",
    of: [
      { word: "VS", doc: "Remove keepalived's virtual servers and let the kernel drop their real servers." },
    ],
  },
  optional: true,
} as const;

const syncOptions: readonly Option[] = [
  {
    name: "inst",
    args: [{ name: "instance", value: { is: "name", refersTo: "instance" } }],
    doc: "The daemon is master while this VRRP instance is. Without it both roles run all the time.",
  },
  {
    name: "id",
    args: [{ name: "number", value: { is: "int", min: 0, max: 255 } }],
    doc: "Both directors must use the same id. Default: the instance's virtual router id, else 0.",
  },
  {
    name: "maxlen",
    args: [{ name: "bytes", value: { is: "int", min: 1, max: 65507 } }],
    doc: "Longest packet. Needs Linux 4.3.",
  },
  {
    name: "port",
    args: [{ name: "port", value: { is: "int", min: 1, max: 65535 } }],
    doc: "UDP port, 8848 by default. Needs Linux 4.3.",
  },
  {
    name: "ttl",
    args: [{ name: "hops", value: { is: "int", min: 1, max: 255 } }],
    doc: "Time to live of the packets. Needs Linux 4.3.",
  },
  {
    name: "group",
    args: [{ name: "address", value: { is: "address", prefix: "allowed", multicast: true } }],
    doc: "Multicast group, IPv4 or IPv6, 224.0.0.81 by default. Needs Linux 4.3.",
  },
];

export const lvsKeywords: readonly Keyword[] = [
  {
    name: "lvs_sync_daemon",
    args: [
      { name: "interface", value: { is: "interface" } },
      { name: "instance", value: { is: "name", refersTo: "instance" }, optional: true },
      { name: "id", value: { is: "int", min: 0, max: 255 }, optional: true },
    ],
    options: syncOptions,
    withoutValue: "skipped",
    times: "once",
    wins: "first",
    onInvalid: "ignores that part of the line",
    doc: "Copies the connection table of IPVS to the standby director, so that connections survive a failover. Both directors need the line with the same id, group and port. Name the instance with `inst` and the id with `id`; the bare words of old releases still work.",
    example: "lvs_sync_daemon eth1 id 10",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:529 (v2.2.7)",
  },
  {
    name: "lvs_timeouts",
    args: [],
    options: [
      timeout("tcp", "Idle time of an established TCP connection."),
      timeout("tcpfin", "Time a TCP connection is remembered after its FIN."),
      timeout("udp", "Idle time of a UDP flow."),
    ],
    times: "many",
    default: "left as the kernel has them",
    onInvalid: "leaves that timeout as it is",
    doc: "How long IPVS remembers connections, in seconds up to 31 days. At least one of tcp, tcpfin and udp must be given.",
    example: "lvs_timeouts tcp 900 tcpfin 120 udp 300",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:477 (v2.2.7)",
  },
  {
    name: "lvs_flush",
    args: [],
    flag: true,
    times: "once",
    doc: "Empties the IPVS tables when keepalived starts, including what other programs put there.",
    example: "lvs_flush",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:655 (v2.2.7)",
  },
  {
    name: "lvs_flush_on_stop",
    args: [flushChoice],
    times: "once",
    default: "off, entries are removed one by one",
    since: "2.2.4",
    onInvalid: "ignores the line",
    doc: "Empties the IPVS tables in one go when keepalived stops. Much faster than one by one with many real servers.",
    example: "lvs_flush_on_stop VS",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:661 (v2.2.7)",
  },
  {
    name: "lvs_flush_onstop",
    args: [flushChoice],
    times: "once",
    default: "off, entries are removed one by one",
    deprecated: { since: "2.2.0", use: "lvs_flush_on_stop" },
    onInvalid: "ignores the line",
    doc: "Old spelling of lvs_flush_on_stop.",
    example: "lvs_flush_onstop",
    source: "keepalived/core/global_parser.c:661 (v2.2.7)",
  },
  {
    name: "checker_log_all_failures",
    args: optionalBool,
    times: "once",
    default: "off",
    onInvalid: "ignores the line",
    doc: "Logs every failed check of a real server, not only the one after which the server is taken out.",
    example: "checker_log_all_failures on",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:437 (v2.2.7)",
  },
  {
    name: "rs_init_notifies",
    args: optionalBool,
    times: "once",
    default: "off",
    onInvalid: "ignores the line",
    doc: "Runs the notify scripts of real servers also for their first state after the start.",
    example: "rs_init_notifies on",
    source: "keepalived.conf(5), Global definitions; keepalived/core/global_parser.c:1961 (v2.2.7)",
  },
];
