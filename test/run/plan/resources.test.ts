/** Addresses, routes and rules as lines of `ip`; resources.lab.test.ts compares what they do with keepalived. */
import { describe, expect, test } from "vitest";
import type { Resource } from "../../../src/run/plan/types.ts";
import { block, instanceFor, oneAddress, planFor, withInstance } from "../support.ts";

function resourcesOf(keyword: string, line: string): readonly Resource[] {
  const given = keyword === "virtual_ipaddress" ? [] : [oneAddress];
  const { resources } = instanceFor(withInstance(...given, block(keyword, line)));
  return resources.slice(given.length);
}

/** The line that adds what a line of a block asks for. */
function added(keyword: string, line: string): string | undefined {
  return resourcesOf(keyword, line)[0]?.add;
}

const addresses: Readonly<Record<string, string>> = {
  "10.0.0.5": "address replace 10.0.0.5/32 scope global dev eth0",
  "10.0.0.5/24 dev eth1": "address replace 10.0.0.5/24 scope global dev eth1",
  "10.0.0.5/24 brd +": "address replace 10.0.0.5/24 broadcast 10.0.0.255 scope global dev eth0",
  "10.0.0.5/24 broadcast -": "address replace 10.0.0.5/24 broadcast 10.0.0.0 scope global dev eth0",
  "10.0.0.5/31 brd +": "address replace 10.0.0.5/31 scope global dev eth0",
  "10.0.0.5/24 brd 10.0.0.77": "address replace 10.0.0.5/24 broadcast 10.0.0.77 scope global dev eth0",
  "10.0.0.5/24 scope link label eth0:x": "address replace 10.0.0.5/24 scope link label eth0:x dev eth0",
  "10.0.0.5/32 peer 10.0.0.6": "address replace 10.0.0.5 peer 10.0.0.6/32 scope global dev eth0",
  "10.0.0.5/24 noprefixroute home": "address replace 10.0.0.5/24 scope global noprefixroute dev eth0",
  "2001:db8::5": "address replace 2001:db8::5/128 nodad valid_lft forever preferred_lft 0 dev eth0",
  "2001:db8::5/64": "address replace 2001:db8::5/64 nodad dev eth0",
  "2001:db8::5/64 -nodad home mngtmpaddr": "address replace 2001:db8::5/64 home mngtmpaddr dev eth0",
  "2001:db8::5/64 preferred_lft 60":
    "address replace 2001:db8::5/64 nodad valid_lft forever preferred_lft 60 dev eth0",
  "2001:db8::5/128 preferred_lft forever scope link": "address replace 2001:db8::5/128 nodad dev eth0",
};

const routes: Readonly<Record<string, string>> = {
  "192.0.2.0/24 via 10.0.0.254": "route prepend 192.0.2.0/24 via 10.0.0.254 proto 18 scope global",
  "default via 10.0.0.254 dev eth0 metric 5":
    "route prepend default via 10.0.0.254 dev eth0 proto 18 metric 5 scope global",
  "default via fe80::9 dev eth0": "route prepend ::/0 via fe80::9 dev eth0 proto 18 scope global",
  "to 192.0.2.0/24 gw 10.0.0.254 table 100":
    "route prepend 192.0.2.0/24 via 10.0.0.254 table 100 proto 18 scope global",
  "blackhole 192.0.2.0/24 add": "route add blackhole 192.0.2.0/24 proto 18 scope global",
  "192.0.2.0/24 dev eth0 scope link src 10.0.0.100 no_track protocol static append":
    "route append 192.0.2.0/24 dev eth0 proto static scope link src 10.0.0.100",
  "192.0.2.0/24 dev eth0 protocol static": "route prepend 192.0.2.0/24 dev eth0 proto 18 scope global",
  "192.0.2.0/24 via 10.0.0.254 or 10.0.0.253":
    "route prepend 192.0.2.0/24 proto 18 scope global nexthop via 10.0.0.254 nexthop via 10.0.0.253",
  "8 192.0.2.0/24 rtt 80 rttvar lock 1.5s rto_min 130s":
    "route prepend prohibit 192.0.2.0/24 proto 18 scope global rtt 200ms rttvar lock 1.5s rto_min 120000ms",
  "192.0.2.0/24 mtu lock 1400 advmss 1300 nexthop via 10.0.0.254 weight 2 nexthop dev eth1 onlink":
    "route prepend 192.0.2.0/24 proto 18 scope global mtu lock 1400 advmss 1300 nexthop via 10.0.0.254 weight 2 nexthop dev eth1 onlink",
  "2001:db8:9::/48 via inet6 fe80::9 dev eth0 pref high":
    "route prepend 2001:db8:9::/48 via fe80::9 dev eth0 proto 18 scope global pref high",
};

const rules: Readonly<Record<string, string>> = {
  "from 10.0.0.0/24 table 100 preference 7": "rule add from 10.0.0.0/24 lookup 100 protocol 18 preference 7",
  "iif eth0 lookup main": "rule add from all iif eth0 lookup main protocol 18 preference 16384",
  "from 2001:db8::/32 blackhole priority 9 no_track": "-6 rule add from 2001:db8::/32 blackhole preference 9",
  "not to 10.9.0.0/16 fwmark 0x1/0xff goto 300 order 200":
    "rule add not from all to 10.9.0.0/16 fwmark 0x1/0xff goto 300 protocol 18 preference 200",
  "inet6 inet6 dsfield 8 sup_pl 0 table 9 tunnel-id 4 preference 1":
    "-6 rule add from all tos 8 tun_id 4 suppress_prefixlength 0 lookup 9 protocol 18 preference 1",
};

describe("lines become lines of ip", () => {
  test.each(Object.entries(addresses))("address %s", (line, wanted) => {
    expect(added("virtual_ipaddress", line)).toBe(wanted);
  });
  test.each(Object.entries(routes))("route %s", (line, wanted) => {
    expect(added("virtual_routes", line)).toBe(wanted);
  });
  test.each(Object.entries(rules))("rule %s", (line, wanted) => {
    expect(added("virtual_rules", line)).toBe(wanted);
  });
});

describe("resources", () => {
  test("come as addresses, excluded ones, routes, rules", () => {
    const { resources } = instanceFor(
      withInstance(
        block("virtual_rules", "from 10.0.0.0/24 table 100"),
        block("virtual_routes", "192.0.2.0/24 dev eth0"),
        block("virtual_ipaddress_excluded", "2001:db8::7/64"),
        oneAddress,
      ),
    );
    expect(resources.map(({ kind, key }) => `${kind}: ${key}`)).toEqual([
      "address: address 10.0.0.100/24 dev eth0",
      "address: address 2001:db8::7/64 dev eth0",
      "route: route 192.0.2.0/24 dev eth0 proto 18",
      "rule: rule 4 from 10.0.0.0/24 lookup 100 protocol 18 preference 16384",
    ]);
  });

  test("are announced when they are addresses", () => {
    const { resources } = instanceFor(
      withInstance(oneAddress, block("virtual_routes", "1.2.3.0/24 dev eth0")),
    );
    expect(resources.map(({ announcement }) => announcement)).toEqual([
      { interface: "eth0", family: 4, address: "10.0.0.100" },
      undefined,
    ]);
  });

  test("are followed unless no_track is written or a route has no interface", () => {
    const tracked = (keyword: string, line: string) => resourcesOf(keyword, line)[0]?.tracked;
    expect(tracked("virtual_ipaddress", "10.0.0.5/24")).toBe(true);
    expect(tracked("virtual_ipaddress", "10.0.0.5/24 no_track")).toBe(false);
    expect(tracked("virtual_routes", "1.2.3.0/24 via 10.0.0.2")).toBe(false);
    expect(tracked("virtual_routes", "1.2.3.0/24 dev eth0")).toBe(true);
    expect(tracked("virtual_rules", "table 5 no_track")).toBe(false);
  });

  test("that stand at the top are static, with the preferences of the file's order", () => {
    const text = [
      block("static_rules", "from 10.2.0.0/16 table 2"),
      withInstance(oneAddress, block("virtual_rules", "from 10.3.0.0/16 table 3")),
      block("track_group g", block("group", "V")),
      block("static_ipaddress", "10.0.0.7/24 dev eth1 track_group g", "10.0.0.8/24"),
      block("static_routes", "10.4.0.0/16 dev eth1"),
      block("static_rules", "from 2001:db8::/32 table 4", "from 10.5.0.0/16 table 5"),
    ].join("\n");
    const plan = planFor(text);
    expect(plan.statics.map(({ add }) => add)).toEqual([
      "address replace 10.0.0.7/24 scope global dev eth1",
      "address replace 10.0.0.8/24 scope global dev eth0",
      "route prepend 10.4.0.0/16 dev eth1 proto 18 scope global",
      "rule add from 10.2.0.0/16 lookup 2 protocol 18 preference 16384",
      "-6 rule add from 2001:db8::/32 lookup 4 protocol 18 preference 16384",
      "rule add from 10.5.0.0/16 lookup 5 protocol 18 preference 16382",
    ]);
    expect(plan.statics.map(({ instances }) => instances)).toEqual([["V"], [], [], [], [], []]);
    const { resources, config } = instanceFor(text);
    expect(resources[1]?.add).toContain("preference 16383");
    expect(config.trackers.map(({ id }) => id)).toEqual(["interface eth0", "interface eth1"]);
  });

  test("have words in quotes where ip would split them", () => {
    expect(added("virtual_routes", '1.2.3.0/24 dev eth0 table "a b"')).toContain('table "a b"');
  });
});
