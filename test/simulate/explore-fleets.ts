/** Fleets that fail, each with the property that it breaks. */
import { block, file, instance, named, script, secured } from "../../src/rules/examples.ts";
import type { PropertyId } from "../../src/rules/properties.ts";

export interface Broken {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly breaks: PropertyId;
  /** What the line at the violation says, and in which file. */
  readonly at: readonly [file: string, line: RegExp];
  readonly release?: string;
  /** How many faults it takes; 1 at most when absent. */
  readonly faults?: number;
}

const low = "priority 100";
const v3 = (...lines: readonly string[]) => ["version 3", ...lines];
const pair = (first: readonly string[], second: readonly string[]) => ({
  "a.conf": file(instance(...first)),
  "b.conf": file(instance(low, ...second)),
});
const password = (text: string) => block("authentication", "auth_type PASS", `auth_pass ${text}`);
const addresses = (...list: readonly string[]) => block("virtual_ipaddress", ...list);
const tracks = block("track_script", "chk");
const scripted = (scriptLines: readonly string[], ...lines: readonly string[]) =>
  file(secured, script(...scriptLines), instance(...lines, tracks));
const uni = (own: number, peers: readonly number[], ...lines: readonly string[]) => [
  `unicast_src_ip 10.0.0.${own}`,
  block("unicast_peer", ...peers.map((peer) => `10.0.0.${peer}`)),
  ...lines,
];
const group = block("vrrp_sync_group BOTH", block("group", "INSIDE", "OUTSIDE"));
const inside = (...lines: readonly string[]) => named("INSIDE", ...lines);
const outside = (...lines: readonly string[]) =>
  named("OUTSIDE", "interface eth1", "virtual_router_id 52", ...lines, addresses("192.0.2.10/24"));
const six = addresses("fe80::51/64", "2001:db8::10/64");

export const brokenFleets: readonly Broken[] = [
  {
    what: "two numbers for one virtual router",
    files: pair([], ["virtual_router_id 52"]),
    breaks: "explore-two-holders",
    at: ["a.conf", /virtual_router_id 51/],
  },
  {
    what: "two numbers over IPv6",
    files: pair(v3(six), v3("virtual_router_id 52", six)),
    breaks: "explore-two-holders",
    at: ["a.conf", /virtual_router_id 51/],
  },
  {
    what: "two passwords",
    files: pair([password("s3cret")], [password("S3cret")]),
    breaks: "explore-two-holders",
    at: ["b.conf", /auth_pass S3cret/],
  },
  {
    what: "a password on one host only",
    files: pair([password("s3cret")], []),
    breaks: "explore-two-holders",
    at: ["b.conf", /vrrp_instance/],
  },
  {
    what: "two intervals in version 2",
    files: pair(["advert_int 1"], ["advert_int 3"]),
    breaks: "explore-two-holders",
    at: ["b.conf", /advert_int 3/],
  },
  {
    what: "two versions",
    files: pair(v3(), []),
    breaks: "explore-two-holders",
    at: ["b.conf", /vrrp_instance/],
  },
  {
    what: "a slow master and a quick backup that does not know it yet",
    files: pair(v3("advert_int 1"), v3("advert_int 10")),
    breaks: "explore-not-heard",
    at: ["a.conf", /vrrp_instance|advert_int/],
  },
  {
    what: "multicast against unicast",
    files: { "a.conf": file(instance(...uni(1, [2]))), "b.conf": file(instance(low)) },
    breaks: "explore-two-holders",
    at: ["a.conf", /unicast_peer/],
  },
  {
    what: "the higher host does not send to the lower one",
    files: { "a.conf": file(instance(...uni(1, [3]))), "b.conf": file(instance(low, ...uni(2, [1]))) },
    breaks: "explore-two-holders",
    at: ["a.conf", /unicast_peer/],
  },
  {
    what: "the lower host does not send to the higher one",
    files: { "a.conf": file(instance(...uni(1, [2]))), "b.conf": file(instance(low, ...uni(2, [3]))) },
    breaks: "explore-not-heard",
    at: ["b.conf", /unicast_peer/],
  },
  {
    what: "the lower host does not send to the higher one, which has nopreempt",
    files: {
      "a.conf": file(instance("nopreempt", ...uni(1, [2]))),
      "b.conf": file(instance(low, "nopreempt", ...uni(2, [3]))),
    },
    breaks: "explore-nopreempt",
    at: ["b.conf", /unicast_peer/],
  },
  {
    what: "a partial mesh of three",
    files: {
      "a.conf": file(instance(...uni(1, [2, 3]))),
      "b.conf": file(instance("priority 120", ...uni(2, [1]))),
      "c.conf": file(instance(low, ...uni(3, [1]))),
    },
    breaks: "explore-two-holders",
    at: ["b.conf", /unicast_peer/],
  },
  {
    what: "two multicast groups",
    files: pair(["mcast_dst_ip 224.0.0.18"], ["mcast_dst_ip 224.0.0.77"]),
    breaks: "explore-two-holders",
    at: ["a.conf", /mcast_dst_ip/],
  },
  {
    what: "an address on one host only",
    files: pair([addresses("10.0.0.100/24", "10.0.0.101/24")], []),
    breaks: "explore-no-holder",
    at: ["b.conf", /virtual_ipaddress/],
  },
  {
    what: "an instance on one host only",
    files: {
      "a.conf": file(inside(), outside()),
      "b.conf": file(inside(low)),
    },
    breaks: "explore-no-holder",
    at: ["a.conf", /priority|vrrp_instance OUTSIDE/],
  },
  {
    what: "other addresses in a release that refuses such adverts",
    files: pair([], [block("virtual_ipaddress_excluded", "10.0.0.100/24"), addresses("10.0.0.101/24")]),
    breaks: "explore-two-holders",
    at: ["b.conf", /virtual_ipaddress/],
    release: "2.2.7",
  },
  {
    what: "an address in two virtual routers",
    files: {
      "a.conf": file(
        named("WEB", addresses("10.0.0.100/24", "10.0.0.102/24")),
        named("MAIL", low, "virtual_router_id 52", addresses("10.0.0.110/24", "10.0.0.102/24")),
      ),
      "b.conf": file(
        named("WEB", low, addresses("10.0.0.100/24", "10.0.0.102/24")),
        named("MAIL", "virtual_router_id 52", addresses("10.0.0.110/24", "10.0.0.102/24")),
      ),
    },
    breaks: "explore-two-holders",
    at: ["a.conf", /virtual_router_id/],
  },
  {
    what: "another cluster with the same number",
    files: {
      "web1.conf": file(named("WEB", password("secret"))),
      "web2.conf": file(named("WEB", "priority 90", password("secret"))),
      "db1.conf": file(named("DB", "priority 140", password("secret"), addresses("10.0.0.200/24"))),
      "db2.conf": file(named("DB", "priority 80", password("secret"), addresses("10.0.0.200/24"))),
    },
    breaks: "explore-no-holder",
    at: ["db1.conf", /virtual_router_id 51/],
  },
  {
    what: "a weight that is too small",
    files: { "a.conf": scripted(["weight -20"]), "b.conf": scripted(["weight -20"], low) },
    breaks: "explore-check-ignored",
    at: ["a.conf", /weight -20/],
  },
  {
    what: "a bonus that is too small",
    files: { "a.conf": scripted(["weight 20"]), "b.conf": scripted(["weight 20"], low) },
    breaks: "explore-check-ignored",
    at: ["a.conf", /weight 20/],
  },
  {
    what: "two weights that are too small together",
    files: Object.fromEntries(
      [150, 100].map((priority, index) => [
        index === 0 ? "a.conf" : "b.conf",
        file(
          secured,
          script("weight -10"),
          script("weight -20").replace("chk", "disk"),
          instance(`priority ${priority}`, block("track_script", "chk", "disk")),
        ),
      ]),
    ),
    breaks: "explore-check-ignored",
    at: ["a.conf", /weight -10/],
    faults: 2,
  },
  {
    what: "a weight with nopreempt",
    files: {
      "a.conf": scripted(["weight -60"], "nopreempt"),
      "b.conf": scripted(["weight -60"], low, "nopreempt"),
    },
    breaks: "explore-check-ignored",
    at: ["a.conf", /weight -60/],
  },
  {
    what: "a weight in a sync group, where it counts for nothing",
    files: Object.fromEntries(
      ["priority 150", low].map((priority, index) => [
        index === 0 ? "a.conf" : "b.conf",
        file(secured, script("weight -60"), group, inside(priority, tracks), outside(priority, tracks)),
      ]),
    ),
    breaks: "explore-check-ignored",
    at: ["a.conf", /chk/],
  },
  {
    what: "a tracked script that is called otherwise",
    files: {
      "a.conf": scripted(["weight -60"]).replace("        chk\n", "        check\n"),
      "b.conf": scripted(["weight -60"], low),
    },
    breaks: "explore-check-ignored",
    at: ["a.conf", /check/],
  },
  {
    what: "a tracked interface with too small a weight",
    files: pair([block("track_interface", "eth1 weight -20")], [block("track_interface", "eth1 weight -20")]),
    breaks: "explore-check-ignored",
    at: ["a.conf", /eth1 weight/],
  },
  {
    what: "a check on one host only",
    files: { "a.conf": scripted([]), "b.conf": file(instance(low)) },
    breaks: "explore-check-missing",
    at: ["b.conf", /vrrp_instance/],
  },
  {
    what: "a bonus on one host only, which turns the order round",
    files: { "a.conf": file(instance()), "b.conf": scripted(["weight 60"], low) },
    breaks: "explore-wrong-holder",
    at: ["a.conf", /priority 150/],
  },
  {
    what: "preempt_delay where a check only lowers the priority",
    files: {
      "a.conf": scripted(["weight -60"]),
      "b.conf": scripted(["weight -60"], low, "preempt_delay 120"),
    },
    breaks: "explore-late-takeover",
    at: ["b.conf", /preempt_delay 120/],
  },
  {
    what: "one advert is all that may be missing",
    files: pair(["down_timer_adverts 1"], ["down_timer_adverts 1"]),
    breaks: "explore-lost-advert",
    at: ["b.conf", /down_timer_adverts 1/],
  },
  {
    what: "the second host is slower than the third",
    files: {
      "a.conf": file(instance()),
      "b.conf": file(instance("priority 120", "down_timer_adverts 6")),
      "c.conf": file(instance(low)),
    },
    breaks: "explore-several-takeovers",
    at: ["c.conf", /vrrp_instance/],
  },
  {
    what: "nopreempt beside state MASTER",
    files: pair(["state MASTER", "nopreempt"], ["nopreempt"]),
    breaks: "explore-nopreempt",
    at: ["a.conf", /nopreempt/],
  },
  {
    what: "nopreempt on the standby only",
    files: pair([], ["nopreempt"]),
    breaks: "explore-nopreempt",
    at: ["a.conf", /vrrp_instance/],
  },
  {
    what: "crossed priorities in a sync group",
    files: { "a.conf": file(group, inside(), outside(low)), "b.conf": file(group, inside(low), outside()) },
    breaks: "explore-flapping",
    at: ["a.conf", /priority/],
  },
  {
    what: "crossed priorities in a sync group with nopreempt",
    files: {
      "a.conf": file(group, inside("nopreempt"), outside("priority 120", "nopreempt")),
      "b.conf": file(group, inside(low, "nopreempt"), outside("priority 130", "nopreempt")),
    },
    breaks: "explore-several-takeovers",
    at: ["a.conf", /vrrp_instance/],
    faults: 2,
  },
  {
    what: "a sync group on one host only",
    files: { "a.conf": file(group, inside(), outside()), "b.conf": file(inside(low), outside(low)) },
    breaks: "explore-group-apart",
    at: ["b.conf", /vrrp_instance INSIDE/],
    faults: 2,
  },
  {
    what: "two owners",
    files: {
      "a.conf": file(instance("state MASTER", "priority 255")),
      "b.conf": file(instance("state MASTER", "priority 255")),
    },
    breaks: "explore-not-heard",
    at: ["b.conf", /priority 255/],
  },
];
