/** What a file asks of the daemon: sources, sockets, virtual interfaces, trackers, programs, mail. */
import { describe, expect, test } from "vitest";
import { file } from "../../../src/rules/examples.ts";
import type { Found } from "../../../src/run/plan/surroundings.ts";
import { block, groundOf, instanceFor, interfaceOf, oneAddress, planFor, withInstance } from "../support.ts";

const sixAddress = block("virtual_ipaddress", "2001:db8::100/64");

describe("the source of adverts", () => {
  test("is the interface's first IPv4 address, not one that a run before left there", () => {
    expect(instanceFor(withInstance(oneAddress)).config.source).toBe("10.0.0.1");
    const ground = groundOf(interfaceOf("eth0", "10.0.0.100/24", "10.0.0.3/24"));
    expect(instanceFor(withInstance(oneAddress), { ground }).config.source).toBe("10.0.0.3");
  });

  test("is the link-local address for IPv6", () => {
    expect(instanceFor(withInstance(sixAddress)).config.source).toBe("fe80::1");
  });

  test("is the one that is written", () => {
    expect(instanceFor(withInstance("mcast_src_ip 10.0.0.9", oneAddress)).config.source).toBe("10.0.0.9");
  });

  const bare = groundOf(interfaceOf("eth0"));
  const noLinkLocal = "eth0 has no IPv6 link-local address";
  test.each([
    ["eth0 does not exist", oneAddress, groundOf()],
    ["eth0 has no IPv4 address", oneAddress, bare],
    [`${noLinkLocal} (nor has any other an IPv6 address: IPv6 may be off on this host)`, sixAddress, bare],
    [noLinkLocal, sixAddress, groundOf(interfaceOf("eth0"), interfaceOf("lo", "::1/128"))],
    ["it has no unicast peer", `unicast_fault_no_peer\n${oneAddress}`, bare],
  ])("is missing: %s", (lacks, lines, ground) => {
    expect(instanceFor(withInstance(lines), { ground }).lacks).toBe(lacks);
  });

  test("is made from the MAC address for a virtual IPv6 interface", () => {
    const { config, lacks } = instanceFor(withInstance("use_vmac", sixAddress), { ground: bare });
    expect([config.source, lacks]).toEqual(["fe80::ff:fe00:2", undefined]);
  });
});

describe("the socket", () => {
  test("joins the group on the interface", () => {
    expect(instanceFor(withInstance(oneAddress)).socket).toEqual({
      ...{ family: 4, protocol: 112, interface: "eth0", sendInterface: undefined },
      ...{ group: "224.0.0.18", source: "10.0.0.1", hopLimit: 255 },
    });
  });

  test("is one of the authentication header", () => {
    const lines = block("authentication", "auth_type AH", "auth_pass secret");
    expect(instanceFor(withInstance(lines, oneAddress)).socket.protocol).toBe(51);
  });

  test("is without a group for unicast, and without an interface where none is named", () => {
    const peers = block("unicast_peer", "10.0.0.2");
    const text = `vrrp_instance V {\nvirtual_router_id 51\nunicast_src_ip 10.0.0.1\n${peers}\n${block("virtual_ipaddress", "10.0.0.100/24 dev eth0")}\n}`;
    const { socket, lacks } = instanceFor(text);
    expect([socket.group, socket.interface, socket.source, lacks]).toEqual([
      undefined,
      undefined,
      "10.0.0.1",
      undefined,
    ]);
  });
});

describe("a virtual MAC address", () => {
  test("is an interface that holds addresses, adverts and sockets", () => {
    const { virtuals, resources, socket } = instanceFor(withInstance("use_vmac", oneAddress));
    expect(virtuals).toMatchObject([{ name: "vrrp.51", mac: "00:00:5e:00:01:33", base: "eth0" }]);
    expect(virtuals[0]?.add).toEqual([
      "link add link eth0 name vrrp.51 address 00:00:5e:00:01:33 type macvlan mode private",
      'nft add element ip keepalived vmac_map { "vrrp.51" : "eth0" }',
      "link set dev vrrp.51 addrgenmode none",
      "link set dev vrrp.51 up",
    ]);
    expect(virtuals[0]?.remove).toBe("link delete dev vrrp.51");
    expect(resources[0]?.device).toBe("vrrp.51");
    expect(socket.interface).toBe("vrrp.51");
  });

  test("of IPv6 has the source as its link-local address", () => {
    const { virtuals } = instanceFor(withInstance("use_vmac", sixAddress));
    expect(virtuals[0]?.mac).toBe("00:00:5e:00:02:33");
    expect(virtuals[0]?.add.at(-1)).toBe("address replace fe80::1/64 nodad dev vrrp.51");
  });

  test("has the name and MAC address that are written; five octets get the VRID", () => {
    const { virtuals } = instanceFor(withInstance("use_vmac v0 02:00:00:00:09", oneAddress));
    expect(virtuals).toMatchObject([{ name: "v0", mac: "02:00:00:00:09:33" }]);
  });

  test("sends from the interface below with vmac_xmit_base, and for unicast", () => {
    expect(instanceFor(withInstance("use_vmac", "vmac_xmit_base", oneAddress)).socket.interface).toBe("eth0");
    const peers = block("unicast_peer", "10.0.0.2");
    expect(instanceFor(withInstance("use_vmac", peers, oneAddress)).socket.interface).toBe("eth0");
  });

  test("takes a name that is free, and its own again", () => {
    const named = (mac: string) => {
      const there = { ...interfaceOf("vrrp.51"), mac };
      const ground = groundOf(interfaceOf("eth0", "10.0.0.1/24"), there);
      return instanceFor(withInstance("use_vmac", oneAddress), { ground }).virtuals[0]?.name;
    };
    expect(named("02:00:00:00:00:99")).toBe("vrrp1.51");
    expect(named("00:00:5e:00:01:33")).toBe("vrrp.51");
  });

  test("is made for addresses elsewhere with use_vmac_addr, and for one that says use_vmac", () => {
    const there = block("virtual_ipaddress", "10.0.0.100/24", "10.1.0.100/24 dev eth1");
    const here = instanceFor(withInstance("use_vmac_addr", there));
    const { virtuals, resources } = here;
    expect(virtuals.map(({ name, base }) => [name, base])).toEqual([["vrrp.51", "eth1"]]);
    expect(resources.map(({ device }) => device)).toEqual(["eth0", "vrrp.51"]);
    const tracked = ({ config }: typeof here) => config.trackers.map(({ id }) => id);
    expect(tracked(here)).toEqual(["interface eth0", "interface eth1"]);
    expect(tracked(instanceFor(withInstance("use_vmac", oneAddress)))).toEqual(["interface eth0"]);
    const single = instanceFor(withInstance(block("virtual_ipaddress", "10.0.0.100/24 use_vmac")));
    expect(single.virtuals.map(({ base }) => base)).toEqual(["eth0"]);
    expect(single.resources[0]?.device).toBe("vrrp.51");
  });
});

describe("trackers", () => {
  const scripted = [
    block("vrrp_script s", 'script "/bin/s a"', "interval 2", "rise 3", "user nobody", "init_fail"),
    block("vrrp_script unused", "script /bin/t"),
    block("vrrp_track_process p", "process nginx -g", "quorum 2", "delay 0.5", "param_match initial"),
    block("track_file f", "file /run/f", "weight 2", "init_file 7 overwrite"),
    withInstance(
      block("track_script", "s"),
      block("track_process", "p"),
      block("track_file", "f"),
      block("track_interface", "eth1"),
      ...["mcast_src_ip 10.0.0.1", "track_src_ip", oneAddress],
      block("virtual_routes", "1.2.3.0/24 dev eth2"),
    ),
  ].join("\n");

  test("have a check each", () => {
    const { checks } = planFor(scripted);
    expect(checks.map(({ id }) => id)).toEqual([
      ...["script s", "process p", "file f", "interface eth0", "interface eth1", "interface eth2"],
      "address 10.0.0.1 eth0",
    ]);
    expect(checks[0]).toMatchObject({
      ...{ interval: 2_000_000, timeout: 2_000_000, rise: 3, fall: 1, failsAtFirst: true },
      program: { words: ["/bin/s", "a"], user: { uid: 65534, gid: 65534 } },
    });
    expect(checks[1]).toMatchObject({
      ...{ process: "nginx", parameters: ["-g"], match: "initial", fullCommand: true },
      ...{ quorum: 2, terminateDelay: 500_000, forkDelay: 500_000 },
    });
    expect(checks[2]).toMatchObject({ path: "/run/f", initial: { value: 7, overwrite: true } });
  });

  test("leave with a script that is refused, which is told", () => {
    const inspect = (path: string): Found => ({ path, refused: "no such file", insecure: false });
    const plan = planFor(scripted, { surroundings: { inspect } });
    expect(plan.checks.map(({ id }) => id)).not.toContain("script s");
    expect(plan.parts[0]?.instances[0]?.config.trackers.map(({ id }) => id)).not.toContain("script s");
    expect(plan.unexecuted.map(({ keyword, why }) => [keyword, why])).toEqual([
      ["/bin/s", "no such file"],
      ["/bin/t", "no such file"],
    ]);
  });
});

describe("programs", () => {
  const run = (...globals: readonly string[]) => {
    const text = `${block("global_defs", ...globals)}\n${withInstance("notify_master \"/bin/m 'a b' c\" alice wheel", "notify /bin/n", oneAddress)}`;
    return (surroundings = {}) => instanceFor(text, { surroundings }).notify;
  };

  test("have their words, user and group", () => {
    expect(run()().master).toMatchObject({ words: ["/bin/m", "a b", "c"], user: { uid: 1000, gid: 10 } });
  });

  test("run as the daemon itself, as script_user, or as keepalived_script where there is one", () => {
    expect(run()().any?.user).toBeUndefined();
    expect(run("script_user nobody")().any?.user).toEqual({ uid: 65534, gid: 65534 });
    const runner = (user: string) => (user === "keepalived_script" ? { uid: 7, gid: 8 } : undefined);
    expect(run()({ runner }).any?.user).toEqual({ uid: 7, gid: 8 });
  });

  test("are refused without their user", () => {
    expect(run("script_user bob")().any?.refused).toBe("there is no user bob");
    expect(run("enable_script_security")().any?.refused).toMatch("there is no user keepalived_script");
  });

  test("fall back to group and global settings", () => {
    const text = [
      block("global_defs", "smtp_alert", "vrrp_notify_priority_changes"),
      block("vrrp_sync_group G", block("group", "V"), "notify_stop /bin/stop", "smtp_alert off"),
      withInstance("notify_deleted", oneAddress),
    ].join("\n");
    const [part] = planFor(text).parts;
    expect(part).toMatchObject({ group: "G", mail: false, notify: { stop: { words: ["/bin/stop"] } } });
    expect(part?.instances[0]).toMatchObject({
      mail: true,
      notify: { tellsPriority: true, tellsDeleted: true },
    });
  });
});

describe("the daemon's own settings", () => {
  const text = [
    block(
      "global_defs",
      block("notification_email", "a@example.com b@example.com", "c@example.com"),
      ...["smtp_server 192.0.2.1 2525", "smtp_connect_timeout 5", "no_email_faults", "umask IRWXO"],
      ...[
        "notify_fifo /run/all",
        'notify_fifo_script "/bin/read x" nobody',
        "vrrp_notify_fifo /run/vrrp alice",
      ],
      ...["startup_script /bin/up", "startup_script_timeout 3", "vrrp_garp_interval 0.5"],
    ),
    block("garp_group", "gna_interval 0.25", block("interfaces", "eth0", "eth1")),
    block("interface_up_down_delays", "eth0 0.5 9"),
    withInstance("promote_secondaries", oneAddress),
  ].join("\n");
  const plan = planFor(text);

  test("mail", () => {
    expect(plan.mail).toEqual({
      ...{ server: "192.0.2.1", port: 2525, from: "root@a.example.com", helo: "a.example.com" },
      ...{ to: ["a@example.com", "b@example.com", "c@example.com"], connectTimeout: 5_000_000 },
      ...{ routerId: "a.example.com", faults: false },
    });
    expect(planFor(withInstance(oneAddress)).mail).toBeUndefined();
  });

  test("FIFOs, whose programs get the path", () => {
    expect(plan.fifos).toMatchObject([
      { of: "all", path: "/run/all", owner: undefined, program: { words: ["/bin/read", "x", "/run/all"] } },
      { of: "vrrp", path: "/run/vrrp", owner: { uid: 1000, gid: 1000 }, program: undefined },
    ]);
  });

  test("pauses, delays that leave room for adverts, settings, scripts", () => {
    expect(plan.pauses).toEqual([
      { interfaces: ["eth0", "eth1"], arp: 500_000, neighbour: 250_000 },
      { interfaces: "all", arp: 500_000, neighbour: 0 },
    ]);
    expect(plan.interfaceDelays).toEqual({ eth0: { down: 500_000, up: 1_996_094 } });
    expect(plan.settings).toEqual([["net/ipv4/conf/eth0/promote_secondaries", "1"]]);
    expect(plan).toMatchObject({
      startupTimeout: 3_000_000,
      shutdown: undefined,
      shutdownTimeout: undefined,
    });
  });

  test("real-time scheduling as the file says, or for hurried adverts", () => {
    const every = (interval: string) => withInstance(oneAddress, "version 3", `advert_int ${interval}`);
    const priority = block("global_defs", "vrrp_rt_priority 50");
    expect(planFor(every("0.1")).realTime).toBeUndefined();
    expect(planFor(every("0.09")).realTime).toBe(2);
    expect(planFor(file(priority, every("0.09"))).realTime).toBe(50);
    expect(planFor(file(priority, every("1"))).realTime).toBe(50);
  });

  test("the umask", () => {
    expect(planFor("").umask).toBe(0o177);
    expect(planFor(block("global_defs", "umask IWGRP | IWOTH")).umask).toBe(0o022);
    expect(planFor(block("global_defs", "umask 027")).umask).toBe(0o027);
  });
});
