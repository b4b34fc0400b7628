/** Defaults and fallbacks of vrrp_instance. test/model/daemon.test.ts holds the same against keepalived itself. */
import { describe, expect, it } from "vitest";
import type { Instance, Spot } from "../../src/model/host.ts";
import { firstInstance, hostOf, instanceText, instanceWith } from "../support/instance.ts";

/** The spots of an instance whose value is a plain one. */
type Name = {
  [Key in keyof Instance]: Instance[Key] extends Spot<infer Value> | undefined
    ? Value extends string | number | boolean
      ? Key
      : never
    : never;
}[keyof Instance];

function plainValue(instance: Instance, name: Name): unknown {
  return instance[name]?.value;
}

const password = "authentication {\nauth_type PASS\nauth_pass";

describe("a value in force", () => {
  it.each<[lines: string, name: Name, value: unknown]>([
    ["", "version", 2],
    ["version 3", "version", 3],
    ["version 3\nversion 2", "version", 3],
    ["version 4", "version", 2],
    ["version 3;", "version", 3],
    ["", "state", "BACKUP"],
    ["state MASTER", "state", "MASTER"],
    ["state master", "state", "BACKUP"],
    ["state MASTER\nstate BACKUP", "state", "MASTER"],
    ["state BACKUP\nstate MASTER", "state", "MASTER"],
    ["state MASTER\nstate SLAVE", "state", "BACKUP"],
    ["priority 255", "state", "MASTER"],
    ["state BACKUP\npriority 255", "state", "BACKUP"],
    ["strict_mode\nstate MASTER\npriority 100", "state", "BACKUP"],
    [`state MASTER\npriority 100\nauthentication {\nauth_type AH\nauth_pass x\n}`, "state", "BACKUP"],
    ["", "priority", 100],
    ["priority 150", "priority", 150],
    ["priority 150\npriority 120", "priority", 120],
    ["state MASTER", "priority", 255],
    ["state MASTER\npriority 150", "priority", 150],
    ["priority 0", "priority", 100],
    ["priority 256", "priority", 100],
    ["priority 150x", "priority", 100],
    ["priority 1.5", "priority", 100],
    ["state MASTER\npriority 300", "priority", 100],
    ["", "advertInterval", 1],
    ["advert_int 3", "advertInterval", 3],
    ["advert_int 0.3", "advertInterval", 1],
    ["advert_int 1.5", "advertInterval", 2],
    ["advert_int 1.49", "advertInterval", 1],
    ["advert_int 3s", "advertInterval", 1],
    ["advert_int 0", "advertInterval", 1],
    ["advert_int 256", "advertInterval", 1],
    ["version 3\nadvert_int 0.3", "advertInterval", 0.3],
    ["version 3\nadvert_int 0.015", "advertInterval", 0.02],
    ["version 3\nadvert_int 50", "advertInterval", 40.95],
    ["", "accept", true],
    ["no_accept", "accept", false],
    ["strict_mode", "accept", false],
    ["strict_mode\naccept", "accept", false],
    ["strict_mode\nversion 3\naccept", "accept", true],
    ["strict_mode\npriority 255", "accept", true],
    ["", "nopreempt", false],
    ["nopreempt", "nopreempt", true],
    ["nopreempt off", "nopreempt", true],
    ["nopreempt\npreempt", "nopreempt", false],
    ["state MASTER\npriority 100\nnopreempt", "nopreempt", false],
    ["priority 255\nstate BACKUP\nnopreempt", "nopreempt", false],
    ["", "preemptDelay", 0],
    ["preempt_delay 5.5", "preemptDelay", 5.5],
    ["preempt_delay 5\nnopreempt", "preemptDelay", 0],
    ["preempt_delay 5\nstate MASTER\npriority 9", "preemptDelay", 0],
    ["preempt_delay 5\nstrict_mode", "preemptDelay", 0],
    ["preempt_delay 1001", "preemptDelay", 0],
    ["", "downTimerAdverts", 3],
    ["down_timer_adverts 5", "downTimerAdverts", 5],
    ["down_timer_adverts 101", "downTimerAdverts", 3],
    ["down_timer_adverts 5\nstrict_mode", "downTimerAdverts", 3],
    ["", "multicastGroup", "224.0.0.18"],
    ["mcast_dst_ip 224.0.0.20", "multicastGroup", "224.0.0.20"],
    ["mcast_dst_ip 10.0.0.20", "multicastGroup", "224.0.0.18"],
    ["mcast_dst_ip 224.0.0.20\nunicast_peer {\n10.0.0.2\n}", "multicastGroup", "224.0.0.18"],
    ["", "checkUnicastSource", false],
    ["unicast_peer {\n10.0.0.2 min_ttl 64\n}", "checkUnicastSource", true],
    ["interface lo", "interface", undefined],
    ["interface a-name-with-16-b", "interface", "eth0"],
    ["virtual_router_id 300", "vrid", 51],
    ["virtual_router_id 52", "vrid", 52],
    ["use_vmac", "vmac", true],
    ["mcast_src_ip 10.0.0.1", "source", "10.0.0.1"],
    ["unicast_src_ip 10.0.0.1/24", "source", "10.0.0.1"],
    ["unicast_src_ip host", "source", undefined],
    ["unicast_src_ip 10.0.0.1\nmcast_src_ip fd00::1", "source", undefined],
  ])("of %j: %s is %s", (lines, name, value) => {
    expect(plainValue(instanceWith(lines), name)).toBe(value);
  });

  it.each<[globals: string, lines: string, name: Name, value: unknown]>([
    ["vrrp_version 3", "", "version", 3],
    ["vrrp_version 3", "version 2", "version", 2],
    ["vrrp_version 4", "", "version", 2],
    ["vrrp_strict", "", "strict", true],
    ["vrrp_strict", "strict_mode off", "strict", false],
    ["vrrp_mcast_group4 224.0.0.30", "", "multicastGroup", "224.0.0.30"],
    ["vrrp_mcast_group4 224.0.0.30", "mcast_dst_ip 224.0.0.20", "multicastGroup", "224.0.0.20"],
    ["vrrp_mcast_group4 10.0.0.30", "", "multicastGroup", "224.0.0.18"],
    ["vrrp_down_timer_adverts 7", "", "downTimerAdverts", 7],
    ["vrrp_down_timer_adverts 7", "down_timer_adverts 4", "downTimerAdverts", 4],
    ["vrrp_check_unicast_src", "", "checkUnicastSource", true],
  ])("of global_defs %j and %j: %s is %s", (globals, lines, name, value) => {
    const block = `global_defs {\n${globals}\n}\n`;
    expect(plainValue(instanceWith(lines, { before: block }), name)).toBe(value);
    // global_defs counts wherever it stands.
    expect(plainValue(firstInstance(instanceText("V", lines) + block), name)).toBe(value);
  });
});

describe("authentication in force", () => {
  it.each<[lines: string, type: string, sent: string, ignored: RegExp | undefined]>([
    ["", "none", "", undefined],
    [`${password} 1-internal-ha\n}`, "PASS", "1-intern", undefined],
    [`${password} "a b#c"\n}`, "PASS", "a b#c", undefined],
    [`${password} 'ab'\n}`, "PASS", "'ab'", undefined],
    [`${password} ab#cd\n}`, "PASS", "ab", undefined],
    [`${password} one two\n}`, "PASS", "one", undefined],
    [`${password} äöüäöü\n}`, "PASS", "äöüä", undefined],
    [`${password} 1234567ä\n}`, "PASS", "1234567\\xc3", undefined],
    [`${password} ""\n}`, "none", "", /password is missing/],
    ["authentication {\nauth_type PASS\n}", "none", "", /password is missing/],
    ["authentication {\nauth_pass x\n}", "none", "", /auth_type is missing/],
    ["authentication {\nauth_type pass\nauth_pass x\n}", "none", "", /auth_type is missing/],
    ["authentication { auth_type PASS auth_pass x }", "none", "", /password is missing/],
    [`version 3\n${password} x\n}`, "none", "", /version 3/],
    [`strict_mode\n${password} x\n}`, "none", "", /strict/],
    [`${password} x\n}\nauth_hmac {\nactive_key 1\n}`, "none", "", /auth_hmac/],
  ])("of %j is %s %j", (lines, type, sent, ignored) => {
    const { value } = instanceWith(lines).authentication;
    expect([value.type, value.password]).toEqual([type, sent]);
    if (ignored) expect(value.ignored).toMatch(ignored);
    else expect(value.ignored).toBeUndefined();
  });

  it("keeps the password as written, and where", () => {
    const text = instanceText("V", `${password} 1-internal-ha\n}`);
    const { at, value } = firstInstance(text).authentication;
    expect(value.written).toBe("1-internal-ha");
    expect(text.slice(at.span.start, at.span.end)).toBe("1-internal-ha");
    expect(value.passwordAt).toEqual(at);
    expect(text.slice(value.typeAt?.span.start, value.typeAt?.span.end)).toBe("PASS");
  });
});

describe("addresses", () => {
  const only = (lines: string) =>
    firstInstance(`vrrp_instance V {\ninterface eth0\nvirtual_router_id 1\n${lines}\n}`);
  const block = (...addresses: string[]) => ["virtual_ipaddress {", ...addresses, "}"].join("\n");

  it.each<[lines: string, family: number, version: number]>([
    ["", 4, 2],
    [block("10.0.0.1"), 4, 2],
    [block("fd00::1"), 6, 3],
    [block("fd00::1", "10.0.0.1"), 6, 3],
    [block("10.0.0.1", "fd00::1"), 4, 2],
    [block("bad", "fd00::1"), 6, 3],
    [`unicast_src_ip fd00::1\n${block("10.0.0.1")}`, 6, 3],
    [`unicast_peer {\nfd00::1\n}\n${block("10.0.0.1")}`, 6, 3],
    [`mcast_dst_ip ff02::1\n${block("10.0.0.1")}`, 6, 3],
    ["virtual_ipaddress_excluded {\nfd00::1\n}", 4, 2],
    ["native_ipv6", 6, 3],
    [`version 2\n${block("fd00::1")}`, 6, 2],
    [`${block("fd00::1")}\nversion 2`, 6, 3],
    [`strict_mode\nversion 2\n${block("fd00::1")}`, 6, 3],
  ])("of %j make the family %i and the version %i", (lines, family, version) => {
    const instance = only(lines);
    expect([instance.family, instance.version.value]).toEqual([family, version]);
  });

  it.each([
    ["10.0.0.1/24", "10.0.0.1", 24],
    ["10.0.0.1", "10.0.0.1", undefined],
    ["10.0.0.1/255.255.255.0", "10.0.0.1", undefined],
    ["10.0.0.1/33", "10.0.0.1", undefined],
    ["10.0.0.1/24 peer 10.0.0.2", "10.0.0.1", 32],
    ["FD00:0:0:0::0001/64", "fd00::1", 64],
    ["10.0.0.1/24 dev eth1 label eth1:0", "10.0.0.1", 24],
  ])("are read: %s", (line, address, prefix) => {
    expect(only(block(line)).addresses).toMatchObject([{ address, prefix }]);
  });

  it.each([
    ["10.0.0.010", "invalid"],
    ["10.0.0.300", "invalid"],
    ["10.0.0.1-20", "invalid"],
    ["10.0.0.1,", "invalid"],
    ["host", "invalid"],
    ["10.0.0.1 dev", "option"],
    ["10.0.0.1 label a-label-of-16-by", "option"],
    ["10.0.0.1 brd 300.0.0.1", "option"],
    ["fd00::1 brd +", "option"],
    ["10.0.0.1 dev eth0 dev eth1", "option"],
  ])("are refused: %s is %s", (line, why) => {
    const instance = only(block(line));
    expect(instance.addresses).toEqual([]);
    expect(instance.refused).toMatchObject([{ why }]);
  });

  it("of another family are refused, but may be excluded ones", () => {
    const excluded = "virtual_ipaddress_excluded {\nfd00::2\n}";
    const instance = only(`${block("10.0.0.1", "fd00::1")}\n${excluded}`);
    expect(instance.addresses.map(({ address }) => address)).toEqual(["10.0.0.1"]);
    expect(instance.excluded.map(({ address }) => address)).toEqual(["fd00::2"]);
    expect(instance.refused).toMatchObject([{ why: "family", address: "fd00::1", family: 6 }]);
  });

  it.each([
    [4, 255, (n: number) => `10.0.${n >> 7}.${n & 127}`],
    [6, 89, (n: number) => `fd00::${n.toString(16)}`],
  ])("of family %i beyond %i are moved to the excluded ones", (_, room, addressOf) => {
    const all = Array.from({ length: room + 2 }, (__, index) => addressOf(index + 1));
    const instance = only(`virtual_ipaddress_excluded {\n10.9.9.9\n}\n${block(...all)}`);
    expect(instance.addresses.map(({ address }) => address)).toEqual(all.slice(0, room));
    expect(instance.excluded.map(({ address, moved }) => [address, moved])).toEqual([
      ["10.9.9.9", undefined],
      ...all.slice(room).map((address) => [address, true]),
    ]);
  });

  it("of several blocks add up", () => {
    const instance = only(`${block("10.0.0.1")}\n${block("10.0.0.2")}`);
    expect(instance.addresses.map(({ address }) => address)).toEqual(["10.0.0.1", "10.0.0.2"]);
  });
});

describe("unicast", () => {
  it.each([
    ["", false, []],
    ["unicast_src_ip 10.0.0.1", false, []],
    ["unicast_peer {\nhost\n}", false, []],
    ["unicast_peer {\nfd00::1\n}\nmcast_src_ip 10.0.0.1", true, ["fd00::1"]],
    ["mcast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.2\nfd00::1\nhost\n}", true, ["10.0.0.2"]],
    ["unicast_peer {\n10.0.0.2/24\n10.0.0.3 min_ttl 9\n}", true, ["10.0.0.2", "10.0.0.3"]],
  ] as const)("of %j is %s", (lines, unicast, peers) => {
    const instance = firstInstance(`vrrp_instance V {\n${lines}\n}`);
    expect(instance.unicast).toBe(unicast);
    expect(instance.peers.map(({ address }) => address)).toEqual(peers);
  });
});

describe("places", () => {
  it("are the value's word, the keyword of a flag, or the block's header for a default", () => {
    const text = instanceText("V", "priority 150\nnopreempt");
    const instance = firstInstance(text);
    const shown = ({ at }: Spot<unknown>) => text.slice(at.span.start, at.span.end);
    expect(shown(instance.priority)).toBe("150");
    expect(shown(instance.nopreempt)).toBe("nopreempt");
    expect(shown(instance.state)).toBe("vrrp_instance V");
    expect([instance.priority.written, instance.state.written]).toEqual([true, false]);
  });

  it("of a value that keepalived replaces is still where it is written", () => {
    const { nopreempt, priority } = instanceWith("state MASTER\npriority 999\nnopreempt");
    expect(nopreempt).toMatchObject({ value: false, written: true });
    expect(priority).toMatchObject({ value: 100, written: true });
  });
});

describe("what is not known", () => {
  const unknown = "$" + "{_ENV PRIORITY}";

  it.each<[lines: string, name: Name, value: unknown]>([
    [`priority ${unknown}`, "priority", 100],
    [`advert_int ${unknown}`, "advertInterval", 1],
    [`version ${unknown}`, "version", 2],
    [`state ${unknown}`, "state", "BACKUP"],
    [`preempt_delay ${unknown}`, "preemptDelay", 0],
    [`mcast_dst_ip ${unknown}`, "multicastGroup", "224.0.0.18"],
    [`strict_mode ${unknown}`, "strict", false],
  ])("in %j: %s is marked as unknown", (lines, name, value) => {
    const instance = instanceWith(lines);
    expect(instance[name]).toMatchObject({ value, unknown: true });
    expect(instance.uncertain).toBe(true);
  });

  it("gives no VRID, no source and no address", () => {
    const instance = firstInstance(
      `vrrp_instance V {\nvirtual_router_id ${unknown}\nunicast_src_ip ${unknown}\nvirtual_ipaddress {\n${unknown}\n}\n}`,
    );
    expect([instance.vrid, instance.source, instance.addresses]).toEqual([undefined, undefined, []]);
    expect(instance.refused).toMatchObject([{ why: "unknown" }]);
    expect(instance.uncertain).toBe(true);
  });

  it("leaves text as the reader left it, and marked", () => {
    const instance = instanceWith(`interface ${unknown}\n${password} ${unknown}\n}`);
    expect(instance.interface?.unknown).toBe(true);
    expect(instance.authentication.unknown).toBe(true);
  });

  it("does not touch the instance beside it", () => {
    const host = hostOf(instanceText("A", `priority ${unknown}`, 1) + instanceText("B", "", 2));
    expect(host.instances.map(({ uncertain }) => uncertain)).toEqual([true, false]);
    expect(host.uncertain).toBe(false);
  });
});
