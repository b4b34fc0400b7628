/** Sound pairs made at random, and single defects put into one of them, each with the rule that has to name it. */
import fc from "fast-check";

/** Lines of an instance by keyword; a list is a block. */
export interface HostText {
  readonly name: string;
  readonly lines: Readonly<Record<string, string | readonly string[]>>;
}

export interface Pair {
  readonly hosts: readonly [HostText, HostText];
  readonly version: 2 | 3;
  readonly unicast: boolean;
  readonly password: boolean;
}

export interface Mutation {
  readonly what: string;
  readonly rule: string;
  /** Other rules that rightly speak about the same defect. */
  readonly also?: readonly string[];
  readonly applies?: (pair: Pair) => boolean;
  /** Changes the lines of one host, seeing those of the other. */
  readonly change: (own: HostText["lines"], other: HostText["lines"]) => HostText["lines"];
}

/** The file of a host. */
export function textOf({ name, lines }: HostText): string {
  const text = Object.entries(lines).flatMap(([keyword, value]) =>
    typeof value === "string"
      ? [`    ${keyword} ${value}`.trimEnd()]
      : [`    ${keyword} {`, ...value.map((line) => `        ${line}`), "    }"],
  );
  return [`vrrp_instance ${name} {`, ...text, "}", ""].join("\n");
}

const octet = fc.integer({ min: 100, max: 200 });

/** Pairs that differ in what may differ: names, interfaces, order, priority. */
export const soundPair: fc.Arbitrary<Pair> = fc
  .record({
    version: fc.constantFrom<2 | 3>(2, 3),
    unicast: fc.boolean(),
    password: fc.option(fc.stringMatching(/^[a-z][a-z0-9]{5,7}$/), { nil: undefined }),
    vrid: fc.integer({ min: 1, max: 255 }),
    addresses: fc.uniqueArray(octet, { minLength: 2, maxLength: 5 }),
    interval: fc.constantFrom(undefined, "1", "2", "5"),
    high: fc.integer({ min: 120, max: 254 }),
    low: fc.integer({ min: 1, max: 119 }),
    names: fc.constantFrom<readonly [string, string]>(["VI_1", "VI_1"], ["WEB", "web-standby"]),
    interfaces: fc.constantFrom<readonly [string, string]>(["eth0", "eth0"], ["eth0", "ens3"]),
    swap: fc.boolean(),
  })
  .map((made) => {
    const password = made.version === 2 ? made.password : undefined;
    const host = (index: 0 | 1): HostText => {
      const own = index === 0 ? 1 : 2;
      const addresses = made.addresses.map((last) => `10.0.0.${last}/24`);
      return {
        name: made.names[index],
        lines: {
          interface: made.interfaces[index],
          virtual_router_id: String(made.vrid),
          priority: String(index === (made.swap ? 1 : 0) ? made.high : made.low),
          ...(made.version === 3 ? { version: "3" } : {}),
          ...(made.interval ? { advert_int: made.interval } : {}),
          ...(made.unicast ? { unicast_src_ip: `10.0.0.${own}`, unicast_peer: [`10.0.0.${3 - own}`] } : {}),
          ...(password ? { authentication: ["auth_type PASS", `auth_pass ${password}`] } : {}),
          virtual_ipaddress: index === 0 ? addresses : addresses.toReversed(),
        },
      };
    };
    return {
      hosts: [host(0), host(1)],
      version: made.version,
      unicast: made.unicast,
      password: password !== undefined,
    };
  });

type Lines = HostText["lines"];

const without = (lines: Lines, keyword: string): Lines =>
  Object.fromEntries(Object.entries(lines).filter(([name]) => name !== keyword));
const block = (lines: Lines, keyword: string): readonly string[] => {
  const value = lines[keyword];
  return Array.isArray(value) ? value : [];
};
const word = (lines: Lines, keyword: string): string => String(lines[keyword]);
const isUnicast = ({ unicast }: Pair) => unicast;
const isMulticast = ({ unicast }: Pair) => !unicast;
const hasPassword = ({ password }: Pair) => password;
const ofVersion = (wanted: 2 | 3) => (pair: Pair) => pair.version === wanted;
const otherVrid = (vrid: unknown) => String((Number(vrid) % 255) + 1);

/** One defect each. */
export const mutations: readonly Mutation[] = [
  {
    what: "another VRID",
    rule: "xh-vrid-mismatch",
    change: (own) => ({ ...own, virtual_router_id: otherVrid(word(own, "virtual_router_id")) }),
  },
  {
    what: "another password",
    rule: "xh-auth-mismatch",
    applies: hasPassword,
    change: (own) => ({ ...own, authentication: ["auth_type PASS", "auth_pass Other-1"] }),
  },
  {
    what: "no authentication",
    rule: "xh-auth-one-sided",
    applies: hasPassword,
    change: (own) => without(own, "authentication"),
  },
  {
    what: "no auth_type",
    rule: "xh-auth-one-sided",
    also: ["vrrp-auth-type-missing"],
    applies: hasPassword,
    change: (own) => ({ ...own, authentication: block(own, "authentication").slice(1) }),
  },
  {
    what: "an address less",
    rule: "xh-vip-set-mismatch",
    change: (own) => ({ ...own, virtual_ipaddress: block(own, "virtual_ipaddress").slice(1) }),
  },
  {
    what: "a mistyped address",
    rule: "xh-vip-set-mismatch",
    change: (own) => ({
      ...own,
      virtual_ipaddress: ["10.0.0.50/24", ...block(own, "virtual_ipaddress").slice(1)],
    }),
  },
  {
    what: "an address among the excluded ones",
    rule: "xh-vip-excluded-placement",
    change: (own) => ({
      ...own,
      virtual_ipaddress: block(own, "virtual_ipaddress").slice(1),
      virtual_ipaddress_excluded: block(own, "virtual_ipaddress").slice(0, 1),
    }),
  },
  {
    what: "one more excluded address",
    rule: "xh-excluded-vip-mismatch",
    change: (own) => ({ ...own, virtual_ipaddress_excluded: ["10.0.7.7/24"] }),
  },
  {
    what: "another prefix",
    rule: "xh-vip-prefix-mismatch",
    change: (own) => ({
      ...own,
      virtual_ipaddress: block(own, "virtual_ipaddress").map((line) => line.replace("/24", "/23")),
    }),
  },
  {
    what: "another interval in version 2",
    rule: "xh-advert-int-mismatch-v2",
    applies: ofVersion(2),
    change: (own) => ({ ...own, advert_int: "3" }),
  },
  {
    what: "another interval in version 3",
    rule: "xh-advert-int-mismatch-v3",
    applies: ofVersion(3),
    change: (own) => ({ ...own, advert_int: "0.5" }),
  },
  {
    what: "version 3 instead of 2",
    rule: "xh-version-mismatch",
    also: ["vrrp-auth-ignored-v3"],
    applies: ofVersion(2),
    change: (own) => ({ ...own, version: "3" }),
  },
  {
    what: "version 2 instead of 3",
    rule: "xh-version-mismatch",
    applies: ofVersion(3),
    change: (own) => without(own, "version"),
  },
  {
    what: "a mistyped peer",
    rule: "xh-unicast-peer-missing",
    applies: isUnicast,
    change: (own) => ({ ...own, unicast_peer: ["10.0.0.9"] }),
  },
  {
    what: "a mistyped peer with checked sources",
    rule: "xh-unicast-src-not-listed-by-peer",
    applies: isUnicast,
    change: (own) => ({ ...own, check_unicast_src: "", unicast_peer: ["10.0.0.9"] }),
  },
  {
    what: "no peers",
    rule: "xh-unicast-vs-multicast",
    also: ["vrrp-unicast-without-peers"],
    applies: isUnicast,
    change: (own) => without(own, "unicast_peer"),
  },
  {
    what: "neither peers nor source",
    rule: "xh-unicast-vs-multicast",
    applies: isUnicast,
    change: (own) => without(without(own, "unicast_peer"), "unicast_src_ip"),
  },
  {
    what: "the other's source address",
    rule: "xh-unicast-src-swapped",
    also: ["vrrp-unicast-peer-self"],
    applies: isUnicast,
    change: (own, other) => ({ ...own, unicast_src_ip: word(other, "unicast_src_ip") }),
  },
  {
    what: "another multicast group",
    rule: "xh-multicast-group-mismatch",
    applies: isMulticast,
    change: (own) => ({ ...own, mcast_dst_ip: "224.0.0.77" }),
  },
  {
    what: "the other's priority",
    rule: "xh-priority-tie",
    change: (own, other) => ({ ...own, priority: word(other, "priority") }),
  },
  {
    what: "traffic to the addresses dropped",
    rule: "xh-accept-or-strict-mismatch",
    change: (own) => ({ ...own, no_accept: "" }),
  },
  {
    what: "fewer missed adverts",
    rule: "xh-down-timer-adverts-mismatch",
    change: (own) => ({ ...own, down_timer_adverts: "2" }),
  },
  {
    what: "the other host's own address as a virtual one",
    rule: "xh-vip-is-peer-host-address",
    also: ["vrrp-unicast-peer-invalid"],
    applies: isUnicast,
    change: (own, other) => ({
      ...own,
      virtual_ipaddress: [...block(own, "virtual_ipaddress"), `${word(other, "unicast_src_ip")}/24`],
    }),
  },
];
