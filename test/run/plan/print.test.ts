/** Plans in words and as commands. */
import { expect, test } from "vitest";
import { planCommands, planWords } from "../../../src/run/plan/print.ts";
import { block, oneAddress, planFor, withInstance } from "../support.ts";

const text = [
  block(
    "global_defs",
    ...[block("notification_email", "a@example.com"), "smtp_server 192.0.2.1", "notify_fifo /run/f"],
    ...['notify_fifo_script "/bin/read x"', "startup_script /bin/up", "vrrp_garp_interval 0.05"],
  ),
  block("vrrp_script s", "script \"/bin/s 'a b'\"", "interval 2", "fall 3", "weight 10"),
  block("vrrp_track_process p", "process nginx", "quorum_max 0"),
  block("interface_up_down_delays", "eth0 0.5 1"),
  block("static_routes", "192.0.2.0/24 dev eth1"),
  block("vrrp_sync_group G", block("group", "V"), "smtp_alert", "notify /bin/all"),
  withInstance(
    ...["use_vmac", oneAddress, block("track_script", "s"), block("track_process", "p")],
    ...["notify_master /bin/m alice", "notify_fault /bin/f bob", "advert_int 0.5", "version 3"],
  ),
].join("\n");

test("in words", () => {
  expect(planWords(planFor(text))).toEqual([
    "Sync group G: V move together.",
    "  runs /bin/all on every change",
    "  mails its changes",
    "V: virtual router 51 on eth0, IPv4, VRRP version 3.",
    "  sends adverts from 10.0.0.1 to 224.0.0.18 every 500 ms as master, priority 100",
    "  makes the interface vrrp.51 on eth0, with the MAC address 00:00:5e:00:01:33",
    "  as master has 10.0.0.100/24 on vrrp.51",
    "  depends on interface eth0, process p",
    "  runs /bin/m on MASTER",
    "  does not run /bin/f on FAULT: there is no user bob",
    "As long as it runs: ip route prepend 192.0.2.0/24 dev eth1 proto 18 scope global",
    "Process p: looks for nginx, which must not run.",
    "Tells every change to the FIFO /run/f, which /bin/read x /run/f reads.",
    "Mails changes to a@example.com through 192.0.2.1 port 25, as root@a.example.com.",
    "Runs /bin/up first, for 10 s at most.",
    "eth0 counts as down after 500 ms, as up after 998.047 ms.",
    "Between announcements on each interface: 50 ms for IPv4, 0 ms for IPv6.",
  ]);
});

test("as commands", () => {
  const plan = planFor(text);
  expect(planCommands(plan)).toEqual([
    "",
    "At the start:",
    `nft '${plan.tables[0]?.add.replace(/^nft /, "")}'`,
    "ip link add link eth0 name vrrp.51 address 00:00:5e:00:01:33 type macvlan mode private",
    `nft 'add element ip keepalived vmac_map { "vrrp.51" : "eth0" }'`,
    "ip link set dev vrrp.51 addrgenmode none",
    "ip link set dev vrrp.51 up",
    "sysctl -w net.ipv4.conf.vrrp/51.arp_ignore=1",
    "sysctl -w net.ipv4.conf.vrrp/51.accept_local=1",
    "sysctl -w net.ipv4.conf.vrrp/51.rp_filter=0",
    "sysctl -w net.ipv4.conf.vrrp/51.promote_secondaries=1",
    "sysctl -w net.ipv4.conf.eth0.arp_ignore=1",
    "sysctl -w net.ipv4.conf.eth0.arp_filter=1",
    "sysctl -w net.ipv6.conf.vrrp/51.disable_ipv6=1",
    "ip route prepend 192.0.2.0/24 dev eth1 proto 18 scope global",
    "",
    "When V becomes master:",
    "ip address replace 10.0.0.100/24 scope global dev vrrp.51",
    "",
    "When V is master no more:",
    "ip address delete 10.0.0.100/24 dev vrrp.51",
    "",
    "At the end:",
    "ip route delete 192.0.2.0/24 dev eth1 proto 18",
    "ip link delete dev vrrp.51",
    "nft 'delete table ip keepalived'",
  ]);
});

test("an address that is written twice is told once, and real-time scheduling with its priority", () => {
  const twice = block("virtual_ipaddress", "10.0.0.100/24", "10.0.0.100/24 label eth0:1");
  const told = planWords(planFor(withInstance(twice, "version 3", "advert_int 0.01")));
  expect(told).toContain("  as master has 10.0.0.100/24 on eth0");
  expect(told).toContain("Runs with the real-time priority 2.");
});

test("a script that counts is told with its numbers", () => {
  const alone = [
    block("vrrp_script s", "script \"/bin/s 'a b'\"", "interval 2", "fall 3", "weight 10"),
    withInstance(oneAddress, block("track_script", "s")),
  ].join("\n");
  const told = planWords(planFor(alone));
  expect(told).toContain("  depends on interface eth0, script s (weight 10)");
  expect(told).toContain(
    "Script s: runs /bin/s 'a b' every 2 s, for 2 s at most; fails after 3, passes after 1.",
  );
});
