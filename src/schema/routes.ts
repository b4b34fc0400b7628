/**
 * The lines of virtual_routes, static_routes, virtual_rules and static_rules. Their words stand in any order, the
 * destination may lack its `to`, and many names come from the host's iproute2 files, so that any name is taken.
 */
import type { Arg, Choice, DataLines, Option, Value } from "./types.ts";

const unsigned32 = { is: "int", min: 0, max: 4294967295 } as const;
const unsigned64 = { is: "int", min: 0, max: Number.POSITIVE_INFINITY } as const;
const octet = { is: "int", min: 0, max: 255 } as const;
const switched = { is: "int", min: 0, max: 1 } as const;
/** Numbers of the kernel for kinds of routes and actions of rules. */
const kindNumber = { is: "int", min: 0, max: 255, anyBase: true } as const;
const ruleKind = { is: "int", min: 6, max: 8, anyBase: true } as const;

function text(name: string): readonly Arg[] {
  return [{ name, value: { is: "text" } }];
}

/** A name from the host's iproute2 files, or its number. */
function tableName(name: string, max: number, min = 0): readonly Arg[] {
  return [{ name, value: { is: "named-number", min, max } }];
}

/** A metric that may be preceded by `lock`, which the kernel's path MTU and congestion code then leaves alone. */
function lockable(name: string, value: Value): readonly Arg[] {
  const lock: Value = { is: "word", of: [{ word: "lock", doc: "The kernel may not change it." }] };
  return [
    { name: "lock", value: lock, optional: true },
    { name, value },
  ];
}

function time(partsPerMillisecond: 1 | 4 | 8): readonly Arg[] {
  return lockable("time", { is: "route-time", partsPerMillisecond });
}

const familyWord: Value = {
  is: "word",
  of: [
    { word: "inet", doc: "The gateway's address is an IPv4 one.", family: 4 },
    { word: "inet6", doc: "The gateway's address is an IPv6 one.", family: 6 },
  ],
};

const plainAddress: Value = { is: "address", prefix: "refused" };

const gateway: readonly Arg[] = [
  { name: "family", value: familyWord, optional: true },
  { name: "gateway", value: plainAddress },
];

/** All addresses, or those of a network. */
const network: Value = {
  is: "either",
  of: [
    { is: "address", prefix: "allowed" },
    {
      is: "word",
      of: [
        { word: "default", doc: "All addresses. Write it before any address of the line.", family: "open" },
        { word: "any", doc: "The same as default.", family: "open" },
        { word: "all", doc: "The same as default.", family: "open" },
        {
          word: "default6",
          doc: "All IPv6 addresses; the old form of ::/0.",
          family: 6,
          deprecated: { use: "::/0" },
        },
      ],
    },
  ],
};

const device: readonly Arg[] = [{ name: "interface", value: { is: "interface" } }];

const skipped: readonly Arg[] = [{ name: "skipped word", value: { is: "text" }, optional: true }];

const families: readonly Option[] = [
  {
    name: "inet",
    args: skipped,
    doc: "IPv4. keepalived skips the word after it, so repeat that word or leave inet out.",
    family: 4,
    skips: true,
  },
  {
    name: "inet6",
    args: skipped,
    doc: "IPv6. keepalived skips the word after it, so repeat that word or leave inet6 out.",
    family: 6,
    skips: true,
  },
];

const noTrack: Option = {
  name: "no_track",
  args: [],
  doc: "Does not watch it: when someone deletes it, keepalived does not react.",
};

function trackGroup(interfaces: readonly string[]): Option {
  return {
    name: "track_group",
    args: [{ name: "group", value: { is: "name" } }],
    doc: "The instances of this track_group go to FAULT when its interface is down. Needs an interface.",
    needs: { oneOf: interfaces },
  };
}

const destination: readonly Arg[] = [{ name: "destination", value: network }];

const routeTargets: readonly Option[] = [
  { name: "to", args: destination, doc: "The destination; the word to may be left out." },
  { name: "blackhole", args: destination, doc: "Drops what goes to the destination without a word." },
  { name: "unreachable", args: destination, doc: "Answers with host unreachable." },
  { name: "prohibit", args: destination, doc: "Answers with administratively prohibited." },
  { name: "throw", args: destination, doc: "Ends the search in this table." },
  { name: "unicast", args: destination, doc: "An ordinary route, the default." },
  { name: "local", args: destination, doc: "Delivers to this host." },
  { name: "broadcast", args: destination, doc: "Sends as link broadcast." },
  { name: "brd", args: destination, doc: "The same as broadcast." },
  { name: "anycast", args: destination, doc: "Delivers to this host, never used as source." },
  { name: "multicast", args: destination, doc: "A route for multicast forwarding." },
  { name: "nat", args: destination, doc: "Translates addresses; kernels of today refuse it." },
  { name: "xresolve", args: destination, doc: "Asks a program for the route; kernels of today refuse it." },
];

const label: readonly Arg[] = [{ name: "label", value: { is: "text" }, optional: true }];

const encapsulated: readonly Option[] = [
  { name: "id", args: [{ name: "id", value: unsigned64 }], doc: "Number of the tunnel." },
  {
    name: "flags",
    args: [{ name: "flags", value: { is: "int", min: 0, max: 65535 } }],
    doc: "Tunnel flags.",
  },
];

/** The far and the near end of a tunnel; whether IPv4 or IPv6 is independent of the route. */
function tunnelEnds(family: 4 | 6): readonly Option[] {
  const address: readonly Arg[] = [{ name: "address", value: { is: "address", prefix: "refused", family } }];
  return [
    { name: "dst", args: address, doc: "Far end of the tunnel." },
    { name: "src", args: address, doc: "Near end of the tunnel." },
  ];
}

const encapsulations: readonly Choice[] = [
  {
    word: "ip",
    doc: "In an IPv4 tunnel.",
    needs: { oneOf: ["dst", "id"] },
    options: [
      ...encapsulated,
      ...tunnelEnds(4),
      { name: "tos", args: tableName("tos", 255), doc: "Type of service of the outer packet." },
      { name: "ttl", args: [{ name: "ttl", value: octet }], doc: "Time to live of the outer packet." },
    ],
  },
  {
    word: "ip6",
    doc: "In an IPv6 tunnel.",
    needs: { oneOf: ["dst", "id"] },
    options: [
      ...encapsulated,
      ...tunnelEnds(6),
      { name: "tc", args: tableName("tc", 255), doc: "Traffic class of the outer packet." },
      { name: "hoplimit", args: [{ name: "hops", value: octet }], doc: "Hop limit of the outer packet." },
    ],
  },
  { word: "mpls", doc: "Behind MPLS labels, as 100/200.", args: text("labels") },
  { word: "ila", doc: "With an ILA locator of four groups.", args: text("locator") },
];

const hopOptions: readonly Option[] = [
  { name: "dev", args: device, doc: "The interface." },
  {
    name: "onlink",
    args: [],
    doc: "Takes the gateway as reachable on the interface though no route says so (IPv4).",
  },
  {
    name: "encap",
    args: [{ name: "type", value: { is: "word", of: encapsulations } }],
    doc: "Wraps packets: ip, ip6, mpls or ila with their own options.",
    withoutValue: "skipped",
  },
  {
    name: "realms",
    args: [{ name: "realms", value: { is: "named-number", max: 255, pair: true } }],
    doc: "Realms as SOURCE/DESTINATION or one of them (IPv4).",
    family: 4,
  },
];

const routePath: readonly Option[] = [
  { name: "via", args: gateway, doc: "The gateway, optionally after inet or inet6." },
  { name: "gw", args: gateway, doc: "The old name of via.", deprecated: { use: "via" } },
  {
    name: "or",
    args: [{ name: "gateway", value: plainAddress }],
    doc: "A second gateway in the old style.",
    deprecated: { use: "nexthop" },
  },
  {
    name: "nexthop",
    args: [],
    options: [
      { name: "via", args: gateway, doc: "The gateway, optionally after inet or inet6." },
      ...hopOptions,
      {
        name: "weight",
        args: [{ name: "weight", value: { is: "int", min: 1, max: 256 } }],
        doc: "Its share of the traffic, 1 to 256.",
      },
    ],
    last: true,
    doc: "One of several gateways: nexthop via ADDRESS dev INTERFACE weight 1 to 256, repeated, at the end of the line.",
  },
  ...hopOptions,
  { name: "oif", args: device, doc: "The same as dev." },
  { name: "src", args: [{ name: "address", value: plainAddress }], doc: "The source address to prefer." },
  {
    name: "from",
    args: [{ name: "source", value: network }],
    doc: "Matches by source as well (IPv6 only).",
    family: 6,
  },
  {
    name: "as",
    args: [
      {
        name: "address",
        value: {
          is: "either",
          of: [{ is: "word", of: [{ word: "to", doc: "May be left out.", args: label }] }, { is: "text" }],
        },
      },
    ],
    doc: "For MPLS; keepalived ignores it with a message.",
    skips: true,
    deprecated: { use: "" },
  },
  { name: "vrf", args: device, doc: "Adds the route to the table of this VRF.", since: "2.2.5" },
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
  {
    name: "expires",
    args: [{ name: "seconds", value: unsigned32 }],
    doc: "Seconds until the kernel deletes it (IPv6).",
    family: 6,
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
    family: 6,
  },
  { name: "add", args: [], doc: "Adds only when no route matches, as `ip route add` does.", since: "2.2.5" },
  { name: "prepend", args: [], doc: "Puts it before matching routes, the default.", since: "2.2.5" },
  { name: "append", args: [], doc: "Puts it after matching routes.", since: "2.2.5" },
];

const routeMetrics: readonly Option[] = [
  { name: "mtu", args: lockable("mtu", unsigned32), doc: "Largest packet along the route." },
  { name: "advmss", args: lockable("mss", unsigned32), doc: "Segment size that TCP announces." },
  {
    name: "hoplimit",
    args: [{ name: "hops", value: octet }],
    doc: "Hop limit or TTL of packets sent along it.",
  },
  { name: "rtt", args: time(8), doc: "First estimate of the round trip time." },
  { name: "rttvar", args: time(4), doc: "First estimate of its variance." },
  { name: "rto_min", args: time(1), doc: "Shortest retransmission timeout." },
  { name: "reordering", args: lockable("number", unsigned32), doc: "Reordering that TCP tolerates." },
  { name: "window", args: [{ name: "bytes", value: unsigned32 }], doc: "Largest TCP window to announce." },
  { name: "cwnd", args: lockable("number", unsigned32), doc: "Limit of the congestion window." },
  { name: "ssthresh", args: lockable("number", unsigned32), doc: "First slow start threshold." },
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
    args: [{ name: "0 or 1", value: switched }],
    doc: "Acknowledges at once.",
  },
  { name: "congctl", args: lockable("algorithm", { is: "text" }), doc: "Congestion control algorithm." },
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
    args: [{ name: "0 or 1", value: switched }],
    doc: "TCP fast open without cookie.",
  },
];

const virtualRouteOptions: readonly Option[] = [
  ...families,
  ...routeTargets,
  ...routePath,
  ...routeAttributes,
  ...routeMetrics,
  noTrack,
];

/** Numbers of ports or users. */
const range: readonly Arg[] = [{ name: "range", value: { is: "range" } }];

const ruleSelectors: readonly Option[] = [
  { name: "not", args: [], doc: "Turns the match around." },
  { name: "from", args: [{ name: "source", value: network }], doc: "Matches the source network." },
  {
    name: "to",
    args: [{ name: "destination", value: network }],
    doc: "Matches the destination network.",
  },
  { name: "iif", args: device, doc: "Matches the interface a packet came in on." },
  { name: "dev", args: device, doc: "The same as iif." },
  { name: "oif", args: device, doc: "Matches the interface a local socket is bound to." },
  {
    name: "fwmark",
    args: [{ name: "mark", value: { is: "mark" } }],
    doc: "Matches the firewall mark, as MARK or MARK/MASK.",
  },
  { name: "tos", args: tableName("tos", 255), doc: "Matches the type of service." },
  { name: "dsfield", args: tableName("tos", 255), doc: "The same as tos." },
  { name: "uidrange", args: range, doc: "Matches the user of a local socket, as FIRST-LAST." },
  {
    name: "ipproto",
    args: [{ name: "protocol", value: { is: "named-number", max: 127, decimal: true } }],
    doc: "Matches the protocol, by name or number.",
  },
  {
    name: "sport",
    args: range,
    doc: "Matches source ports, as FIRST-LAST; keepalived refuses a single port.",
  },
  {
    name: "dport",
    args: range,
    doc: "Matches destination ports, as FIRST-LAST; keepalived refuses a single port.",
  },
  { name: "tunnel-id", args: [{ name: "id", value: unsigned64 }], doc: "Matches the tunnel id." },
];

const preference: readonly Arg[] = [{ name: "number", value: { ...unsigned32, anyBase: true } }];
const jump: readonly Arg[] = [{ name: "preference", value: unsigned32 }];
const places = ["preference", "order", "priority"];
const lookups = ["table", "lookup", "l3mdev"];
const suppressedLength: readonly Arg[] = [{ name: "length", value: { is: "int", min: 0, max: 2147483647 } }];

const ruleActions: readonly Option[] = [
  { name: "table", args: tableName("table", 4294967295, 1), doc: "Looks the route up in this table." },
  { name: "lookup", args: tableName("table", 4294967295, 1), doc: "The same as table." },
  { name: "l3mdev", args: [], doc: "Looks the route up in the table of the VRF." },
  {
    name: "goto",
    args: jump,
    doc: "Jumps to the rule with this, higher, preference.",
    needs: { oneOf: places, below: true },
  },
  { name: "nop", args: [], doc: "Does nothing; a target for goto." },
  { name: "blackhole", args: [], doc: "Drops the packet without a word." },
  { name: "unreachable", args: [], doc: "Answers with network unreachable." },
  { name: "prohibit", args: [], doc: "Answers with administratively prohibited." },
  {
    name: "type",
    args: [
      {
        name: "action",
        value: {
          is: "either",
          of: [
            {
              is: "word",
              of: [
                { word: "blackhole", doc: "Drops the packet without a word." },
                { word: "unreachable", doc: "Answers with network unreachable." },
                { word: "prohibit", doc: "Answers with administratively prohibited." },
                { word: "nop", doc: "Does nothing; a target for goto." },
                { word: "goto", doc: "Jumps to the rule with this, higher, preference.", args: jump },
              ],
            },
            ruleKind,
          ],
        },
      },
    ],
    doc: "May stand before the action.",
  },
];

const ruleAttributes: readonly Option[] = [
  {
    name: "preference",
    args: preference,
    doc: "Place in the order of rules. Write it: keepalived picks one otherwise, and another after a failover.",
  },
  { name: "order", args: preference, doc: "The same as preference." },
  { name: "priority", args: preference, doc: "The same as preference." },
  {
    name: "realms",
    args: [{ name: "realms", value: { is: "named-number", max: 255, pair: true } }],
    doc: "Realms to set (IPv4, with table).",
    family: 4,
    needs: { oneOf: lookups },
  },
  {
    name: "protocol",
    args: [{ name: "protocol", value: octet }],
    doc: "Who made the rule; a watched rule is always marked keepalived.",
  },
  {
    name: "suppress_prefixlength",
    args: suppressedLength,
    doc: "Rejects routes with a prefix of this length or shorter.",
    needs: { oneOf: lookups },
  },
  {
    name: "sup_pl",
    args: suppressedLength,
    doc: "The same as suppress_prefixlength.",
    needs: { oneOf: lookups },
  },
  {
    name: "suppress_ifgroup",
    args: tableName("group", 2147483647),
    doc: "Rejects routes through this interface group.",
    needs: { oneOf: lookups },
  },
  {
    name: "sup_group",
    args: tableName("group", 2147483647),
    doc: "The same as suppress_ifgroup.",
    needs: { oneOf: lookups },
  },
];

const virtualRuleOptions: readonly Option[] = [
  ...families,
  ...ruleSelectors,
  ...ruleActions,
  ...ruleAttributes,
  noTrack,
];

/** Lines of virtual_routes. */
export const virtualRouteLines: DataLines = {
  what: "route",
  args: [{ name: "kind", value: kindNumber, optional: true }, ...destination],
  options: virtualRouteOptions,
  anyOrder: true,
  needs: { what: "a destination", oneOf: ["destination"] },
  oneFamily: true,
  rule: "vrrp-route-invalid",
};

/** Lines of static_routes. */
export const staticRouteLines: DataLines = {
  ...virtualRouteLines,
  options: [...virtualRouteOptions, trackGroup(["dev", "oif"])],
};

/** Lines of virtual_rules. */
export const virtualRuleLines: DataLines = {
  what: "rule",
  args: [{ name: "kind", value: ruleKind, optional: true }],
  options: virtualRuleOptions,
  anyOrder: true,
  needs: {
    what: "an action, such as table",
    oneOf: [...ruleActions.map(({ name }) => name), "kind"],
    once: true,
  },
  oneFamily: true,
  rule: "vrrp-route-invalid",
};

/** Lines of static_rules. */
export const staticRuleLines: DataLines = {
  ...virtualRuleLines,
  options: [...virtualRuleOptions, trackGroup(["dev", "iif"])],
};
