/** The standard's state machine, sentence by sentence: RFC 9568, and RFC 3768 where version 2 differs. */
import { describe, expect, test } from "vitest";
import { second } from "../../src/vrrp/time.ts";
import { Player } from "./player.ts";

const v2 = { advert: { version: 2 } } as const;
/** Skew_Time of priority 100 in version 3 at 1 s. */
const skew = 0.609375;

describe("timers", () => {
  test.each([
    [100, 1, 3.609375],
    [255, 1, 3.003906],
    [1, 1, 3.996093],
    [100, 0.1, 0.360937],
    [254, 40, 120.3125],
  ])(
    "RFC 9568, 6.1: with priority %i a backup waits three intervals of %f s and (256 - priority) / 256 of one",
    (priority, interval, wait) => {
      const player = Player.backup({
        priority,
        startsAsMaster: false,
        advert: { interval: interval * second },
      });
      expect(player.left).toBe(wait);
    },
  );

  test.each([
    [100, 1, 3.609375],
    [100, 3, 9.609375],
    [254, 3, 9.007812],
  ])(
    "RFC 3768, 6.1: in version 2, priority %i, it waits three intervals of %i s and (256 - priority) / 256 s",
    (priority, interval, wait) => {
      expect(Player.backup({ priority, advert: { version: 2, interval: interval * second } }).left).toBe(
        wait,
      );
    },
  );
});

describe("RFC 9568, 6.4.1, Initialize", () => {
  test("an owner that starts sends an advert, announces its addresses and becomes active", () => {
    const player = new Player({ priority: 255 });
    expect(player.start()).toEqual(["send 255", "add", "announce 1", "init to master: started"]);
  });

  test("an owner's next advert is due after Advertisement_Interval", () => {
    expect(Player.backup({ priority: 255 }).left).toBe(1);
  });

  test("anyone else becomes a backup", () => {
    expect(new Player().start()).toEqual(["init to backup: started"]);
  });

  test("Active_Adver_Interval is Advertisement_Interval, and the wait is Active_Down_Interval", () => {
    const player = Player.backup({ advert: { interval: 2 * second } });
    expect(player.state.masterInterval).toBe(2 * second);
    expect(player.left).toBe(6 + 2 * skew);
  });

  test("nothing but a start is listened to", () => {
    const player = new Player();
    expect(player.hears(200)).toEqual([]);
    expect(player.on({ on: "time" })).toEqual([]);
    expect(player.on({ on: "stop" })).toEqual([]);
    expect(player.state.is).toBe("init");
    expect(player.left).toBeUndefined();
  });
});

describe("RFC 9568, 6.4.2, Backup", () => {
  test("on shutdown the wait is cancelled, and nothing is sent", () => {
    const player = Player.backup();
    expect(player.on({ on: "stop" })).toEqual(["backup to init: stopped"]);
    expect(player.left).toBeUndefined();
  });

  test("when the wait is over it sends an advert, announces the addresses and becomes active", () => {
    const player = Player.backup();
    expect(player.until(3.609374)).toEqual([]);
    expect(player.until(3.609375)).toEqual([
      "3.609375: send 100",
      "3.609375: add",
      "3.609375: announce 1",
      "3.609375: backup to master: silence",
    ]);
  });

  test("then its next advert is due after Advertisement_Interval", () => {
    expect(Player.master().left).toBe(1);
  });

  test("priority 0 sets the wait to Skew_Time", () => {
    const player = Player.backup();
    player.now = 1;
    expect(player.hears(0)).toEqual([]);
    expect(player.left).toBe(skew);
  });

  test("priority 0 does so without Preempt_Mode too", () => {
    const player = Player.backup({ nopreempt: true });
    player.hears(0);
    expect(player.left).toBe(skew);
  });

  test.each([
    ["higher", 101],
    ["the same", 100],
  ])("%s priority resets the wait", (_, priority) => {
    const player = Player.backup();
    player.now = 3;
    expect(player.hears(priority)).toEqual([]);
    expect(player.left).toBe(3 + skew);
  });

  test("a lower priority resets it when Preempt_Mode is false", () => {
    const player = Player.backup({ nopreempt: true });
    player.now = 3;
    player.hears(50);
    expect(player.left).toBe(3 + skew);
  });

  test("a lower priority is discarded when Preempt_Mode is true: the wait goes on", () => {
    const player = Player.backup();
    player.now = 3;
    expect(player.hears(50)).toEqual([]);
    expect(player.left).toBe(skew);
  });

  test("Active_Adver_Interval becomes the advert's, and the wait is computed anew", () => {
    const player = Player.backup();
    player.hears(200, "10.0.0.9", { interval: 2 * second });
    expect(player.left).toBe(6 + 2 * skew);
    player.hears(200, "10.0.0.9", { interval: second / 10 });
    expect(player.left).toBe(0.360937);
  });

  test("a discarded advert teaches no interval", () => {
    const player = Player.backup();
    player.hears(50, "10.0.0.9", { interval: 2 * second });
    expect(player.state.masterInterval).toBe(second);
  });

  test("RFC 3768, 7.1: in version 2 another interval is discarded", () => {
    const player = Player.backup(v2);
    player.now = 3;
    expect(player.hears(200, "10.0.0.9", { interval: 2 * second })).toEqual(["refuse 10.0.0.9 interval"]);
    expect(player.left).toBe(skew);
  });

  test("it never holds the addresses", () => {
    const player = Player.backup();
    const done = [
      ...player.hears(200),
      ...player.hears(50),
      ...player.hears(0),
      ...player.on({ on: "stop" }),
    ];
    expect(done.filter((action) => action === "add" || action === "remove")).toEqual([]);
  });
});

describe("RFC 9568, 6.4.3, Active", () => {
  test("on shutdown it sends priority 0 and gives the addresses up", () => {
    const player = Player.master();
    expect(player.on({ on: "stop" })).toEqual(["send 0", "remove", "master to init: stopped"]);
    expect(player.left).toBeUndefined();
  });

  test("when Adver_Timer fires it sends an advert and sets the timer anew", () => {
    const player = Player.master();
    expect(player.until(6.7)).toEqual(["4.609375: send 100", "5.609375: send 100", "6.609375: send 100"]);
  });

  test("priority 0 is answered with an advert, and Adver_Timer is reset", () => {
    const player = Player.master();
    player.until(4);
    expect(player.hears(0)).toEqual(["send 100"]);
    expect(player.left).toBe(1);
  });

  test("a higher priority makes it a backup, without an advert", () => {
    expect(Player.master().hears(101)).toEqual(["remove", "master to backup: higher-priority"]);
  });

  test("the same priority and a higher address make it a backup", () => {
    expect(Player.master().hears(100, "10.0.0.6")).toEqual(["remove", "master to backup: higher-address"]);
  });

  test("addresses are compared as unsigned numbers in network byte order", () => {
    expect(Player.master().hears(100, "200.0.0.1")).toContain("remove");
    expect(Player.master().hears(100, "10.0.0.40")).toContain("remove");
    expect(Player.master({ source: "10.0.0.40" }).hears(100, "10.0.0.5")).not.toContain("remove");
  });

  test("then it waits for Active_Down_Interval, counted in the new interval", () => {
    const player = Player.master();
    player.hears(101, "10.0.0.9", { interval: 2 * second });
    expect(player.left).toBe(6 + 2 * skew);
    expect(player.until(20)[0]).toMatch(/^10\.828125: send 100/);
  });

  test.each([
    ["a lower priority", 99, "10.0.0.9"],
    ["the same priority and a lower address", 100, "10.0.0.4"],
    ["the same priority and its own address", 100, "10.0.0.5"],
  ])("%s leaves it active", (_, priority, source) => {
    const player = Player.master();
    player.hears(priority, source);
    expect(player.state.is).toBe("master");
  });

  test.each([
    ["a lower priority", 99, "10.0.0.9"],
    ["the same priority and a lower address", 100, "10.0.0.4"],
  ])("%s is answered with an advert at once", (_, priority, source) => {
    expect(Player.master().hears(priority, source)).toEqual(["send 100"]);
  });

  test("an owner gives way to nobody with a lower priority", () => {
    expect(Player.backup({ priority: 255 }).hears(254)).toEqual(["send 255"]);
  });
});

test("waking it early or twice changes nothing", () => {
  for (const player of [Player.backup(), Player.master(), new Player()]) {
    const { state } = player;
    expect(player.on({ on: "time" })).toEqual([]);
    expect(player.state).toEqual(state);
  }
});
