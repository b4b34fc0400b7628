/** The firewall's tables and what is put into them. */
import { describe, expect, test } from "vitest";
import { acceptsNothing } from "../../../src/run/plan/firewall.ts";
import { planWords } from "../../../src/run/plan/print.ts";
import { block, instanceFor, instancesOf, oneAddress, planFor, withInstance } from "../support.ts";

const six = block("virtual_ipaddress", "fe80::100", "fd00::100/64");
const others = block("virtual_ipaddress_excluded", "fd00::7/64", "10.1.0.7/24 dev eth1");

/** The firewall's lines of an instance: what comes first when it becomes master. */
function first(text: string) {
  const [one] = instanceFor(text).resources;
  return one?.kind === "firewall" ? [one.add, one.remove] : [];
}

describe("addresses that are for routing only", () => {
  test("are dropped from before they are there until they are gone", () => {
    expect(first(withInstance("no_accept", oneAddress))).toEqual([
      "nft add element ip keepalived vips { 10.0.0.100 }",
      "nft delete element ip keepalived vips { 10.0.0.100 }",
    ]);
  });

  test("of both families, link-local ones with their interface", () => {
    const [add] = first(withInstance("no_accept", oneAddress, others));
    expect(add).toBe(
      "nft add element ip keepalived vips { 10.0.0.100, 10.1.0.7 }; add element ip6 keepalived vips { fd00::7 }",
    );
    const [addSix] = first(withInstance("no_accept", six));
    expect(addSix).toBe(
      'nft add element ip6 keepalived vips { fd00::100 }; add element ip6 keepalived vips_link_local { fe80::100 . "eth0" }',
    );
  });

  test.each([
    ["no_accept", true],
    ["no_accept\npriority 255", false],
    ["strict_mode", true],
    ["strict_mode\naccept\nversion 3", false],
    ["strict_mode\naccept\nversion 2", true],
    ["strict_mode\npriority 255", false],
    ["accept", false],
    ["", false],
  ])("%j: %s", (lines, isSo) => {
    const text = withInstance(lines, oneAddress);
    expect(acceptsNothing(instanceFor(text))).toBe(isSo);
    expect(first(text).length > 0).toBe(isSo);
    expect(planFor(text).tables.length).toBe(isSo ? 1 : 0);
  });
});

describe("tables", () => {
  test("have what is needed, and nothing that a former run has left", () => {
    const [table, other] = planFor(withInstance("no_accept", oneAddress)).tables;
    expect(other).toBeUndefined();
    expect(table?.remove).toBe("nft delete table ip keepalived");
    expect(table?.add.split("; ")).toEqual([
      "nft add table ip keepalived",
      "delete table ip keepalived",
      "add table ip keepalived",
      ...["add set ip keepalived vips { type ipv4_addr", "}"],
      ...["add chain ip keepalived in { type filter hook input priority -1", "policy accept", "}"],
      ...["add chain ip keepalived out { type filter hook output priority -1", "policy accept", "}"],
      "add rule ip keepalived in ip daddr @vips drop",
      "add rule ip keepalived out ip saddr @vips drop",
    ]);
  });

  test("have the name, priority and counters that the file asks for", () => {
    const globals = block("global_defs", "nftables vrrp", "nftables_priority -7", "nftables_counters");
    const [table] = planFor(`${globals}\n${withInstance("no_accept", six)}`).tables;
    expect(table?.add).toContain("add chain ip6 vrrp in { type filter hook input priority -7;");
    expect(table?.add).toContain("add rule ip6 vrrp in ip6 daddr @vips counter drop");
    expect(table?.key).toBe("firewall table ip6 vrrp");
  });

  test("keep reports of groups off virtual MAC addresses, before those are up", () => {
    const plan = planFor(withInstance("use_vmac", oneAddress, others));
    const [virtual] = instancesOf(plan).flatMap(({ virtuals }) => virtuals);
    const [made, known, ...rest] = virtual?.add ?? [];
    expect(made).toContain("link add");
    expect(known).toBe(
      'nft add element ip keepalived vmac_map { "vrrp.51" : "eth0" }; add element ip6 keepalived vmac_map { "vrrp.51" : "eth0" }; add element ip6 keepalived vmac_set { "vrrp.51" }',
    );
    expect(rest).toContain("link set dev vrrp.51 up");
    expect(plan.tables.map(({ key }) => key)).toEqual([
      "firewall table ip keepalived",
      "firewall table ip6 keepalived",
    ]);
  });
});

test("without nft there is no firewall, which is said", () => {
  const inspect = (path: string) => ({ path, refused: "it is not found along PATH", insecure: false });
  const plan = planFor(withInstance("no_accept", "use_vmac", oneAddress), { surroundings: { inspect } });
  expect(plan.tables).toEqual([]);
  expect(JSON.stringify(plan.parts)).not.toContain("nft ");
  expect(plan.unexecuted.map(({ keyword, why }) => `${keyword}: ${why}`)).toEqual([
    "the firewall of use_vmac (V): there is no nft, so that switches may take a backup for the master",
    "no_accept: there is no nft, which makes its firewall",
  ]);
});

test("it is said in words", () => {
  const told = planWords(planFor(withInstance("no_accept", oneAddress)));
  expect(told).toContain("  as master has 10.0.0.100/24 on eth0");
  expect(told).toContain("  takes no packets to these addresses (no_accept or strict mode)");
});
