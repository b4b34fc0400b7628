/** bfd_instance: a BFD session (RFC 5880) to a neighbour, for fast detection of a dead path. */
import { optionalBool, weightDirection } from "./common.ts";
import type { Arg, Keyword, Value } from "./types.ts";

const address: Arg = { name: "address", value: { is: "address", prefix: "allowed" } };

/** The milliseconds of a timer; keepalived keeps microseconds. */
const milliseconds = (min: number): Arg => ({
  name: "milliseconds",
  value: { is: "seconds", min, max: 4294967, resolution: 0.001, unit: "milliseconds" },
});

const hops: Value = { is: "int", min: 1, max: 255 };

const neighbour: Omit<Keyword, "name" | "example"> = {
  args: [address],
  times: "once",
  rule: "bfd-neighbor-missing-or-duplicate",
  onInvalid: "drops the whole BFD session",
  doc: "Address of the other end, IPv4 or IPv6. Required; neighbor_ip and neighbour_ip mean the same.",
  source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:78 (v2.2.7)",
};

const bfdInstance: readonly Keyword[] = [
  { name: "neighbor_ip", ...neighbour, example: "neighbor_ip 192.0.2.2" },
  { name: "neighbour_ip", ...neighbour, example: "neighbour_ip 192.0.2.2" },
  {
    name: "source_ip",
    args: [address],
    times: "once",
    default: "chosen by the kernel",
    onInvalid: "lets the kernel choose the address",
    doc: "Own address of the session, of the same family as the neighbour's. Without it the source port may lie outside the range that the standard demands, and the neighbour may refuse the packets.",
    example: "source_ip 192.0.2.1",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:107 (v2.2.7)",
  },
  {
    name: "min_rx",
    args: [milliseconds(1)],
    times: "once",
    default: "10",
    rule: "bfd-timer-out-of-range",
    onInvalid: "ignores the line",
    doc: "Shortest time between two packets that this host wants to receive, in milliseconds with up to three decimals. The default of 10 is fast; on a virtual machine 300 avoids false alarms.",
    example: "min_rx 300",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:130 (v2.2.7)",
  },
  {
    name: "min_tx",
    args: [milliseconds(1)],
    times: "once",
    default: "10",
    rule: "bfd-timer-out-of-range",
    onInvalid: "ignores the line",
    doc: "Shortest time between two packets that this host wants to send, in milliseconds with up to three decimals. The slower of min_tx here and min_rx at the neighbour counts.",
    example: "min_tx 300",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:158 (v2.2.7)",
  },
  {
    name: "idle_tx",
    args: [milliseconds(1000)],
    times: "once",
    default: "1000",
    rule: "bfd-timer-out-of-range",
    onInvalid: "ignores the line",
    doc: "Time between packets while the session is not up, in milliseconds, at least 1000.",
    example: "idle_tx 1000",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:186 (v2.2.7)",
  },
  {
    name: "multiplier",
    args: [{ name: "packets", value: hops }],
    times: "once",
    default: "5",
    rule: "bfd-timer-out-of-range",
    onInvalid: "ignores the line",
    doc: "How many packets must be missing before the session is down. Multiplied with the interval it is the time a failure takes to be noticed.",
    example: "multiplier 3",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:214 (v2.2.7)",
  },
  {
    name: "passive",
    args: [],
    flag: true,
    times: "once",
    doc: "Waits for the neighbour to start the session. At least one end must be active, or the session never comes up.",
    example: "passive",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:235 (v2.2.7)",
  },
  {
    name: "ttl",
    args: [{ name: "hops", value: hops }],
    times: "once",
    default: "255 for IPv4, 64 for IPv6",
    onInvalid: "ignores the line",
    doc: "Time to live of the packets sent.",
    example: "ttl 255",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:248 (v2.2.7)",
  },
  {
    name: "hoplimit",
    args: [{ name: "hops", value: hops }],
    times: "once",
    default: "255 for IPv4, 64 for IPv6",
    onInvalid: "ignores the line",
    doc: "The same as ttl, under the name it has in IPv6.",
    example: "hoplimit 64",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:248 (v2.2.7)",
  },
  {
    name: "max_hops",
    args: [{ name: "hops", value: { is: "int", min: -1, max: 255 } }],
    times: "once",
    default: "0",
    onInvalid: "ignores the line",
    doc: "By how much the time to live of a received packet may have dropped on its way; 0 accepts direct neighbours only, 255 everything. It may not exceed ttl.",
    example: "max_hops 0",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:269 (v2.2.7)",
  },
  {
    name: "multihop",
    args: optionalBool,
    times: "once",
    default: "off",
    since: "2.2.8",
    onInvalid: "ignores the line",
    doc: "Uses port 4784 as RFC 5883 demands for sessions across routers. max_hops must allow the hops as well, and both ends need it.",
    example: "multihop on",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:264 (v2.4.3)",
  },
  {
    name: "weight",
    args: [{ name: "weight", value: { is: "int", min: -253, max: 253 } }, weightDirection],
    times: "once",
    default: "0",
    onInvalid: "ignores the word",
    doc: "What the session does to the priority of instances that track it. A positive weight is added while it is up, a negative one while it is down; 0 makes a lost session FAULT. Between two hosts of one cluster give a weight: with 0 the survivor of a crash goes to FAULT too.",
    example: "weight -20",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:400 (v2.2.7)",
  },
  {
    name: "vrrp",
    args: [],
    flag: true,
    times: "once",
    doc: "Reports the session only to VRRP, unless checker is given as well. Without both words VRRP and the checkers hear of it.",
    example: "vrrp",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:429 (v2.2.7)",
  },
  {
    name: "checker",
    args: [],
    flag: true,
    times: "once",
    doc: "Reports the session only to the checkers of real servers, unless vrrp is given as well.",
    example: "checker",
    source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:467 (v2.2.7)",
  },
];

export const bfdInstanceBlock: Keyword = {
  name: "bfd_instance",
  args: [{ name: "name", value: { is: "name", defines: "bfd", maxBytes: 31 } }],
  keywords: bfdInstance,
  times: "many",
  build: "--enable-bfd",
  rule: "bfd-neighbor-missing-or-duplicate",
  onInvalid: "drops the whole BFD session",
  doc: "A BFD session to a neighbour: both send packets many times a second and notice within milliseconds that the path is dead. Instances and groups name it in track_bfd; define it above them.",
  example:
    "bfd_instance to_router {\n    neighbor_ip 192.0.2.254\n    source_ip 192.0.2.1\n    min_rx 300\n    min_tx 300\n    multiplier 3\n}",
  source: "keepalived.conf(5), BFD configuration; keepalived/bfd/bfd_parser.c:57 (v2.2.7)",
};
