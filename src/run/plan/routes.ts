/**
 * Lines of virtual_routes and static_routes as `ip route` lines (keepalived, vrrp_iproute.c, alloc_route and
 * netlink_route). keepalived took its words from iproute2, so that most of them stay as they are.
 */
import { parseAddress } from "../../schema/address.ts";
import { readAnyBase } from "../../schema/line_values.ts";
import type { Statement } from "../../schema/statement.ts";
import { ipLine } from "./ip-words.ts";
import { textsOf } from "./lines.ts";
import type { Resource } from "./types.ts";
import { type Family, familyIn, netText, Words } from "./words.ts";

/** What a route line says, in the order in which `ip` gets it. */
interface Route {
  how: "prepend" | "add" | "append";
  family: Family | undefined;
  type: string | undefined;
  destination: string | undefined;
  from: string | undefined;
  device: string | undefined;
  table: string | undefined;
  protocol: string | undefined;
  metric: string | undefined;
  tos: string | undefined;
  via: string | undefined;
  /** The second gateway of the old `or`. */
  other: string | undefined;
  tracked: boolean;
  scope: string | undefined;
  /** Options and metrics as written. */
  readonly rest: string[];
  readonly hops: string[];
}

/** What marks a route or rule as keepalived's (RTPROT_KEEPALIVED). */
export const ownProtocol = "18";

/** In the order of their numbers, which keepalived takes as well. */
const kinds = [
  ...["unspec", "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable"],
  ...["prohibit", "throw", "nat", "xresolve"],
];
/** One word follows, and `ip` knows both. */
const withWord = new Set([
  ...["realms", "expires", "hoplimit", "window", "initcwnd", "initrwnd", "features", "quickack", "pref"],
  ...["ttl-propagate", "fastopen_no_cookie"],
]);
const lockable = new Set(["mtu", "advmss", "reordering", "cwnd", "ssthresh", "congctl"]);
/** Times, and how many parts of a millisecond a bare number counts. */
const times: Readonly<Record<string, number>> = { rtt: 8, rttvar: 4, rto_min: 1 };
/** In ms (keepalived, vrrp_ip_rule_route_parser.c, get_time_rtt). */
const shortestTime = 200;
const longestTime = 120_000;
const metrics = new Set(["metric", "priority", "preference"]);

/** A route with all its options; undefined when the line gives none. */
export function routeResource(statement: Statement, instances: readonly string[] = []): Resource | undefined {
  const route = readRoute(new Words(textsOf(statement)));
  if (!route) return undefined;
  const family = route.family ?? 4;
  const which = selectors(route, family);
  const at = statement.words[0]?.at ?? statement.line.at;
  return {
    kind: "route",
    family,
    key: ["route", ...which].join(" "),
    add: ipLine("route", route.how, ...which, ...extras(route)),
    remove: ipLine("route", "delete", ...which, ...anyScope(route)),
    announcement: undefined,
    device: route.device,
    // keepalived cannot follow a route without an interface.
    tracked: route.tracked && route.device !== undefined,
    instances: route.device === undefined ? [] : instances,
    at,
  };
}

/** What tells the route from others. */
function selectors(route: Route, family: Family): readonly string[] {
  const { type, destination, from, tos, table, metric, device } = route;
  const protocol = route.tracked ? ownProtocol : (route.protocol ?? ownProtocol);
  return [
    ...(type === undefined ? [] : [type]),
    netText(destination ?? "default", family),
    ...pair("from", from === undefined ? undefined : netText(from, family)),
    ...pair("tos", tos),
    ...(route.other === undefined ? pair("via", route.via) : []),
    ...pair("dev", device),
    ...pair("table", table ?? usualTable(type)),
    ...pair("proto", protocol),
    ...pair("metric", metric),
  ];
}

/** keepalived's scope is global even where `ip` would take that of a link. */
function extras(route: Route): readonly string[] {
  const gateways = route.other === undefined ? [] : nexthops([route.via, route.other]);
  return ["scope", route.scope ?? "global", ...route.rest, ...gateways, ...route.hops];
}

/** `ip` looks for another scope than keepalived's where a route is of one of these kinds. */
function anyScope({ type, scope }: Route): readonly string[] {
  const isSpecial = type !== undefined && /^(local|broadcast|anycast|multicast|nat)$/.test(type);
  return isSpecial ? ["scope", scope ?? "nowhere"] : [];
}

/** `ip` has another table than keepalived for some kinds. */
function usualTable(type: string | undefined): string | undefined {
  return type !== undefined && /^(local|broadcast|anycast|nat)$/.test(type) ? "main" : undefined;
}

function nexthops(gateways: readonly (string | undefined)[]): readonly string[] {
  return gateways.flatMap((gateway) => (gateway === undefined ? [] : ["nexthop", "via", gateway]));
}

function pair(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}

function readRoute(words: Words): Route | undefined {
  const route: Route = {
    ...{ how: "prepend", family: undefined, type: undefined, destination: undefined, from: undefined },
    ...{ device: undefined, table: undefined, protocol: undefined, metric: undefined, tos: undefined },
    ...{ via: undefined, other: undefined, tracked: true, scope: undefined },
    rest: [],
    hops: [],
  };
  while (!words.done) {
    if (words.peek() === "nexthop") route.hops.push(...readHops(words, route));
    else readOption(route, words.next(), words);
  }
  return route.destination === undefined ? undefined : route;
}

function readOption(route: Route, word: string, words: Words): void {
  if (metrics.has(word)) route.metric = words.next();
  else if (withWord.has(word)) route.rest.push(word, familyOption(route, word, words.next()));
  else if (lockable.has(word)) route.rest.push(word, ...locked(words), words.next());
  else if (Object.hasOwn(times, word)) {
    route.rest.push(word, ...locked(words), timeText(words.next(), times[word] ?? 1));
  } else if (word === "encap") route.rest.push(word, ...readEncapsulation(words));
  else readPlace(route, word, words);
}

function locked(words: Words): readonly string[] {
  return words.peek() === "lock" ? [words.next()] : [];
}

/** keepalived counts times that are too short or too long as the shortest or longest one. */
function timeText(text: string, parts: number): string {
  const [, number, unit = ""] = /^\s*\+?(\d*\.?\d*)(m?s)?/i.exec(text) ?? [];
  const inMillis = { "": 1 / parts, s: 1000, ms: 1 }[unit.toLowerCase()] ?? 1;
  const time = Number(number) * inMillis;
  if (time <= shortestTime) return `${shortestTime}ms`;
  return time > longestTime ? `${longestTime}ms` : text;
}

/** expires and pref are of IPv6, realms of IPv4. */
function familyOption(route: Route, word: string, value: string): string {
  if (word === "realms") route.family ??= 4;
  if (word === "expires" || word === "pref") route.family ??= 6;
  return value;
}

function readPlace(route: Route, word: string, words: Words): void {
  switch (word) {
    case "inet":
    case "inet6":
      // keepalived skips the word behind it.
      route.family ??= word === "inet" ? 4 : 6;
      words.next();
      return;
    case "via":
    case "gw":
      route.via = readGateway(route, words);
      return;
    case "or":
      route.other = words.next();
      return;
    case "dev":
    case "oif":
      route.device = words.next();
      return;
    case "src":
      route.rest.push("src", addressed(route, words.next()));
      return;
    case "from":
      route.from = addressed(route, words.next());
      return;
    case "table":
    case "vrf":
      if (word === "vrf") route.rest.push("vrf", words.next());
      else route.table = words.next();
      return;
    case "scope":
    case "protocol":
      route[word] = words.next();
      return;
    default:
      readRest(route, word, words);
  }
}

function readRest(route: Route, word: string, words: Words): void {
  switch (word) {
    case "tos":
    case "dsfield":
      route.tos = words.next();
      return;
    case "onlink":
      route.rest.push(word);
      return;
    case "add":
    case "append":
    case "prepend":
      route.how = word;
      return;
    case "no_track":
      route.tracked = false;
      return;
    case "track_group":
      words.next();
      return;
    case "as":
      // For MPLS; keepalived ignores it.
      if (words.next() === "to") words.next();
      return;
    default:
      readDestination(route, word === "to" ? words.next() : word, words);
  }
}

function readDestination(route: Route, word: string, words: Words): void {
  const kind = kindOf(word);
  if (kind !== undefined) route.type = kind;
  const destination = kind === undefined ? word : words.next();
  route.destination = addressed(route, destination === "to" ? words.next() : destination);
}

function kindOf(word: string): string | undefined {
  if (word === "brd") return "broadcast";
  if (kinds.includes(word)) return word;
  return parseAddress(word) === undefined ? kinds[readAnyBase(word) ?? -1] : undefined;
}

/** The first address settles the family. */
function addressed(route: Route, word: string): string {
  route.family ??= familyIn(word);
  return word;
}

function readGateway(route: Route, words: Words): string {
  const word = words.next();
  if (word === "inet" || word === "inet6") {
    route.family ??= word === "inet" ? 4 : 6;
    return words.next();
  }
  return addressed(route, word);
}

/** `encap`'s type and what belongs to it; iproute2 has no word for tunnel flags. */
function readEncapsulation(words: Words): readonly string[] {
  const type = words.next();
  if (type === "mpls" || type === "ila") return [type, words.next()];
  const own = new Set(["id", "dst", "src", "tos", "ttl", "tc", "hoplimit", "flags"]);
  const taken = [type];
  while (own.has(words.peek() ?? "")) {
    const [name = "", value = ""] = words.take(2);
    if (name !== "flags") taken.push(name, value);
  }
  return taken;
}

/** Everything from the first nexthop on. */
function readHops(words: Words, route: Route): readonly string[] {
  const hops: string[] = [];
  while (!words.done) {
    const word = words.next();
    if (word === "via") hops.push("via", readGateway(route, words));
    else if (word === "encap") hops.push("encap", ...readEncapsulation(words));
    else if (word === "nexthop" || word === "onlink") hops.push(word);
    else if (word !== "") hops.push(word, words.next());
  }
  return hops;
}
