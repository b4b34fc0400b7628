/** Sync groups (keepalived/vrrp/vrrp_sync.c, 2.2.7 and 2.4.3): master together, or none of them. */
import { describe, expect, test } from "vitest";
import {
  type GroupEvent,
  type GroupState,
  groupWakeAt,
  initialGroupState,
  stepGroup,
} from "../../src/vrrp/group.ts";
import type { Config, Status } from "../../src/vrrp/machine-types.ts";
import { second } from "../../src/vrrp/time.ts";
import { type Change, configOf, from, seconds, words } from "./player.ts";

/** Plays a group; members are known by their VRIDs 1, 2, … */
class GroupPlayer {
  readonly configs: readonly Config[];
  state: GroupState;
  now = 0;

  constructor(...changes: readonly Change[]) {
    this.configs = changes.map((change, index) =>
      configOf({ ...change, advert: { vrid: index + 1, ...change.advert } }),
    );
    this.state = initialGroupState(this.configs);
  }

  on(event: GroupEvent): readonly string[] {
    const { state, actions } = stepGroup(this.configs, this.state, event, seconds(this.now));
    this.state = state;
    return actions.map(({ member, action }) => `${member + 1} ${words(action)}`);
  }

  hears(vrid: number, priority: number, source = "10.0.0.9"): readonly string[] {
    const arrival = from(source, priority, this.configs[vrid - 1] as Config);
    return this.on({ on: "advert", member: vrid - 1, arrival });
  }

  track(id: string, status: Status): readonly string[] {
    return this.on({ on: "track", id, status });
  }

  until(moment: number): readonly string[] {
    const done: string[] = [];
    for (
      let at = groupWakeAt(this.state);
      at !== undefined && at <= seconds(moment);
      at = groupWakeAt(this.state)
    ) {
      this.now = at / second;
      done.push(...this.on({ on: "time" }).map((action) => `${this.now}: ${action}`));
    }
    this.now = moment;
    return done;
  }

  get are(): readonly string[] {
    return [this.state.is, ...this.state.members.map((member) => member.is)];
  }

  static started(...changes: readonly Change[]): GroupPlayer {
    const player = new GroupPlayer(...changes);
    player.on({ on: "start" });
    return player;
  }
}

const own = (id: string, initial: Status = true): Change => ({
  trackers: [{ id, weight: 0, reverse: false, initial }],
});
const eth = (number: number) => `interface eth${number}`;
const pair = () => GroupPlayer.started(own(eth(0)), own(eth(1)));
const masters = () => {
  const player = pair();
  player.until(4);
  return player;
};

describe("a sync group", () => {
  test("starts as backup, also with an owner among others", () => {
    expect(GroupPlayer.started({}, { priority: 255 }).are).toEqual(["backup", "backup", "backup"]);
  });

  test("starts as master when all its members own their addresses", () => {
    expect(GroupPlayer.started({ priority: 255 }, { priority: 255 }).are).toEqual([
      "master",
      "master",
      "master",
    ]);
  });

  test("owners that are not written as such wait for one advert", () => {
    const owner = { priority: 255, isKnownAsOwner: false };
    const player = GroupPlayer.started(owner, owner);
    expect(player.are).toEqual(["backup", "backup", "backup"]);
    expect(player.until(2)[0]).toBe("1.003906: 1 send 255");
    expect(player.are).toEqual(["master", "master", "master"]);
  });

  test("but not when they have waited for a script", () => {
    const owner = { priority: 255, isKnownAsOwner: false, ...own("script chk", "unknown") };
    const player = new GroupPlayer(owner, owner);
    player.on({ on: "start", statuses: { "script chk": true } });
    expect(player.are).toEqual(["master", "master", "master"]);
  });

  test("owners wait for the end of vrrp_startup_delay, then all become master", () => {
    const owner = { priority: 255, startupDelay: 5 * second };
    const player = GroupPlayer.started(owner, owner);
    expect(player.are).toEqual(["backup", "backup", "backup"]);
    player.until(5);
    expect(player.are).toEqual(["master", "master", "master"]);
  });

  test("becomes master when the last member wants to: all in the same moment", () => {
    const player = GroupPlayer.started({ priority: 150 }, { priority: 100 });
    expect(player.until(4)).toEqual([
      "3.609375: 2 send 100",
      "3.609375: 2 add",
      "3.609375: 2 announce 1",
      "3.609375: 2 backup to master: silence",
      "3.609375: 1 send 150",
      "3.609375: 1 add",
      "3.609375: 1 announce 1",
      "3.609375: 1 backup to master: group",
    ]);
    expect(player.are).toEqual(["master", "master", "master"]);
  });

  test("stays backup as long as one member hears a master", () => {
    const player = pair();
    for (let moment = 1; moment < 20; moment++) {
      expect(player.until(moment)).toEqual([]);
      player.hears(1, 200);
    }
    expect(player.are).toEqual(["backup", "backup", "backup"]);
  });

  test("becomes backup when one member gives way: the others leave without priority 0", () => {
    const player = masters();
    expect(player.hears(2, 200)).toEqual([
      "2 remove",
      "2 master to backup: higher-priority",
      "1 remove",
      "1 master to backup: group",
    ]);
    expect(player.are).toEqual(["backup", "backup", "backup"]);
  });

  test("falls when one member fails, which says so twice, the others once", () => {
    expect(masters().track(eth(0), false)).toEqual([
      "1 send 0",
      "1 send 0",
      "1 remove",
      "1 master to fault: tracker",
      "2 send 0",
      "2 remove",
      "2 master to fault: group",
    ]);
  });

  test("backups fall in silence", () => {
    expect(pair().track(eth(1), false)).toEqual(["2 backup to fault: tracker", "1 backup to fault: group"]);
  });

  test("rises when no member fails any more", () => {
    const player = pair();
    player.track(eth(0), false);
    expect(player.track(eth(1), false)).toEqual([]);
    expect(player.track(eth(0), true)).toEqual([]);
    expect(player.are).toEqual(["fault", "fault", "fault"]);
    expect(player.track(eth(1), true)).toEqual(["2 fault to backup: recovered", "1 fault to backup: group"]);
    player.until(10);
    expect(player.are).toEqual(["master", "master", "master"]);
  });

  test("starts in FAULT when one member fails", () => {
    const player = new GroupPlayer(own(eth(0)), own(eth(1), false));
    expect(player.on({ on: "start" })).toEqual(["1 init to fault: group", "2 init to fault: tracker"]);
  });

  test("waits until every script has told, then rises together", () => {
    const player = GroupPlayer.started(own("script a", "unknown"), own("script b", "unknown"));
    expect(player.are).toEqual(["init", "init", "init"]);
    expect(player.track("script a", true)).toEqual([]);
    expect(player.track("script b", true)).toEqual([
      "2 init to backup: recovered",
      "1 init to backup: group",
    ]);
  });

  test("falls when a script fails that it waits for", () => {
    const player = GroupPlayer.started(own("script a", "unknown"), own("script b", "unknown"));
    player.track("script a", false);
    expect(player.are).toEqual(["fault", "fault", "fault"]);
  });

  test("a tracker of the group concerns every member once", () => {
    const player = GroupPlayer.started(own("script a"), own("script a"));
    player.until(4);
    const done = player.track("script a", false);
    expect(done.filter((action) => action.includes("to fault"))).toEqual([
      "1 master to fault: tracker",
      "2 master to fault: group",
    ]);
    player.track("script a", true);
    expect(player.are).toEqual(["backup", "backup", "backup"]);
  });

  test("announces every member's addresses when one member heard a lower priority", () => {
    const lower: Change = { announcing: { lowerRepeat: 2 } };
    const player = GroupPlayer.started(lower, lower, {});
    player.until(4);
    expect(player.hears(1, 50)).toEqual(["1 send 100", "1 announce 2", "2 announce 2"]);
  });

  test("of which one member lost an address gives way with all members, and comes back with all", () => {
    const player = masters();
    expect(player.on({ on: "lost", member: 1 })).toEqual([
      "2 send 0",
      "2 remove",
      "2 master to backup: lost",
      "1 send 0",
      "1 remove",
      "1 master to backup: lost",
    ]);
    expect(player.are).toEqual(["backup", "backup", "backup"]);
    player.until(9);
    expect(player.are).toEqual(["master", "master", "master"]);
  });

  test("that loses an address as backup does nothing", () => {
    expect(pair().on({ on: "lost", member: 1 })).toEqual([]);
  });

  test("that stood still as master gives way without a word and waits", () => {
    const player = masters();
    player.now = 20;
    expect(player.on({ on: "stalled" })).toEqual([
      "1 remove",
      "1 master to backup: stalled",
      "2 remove",
      "2 master to backup: stalled",
    ]);
    expect(player.until(23.5)).toEqual([]);
    player.until(23.7);
    expect(player.are).toEqual(["master", "master", "master"]);
  });

  test("stops as a whole", () => {
    expect(masters().on({ on: "stop" })).toEqual([
      "1 send 0",
      "1 remove",
      "1 master to init: stopped",
      "2 send 0",
      "2 remove",
      "2 master to init: stopped",
    ]);
  });

  test("a group of one is like no group", () => {
    const player = GroupPlayer.started({});
    expect(player.until(4)).toEqual([
      "3.609375: 1 send 100",
      "3.609375: 1 add",
      "3.609375: 1 announce 1",
      "3.609375: 1 backup to master: silence",
    ]);
    expect(player.hears(1, 200)).toEqual(["1 remove", "1 master to backup: higher-priority"]);
  });
});
