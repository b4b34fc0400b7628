/** One mistake, one rule: what is written wrongly once is reported once, by the rule that knows most about it. */
import { describe, expect, test } from "vitest";
import { block, file, instance, named, script, secured } from "../../src/rules/examples.ts";
import { lint } from "../../src/rules/run.ts";
import { fleetOf } from "../support/fleet.ts";

/** The rules that speak about a file, hints and infos aside. */
function rulesFor(text: string): string[] {
  const told = lint(fleetOf({ "a.conf": text })).filter(
    ({ severity }) => severity === "error" || severity === "warning",
  );
  return [...new Set(told.map(({ rule }) => rule))];
}

const authentication = (...lines: string[]) => block("authentication", ...lines);
const unicast = (...peers: string[]) => ["unicast_src_ip 10.0.0.1", block("unicast_peer", ...peers)];

const mistakes: readonly (readonly [string, string, string])[] = [
  ["VRID 0", "vrrp-vrid-missing-or-invalid", instance("virtual_router_id 0")],
  ["VRID with a semicolon", "vrrp-vrid-missing-or-invalid", instance("virtual_router_id 51;")],
  ["VRID with =", "lex-assignment-or-punctuation", instance("virtual_router_id = 51")],
  [
    "VRID glued to =",
    "lex-assignment-or-punctuation",
    instance("virtual_router_id=51", "priority 150").replace("    virtual_router_id 51\n", ""),
  ],
  [
    "VRID behind another keyword",
    "lex-extra-arguments",
    instance("interface eth0 virtual_router_id 51").replace("    virtual_router_id 51\n", ""),
  ],
  ["VRID in capitals", "lex-keyword-case", instance().replace("virtual_router_id", "Virtual_Router_Id")],
  [
    "mistyped priority",
    "lex-unknown-keyword",
    instance("state MASTER").replace("priority 150", "priorty 150"),
  ],
  ["priority with junk", "vrrp-priority-invalid", instance("priority 150x")],
  ["advert_int with a unit", "vrrp-advert-int-unparsable", instance("advert_int 1s")],
  [
    "a password that is too long",
    "vrrp-auth-pass-too-long",
    instance(authentication("auth_type PASS", "auth_pass 1-internal-ha")),
  ],
  ["no auth_type", "vrrp-auth-type-missing", instance(authentication("auth_pass k7Qx2vLp"))],
  ["no auth_pass", "vrrp-auth-pass-missing", instance(authentication("auth_type PASS"))],
  [
    "a bad auth_type",
    "vrrp-auth-type-unknown",
    instance(authentication("auth_type pass", "auth_pass k7Qx2vLp")),
  ],
  [
    "a block on one line",
    "lex-block-on-one-line",
    instance("authentication { auth_type PASS auth_pass k7Qx2vLp }"),
  ],
  [
    "authentication in version 3",
    "vrrp-auth-ignored-v3",
    instance("version 3", authentication("auth_type PASS", "auth_pass k7Qx2vLp")),
  ],
  [
    "version 3 without auth_type",
    "vrrp-auth-ignored-v3",
    instance("version 3", authentication("auth_pass k7Qx2vLp")),
  ],
  ["an invalid address", "vrrp-vip-invalid", instance(block("virtual_ipaddress", "10.0.0.256/24"))],
  [
    "a mistyped address block",
    "lex-unknown-block",
    instance(block("virtual_ipadress", "10.0.0.100/24")).replace(
      "    virtual_ipaddress {\n        10.0.0.100/24\n    }\n",
      "",
    ),
  ],
  [
    "an address line that a condition cut",
    "lex-condition-syntax",
    instance(block("virtual_ipaddress", "@VIP@")),
  ],
  [
    "a label that is too long",
    "vrrp-vip-label-too-long",
    instance(block("virtual_ipaddress", "10.0.0.100/24 label eth0:web-frontend")),
  ],
  [
    "addresses on one line",
    "vrrp-vip-several-on-one-line",
    instance(block("virtual_ipaddress", "10.0.0.100/24 10.0.0.101/24")),
  ],
  [
    "addresses with commas",
    "lex-assignment-or-punctuation",
    instance(block("virtual_ipaddress", "10.0.0.100/24, 10.0.0.101/24")),
  ],
  ["a hostname as peer", "vrrp-unicast-peer-invalid", instance(...unicast("host-b"))],
  ["an empty peer list", "vrrp-unicast-without-peers", instance(...unicast())],
  [
    "a peer's address that is the own",
    "vrrp-unicast-peer-self",
    instance(...unicast("10.0.0.1", "10.0.0.2")),
  ],
  ["the own address as virtual one", "vrrp-vip-is-own-address", instance("mcast_src_ip 10.0.0.100")],
  ["nopreempt with MASTER", "vrrp-nopreempt-with-state-master", instance("state MASTER", "nopreempt")],
  [
    "nopreempt off",
    "vrrp-bool-argument-ignored",
    instance("state MASTER", "nopreempt off").replace("    state MASTER\n", ""),
  ],
  ["dont_track_primary off", "vrrp-bool-argument-ignored", instance("dont_track_primary off")],
  ["nopreempt of an owner", "vrrp-nopreempt-owner", instance("priority 255", "nopreempt")],
  [
    "a weight of an owner",
    "vrrp-weight-on-address-owner",
    file(secured, script("weight -60"), instance("priority 255", block("track_script", "chk"))),
  ],
  [
    "an owner in a group",
    "vrrp-sync-owner-mix",
    file(
      instance("priority 255"),
      named("VI_2", "virtual_router_id 52", block("virtual_ipaddress", "10.0.0.101/24")),
      block("vrrp_sync_group G", block("group", "VI_1", "VI_2")),
    ),
  ],
  [
    "a script below its use",
    "vrrp-declared-after-use",
    file(secured, instance(block("track_script", "chk")), script()),
  ],
  [
    "a mistyped script",
    "vrrp-track-undefined",
    file(secured, script(), instance(block("track_script", "chek"))),
  ],
  ["a script that nobody tracks", "vrrp-script-unused", file(secured, script(), instance())],
  [
    "two scripts on one line",
    "vrrp-track-several-on-one-line",
    file(secured, script(), script().replace("chk", "other"), instance(block("track_script", "chk other"))),
  ],
  [
    "an interval with a unit",
    "vrrp-script-interval-unit",
    file(secured, script("interval 2s"), instance(block("track_script", "chk"))),
  ],
  [
    "shell syntax",
    "vrrp-script-shell-syntax",
    file(secured, script('script "pidof nginx || exit 1"'), instance(block("track_script", "chk"))),
  ],
  [
    "a linked directory",
    "vrrp-script-symlinked-directory",
    file(secured, script('script "/bin/pidof nginx"'), instance(block("track_script", "chk"))),
  ],
  ["a global name in an instance", "vrrp-keyword-global-vs-instance-form", instance("vrrp_version 3")],
  [
    "two instances of one name",
    "vrrp-instance-name-duplicate",
    file(instance(), instance("virtual_router_id 52", block("virtual_ipaddress", "10.0.0.101/24"))),
  ],
  ["no name", "vrrp-instance-name-missing", instance().replace(" VI_1", "")],
  [
    "members outside the group block",
    "lex-value-without-block",
    file(instance(), block("vrrp_sync_group G", "VI_1")),
  ],
];

describe("one mistake", () => {
  test.each(mistakes)("%s is told by %s alone", (_what, rule, text) => {
    expect(rulesFor(text.endsWith("\n") ? text : `${text}\n`)).toEqual([rule]);
  });
});

test("a sound file with everything in it is silent", () => {
  const text = file(
    block("global_defs", "router_id a", "enable_script_security", "script_user root"),
    script("interval 2", "fall 2", "rise 2", "weight -60"),
    instance(
      "state BACKUP",
      "advert_int 1",
      ...unicast("10.0.0.2", "10.0.0.3"),
      authentication("auth_type PASS", "auth_pass k7Qx2vLp"),
      block("track_script", "chk"),
      block("track_interface", "eth1"),
      'notify_master "/usr/local/bin/on_master"',
    ),
  );
  expect(lint(fleetOf({ "a.conf": text })).map(({ rule }) => rule)).toEqual([]);
});
