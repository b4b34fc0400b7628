/**
 * The lines of the plan beside keepalived: it puts the addresses, routes and rules of a file on one host, our lines do on
 * another, and then the two have the same.
 */
import { describe, expect, test, vi } from "vitest";
import { readHost } from "../../../src/model/read.ts";
import { planOf } from "../../../src/run/plan/plan.ts";
import type { RunPlan } from "../../../src/run/plan/types.ts";
import { type LabHost, needsLab, withLab } from "../../support/lab.ts";
import { block, instancesOf, usualSurroundings } from "../support.ts";
import { apply, groundOfHost, machineOf, virtualsOf } from "./machine.ts";

vi.setConfig({ testTimeout: 120_000 });

const addresses = [
  ...["10.0.0.100/24", "10.0.0.101", "10.0.0.102/25 dev eth1", "10.0.0.103/24 brd +", "10.0.0.104/24 brd -"],
  ...["10.0.0.105/30 broadcast 10.0.0.107", "10.8.0.6/24 scope link", "10.8.1.8/24 scope 200"],
  ...["10.0.0.109/24 label eth0:x", "10.0.0.110 peer 10.0.0.111", "10.0.0.112/24 noprefixroute"],
  ...["10.0.0.113/24 no_track label eth0:long-one", "10.7.0.1/31 brd +"],
];
const sixAddresses = [
  ...["2001:db8::100/64", "2001:db8::101", "2001:db8::102/64 dev eth1", "2001:db8::103/64 -nodad"],
  ...["2001:db8::104/64 home", "2001:db8::105/64 mngtmpaddr", "2001:db8::106/64 noprefixroute"],
  ...["2001:db8::107/128 preferred_lft forever", "2001:db8::108/64 preferred_lft 0"],
  ...["2001:db8::109/64 preferred_lft 500", "2001:db8::110 peer 2001:db8::111"],
];
const routes = [
  ...["192.0.2.0/24 via 10.0.0.254", "192.0.3.0/24 dev eth1", "to 192.0.4.0/24 gw 10.0.0.254 metric 7"],
  ...[
    "default via 10.0.0.254 dev eth0 metric 5",
    "any dev eth1 metric 6",
    "192.0.5.0/24 dev eth0 scope link",
  ],
  ...["192.0.6.0/24 dev eth0 src 10.0.0.100", "blackhole 192.0.7.0/24", "unreachable 192.0.8.0/24 table 100"],
  ...[
    "prohibit 192.0.9.0/24",
    "throw 192.0.10.0/24 table 100",
    "local 192.0.11.1 dev eth0 table local scope host",
  ],
  ...[
    "brd 192.0.12.1 dev eth0 table 7 scope link",
    "multicast 239.1.0.0/16 dev eth0",
    "anycast 192.0.13.1 dev eth0 scope link",
    "local 192.0.36.1 dev eth0",
  ],
  ...["192.0.14.0/24 via inet 10.0.0.254 no_track protocol static", "192.0.15.0/24 dev eth0 protocol static"],
  ...[
    "192.0.16.0/24 dev eth0 no_track",
    "192.0.17.0/24 dev eth0 tos 0x10",
    "192.0.18.0/24 dev eth0 dsfield 8",
  ],
  ...["192.0.19.0/24 via 10.0.0.254 mtu 1400", "192.0.20.0/24 dev eth0 mtu lock 1300 advmss 1200 hoplimit 9"],
  ...[
    "192.0.21.0/24 dev eth0 rtt 300ms rttvar 50ms rto_min 200ms",
    "192.0.22.0/24 dev eth0 rtt lock 80 rto_min 40",
  ],
  ...["192.0.23.0/24 dev eth0 window 4000 cwnd 5 ssthresh 6 initcwnd 7 initrwnd 8 reordering 9"],
  ...["192.0.24.0/24 dev eth0 features ecn quickack 1 congctl lock cubic fastopen_no_cookie 1"],
  ...["192.0.25.0/24 via 172.16.0.9 dev eth0 onlink", "192.0.26.0/24 dev eth0 realms 1/2"],
  ...["192.0.27.0/24 nexthop via 10.0.0.254 weight 3 nexthop via 10.0.0.253 dev eth0 onlink weight 1"],
  ...["192.0.28.0/24 via 10.0.0.254 or 10.0.0.253", "192.0.29.0/24 dev eth0 table 70000 priority 3"],
  ...["192.0.30.0/24 dev eth0 preference 4 append", "192.0.30.0/24 dev eth1 preference 4 prepend"],
  ...["192.0.31.0/24 dev eth0 add", "192.0.31.0/24 dev eth1 add", "6 192.0.32.0/24", "192.0.33.7 dev eth0"],
  ...["192.0.34.0/24 dev eth0 protocol 99 no_track", "192.0.35.0/24 dev eth0 ttl-propagate enabled"],
];
const sixRoutes = [
  ...["2001:db8:1::/48 via 2001:db8::fe", "2001:db8:2::/48 dev eth1", "default via 2001:db8::fe metric 9"],
  ...[
    "2001:db8:3::/48 dev eth0 from 2001:db8:9::/48",
    "blackhole 2001:db8:4::/48",
    "default6 dev eth1 metric 8",
  ],
  ...[
    "2001:db8:5::/48 dev eth0 pref high",
    "2001:db8:6::/48 dev eth0 expires 500",
    "2001:db8:7::/48 dev eth0 table 9",
  ],
  ...["2001:db8:8::/48 dev eth0 mtu 1400 hoplimit 3 metric 12", "unreachable 2001:db8:a::/48"],
  ...["2001:db8:b::/48 nexthop via 2001:db8::fe weight 2 nexthop via 2001:db8::fd weight 5"],
  ...["2001:db8:c::/48 via inet6 2001:db8::fe src 2001:db8::100", "2001:db8:d::/48 dev eth0 pref 0"],
];
const rules = [
  ...["from 10.1.0.0/16 table 100 preference 1", "to 10.2.0.0/16 lookup main preference 2", "table 5"],
  ...[
    "iif eth0 table 6 preference 3",
    "dev eth1 oif eth0 table 7 preference 4",
    "not from 10.3.0.0/16 table 8 order 5",
  ],
  ...["fwmark 7 table 9 priority 6", "fwmark 0x10/0xf0 table 9 priority 7", "tos 8 table 10 preference 8"],
  ...[
    "dsfield 0x10 table 10 preference 9",
    "from 10.4.0.1 blackhole preference 10",
    "unreachable preference 11",
  ],
  ...[
    "prohibit from 10.5.0.0/16 preference 12",
    "goto 300 preference 13",
    "nop preference 14",
    "type nop preference 15",
  ],
  ...[
    "from 10.6.0.0/16 realms 3/4 table 11 preference 16",
    "table main suppress_prefixlength 0 preference 17",
  ],
  ...["table main sup_pl 8 preference 18", "table main suppress_ifgroup default preference 19"],
  ...["uidrange 100-200 table 12 preference 20", "ipproto tcp sport 1-5 dport 80-81 table 13 preference 21"],
  ...[
    "ipproto 17 table 14 preference 22",
    "tunnel-id 77 table 15 preference 23",
    "from all table 70000 preference 24",
  ],
  ...[
    "from 10.7.0.0/16 table 16 no_track preference 25",
    "from 10.8.0.0/16 table 17 no_track protocol 44 preference 26",
  ],
  ...["from 10.9.0.0/16 table 18 protocol 44 preference 27", "from any to default table 19 preference 28"],
  ...["type 7 preference 29", "8 from 10.10.0.0/16 preference 30", "goto 400 from 10.1.0.0/16 preference 31"],
];
const sixRules = [
  ...[
    "from 2001:db8:1::/48 table 100 preference 1",
    "inet6 inet6 table 5 preference 2",
    "inet6 inet6 table 6",
  ],
  ...["to 2001:db8:2::/48 prohibit preference 3", "from default6 table 7 preference 4"],
  ...["from 2001:db8:3::/48 fwmark 1 tos 4 table 8 preference 5", "iif eth1 from ::/0 table 9 preference 6"],
];

const instance = (vrid: number, ...lines: readonly string[]) => {
  const own = ["state MASTER", "interface eth0", `virtual_router_id ${vrid}`, "priority 255"];
  return block(`vrrp_instance V${vrid}`, ...own, ...lines);
};

const four = (last: number) => block("virtual_ipaddress", `10.0.0.${last}/24`, `10.1.0.${last}/24 dev eth1`);
const six = (last: number) => block("virtual_ipaddress", `fe80::${last}`, `2001:db8::${last}/64`);
const mixed = (last: number) => {
  const excluded = [`2001:db8::${last}/64`, `10.0.1.${last}/24 dev eth1 use_vmac`];
  return `${four(last)}\n${block("virtual_ipaddress_excluded", ...excluded)}`;
};

const virtualMacs: readonly (readonly string[])[] = [
  ["use_vmac", four(101)],
  ["use_vmac", six(102)],
  ["use_vmac v0 02:00:00:00:09", four(103)],
  ["use_vmac", "vmac_xmit_base", six(104)],
  ["use_vmac", "use_vmac_addr", mixed(105)],
  ["use_vmac_addr", mixed(106)],
  ["use_vmac", mixed(107)],
];

const everything = [
  block(
    "static_ipaddress",
    "10.0.0.200/24 dev eth1",
    "10.0.0.201/24 brd + label eth0:s",
    "2001:db8::200 dev eth1",
  ),
  block("static_routes", "198.51.100.0/24 dev eth1 metric 3", "blackhole 198.51.101.0/24"),
  block("static_rules", "from 198.51.100.0/24 table 50", "from 2001:db8:50::/48 table 50"),
  instance(
    51,
    block("virtual_ipaddress", ...addresses),
    block("virtual_ipaddress_excluded", ...sixAddresses),
    block("virtual_routes", ...routes, ...sixRoutes),
    block("virtual_rules", ...rules, ...sixRules),
  ),
].join("\n");

const hosts = {
  real: { eth0: ["10.0.0.1/24", "2001:db8::1/64"], eth1: ["10.1.0.1/24"] },
  ours: { eth0: ["10.0.0.1/24", "2001:db8::1/64"], eth1: ["10.1.0.1/24"] },
};

async function planOn(host: LabHost, text: string): Promise<RunPlan> {
  const surroundings = { ...usualSurroundings, release: "2.2.7" };
  return planOf(readHost({ path: "a.conf", text }), await groundOfHost(host), surroundings);
}

/** All that a plan puts on the machine, in its order. */
const isForIp = (line: string) => !line.startsWith("nft ");

function linesOf(plan: RunPlan) {
  const instances = instancesOf(plan);
  const resources = [...plan.statics, ...instances.flatMap((one) => one.resources)];
  const virtuals = instances.flatMap((one) => one.virtuals);
  return {
    // The firewall has a test of its own.
    add: [...virtuals.flatMap((one) => one.add), ...resources.map((one) => one.add)].filter(isForIp),
    remove: [...resources.toReversed().map((one) => one.remove), ...virtuals.map((one) => one.remove)],
  };
}

describe.runIf(needsLab()).concurrent("beside keepalived", () => {
  test("addresses, routes and rules are the same, and gone afterwards", () =>
    withLab(hosts, async (lab) => {
      const [real, ours] = [lab.host("real"), lab.host("ours")];
      const before = await machineOf(ours);
      const { add, remove } = linesOf(await planOn(ours, everything));
      const failures = await apply(ours, add);
      real.start(everything);
      const wanted = await machineOf(ours);
      await lab.until("keepalived is done", async () => {
        return (await real.ip("-6", "rule", "show")).includes("from 2001:db8:3::/48");
      });
      expect(await machineOf(real)).toEqual(wanted);
      // What the kernel does not take it takes from neither.
      expect(failures).toEqual([
        "route prepend local 192.0.36.1 dev eth0 table main proto 18 scope global: Invalid scope.",
        "route add 192.0.31.0/24 dev eth1 proto 18 scope global: File exists",
      ]);
      await real.stop();
      await apply(ours, remove);
      const after = await machineOf(ours);
      // The kernel itself forgets this one, which came with `brd -`.
      const routesAfter = after["routes"]?.filter((line) => !line.includes('"broadcast","dst":"10.0.0.0"'));
      expect({ ...after, routes: routesAfter }).toEqual(before);
    }));

  test("virtual MAC addresses, their interfaces and what lies on them are the same", () =>
    withLab(hosts, async (lab) => {
      const text = virtualMacs.map((lines, index) => instance(51 + index, ...lines)).join("\n");
      const [real, ours] = [lab.host("real"), lab.host("ours")];
      const { add, remove } = linesOf(await planOn(ours, text));
      expect(await apply(ours, add)).toEqual([]);
      real.start(text);
      await lab.until("keepalived is master", () =>
        real.log.some((line) => line.text.includes("MASTER STATE")),
      );
      const known = [await virtualsOf(ours), (await machineOf(ours))["addresses"]];
      let seen: typeof known = [];
      const same = async () => {
        seen = [await virtualsOf(real), (await machineOf(real))["addresses"]];
        return JSON.stringify(seen) === JSON.stringify(known);
      };
      await lab.until("both have the same", same).catch(() => expect(seen).toEqual(known));
      await real.stop();
      await apply(ours, remove);
      expect(await virtualsOf(ours)).toEqual(await virtualsOf(real));
    }));
});
