/** What instances mean to the state machine, beside what a running keepalived says of the same text. */
import { describe, expect, test } from "vitest";
import { machinesOf, quirksOf } from "../../src/model/machine-config.ts";
import { block, file, instance, named } from "../../src/rules/examples.ts";
import type { Config } from "../../src/vrrp/machine-types.ts";
import { bookworm, newest } from "../../src/vrrp/quirks.ts";
import { instancesOfDaemon } from "../support/daemon.ts";
import { fleetOf } from "../support/fleet.ts";
import { needsPeer } from "../support/keepalived.ts";

const options = { sourceOf: () => "10.0.0.1" };

/** The configuration of the first instance of a text. */
function configOf(text: string, release?: string): Config {
  const [host] = fleetOf({ "a.conf": text }).hosts;
  const [machine] = host ? machinesOf(host, { ...options, release }) : [];
  if (!machine) throw new Error("No instance runs.");
  return machine.config;
}

const alone = (...lines: readonly string[]) => configOf(file(instance(...lines)));
const peers = block("unicast_peer", "10.0.0.2", "10.0.0.3 min_ttl 100 max_ttl 200");
const keys = (...lines: readonly string[]) =>
  block("auth_hmac", `key 1 ${"k".repeat(32)}`, `key 2 hex:${"0a".repeat(32)}`, "active_key 1", ...lines);

describe("an instance", () => {
  test("that says nothing has keepalived's defaults", () => {
    expect(alone("version 3")).toEqual({
      advert: { family: 4, version: 3, vrid: 51, interval: 1_000_000, addresses: ["10.0.0.100"] },
      source: "10.0.0.1",
      hopLimit: 255,
      priority: 150,
      startsAsMaster: false,
      isKnownAsOwner: false,
      nopreempt: false,
      preemptDelay: 0,
      downTimerAdverts: 3,
      startupDelay: 0,
      lowerPriorityNoAdvert: false,
      higherPrioritySendAdvert: false,
      trustsKnownMaster: false,
      accept: true,
      trackers: [{ id: "interface eth0", weight: 0, reverse: false, initial: true }],
      reception: {
        version: 3,
        vrid: 51,
        interval: 1_000_000,
        addresses: ["10.0.0.100"],
        wire: {
          authentication: { type: "none" },
          checksum: "standard",
          multicastGroup: "224.0.0.18",
          unicast: false,
        },
        peers: [],
        checkSource: false,
        learnsGroupChecksum: true,
        ownerIgnores: false,
        quirks: newest,
      },
      announcing: {
        repeat: 5,
        delay: 5_000_000,
        refresh: 0,
        refreshRepeat: 1,
        lowerRepeat: 5,
        lowerDelay: 5_000_000,
      },
    });
  });

  test.each([
    ["without VRID", [named("VI_1").replace("virtual_router_id 51", "")]],
    ["without interface", [named("VI_1").replace("interface eth0", "")]],
    ["without addresses in version 3", [instance("version 3", block("virtual_ipaddress"))]],
  ])("%s does not run", (_, blocks) => {
    const [host] = fleetOf({ "a.conf": file(...blocks) }).hosts;
    expect(host && machinesOf(host, options)).toEqual([]);
  });

  test.each([
    ["priority 255", true],
    ["state BACKUP\n    priority 255", false],
    ["state MASTER\n    priority 150", false],
  ])("with %s starts as master: %s", (lines, expected) => {
    expect(alone(lines).startsAsMaster).toBe(expected);
  });

  test.each([
    [["priority 255"], false],
    [["state MASTER"], false],
    [["state MASTER", "priority 255"], true],
  ])("with %j is known to its sync group as owner: %s", (lines, expected) => {
    const group = block("vrrp_sync_group G", block("group", "VI_1"));
    const where = ["interface eth0", "virtual_router_id 51", block("virtual_ipaddress", "10.0.0.100/24")];
    const owner = block("vrrp_instance VI_1", ...where, ...lines);
    const [host] = fleetOf({ "a.conf": file(group, owner) }).hosts;
    expect(host && machinesOf(host, options)[0]?.config).toMatchObject({
      startsAsMaster: true,
      isKnownAsOwner: expected,
    });
  });

  test("times and counts are in the machine's units", () => {
    const config = configOf(
      file(
        block("global_defs", "vrrp_startup_delay 2.5"),
        instance("version 3", "advert_int 0.25", "preempt_delay 3", "down_timer_adverts 5"),
      ),
    );
    expect(config).toMatchObject({ preemptDelay: 3_000_000, downTimerAdverts: 5, startupDelay: 2_500_000 });
    expect(config.advert.interval).toBe(250_000);
    expect(config.reception.interval).toBe(250_000);
  });

  test("unicast has its peers, their TTL and its own", () => {
    const config = alone(
      "version 3",
      "unicast_src_ip 10.0.0.7",
      peers,
      "unicast_ttl 64",
      "check_unicast_src",
    );
    expect(config).toMatchObject({ source: "10.0.0.7", hopLimit: 64 });
    expect(config.reception).toMatchObject({
      checkSource: true,
      wire: { unicast: true },
      peers: [
        { address: "10.0.0.2", lowestHopLimit: 0, highestHopLimit: 255 },
        { address: "10.0.0.3", lowestHopLimit: 100, highestHopLimit: 200 },
      ],
    });
  });

  test("IPv6 unicast starts with Linux' hop limit", () => {
    const lines = [block("unicast_peer", "fd00::2"), block("virtual_ipaddress", "fe80::1", "fd00::100")];
    expect(alone(...lines).hopLimit).toBe(64);
  });

  test.each([
    ["v3_checksum_as_v2", "2.2.8", "message-only"],
    ["v3_checksum_as_v2", "2.2.7", "standard"],
    ["v3_checksum_as_v2 off", "2.2.8", "standard"],
    ["old_unicast_checksum", "2.2.7", "group"],
    ["old_unicast_checksum never", "2.2.7", "standard"],
  ])("%s in %s: checksum %s", (line, release, expected) => {
    const { wire } = configOf(file(instance("version 3", line, peers)), release).reception;
    expect(wire.checksum).toBe(expected);
  });

  test("v3_checksum_as_v2 counts for every instance that does not say otherwise", () => {
    const globally = block("global_defs", "v3_checksum_as_v2");
    const checksum = (...lines: readonly string[]) => {
      return configOf(file(globally, instance("version 3", ...lines))).reception.wire.checksum;
    };
    expect([checksum(), checksum("v3_checksum_as_v2 off")]).toEqual(["message-only", "standard"]);
  });

  test("no addresses are meant where no_virtual_ipaddress says so", () => {
    expect(alone("version 3", "no_virtual_ipaddress", block("virtual_ipaddress")).advert.addresses).toEqual(
      [],
    );
  });

  test("a password has 8 bytes", () => {
    const { authentication } = alone(block("authentication", "auth_type PASS", "auth_pass s3cret")).reception
      .wire;
    expect(authentication).toEqual({ type: "PASS", key: Uint8Array.from(Buffer.from("s3cret\0\0")) });
  });

  test.each([
    ["owner_ignore_adverts", "2.3.3", true],
    ["owner_ignore_adverts off", "2.3.3", true],
    ["owner_ignore_adverts", "2.3.2", false],
    ["strict_mode", "2.3.3", true],
    ["nopreempt", "2.3.3", false],
  ])("an owner with %s in %s ignores adverts: %s", (line, release, expected) => {
    expect(configOf(file(instance("priority 255", line)), release).reception.ownerIgnores).toBe(expected);
  });
});

describe("auth_hmac", () => {
  const signing = (...lines: readonly string[]) => alone("version 3", ...lines).reception.wire.signing;

  test("has its keys as text and as hexadecimal digits", () => {
    expect(signing(keys())).toEqual({
      keys: { 1: new Uint8Array(32).fill(107), 2: new Uint8Array(32).fill(10) },
      active: 1,
      mode: "enforce",
      window: 5,
    });
  });

  test.each([
    ["three intervals", ["advert_int 4", keys()], 12],
    ["as written", [keys("time_window 30")], 30],
    ["none, when stamps only count", [keys("anti_replay monotonic")], undefined],
  ])("has a window: %s", (_, lines, window) => {
    expect(signing(...lines)?.window).toBe(window);
  });

  test("is stricter in strict mode", () => {
    expect(signing(keys("mode permissive"))?.mode).toBe("permissive");
    expect(signing(keys("mode permissive"), "strict_mode")?.mode).toBe("enforce");
  });

  test.each([
    ["no active key", block("auth_hmac", `key 1 ${"k".repeat(32)}`)],
    ["an active key that is not there", block("auth_hmac", `key 1 ${"k".repeat(32)}`, "active_key 2")],
    ["a key that is too short", block("auth_hmac", `key 1 ${"k".repeat(31)}`, "active_key 1")],
    ["a key with a wrong digit", block("auth_hmac", `key 1 hex:${"0g".repeat(32)}`, "active_key 1")],
  ])("is off with %s", (_, lines) => {
    expect(signing(lines)).toBeUndefined();
  });

  test("is unknown before 2.4.0", () => {
    expect(configOf(file(instance("version 3", keys())), "2.3.4").reception.wire.signing).toBeUndefined();
  });
});

describe("trackers", () => {
  const scripts = [
    block("vrrp_script chk", 'script "/bin/true"', "weight 5"),
    block("vrrp_script down", 'script "/bin/true"', "init_fail"),
    block("vrrp_track_file load", 'file "/run/load"'),
  ];

  test("are known by kind and name, and what is not known yet is unknown", () => {
    const text = file(
      ...scripts,
      instance(
        block("track_script", "chk weight -20 reverse", "down"),
        block("track_interface", "eth1 weight 10"),
        block("track_file", "load"),
      ),
    );
    const found = configOf(text).trackers;
    expect(found.find(({ id }) => id === "script chk")).toEqual({
      id: "script chk",
      weight: -20,
      reverse: true,
      initial: "unknown",
    });
    expect(found.map(({ id, initial }) => `${id} ${initial}`).sort()).toEqual([
      "file load 0",
      "interface eth0 true",
      "interface eth1 true",
      "script chk unknown",
      "script down false",
    ]);
  });

  test("of the sync group are the members' too", () => {
    const text = file(
      scripts[1] as string,
      block("vrrp_sync_group G", block("group", "VI_1"), block("track_script", "down")),
      instance(),
    );
    expect(configOf(text).trackers.map(({ id }) => id)).toContain("script down");
  });

  test("dont_track_primary leaves the own interface out", () => {
    expect(alone("dont_track_primary").trackers).toEqual([]);
  });
});

describe("releases", () => {
  test("2.2.7 and the newest one differ in everything", () => {
    expect(quirksOf("2.2.7")).toEqual(bookworm);
    expect(quirksOf("2.4.3")).toEqual(newest);
    expect(quirksOf(undefined)).toEqual(newest);
  });

  test.each([
    ["2.2.8", "deafWhileDelayed"],
    ["2.3.2", "takesPadding"],
    ["2.3.2", "refreshesByClock"],
    ["2.3.3", "dropsOtherAddresses"],
    ["2.3.3", "ownersNegotiate"],
  ] as const)("%s is the first with another %s", (release, quirk) => {
    const before = release.replace(/\d+$/, (last) => `${Number(last) - 1}`);
    expect(quirksOf(before)[quirk]).toBe(bookworm[quirk]);
    expect(quirksOf(release)[quirk]).toBe(newest[quirk]);
  });
});

/** Texts with settings that reach the daemon's dump. */
const told: readonly (readonly [string, string])[] = [
  ["nothing", file(instance())],
  ["strict mode", file(instance("strict_mode"))],
  [
    "own settings",
    file(
      instance(
        "garp_master_delay 7",
        "garp_master_repeat 2",
        "garp_master_refresh 30",
        "garp_master_refresh_repeat 3",
        "garp_lower_prio_delay 9",
        "garp_lower_prio_repeat 4",
        "lower_prio_no_advert",
        "higher_prio_send_advert on",
      ),
    ),
  ],
  [
    "global settings",
    file(
      block(
        "global_defs",
        "vrrp_garp_master_delay 7",
        "vrrp_garp_master_repeat 2",
        "vrrp_garp_master_refresh 30",
        "vrrp_garp_master_refresh_repeat 3",
        "vrrp_lower_prio_no_advert true",
        "vrrp_higher_prio_send_advert",
      ),
      instance(),
    ),
  ],
  [
    "both",
    file(
      block(
        "global_defs",
        "vrrp_garp_master_repeat 2",
        "vrrp_garp_lower_prio_repeat 0",
        "vrrp_lower_prio_no_advert",
      ),
      instance("garp_master_repeat 9", "lower_prio_no_advert off"),
    ),
  ],
  ["as few as possible", file(block("global_defs", "vrrp_min_garp"), instance())],
  [
    "few, but others first",
    file(block("global_defs", "vrrp_garp_master_delay 9", "vrrp_min_garp on"), instance()),
  ],
];

describe.runIf(needsPeer())("keepalived says the same of", () => {
  test.each(told)("%s", async (_, text) => {
    const { announcing, lowerPriorityNoAdvert, higherPrioritySendAdvert } = configOf(text, "2.2.7");
    const [dump] = await instancesOfDaemon(text);
    const lines = dump?.lines.filter((line) => /^(Gratuitous ARP (?!for)|Send advert after)/.test(line));
    const second = 1_000_000;
    expect(lines).toEqual([
      `Gratuitous ARP delay = ${announcing.delay / second}`,
      `Gratuitous ARP repeat = ${announcing.repeat}`,
      `Gratuitous ARP refresh = ${announcing.refresh / second}`,
      `Gratuitous ARP refresh repeat = ${announcing.refreshRepeat}`,
      `Gratuitous ARP lower priority delay = ${announcing.lowerDelay / second}`,
      `Gratuitous ARP lower priority repeat = ${announcing.lowerRepeat}`,
      `Send advert after receive lower priority advert = ${!lowerPriorityNoAdvert}`,
      `Send advert after receive higher priority advert = ${higherPrioritySendAdvert}`,
    ]);
  });
});
