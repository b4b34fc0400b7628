/** The daemon on machines that are none, in virtual time. */
import { describe, expect, test } from "vitest";
import { block, file } from "../../../src/rules/examples.ts";
import { metricsText } from "../../../src/run/daemon/metrics.ts";
import { statisticsText, statusText } from "../../../src/run/daemon/report.ts";
import { statusOf } from "../../../src/run/daemon/status.ts";
import { readPacket } from "../../../src/vrrp/packet-ip.ts";
import { one } from "../../simulate/play.ts";
import { interfaceOf } from "../support.ts";
import { type FakeMachine, groundWith, World } from "./fakes.ts";

const addresses = (...all: readonly string[]) => block("virtual_ipaddress", ...all);
const moves = (...all: readonly string[]) => addresses(...all.map((each) => `10.0.0.${each}/24`));

/** A machine with a daemon that has become master at 3.414 s. */
async function master(text: string, moment = 10) {
  const world = new World();
  const machine = world.machine("a", groundWith("10.0.0.1/24"));
  const daemon = machine.daemon(text);
  await daemon.start();
  await world.until(moment);
  return { world, machine, daemon };
}

/** Priorities of the adverts that were sent after a moment, with their times in seconds. */
function sent(machine: FakeMachine, after: number): readonly string[] {
  return machine.sent
    .filter(({ at }) => at > after * 1e6)
    .map(({ at, packet }) => `${(at / 1e6).toFixed(3)} ${readPacket(packet)?.payload[2]}`);
}

describe("a pair", () => {
  test("the higher priority becomes master; the other one when it is stopped", async () => {
    const world = new World();
    const [a, b] = ["10.0.0.1/24", "10.0.0.2/24"].map((own) => world.machine(own, groundWith(own)));
    if (!a || !b) throw new Error("There are two.");
    const [first, other] = [a.daemon(one(150)), b.daemon(one(100))];
    await Promise.all([first.start(), other.start()]);
    await world.until(10);
    expect(a.moves).toEqual(["3.414 add 10.0.0.100"]);
    expect(b.moves).toEqual([]);
    const stopped = first.stop();
    await world.until(20);
    await stopped;
    expect(a.moves.at(-1)).toBe("10.000 remove 10.0.0.100");
    expect(b.moves).toEqual(["10.609 add 10.0.0.100"]);
    expect([a.held.size, a.openSockets, a.dismissed]).toEqual([0, 0, true]);
    expect(a.notices.map(({ event }) => event)).toEqual(["BACKUP", "MASTER", "STOP"]);
    expect(a.logged).toEqual([
      "0.000 info VI_1: becomes BACKUP: started",
      "3.414 info VI_1: becomes MASTER: heard nobody for 3.414 s",
      "10.000 info VI_1: stops: stopped",
    ]);
  });

  test("addresses that a former run has left go first", async () => {
    const world = new World();
    const machine = world.machine("a", groundWith("10.0.0.1/24"));
    machine.run("address add 10.0.0.100/24 dev eth0");
    const found = interfaceOf("eth0", "10.0.0.1/24", "10.0.0.100/24");
    machine.appears(found);
    await machine.daemon(one(150)).start();
    expect([...machine.addresses]).toEqual([]);
  });
});

describe("standing still", () => {
  test("a master that stood still gives up without a word and listens before it comes back", async () => {
    const { world, machine } = await master(one(150));
    machine.stop();
    world.at(14, () => machine.goOn());
    await world.until(20);
    expect(machine.moves.slice(1)).toEqual(["14.000 remove 10.0.0.100", "17.414 add 10.0.0.100"]);
    expect(sent(machine, 10)[0]).toBe("17.414 150");
  });

  test("a shorter pause is made up for", async () => {
    const { world, machine } = await master(one(150));
    machine.stop();
    world.at(12, () => machine.goOn());
    await world.until(13);
    expect(machine.moves).toHaveLength(1);
    expect(sent(machine, 10)[0]).toBe("12.000 150");
  });

  test("adverts that waited in the sockets are read before a backup's wait counts", async () => {
    const world = new World();
    const [a, b] = [
      world.machine("a", groundWith("10.0.0.1/24")),
      world.machine("b", groundWith("10.0.0.2/24")),
    ];
    await Promise.all([a.daemon(one(150)).start(), b.daemon(one(100)).start()]);
    await world.until(10);
    b.stop();
    world.at(15, () => b.goOn());
    await world.until(20);
    expect(b.moves).toEqual([]);
  });

  test("a master reads what waited in the sockets before it speaks, and may be none any more", async () => {
    const world = new World();
    const [a, b] = [
      world.machine("a", groundWith("10.0.0.1/24")),
      world.machine("b", groundWith("10.0.0.2/24")),
    ];
    await b.daemon(one(100)).start();
    await world.until(7);
    await a.daemon(one(150)).start();
    await world.until(10.4);
    expect(a.moves).toEqual([]);
    b.stop();
    world.at(10.9, () => b.goOn());
    await world.until(12);
    expect(a.moves).toEqual(["10.414 add 10.0.0.100"]);
    expect(b.moves.slice(1)).toEqual(["10.900 remove 10.0.0.100"]);
    expect(sent(b, 10.4)).toEqual([]);
  });
});

describe("what others do to the machine", () => {
  test("without its virtual interface an instance is in FAULT, whoever took it and whatever the kernel tells", async () => {
    const { world, machine } = await master(one(150, "use_vmac"), 1);
    const virtual = { ...interfaceOf("vrrp.51"), mac: "00:00:5e:00:01:33" };
    machine.appears(virtual);
    await world.until(10);
    machine.gone("vrrp.51");
    await world.until(11);
    machine.appears(virtual);
    await world.until(20);
    machine.appears({ ...virtual, up: false });
    await world.until(21);
    expect(machine.logged.filter((line) => line.includes("VI_1: becomes"))).toEqual([
      "0.000 info VI_1: becomes BACKUP: started",
      "3.414 info VI_1: becomes MASTER: heard nobody for 3.414 s",
      "10.000 warning VI_1: becomes FAULT: its virtual interface is gone or down",
      "11.000 info VI_1: becomes BACKUP: everything it depends on works",
      "14.414 info VI_1: becomes MASTER: heard nobody for 3.414 s",
      "20.000 warning VI_1: becomes FAULT: its virtual interface is gone or down",
    ]);
    expect(machine.moves.map((move) => move.replace(/ 10.*/, ""))).toEqual([
      "3.414 add",
      "10.000 remove",
      "14.414 add",
      "20.000 remove",
    ]);
  });

  test("an address that somebody deletes comes back as in keepalived: by way of BACKUP", async () => {
    const { world, machine } = await master(one(150, moves("100", "101")));
    machine.run("address delete 10.0.0.100/24 dev eth0");
    await world.until(12);
    expect(machine.moves.slice(2)).toEqual([
      "10.000 remove 10.0.0.100",
      "10.000 remove 10.0.0.101",
      "10.414 add 10.0.0.100",
      "10.414 add 10.0.0.101",
    ]);
    expect(sent(machine, 9.9)).toContain("10.000 0");
  });

  test("with no_track nobody cares", async () => {
    const { world, machine } = await master(one(150, addresses("10.0.0.100/24 no_track")));
    machine.run("address delete 10.0.0.100/24 dev eth0");
    await world.until(12);
    expect(machine.moves.at(-1)).toBe("10.000 remove 10.0.0.100");
  });

  test("what went while nobody was told is missed when the machine says that it lost events", async () => {
    const routes = block("virtual_routes", "10.9.0.0/16 via 10.0.0.9 dev eth0");
    const rules = block("virtual_rules", "from 10.9.0.0/16 table 9 priority 99");
    const { world, machine } = await master(one(150, routes, rules));
    const rule = { what: "rule", family: 4, text: "99: from 10.9.0.0/16 lookup 9 proto keepalived" } as const;
    const route = { what: "route", family: 4, text: "10.9.0.0/16 via 10.0.0.9 dev eth0 proto 18" } as const;
    machine.routesAndRules = [route, rule];
    machine.tell({ what: "missed", why: undefined });
    await world.until(11);
    expect(machine.moves).toHaveLength(1);
    machine.routesAndRules = [route];
    machine.tell({ what: "missed", why: "ip monitor has ended (SIGKILL)" });
    await world.until(12);
    expect(machine.logged.join()).toContain("somebody undid: ip rule add from 10.9.0.0/16 lookup 9");
    expect(machine.moves.slice(1)).toEqual(["11.000 remove 10.0.0.100", "11.414 add 10.0.0.100"]);
  });

  test("that events were lost is told once a minute", async () => {
    const { world, machine } = await master(one(150));
    const lose = (why: string | undefined) => machine.tell({ what: "missed", why });
    for (const moment of [11, 12, 70, 71, 72]) world.at(moment, () => lose("the queue was full"));
    world.at(10.5, () => lose(undefined));
    await world.until(80);
    const told = machine.logged.filter((line) => line.includes("missed"));
    const words =
      "warning changes of the network may have been missed, so it was read anew: the queue was full";
    expect(told).toEqual([`11.000 ${words}`, `71.000 ${words}`]);
  });

  test("a static address is put back at once", async () => {
    const { world, machine } = await master(
      file(block("static_ipaddress", "10.0.0.77/24 dev eth0"), one(150)),
    );
    machine.run("address delete 10.0.0.77/24 dev eth0");
    await world.until(11);
    expect(machine.moves.slice(-2)).toEqual(["10.000 remove 10.0.0.77", "10.000 add 10.0.0.77"]);
  });

  test("an interface that is gone and comes back: FAULT, then as after a start", async () => {
    const { world, machine } = await master(one(150));
    machine.gone("eth0");
    await world.until(11);
    expect(machine.notices.at(-1)?.event).toBe("FAULT");
    expect(machine.openSockets).toBe(0);
    machine.appears({ ...interfaceOf("eth0", "10.0.0.1/24"), index: 9 });
    await world.until(20);
    expect(machine.openSockets).toBe(1);
    expect(machine.moves.at(-1)).toBe("14.414 add 10.0.0.100");
  });

  test("an interface that is not there at the start is waited for", async () => {
    const world = new World();
    const machine = world.machine("a", groundWith("10.0.0.1/24", "eth7"));
    await machine.daemon(one(150)).start();
    await world.until(5);
    expect(machine.logged.join("\n")).toContain("VI_1: becomes FAULT: eth0 does not exist");
    machine.appears(interfaceOf("eth0", "10.0.0.1/24"));
    await world.until(10);
    expect(machine.moves).toEqual(["8.414 add 10.0.0.100"]);
  });
});

test("further interfaces are announced with the first advert after each interval (garp_extra_if)", async () => {
  const further = block("virtual_ipaddress_excluded", "10.1.0.7/24 dev eth1");
  const world = new World();
  const own = groundWith("10.0.0.1/24");
  const machine = world.machine("a", new Map([...own, ["eth1", interfaceOf("eth1", "10.1.0.1/24")]]));
  await machine.daemon(one(150, "garp_extra_if all 2", "garp_master_delay 0", further)).start();
  await world.until(11);
  const later = machine.announced.filter(({ at, interface: name }) => name === "eth1" && at > 4e6);
  expect(later.map(({ at }) => at / 1e6)).toEqual([6.414, 9.414].map((at) => expect.closeTo(at, 3)));
  expect(machine.announced.some(({ at, interface: name }) => name === "eth0" && at > 4e6)).toBe(false);
});

describe("real-time scheduling", () => {
  const hurried = one(150, "version 3", "advert_int 0.01");

  test("is there while adverts hurry, and asked for once", async () => {
    const { machine, daemon } = await master(hurried, 1);
    await daemon.reload(machine.planner(hurried.replace("150", "140")));
    expect(machine.realTime).toEqual([2]);
    await daemon.reload(machine.planner(one(150)));
    expect(machine.realTime).toEqual([2, undefined]);
  });

  test("is done without where the machine refuses it, and the log says what that means", async () => {
    const machine = new World().machine("a", groundWith("10.0.0.1/24"));
    machine.refusesRealTime = "operation not permitted (EPERM)";
    await machine.daemon(hurried).start();
    expect(machine.logged[0]).toContain("warning no real-time scheduling (operation not permitted (EPERM))");
    expect(machine.openSockets).toBe(1);
  });
});

test("an address that is written twice is in the status once", async () => {
  const twice = addresses("10.0.0.100/24", "10.0.0.100/24 label eth0:1");
  const { daemon } = await master(one(150, twice));
  expect(statusOf(daemon.parts, 0).instances[0]?.addresses).toEqual(["10.0.0.100"]);
});

describe("reload", () => {
  const reloaded = async (before: string, after: string) => {
    const { world, machine, daemon } = await master(before);
    await daemon.reload(machine.planner(after));
    await world.until(20);
    return machine;
  };

  test("the same file touches nothing", async () => {
    const machine = await reloaded(one(150), one(150));
    expect(machine.moves).toHaveLength(1);
    expect(machine.notices.map(({ event }) => event)).toEqual(["BACKUP", "MASTER"]);
    expect(machine.announced).toHaveLength(10);
  });

  test("an address more and one less: the rest stays, the instance stays master", async () => {
    const machine = await reloaded(one(150, moves("100", "101")), one(150, moves("100", "102")));
    expect(machine.moves.slice(2)).toEqual(["10.000 remove 10.0.0.101", "10.000 add 10.0.0.102"]);
    expect(machine.notices.map(({ event }) => event)).toEqual(["BACKUP", "MASTER"]);
    expect(sent(machine, 9.99)[0]).toBe("10.000 150");
  });

  test("another priority and another name keep the state", async () => {
    const machine = await reloaded(one(150), one(90).replace("VI_1", "VI_2"));
    expect(machine.moves).toHaveLength(1);
    expect(sent(machine, 9.99)[0]).toBe("10.000 90");
  });

  test("another VRID is another instance: the old one gives up", async () => {
    const machine = await reloaded(one(150), one(150).replace("51", "52"));
    expect(machine.moves.slice(1)).toEqual(["10.000 remove 10.0.0.100", "13.414 add 10.0.0.100"]);
    expect(machine.notices.map(({ event }) => event)).toEqual([
      "BACKUP",
      "MASTER",
      "DELETED",
      "BACKUP",
      "MASTER",
    ]);
    expect(sent(machine, 9.99)[0]).toBe("10.000 0");
  });
});

describe("what it tells of itself", () => {
  test("status, statistics and metrics", async () => {
    const { machine, daemon } = await master(one(150));
    const status = statusOf(daemon.parts, machine.tools.clock.now());
    expect(status.instances[0]).toMatchObject({
      name: "VI_1",
      state: "MASTER",
      vrid: 51,
      addresses: ["10.0.0.100"],
    });
    expect(statusText(status)).toContain("VI_1: MASTER since 1970-");
    expect(statusText(status)).toContain("  router         51 on eth0, IPv4, VRRP version 2\n");
    expect(statisticsText(status)).toContain("  adverts        7 sent, 0 received\n");
    const text = metricsText(status);
    const labels = 'name="VI_1",vrid="51",family="ipv4",interface="eth0"';
    expect(text).toContain(`\nvrrp_state{${labels},state="MASTER"} 1\n`);
    expect(text).toContain(`\nvrrp_adverts_sent_total{${labels}} 7\n`);
    expect(text).toMatch(/^(# (HELP|TYPE) \w+ .+\n|\w+\{[^\n]*\} \S+\n)+$/);
  });

  test("adverts that are refused are counted, and told once a minute", async () => {
    const world = new World();
    const [a, b] = [
      world.machine("a", groundWith("10.0.0.1/24")),
      world.machine("b", groundWith("10.0.0.2/24")),
    ];
    const daemon = a.daemon(one(150));
    await Promise.all([daemon.start(), b.daemon(one(100, "advert_int 2")).start()]);
    await world.until(40);
    const told = a.logged.filter((line) => line.includes("refuses"));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("VI_1: refuses the advert of 10.0.0.2: It has another advert interval.");
    expect(statisticsText(statusOf(daemon.parts, 0))).toContain("It has another advert interval.");
  });
});
