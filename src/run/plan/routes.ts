/**
 * Lines of virtual_routes and static_routes as `ip route` lines (keepalived, vrrp_iproute.c, alloc_route and
 * netlink_route). keepalived took its words from iproute2, so that most of them stay as they are.
 */
import { parseAddress } from "../../schema/address.ts";
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

const kinds = new Set([
  ...["unicast", "local", "broadcast", "brd", "anycast", "multicast", "blackhole", "unreachable"],
  ...["prohibit", "throw", "nat", "xresolve"],
]);
/** One word follows, and `ip` knows both. */
const withWord = new Set([
  ...["realms", "expires", "hoplimit", "window", "initcwnd", "initrwnd", "features", "quickack", "pref"],
  ...["ttl-propagate", "fastopen_no_cookie"],
]);
const lockable = new Set([
  ...["mtu", "advmss", "rtt", "rttvar", "rto_min", "reordering", "cwnd", "ssthresh", "congctl"],
]);
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
    remove: ipLine("route", "delete", ...which),
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
  const gateways = route.other === undefined ? [] : nexthops([route.via, route.other]);
  return [
    ...(type === undefined ? [] : [type === "brd" ? "broadcast" : type]),
    netText(destination ?? "default", family),
    ...pair("from", from === undefined ? undefined : netText(from, family)),
    ...pair("tos", tos),
    ...(route.other === undefined ? pair("via", route.via) : []),
    ...pair("dev", device),
    ...pair("table", table),
    ...pair("proto", protocol),
    ...pair("metric", metric),
    ...gateways,
  ];
}

/** keepalived's scope is global even where `ip` would take that of a link. */
function extras(route: Route): readonly string[] {
  return ["scope", route.scope ?? "global", ...route.rest, ...route.hops];
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
  else if (lockable.has(word)) route.rest.push(word, ...words.take(words.peek() === "lock" ? 2 : 1));
  else if (word === "encap") route.rest.push(word, ...readEncapsulation(words));
  else readPlace(route, word, words);
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
  const isKind = kinds.has(word) || (parseAddress(word) === undefined && /^\d+$/.test(word));
  if (isKind) route.type = word;
  const destination = isKind ? words.next() : word;
  route.destination = addressed(route, destination === "to" ? words.next() : destination);
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
