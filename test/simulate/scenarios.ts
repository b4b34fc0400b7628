/** What is done to real hosts so that the state machine can be compared with them. */
import { block, file } from "../../src/rules/examples.ts";

/** Hosts with their texts, and what happens to them: seconds from the beginning, what, to whom. */
export interface Scenario {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  /** `2s kill a`. Verbs: start, stop, kill, link-down, link-up, unplug, plug, fail, pass, cut, heal. */
  readonly story: readonly string[];
  /** Seconds. */
  readonly duration: number;
}

type Lines = readonly string[];

const addresses = block("virtual_ipaddress", "10.0.0.100/24");
const addresses6 = block("virtual_ipaddress", "fe80::5:1", "fd00::100/64");
/** Adverts every 0.2 s: a takeover takes 0.7 s, and a scenario a few seconds. */
const quick: Lines = ["version 3", "advert_int 0.2"];
const slower: Lines = ["version 3", "advert_int 0.5"];
/** Fails when the host's file `chk` is there. */
const check = (...lines: Lines) =>
  block("vrrp_script chk", 'script "/usr/bin/test ! -e /mnt/chk"', "interval 1", ...lines);
const globals = (...lines: Lines) =>
  block("global_defs", "enable_script_security", "script_user root", ...lines);

function vrrp(name: string, vrid: number, lines: Lines, on = "eth0"): string {
  const has = (keyword: string) => lines.some((line) => line.startsWith(keyword));
  return block(
    `vrrp_instance ${name}`,
    `interface ${on}`,
    `virtual_router_id ${vrid}`,
    ...lines,
    ...(has("virtual_ipaddress") ? [] : [addresses]),
  );
}

const one = (...lines: Lines) => file(globals(), vrrp("VI_1", 51, lines));
const scripted = (scriptLines: Lines, ...lines: Lines) =>
  file(globals(), check(...scriptLines), vrrp("VI_1", 51, [...lines, block("track_script", "chk")]));

/** Two hosts with priorities 150 and 100 and the same lines. */
const pair = (...lines: Lines) => ({ a: one("priority 150", ...lines), b: one("priority 100", ...lines) });
const both = ["0s start a", "0s start b"];
const password = (text: string) => block("authentication", "auth_type PASS", `auth_pass ${text}`);
const header = block("authentication", "auth_type AH", "auth_pass s3cret");
const unicast = (own: string, peer: string) => [`unicast_src_ip ${own}`, block("unicast_peer", peer)];
const synced = (priority: number) =>
  file(
    block("vrrp_sync_group G", block("group", "VI_1", "VI_2")),
    vrrp("VI_1", 51, [...slower, `priority ${priority}`]),
    vrrp(
      "VI_2",
      52,
      [...slower, `priority ${priority}`, block("virtual_ipaddress", "10.1.0.100/24")],
      "eth1",
    ),
  );

export const scenarios: readonly Scenario[] = [
  {
    name: "version-2-boots-one-after-the-other",
    texts: pair(),
    story: ["0s start a", "5s start b", "9s kill a", "14s start a"],
    duration: 17,
  },
  {
    name: "version-2-lower-priority-boots-first",
    texts: pair(),
    story: ["0s start b", "5s start a"],
    duration: 11,
  },
  {
    name: "kill-and-start-again",
    texts: pair(...quick),
    story: [...both, "2s kill a", "4s start a"],
    duration: 6,
  },
  {
    name: "stop-and-start-again",
    texts: pair(...quick),
    story: [...both, "2s stop a", "4s start a"],
    duration: 6,
  },
  {
    name: "stop-the-backup",
    texts: pair(...quick),
    story: [...both, "2s stop b", "4s start b"],
    duration: 6,
  },
  {
    name: "link-down-and-up",
    texts: pair(...quick),
    story: [...both, "2s link-down a", "4s link-up a"],
    duration: 7,
  },
  {
    name: "unplugged-and-plugged",
    texts: pair(...quick),
    story: [...both, "2s unplug a", "4s plug a"],
    duration: 7,
  },
  { name: "cut-and-healed", texts: pair(...quick), story: [...both, "2s cut a", "4s heal"], duration: 6 },
  {
    name: "cut-and-healed-lower-prio-no-advert",
    texts: pair(...quick, "lower_prio_no_advert"),
    story: [...both, "2s cut a", "4s heal"],
    duration: 6,
  },
  {
    name: "cut-and-healed-higher-prio-send-advert",
    texts: pair(...quick, "higher_prio_send_advert"),
    story: [...both, "2s cut a", "4s heal"],
    duration: 6,
  },
  {
    name: "nopreempt",
    texts: pair(...quick, "nopreempt"),
    story: ["0s start b", "2s start a", "4s kill b", "6s start b"],
    duration: 8,
  },
  {
    name: "preempt-delay",
    texts: pair(...quick, "preempt_delay 2"),
    story: ["0s start b", "2s start a", "7s kill a", "9s start a", "10s kill b"],
    duration: 12,
  },
  {
    name: "script-with-weight",
    texts: {
      a: scripted(["weight -100"], ...quick, "priority 150"),
      b: one(...quick, "priority 100"),
    },
    story: [...both, "4s fail a chk", "8s pass a chk"],
    duration: 12,
  },
  {
    name: "script-with-bonus",
    texts: {
      a: scripted(["weight 100"], ...quick, "priority 90"),
      b: one(...quick, "priority 100"),
    },
    story: [...both, "4s fail a chk", "8s pass a chk"],
    duration: 12,
  },
  {
    name: "script-without-weight",
    texts: { a: scripted([], ...quick, "priority 150"), b: one(...quick, "priority 100") },
    story: [...both, "4s fail a chk", "8s pass a chk"],
    duration: 12,
  },
  {
    name: "script-fails-at-first",
    texts: {
      a: scripted(["init_fail", "rise 2"], ...quick, "priority 150"),
      b: one(...quick, "priority 100"),
    },
    story: both,
    duration: 6,
  },
  {
    name: "same-priority-same-moment",
    texts: { a: one(...quick, "priority 100"), b: one(...quick, "priority 100") },
    story: both,
    duration: 4,
  },
  {
    name: "same-priority-lower-address-first",
    texts: { a: one(...quick, "priority 100"), b: one(...quick, "priority 100") },
    story: ["0s start a", "2s start b", "4s cut a", "6s heal"],
    duration: 8,
  },
  {
    name: "different-intervals",
    texts: { a: one("version 3", "advert_int 0.5", "priority 150"), b: one(...quick, "priority 100") },
    story: ["0s start b", "2s start a", "6s kill a"],
    duration: 9,
  },
  {
    name: "different-intervals-version-2",
    texts: { a: one("advert_int 2", "priority 150"), b: one("advert_int 1", "priority 100") },
    story: both,
    duration: 12,
  },
  {
    name: "different-versions",
    texts: { a: one(...quick, "priority 150"), b: one("priority 100") },
    story: both,
    duration: 8,
  },
  {
    name: "different-passwords",
    texts: { a: one("priority 150", password("s3cret")), b: one("priority 100", password("S3cret")) },
    story: both,
    duration: 8,
  },
  {
    name: "different-addresses",
    texts: {
      a: one(...quick, "priority 150"),
      b: one(...quick, "priority 100", block("virtual_ipaddress", "10.0.0.101/24")),
    },
    story: both,
    duration: 4,
  },
  {
    name: "different-addresses-of-a-known-master",
    texts: {
      a: one(...quick, "priority 150"),
      b: one(
        ...quick,
        "priority 100",
        "skip_check_adv_addr",
        block("virtual_ipaddress", "10.0.0.100/24", "10.0.0.101/24"),
      ),
    },
    story: both,
    duration: 4,
  },
  {
    name: "password",
    texts: pair(password("s3cret42")),
    story: [...both, "6s stop a"],
    duration: 9,
  },
  {
    name: "authentication-header",
    texts: pair(header),
    story: ["0s start a", "5s start b", "8s stop a", "11s start a"],
    duration: 18,
  },
  {
    name: "sync-group",
    texts: { a: synced(150), b: synced(100) },
    story: [...both, "3s link-down a eth1", "6s link-up a eth1", "10s kill a"],
    duration: 13,
  },
  {
    name: "sync-group-boots-second",
    texts: { a: synced(150), b: synced(100) },
    story: ["0s start b", "3s start a", "7s stop a"],
    duration: 10,
  },
  {
    name: "three-hosts",
    texts: {
      a: one(...quick, "priority 150"),
      b: one(...quick, "priority 100"),
      c: one(...quick, "priority 50"),
    },
    story: [...both, "0s start c", "2s kill a", "4s stop b", "6s start b", "8s start a"],
    duration: 10,
  },
  {
    name: "three-hosts-divided",
    texts: {
      a: one(...quick, "priority 150"),
      b: one(...quick, "priority 100"),
      c: one(...quick, "priority 50"),
    },
    story: [...both, "0s start c", "2s cut a", "4s heal", "6s cut c", "8s heal"],
    duration: 10,
  },
  {
    name: "owner",
    texts: { a: one(...quick, "priority 255"), b: one(...quick, "priority 100") },
    story: ["0s start b", "2s start a", "4s kill a", "6s start a"],
    duration: 8,
  },
  {
    name: "owner-as-backup",
    texts: { a: one(...quick, "priority 255", "state BACKUP"), b: one(...quick, "priority 100") },
    story: ["0s start b", "2s start a"],
    duration: 4,
  },
  {
    name: "owner-recovers",
    texts: { a: one(...quick, "priority 255"), b: one(...quick, "priority 100") },
    story: [...both, "2s link-down a", "4s link-up a"],
    duration: 7,
  },
  {
    name: "two-owners",
    texts: { a: one(...quick, "priority 255"), b: one(...quick, "priority 255") },
    story: ["0s start a", "2s start b", "5s kill b"],
    duration: 8,
  },
  {
    name: "state-master",
    texts: {
      a: one(...quick, "state MASTER", "priority 150"),
      b: one(...quick, "state MASTER", "priority 100"),
    },
    story: ["0s start b", "2s start a"],
    duration: 4,
  },
  {
    name: "down-timer-adverts",
    texts: pair(...quick, "down_timer_adverts 6"),
    story: [...both, "3s kill a"],
    duration: 6,
  },
  {
    name: "startup-delay",
    texts: {
      a: file(globals("vrrp_startup_delay 1.2"), vrrp("VI_1", 51, [...slower, "priority 150"])),
      b: one(...slower, "priority 100"),
    },
    story: ["0s start b", "2s start a"],
    duration: 9,
  },
  {
    name: "tracked-interface-with-weight",
    texts: {
      a: one(...quick, "priority 150", block("track_interface", "eth1 weight -100")),
      b: one(...quick, "priority 100"),
    },
    story: [...both, "2s link-down a eth1", "5s link-up a eth1"],
    duration: 8,
  },
  {
    name: "tracked-interface-without-weight",
    texts: {
      a: one(...quick, "priority 150", block("track_interface", "eth1")),
      b: one(...quick, "priority 100"),
    },
    story: [...both, "2s link-down a eth1", "5s link-up a eth1"],
    duration: 8,
  },
  {
    name: "unicast",
    texts: {
      a: one(...quick, "priority 150", ...unicast("10.0.0.1", "10.0.0.2")),
      b: one(...quick, "priority 100", ...unicast("10.0.0.2", "10.0.0.1")),
    },
    story: [...both, "2s kill a", "4s start a", "6s stop a"],
    duration: 8,
  },
  {
    name: "unicast-one-sided",
    texts: {
      a: one(...quick, "priority 150", ...unicast("10.0.0.1", "10.0.0.2")),
      b: one(...quick, "priority 100"),
    },
    story: both,
    duration: 4,
  },
  {
    name: "ipv6",
    texts: pair(...quick, addresses6),
    story: [...both, "2s kill a", "4s start a", "6s stop a"],
    duration: 8,
  },
  {
    name: "many-addresses-and-two-routers",
    texts: {
      a: file(
        vrrp("VI_1", 51, [...quick, "priority 150"]),
        vrrp("VI_2", 52, [
          ...quick,
          "priority 100",
          block("virtual_ipaddress", "10.0.0.101/24", "10.0.0.102/24"),
        ]),
      ),
      b: file(
        vrrp("VI_1", 51, [...quick, "priority 100"]),
        vrrp("VI_2", 52, [
          ...quick,
          "priority 150",
          block("virtual_ipaddress", "10.0.0.101/24", "10.0.0.102/24"),
        ]),
      ),
    },
    story: [...both, "2s kill b", "4s start b", "6s stop a"],
    duration: 8,
  },
];
