/**
 * The lines of virtual_routes, static_routes, virtual_rules and static_rules. Their words stand in any order, the
 * destination may lack its `to`, and names come from the host's iproute2 tables, so the lines are described for
 * readers but marked `unchecked`.
 */
import type { Arg, DataLines, Option } from "./types.ts";

const unsigned32 = { is: "int", min: 0, max: 4294967295 } as const;
const octet = { is: "int", min: 0, max: 255 } as const;

function text(name: string): readonly Arg[] {
  return [{ name, value: { is: "text" } }];
}

/** A name from the host's iproute2 files, or its number. */
function tableName(name: string, max: number): readonly Arg[] {
  return [{ name, value: { is: "either", of: [{ is: "int", min: 0, max }, { is: "text" }] } }];
}

/** A metric that may be preceded by `lock`, which the kernel's path MTU and congestion code then leaves alone. */
function lockable(name: string): readonly Arg[] {
  return [
    {
      name: "lock",
      value: {
        is: "either",
        of: [{ is: "word", of: [{ word: "lock", doc: "The kernel may not change it." }] }, { is: "text" }],
      },
    },
    { name, value: { is: "text" }, optional: true },
  ];
}

const gateway: readonly Arg[] = [
  { name: "gateway", value: { is: "address", prefix: "refused" } },
  { name: "address", value: { is: "address", prefix: "refused" }, optional: true },
];

const device: readonly Arg[] = [{ name: "interface", value: { is: "interface" } }];

const families: readonly Option[] = [
  {
    name: "inet",
    args: [],
    doc: "IPv4. keepalived skips the word after it, so repeat that word or leave inet out.",
  },
  {
    name: "inet6",
    args: [],
    doc: "IPv6. keepalived skips the word after it, so repeat that word or leave inet6 out.",
  },
];

const trackOptions: readonly Option[] = [
  {
    name: "no_track",
    args: [],
    doc: "Does not watch it: when someone deletes it, keepalived does not react.",
  },
];

const trackGroup: Option = {
  name: "track_group",
  args: [{ name: "group", value: { is: "name" } }],
  doc: "The instances of this track_group go to FAULT when it is deleted. Needs an interface.",
};

const routeTargets: readonly Option[] = [
  {
    name: "to",
    args: [{ name: "destination", value: { is: "text" } }],
    doc: "The destination; the word to may be left out.",
  },
  { name: "blackhole", args: text("destination"), doc: "Drops what goes to the destination without a word." },
  { name: "unreachable", args: text("destination"), doc: "Answers with host unreachable." },
  { name: "prohibit", args: text("destination"), doc: "Answers with administratively prohibited." },
  { name: "throw", args: text("destination"), doc: "Ends the search in this table." },
  { name: "unicast", args: text("destination"), doc: "An ordinary route, the default." },
  { name: "local", args: text("destination"), doc: "Delivers to this host." },
  { name: "broadcast", args: text("destination"), doc: "Sends as link broadcast." },
  { name: "anycast", args: text("destination"), doc: "Delivers to this host, never used as source." },
  { name: "multicast", args: text("destination"), doc: "A route for multicast forwarding." },
];

const routePath: readonly Option[] = [
  { name: "via", args: gateway, doc: "The gateway, optionally after inet or inet6." },
  { name: "gw", args: gateway, doc: "The old name of via; keepalived reports it as deprecated." },
  { name: "or", args: gateway, doc: "A second gateway in the old style; use nexthop." },
  {
    name: "nexthop",
    args: [{ name: "hop", value: { is: "text" }, rest: true }],
    doc: "One of several gateways: nexthop via ADDRESS dev INTERFACE weight 1 to 256, repeated, at the end of the line.",
  },
  { name: "dev", args: device, doc: "The interface. Without it keepalived does not watch the route." },
  { name: "oif", args: device, doc: "The same as dev." },
  {
    name: "onlink",
    args: [],
    doc: "Takes the gateway as reachable on the interface though no route says so (IPv4).",
  },
  {
    name: "src",
    args: [{ name: "address", value: { is: "address", prefix: "refused" } }],
    doc: "The source address to prefer.",
  },
  { name: "from", args: text("source"), doc: "Matches by source as well (IPv6 only)." },
  { name: "encap", args: text("type"), doc: "Wraps packets: ip, ip6, mpls or ila with their own options." },
  { name: "as", args: text("address"), doc: "For MPLS; keepalived ignores it with a message." },
  { name: "vrf", args: device, doc: "Adds the route to the table of this VRF.", since: "2.2.7" },
];

const routeAttributes: readonly Option[] = [
  { name: "table", args: tableName("table", 4294967295), doc: "The routing table, main without it." },
  { name: "metric", args: [{ name: "metric", value: unsigned32 }], doc: "Lower is preferred." },
  { name: "priority", args: [{ name: "metric", value: unsigned32 }], doc: "The same as metric." },
  { name: "preference", args: [{ name: "metric", value: unsigned32 }], doc: "The same as metric." },
  {
    name: "scope",
    args: tableName("scope", 255),
    doc: "How far the destination is away: global, site, link, host.",
  },
  {
    name: "protocol",
    args: tableName("protocol", 255),
    doc: "Who made the route; a watched route is always marked keepalived.",
  },
  { name: "tos", args: tableName("tos", 255), doc: "Matches the type of service (IPv4)." },
  { name: "dsfield", args: tableName("tos", 255), doc: "The same as tos." },
  { name: "realms", args: text("realms"), doc: "Realms as SOURCE/DESTINATION or one of them (IPv4)." },
  {
    name: "expires",
    args: [{ name: "seconds", value: unsigned32 }],
    doc: "Seconds until the kernel deletes it (IPv6).",
  },
  {
    name: "pref",
    args: [
      {
        name: "preference",
        value: {
          is: "either",
          of: [
            {
              is: "word",
              of: [
                { word: "low", doc: "Used last." },
                { word: "medium", doc: "The default." },
                { word: "high", doc: "Used first." },
              ],
            },
            octet,
          ],
        },
      },
    ],
    doc: "Router preference (IPv6).",
  },
  { name: "add", args: [], doc: "Adds only when no route matches, as `ip route add` does.", since: "2.2.7" },
  { name: "prepend", args: [], doc: "Puts it before matching routes, the default.", since: "2.2.7" },
  { name: "append", args: [], doc: "Puts it after matching routes.", since: "2.2.7" },
];

const routeMetrics: readonly Option[] = [
  { name: "mtu", args: lockable("mtu"), doc: "Largest packet along the route." },
  { name: "advmss", args: lockable("mss"), doc: "Segment size that TCP announces." },
  {
    name: "hoplimit",
    args: [{ name: "hops", value: octet }],
    doc: "Hop limit or TTL of packets sent along it.",
  },
  { name: "rtt", args: lockable("time"), doc: "First estimate of the round trip time." },
  { name: "rttvar", args: lockable("time"), doc: "First estimate of its variance." },
  { name: "rto_min", args: lockable("time"), doc: "Shortest retransmission timeout." },
  { name: "reordering", args: lockable("number"), doc: "Reordering that TCP tolerates." },
  { name: "window", args: [{ name: "bytes", value: unsigned32 }], doc: "Largest TCP window to announce." },
  { name: "cwnd", args: lockable("number"), doc: "Limit of the congestion window." },
  { name: "ssthresh", args: lockable("number"), doc: "First slow start threshold." },
  { name: "initcwnd", args: [{ name: "number", value: unsigned32 }], doc: "First congestion window." },
  { name: "initrwnd", args: [{ name: "number", value: unsigned32 }], doc: "First receive window." },
  {
    name: "features",
    args: [
      {
        name: "feature",
        value: { is: "word", of: [{ word: "ecn", doc: "Explicit congestion notification." }] },
      },
    ],
    doc: "TCP features along the route.",
  },
  {
    name: "quickack",
    args: [{ name: "0 or 1", value: { is: "int", min: 0, max: 1 } }],
    doc: "Acknowledges at once.",
  },
  { name: "congctl", args: lockable("algorithm"), doc: "Congestion control algorithm." },
  {
    name: "ttl-propagate",
    args: [
      {
        name: "enabled",
        value: {
          is: "word",
          of: [
            { word: "enabled", doc: "Copies the TTL." },
            { word: "disabled", doc: "Does not." },
          ],
        },
      },
    ],
    doc: "Whether MPLS copies the TTL.",
  },
  {
    name: "fastopen_no_cookie",
    args: [{ name: "0 or 1", value: { is: "int", min: 0, max: 1 } }],
    doc: "TCP fast open without cookie.",
  },
];

const virtualRouteOptions: readonly Option[] = [
  ...families,
  ...routeTargets,
  ...routePath,
  ...routeAttributes,
  ...routeMetrics,
  ...trackOptions,
];

const ruleSelectors: readonly Option[] = [
  { name: "not", args: [], doc: "Turns the match around." },
  { name: "from", args: text("source"), doc: "Matches the source network." },
  { name: "to", args: text("destination"), doc: "Matches the destination network." },
  { name: "iif", args: device, doc: "Matches the interface a packet came in on." },
  { name: "dev", args: device, doc: "The same as iif." },
  { name: "oif", args: device, doc: "Matches the interface a local socket is bound to." },
  { name: "fwmark", args: text("mark"), doc: "Matches the firewall mark, as MARK or MARK/MASK." },
  { name: "tos", args: tableName("tos", 255), doc: "Matches the type of service." },
  { name: "dsfield", args: tableName("tos", 255), doc: "The same as tos." },
  { name: "uidrange", args: text("range"), doc: "Matches the user of a local socket, as FIRST-LAST." },
  { name: "ipproto", args: text("protocol"), doc: "Matches the protocol, by name or number." },
  {
    name: "sport",
    args: text("range"),
    doc: "Matches source ports, as FIRST-LAST; keepalived refuses a single port.",
  },
  {
    name: "dport",
    args: text("range"),
    doc: "Matches destination ports, as FIRST-LAST; keepalived refuses a single port.",
  },
  { name: "tunnel-id", args: text("id"), doc: "Matches the tunnel id." },
];

const ruleActions: readonly Option[] = [
  { name: "table", args: tableName("table", 4294967295), doc: "Looks the route up in this table." },
  { name: "lookup", args: tableName("table", 4294967295), doc: "The same as table." },
  { name: "l3mdev", args: [], doc: "Looks the route up in the table of the VRF." },
  {
    name: "goto",
    args: [{ name: "preference", value: unsigned32 }],
    doc: "Jumps to the rule with this, higher, preference.",
  },
  { name: "nop", args: [], doc: "Does nothing; a target for goto." },
  { name: "blackhole", args: [], doc: "Drops the packet without a word." },
  { name: "unreachable", args: [], doc: "Answers with network unreachable." },
  { name: "prohibit", args: [], doc: "Answers with administratively prohibited." },
  { name: "type", args: text("action"), doc: "May stand before the action." },
  {
    name: "preference",
    args: text("number"),
    doc: "Place in the order of rules. Write it: keepalived picks one otherwise, and another after a failover.",
  },
  { name: "order", args: text("number"), doc: "The same as preference." },
  { name: "priority", args: text("number"), doc: "The same as preference." },
  { name: "realms", args: text("realms"), doc: "Realms to set (IPv4, with table)." },
  {
    name: "protocol",
    args: [{ name: "protocol", value: octet }],
    doc: "Who made the rule; a watched rule is always marked keepalived.",
  },
  {
    name: "suppress_prefixlength",
    args: [{ name: "length", value: { is: "int", min: 0, max: 2147483647 } }],
    doc: "Rejects routes with a prefix of this length or shorter.",
  },
  {
    name: "sup_pl",
    args: [{ name: "length", value: { is: "int", min: 0, max: 2147483647 } }],
    doc: "The same as suppress_prefixlength.",
  },
  {
    name: "suppress_ifgroup",
    args: tableName("group", 2147483647),
    doc: "Rejects routes through this interface group.",
  },
  { name: "sup_group", args: tableName("group", 2147483647), doc: "The same as suppress_ifgroup." },
];

const virtualRuleOptions: readonly Option[] = [
  ...families,
  ...ruleSelectors,
  ...ruleActions,
  ...trackOptions,
];

const destination: readonly Arg[] = [{ name: "destination", value: { is: "text" }, optional: true }];

/** Lines of virtual_routes. */
export const virtualRouteLines: DataLines = {
  what: "route",
  args: destination,
  options: virtualRouteOptions,
  rule: "vrrp-route-invalid",
  unchecked: true,
};

/** Lines of static_routes. */
export const staticRouteLines: DataLines = {
  what: "route",
  args: destination,
  options: [...virtualRouteOptions, trackGroup],
  rule: "vrrp-route-invalid",
  unchecked: true,
};

/** Lines of virtual_rules. */
export const virtualRuleLines: DataLines = {
  what: "rule",
  args: [],
  options: virtualRuleOptions,
  unchecked: true,
};

/** Lines of static_rules. */
export const staticRuleLines: DataLines = {
  what: "rule",
  args: [],
  options: [...virtualRuleOptions, trackGroup],
  unchecked: true,
};
