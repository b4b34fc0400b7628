/** What keepalived adds to the standard's machine (2.2.7 and 2.4.3; keepalived/vrrp/vrrp.c and vrrp_scheduler.c). */
import { describe, expect, test } from "vitest";
import { bookworm } from "../../src/vrrp/quirks.ts";
import { second } from "../../src/vrrp/time.ts";
import { passwordKey, plainWire } from "../../src/vrrp/wire.ts";
import { type Change, configOf, from, Player } from "./player.ts";

const skew = 0.609375;
const older = { reception: { quirks: bookworm } } as const;

describe("starting", () => {
  test("an owner with `state BACKUP` waits like everyone else", () => {
    const player = Player.backup({ priority: 255, startsAsMaster: false });
    expect(player.state.is).toBe("backup");
    expect(player.left).toBe(3.003906);
  });

  test("vrrp_startup_delay comes before the wait", () => {
    expect(Player.backup({ startupDelay: 10 * second }).left).toBe(13 + skew);
  });

  test("vrrp_startup_delay comes before an owner's first advert", () => {
    const player = Player.backup({ priority: 255, startupDelay: 10 * second });
    expect(player.until(20)[0]).toBe("10: send 255");
  });

  test("before 2.2.8 adverts are heard during the delay, and the wait still begins at its end", () => {
    const player = Player.backup({ startupDelay: 10 * second, ...older });
    player.now = 5;
    player.hears(0);
    expect(player.left).toBe(5 + skew);
  });

  test("before 2.2.8 every lower priority heard during the delay puts the takeover off by what is left of it", () => {
    const player = Player.backup({ startupDelay: 2 * second, ...older });
    for (const moment of [0.5, 1, 1.5]) {
      player.now = moment;
      player.hears(50);
    }
    expect(player.now + (player.left ?? 0)).toBeCloseTo(2 + 3 + skew + 1.5 + 1 + 0.5, 5);
    player.now = 2.5;
    player.hears(50);
    expect(player.now + (player.left ?? 0)).toBeCloseTo(2 + 3 + skew + 1.5 + 1 + 0.5, 5);
  });

  test("from 2.2.8 nothing is heard during the delay", () => {
    const player = Player.backup({ startupDelay: 10 * second });
    player.now = 5;
    player.hears(0);
    expect(player.left).toBe(8 + skew);
    player.now = 10;
    player.hears(0);
    expect(player.left).toBe(skew);
  });

  test("down_timer_adverts says how many adverts may be missing", () => {
    expect(Player.backup({ downTimerAdverts: 1 }).left).toBe(1 + skew);
  });

  test("a second start and a second stop change nothing", () => {
    const player = Player.backup();
    expect(player.start()).toEqual([]);
    player.on({ on: "stop" });
    expect(player.on({ on: "stop" })).toEqual([]);
  });

  test("a daemon that starts again has forgotten everything", () => {
    const player = Player.backup({ startupDelay: second });
    player.hears(200, "10.0.0.9", { interval: 3 * second });
    player.on({ on: "stop" });
    player.start();
    expect(player.state).toEqual(Player.backup({ startupDelay: second }).state);
  });
});

describe("preemption", () => {
  test("nopreempt: a lower master is left alone as long as it is heard", () => {
    const player = Player.backup({ nopreempt: true });
    for (const moment of [1, 2, 3, 4, 5, 6, 7, 8]) {
      expect(player.until(moment)).toEqual([]);
      player.hears(50);
    }
    expect(player.until(20)[0]).toBe("11.609375: send 100");
  });

  test("nopreempt does not keep a master from insisting", () => {
    expect(Player.master({ nopreempt: true }).hears(50)).toEqual(["send 100"]);
  });

  const delayed: Change = { preemptDelay: 10 * second };

  test("preempt_delay counts from the first lower advert; then the wait goes on from the last one that was taken", () => {
    const player = Player.backup(delayed);
    const done: string[] = [];
    for (let moment = 1; moment < 20; moment++) {
      done.push(...player.until(moment));
      if (player.state.is === "backup") player.hears(50);
    }
    expect(done[0]).toBe("13.609375: send 100");
  });

  test("preempt_delay begins anew after a higher priority was heard", () => {
    const player = Player.backup(delayed);
    player.hears(50);
    player.now = 9;
    player.hears(100);
    expect(player.state.preemptAt).toBeUndefined();
    player.now = 10;
    player.hears(50);
    expect(player.state.preemptAt).toBe(20 * second);
  });

  test("preempt_delay does not keep a dead master's place", () => {
    const player = Player.backup(delayed);
    player.hears(50);
    expect(player.until(20)[0]).toBe("3.609375: send 100");
  });

  test("preempt_delay begins anew when a master becomes a backup", () => {
    const player = Player.backup(delayed);
    player.hears(50);
    player.until(3.7);
    player.hears(200);
    expect(player.state).toMatchObject({ is: "backup", preemptAt: undefined });
  });
});

describe("a master that hears others", () => {
  test("counts to its next advert anew after any advert that was read, refused ones too", () => {
    const player = Player.master(older);
    player.until(4.5);
    const refused = player.hears(200, "10.0.0.9", { addresses: ["10.0.0.101"] });
    expect(refused).toEqual(["refuse 10.0.0.9 addresses"]);
    expect(player.left).toBe(1);
  });

  test("so two masters that refuse each other take turns and may be silent for up to two intervals", () => {
    const player = Player.master(older);
    for (let moment = 4; moment < 8; moment += 0.9) {
      expect(player.until(moment)).toEqual([]);
      player.hears(200, "10.0.0.9", { addresses: [] });
    }
  });

  test("not with lower_prio_no_advert: its adverts keep their time, and a lower priority gets no answer", () => {
    const player = Player.master({ lowerPriorityNoAdvert: true });
    player.until(4.5);
    expect(player.hears(50)).toEqual([]);
    expect(player.left).toBeCloseTo(0.109375, 6);
  });

  test("another virtual router's adverts are not read", () => {
    const player = Player.master();
    player.until(4.5);
    expect(player.hears(200, "10.0.0.9", { vrid: 52 })).toEqual([]);
    expect(player.left).toBeCloseTo(0.109375, 6);
  });

  test("adverts to one host are not read by whoever listens to the group, nor the other way round", () => {
    const player = Player.master();
    player.until(4.5);
    const unicast = { ...player.config.reception.wire, unicast: true };
    const lone = configOf({ wire: unicast });
    expect(player.on({ on: "advert", arrival: from("10.0.0.9", 50, lone) })).toEqual([
      "refuse 10.0.0.9 unicast",
    ]);
    expect(player.left).toBeCloseTo(0.109375, 6);
  });

  test("higher_prio_send_advert: it answers a higher priority once before it leaves", () => {
    const player = Player.master({ higherPrioritySendAdvert: true });
    expect(player.hears(101)).toEqual(["send 100", "remove", "master to backup: higher-priority"]);
  });

  test("higher_prio_send_advert: a lower one is answered once, not twice", () => {
    expect(Player.master({ higherPrioritySendAdvert: true }).hears(99)).toEqual(["send 100"]);
  });
});

describe("a master with other addresses", () => {
  const others = { addresses: ["10.0.0.101"] };

  test("is not heard by releases before 2.3.3: both are master", () => {
    const player = Player.backup(older);
    player.now = 3;
    expect(player.hears(200, "10.0.0.9", others)).toEqual(["refuse 10.0.0.9 addresses"]);
    expect(player.until(4)[0]).toBe("3.609375: send 100");
  });

  test("is heard from 2.3.3 on", () => {
    const player = Player.backup();
    player.now = 3;
    expect(player.hears(200, "10.0.0.9", others)).toEqual([]);
    expect(player.left).toBe(3 + skew);
  });

  test("is heard by older releases with skip_check_adv_addr once it is known", () => {
    const player = Player.backup({ ...older, trustsKnownMaster: true });
    player.hears(200);
    player.now = 3;
    expect(player.hears(200, "10.0.0.8", others)).toEqual(["refuse 10.0.0.8 addresses"]);
    expect(player.hears(200, "10.0.0.9", others)).toEqual([]);
    expect(player.left).toBe(3 + skew);
  });
});

describe("two owners", () => {
  const owner = { priority: 255 };

  test("before 2.3.3 each gives way at once and for good", () => {
    const player = Player.backup({ ...owner, ...older });
    expect(player.hears(255)).toEqual(["remove", "master to backup: higher-priority"]);
    expect(player.until(20).slice(0, 2)).toEqual(["3.007812: send 254", "3.007812: add"]);
    expect(player.state.priority).toBe(254);
  });

  test("from 2.3.3 the lower address gives way", () => {
    const player = Player.backup(owner);
    expect(player.hears(255)).toEqual(["remove", "master to backup: higher-address"]);
  });

  test("from 2.3.3 the higher address sends two more adverts and waits; it gives way when the other one goes on", () => {
    const player = Player.backup(owner);
    const lower = () => player.hears(255, "10.0.0.4");
    expect(lower()).toEqual(["send 255"]);
    expect(player.until(2)).toEqual(["1: send 255", "2: send 255"]);
    expect(player.state.rival?.until).toBe(3.2 * second);
    expect(lower()).toEqual(["remove", "master to backup: higher-priority"]);
    expect(player.state).toMatchObject({ priority: 254, rival: undefined });
  });

  test("the higher address stays when the other one is silent", () => {
    const player = Player.backup(owner);
    player.hears(255, "10.0.0.4");
    player.until(3.5);
    expect(player.state).toMatchObject({ is: "master", priority: 255, rival: undefined });
    expect(player.hears(255, "10.0.0.4")).toEqual(["send 255"]);
  });

  test("who has given way is an owner again when the other one is gone", () => {
    const player = Player.backup(owner);
    player.hears(255, "10.0.0.4");
    player.until(2);
    player.hears(255, "10.0.0.4");
    expect(player.hears(255, "10.0.0.4")).toEqual([]);
    const done = player.until(20);
    expect(done[0]).toBe("5.003906: send 254");
    expect(done.at(-1)).toMatch(/send 255$/);
  });

  test("who has given way is an owner again when a lower priority is heard", () => {
    const player = Player.backup(owner);
    player.hears(255, "10.0.0.4");
    player.until(2);
    player.hears(255, "10.0.0.4");
    player.hears(100, "10.0.0.4");
    expect(player.state.priority).toBe(255);
  });

  test("owner_ignore_adverts: an owner hears nobody", () => {
    const player = Player.backup({ ...owner, reception: { ownerIgnores: true } });
    expect(player.hears(255)).toEqual(["refuse 10.0.0.9 owner"]);
  });
});

describe("trackers", () => {
  const script = (weight: number, reverse = false): Change => ({
    trackers: [{ id: "script chk", weight, reverse, initial: "unknown" }],
  });

  test("without weight: nothing happens until the script has told", () => {
    const player = new Player(script(0));
    expect(player.start()).toEqual([]);
    expect(player.hears(200)).toEqual([]);
    expect(player.track("script chk", true)).toEqual(["init to backup: recovered"]);
    expect(player.left).toBe(3 + skew);
  });

  test("without weight: an owner becomes master as soon as the script has told", () => {
    const player = new Player({ ...script(0), priority: 255 });
    player.start();
    expect(player.track("script chk", true)[0]).toBe("send 255");
  });

  test("without weight: a script that fails at first means FAULT", () => {
    const player = new Player(script(0));
    player.start();
    expect(player.track("script chk", false)).toEqual(["init to fault: tracker"]);
    expect(player.left).toBeUndefined();
  });

  test("init_fail: FAULT from the start", () => {
    const player = new Player({
      trackers: [{ id: "script chk", weight: 0, reverse: false, initial: false }],
    });
    expect(player.start()).toEqual(["init to fault: tracker"]);
  });

  test("a master that fails says twice that it goes, and gives the addresses up", () => {
    const player = new Player(script(0));
    player.start({ "script chk": true });
    player.until(4);
    expect(player.track("script chk", false)).toEqual([
      "send 0",
      "send 0",
      "remove",
      "master to fault: tracker",
    ]);
    expect(player.left).toBeUndefined();
    expect(player.hears(50)).toEqual([]);
  });

  test("a backup that fails goes in silence", () => {
    const player = new Player(script(0));
    player.start({ "script chk": true });
    expect(player.track("script chk", false)).toEqual(["backup to fault: tracker"]);
  });

  test("who recovers waits as a backup, an owner too", () => {
    const player = new Player({ ...script(0), priority: 255 });
    player.start({ "script chk": true });
    player.track("script chk", false);
    expect(player.track("script chk", true)).toEqual(["fault to backup: recovered"]);
    expect(player.left).toBe(3.003906);
  });

  test("who recovers has forgotten the interval it had learnt", () => {
    const player = new Player(script(0));
    player.start({ "script chk": true });
    player.hears(200, "10.0.0.9", { interval: 5 * second });
    player.track("script chk", false);
    player.track("script chk", true);
    expect(player.left).toBe(3 + skew);
  });

  test("several failures need as many recoveries", () => {
    const both = ["interface eth0", "interface eth1"].map((id) => ({
      id,
      weight: 0,
      reverse: false,
      initial: true,
    }));
    const player = Player.master({ trackers: both });
    player.track("interface eth0", false);
    expect(player.track("interface eth1", false)).toEqual([]);
    expect(player.track("interface eth0", true)).toEqual([]);
    expect(player.track("interface eth1", true)).toEqual(["fault to backup: recovered"]);
  });

  test("a repeated status changes nothing", () => {
    const player = new Player(script(0));
    player.start({ "script chk": false });
    expect(player.track("script chk", false)).toEqual([]);
  });

  test("reverse: success is failure", () => {
    const player = new Player(script(0, true));
    player.start();
    expect(player.track("script chk", true)).toEqual(["init to fault: tracker"]);
    expect(player.track("script chk", false)).toEqual(["fault to backup: recovered"]);
  });

  test.each([
    ["unknown adds nothing", 50, false, undefined, 100],
    ["a bonus while it is up", 50, false, true, 150],
    ["no bonus while it is down", 50, false, false, 100],
    ["a penalty while it is down", -50, false, false, 50],
    ["no penalty while it is up", -50, false, true, 100],
    ["reversed: a penalty while it is up", 50, true, true, 50],
    ["reversed: a bonus while it is down", -50, true, false, 150],
    ["never below 1", -253, false, false, 1],
    ["never an owner", 253, false, true, 254],
    ["a file's number times the weight", 2, false, 20, 140],
    ["a file's number times a negative weight", -2, false, 20, 60],
    ["a file, reversed", 2, true, 20, 60],
    ["a file's highest number", 1, false, 1000, 254],
    ["a file's lowest number that is no fault", 1, false, -253, 1],
  ])("with weight: %s", (_, weight, reverse, status, priority) => {
    const player = new Player(script(weight, reverse));
    player.start();
    if (status !== undefined) player.track("script chk", status);
    expect(player.state).toMatchObject({ is: "backup", priority });
  });

  test.each([
    ["no weight, not 0", 0, false, 1],
    ["no weight, reversed, 0", 0, true, 0],
    ["-254 and less", 1, false, -254],
    ["-254 and less by its weight", -2, false, 127],
  ])("a file means FAULT: %s", (_, weight, reverse, status) => {
    const player = new Player(script(weight, reverse));
    player.start();
    player.track("script chk", status);
    expect(player.state.is).toBe("fault");
  });

  test("an owner's priority stays", () => {
    const player = Player.backup({ ...script(-50), priority: 255 });
    player.track("script chk", false);
    expect(player.state.priority).toBe(255);
  });

  test("the next advert has the new priority", () => {
    const player = Player.master(script(-50));
    expect(player.track("script chk", false)).toEqual([]);
    expect(player.until(5)).toEqual(["4.609375: send 50"]);
  });

  test("a backup's wait becomes longer by the skew time that is added", () => {
    const player = Player.backup(script(-50));
    player.now = 1;
    player.track("script chk", false);
    expect(player.left).toBeCloseTo(2 + 206 / 256, 5);
  });

  test("a backup that has not taken the last adverts waits nearly all over", () => {
    const player = Player.backup(script(-50));
    player.now = 3;
    player.hears(60);
    player.track("script chk", false);
    expect(player.left).toBeCloseTo(3 + 206 / 256, 5);
  });
});

describe("announcements", () => {
  const twice: Change = { announcing: { repeat: 5, delay: 5 * second } };
  const only = (actions: readonly string[]) => actions.filter((action) => action.includes("announce"));

  test("are repeated after garp_master_delay", () => {
    const player = Player.master(twice);
    expect(only(player.until(20))).toEqual(["8.609375: announce 5"]);
  });

  test("are not, when the master has become a backup before", () => {
    const player = Player.master(twice);
    player.hears(200);
    expect(only(player.until(7))).toEqual([]);
  });

  const refreshed: Change = { announcing: { delay: second, refresh: 10 * second, refreshRepeat: 2 } };

  test("come again and again with garp_master_refresh", () => {
    const player = Player.master(refreshed);
    expect(only(player.until(30))).toEqual([
      "4.609375: announce 1",
      "14.609375: announce 2",
      "24.609375: announce 2",
    ]);
  });

  test("before 2.3.2 they come again with an advert", () => {
    const player = Player.master({ ...refreshed, ...older });
    player.until(13);
    player.hears(50);
    expect(only(player.until(30))).toEqual(["14: announce 2", "24: announce 2"]);
  });

  test("answer a lower priority, and once more after garp_lower_prio_delay", () => {
    const player = Player.master({ announcing: { lowerRepeat: 3, lowerDelay: 2 * second } });
    expect(player.hears(50)).toEqual(["send 100", "announce 3"]);
    expect(only(player.until(10))).toEqual(["5.609375: announce 3"]);
  });
});

describe("auth_type AH", () => {
  const wire = { ...plainWire(4), authentication: { type: "AH", key: passwordKey("s3cret") } } as const;
  const ah: Change = { advert: { version: 2 }, wire };

  test("counts what is sent", () => {
    const player = Player.master(ah);
    player.until(6);
    expect(player.state.memory.sequence).toBe(3);
  });

  test("goes on from the master's number, so that the others still listen", () => {
    const player = Player.backup(ah);
    player.hears(200);
    player.until(20);
    expect(player.state.memory.sequence).toBeGreaterThan(1);
  });

  test("a master that hears a lower priority goes on from its number", () => {
    const player = new Player(ah);
    player.start();
    player.until(3.7);
    expect(player.state.memory.sequence).toBe(1);
    expect(player.hears(50)).toEqual(["refuse 10.0.0.9 ah-sequence"]);
  });
});

describe("what the driver finds out", () => {
  test("a master that loses an address says that it goes, and is back after Skew_Time", () => {
    const player = Player.master();
    expect(player.on({ on: "lost" })).toEqual(["send 0", "remove", "master to backup: lost"]);
    expect(player.left).toBe(skew);
    expect(player.until(player.now + 1)[0]).toMatch(/send 100$/);
  });

  test("unless somebody else takes over", () => {
    const player = Player.master();
    player.on({ on: "lost" });
    player.hears(200);
    expect(player.left).toBe(3 + skew);
  });

  test("a backup has nothing to lose", () => {
    expect(Player.backup().on({ on: "lost" })).toEqual([]);
  });

  test("a master that stood still removes its addresses, says nothing and waits as after a start", () => {
    const player = Player.master();
    player.now += 10;
    expect(player.on({ on: "stalled" })).toEqual(["remove", "master to backup: stalled"]);
    expect(player.left).toBe(3 + skew);
  });

  test("a backup that stood still begins its wait anew", () => {
    const player = Player.backup();
    player.now += 10;
    expect(player.on({ on: "stalled" })).toEqual([]);
    expect(player.left).toBe(3 + skew);
  });

  test.each(["init", "fault"] as const)("who is in %s does not care", (is) => {
    const initial = is === "init" ? "unknown" : false;
    const player = Player.backup({ trackers: [{ id: "script chk", weight: 0, reverse: false, initial }] });
    expect(player.state.is).toBe(is);
    expect([...player.on({ on: "stalled" }), ...player.on({ on: "lost" })]).toEqual([]);
    expect(player.left).toBeUndefined();
  });
});
