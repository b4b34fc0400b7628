/** Clusters in virtual time: what the files and the faults lead to, and when. */
import { describe, expect, test } from "vitest";
import { block, file } from "../../src/rules/examples.ts";
import { traceOf } from "../../src/simulate/trace.ts";
import { textOf } from "../support/project.ts";
import { holders, lines, one, type Played, pair, play, spans } from "./play.ts";

const tutorial = {
  a: textOf("examples/tutorial/host-a.conf"),
  b: textOf("examples/tutorial/host-b.conf"),
};

describe("the tutorial's pair", () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ["boots", [], ["0.000-3.609 -", "3.609-60.000 a"]],
    ["loses a host", ["5s kill a"], ["0.000-3.609 -", "3.609-5.000 a", "5.000-8.223 -", "8.223-60.000 b"]],
    [
      "loses a daemon whose addresses stay on the host",
      ["5s kill-daemon a", "20s start a"],
      ["0.000-3.609 -", "3.609-8.223 a", "8.223-20.000 a+b", "20.000-23.609 b", "23.609-60.000 a"],
    ],
    [
      "loses a daemon and then the host",
      ["5s kill-daemon a", "20s kill a"],
      ["0.000-3.609 -", "3.609-8.223 a", "8.223-20.000 a+b", "20.000-60.000 b"],
    ],
    [
      "loses a host that says so",
      ["5s stop a"],
      ["0.000-3.609 -", "3.609-5.000 a", "5.000-5.613 -", "5.613-60.000 b"],
    ],
    [
      "gets it back",
      ["5s stop a", "20s start a"],
      ["0.000-3.609 -", "3.609-5.000 a", "5.000-5.613 -", "5.613-23.609 b", "23.609-60.000 a"],
    ],
    [
      "is cut apart and healed",
      ["5s cut a b", "20s heal"],
      ["0.000-3.609 -", "3.609-8.223 a", "8.223-20.223 a+b", "20.223-60.000 a"],
    ],
    ["is cut on the way that nobody needs", ["5s cut-one-way b a"], ["0.000-3.609 -", "3.609-60.000 a"]],
    [
      "is cut on the way that is needed",
      ["5s cut-one-way a b"],
      ["0.000-3.609 -", "3.609-8.223 a", "8.223-60.000 a+b"],
    ],
    [
      "has a host that stands still",
      ["5s stall a 6s"],
      ["0.000-3.609 -", "3.609-8.223 a", "8.223-11.000 a+b", "11.000-60.000 a"],
    ],
    ["has a host that stands still for less", ["5s stall a 3s"], ["0.000-3.609 -", "3.609-60.000 a"]],
    [
      "has a link that goes",
      ["5s link-down a eth0", "9s link-up a eth0"],
      ["0.000-3.609 -", "3.609-5.000 a", "5.000-8.223 -", "8.223-12.609 b", "12.609-60.000 a"],
    ],
  ])("%s", (_, faults, expected) => {
    expect(spans(play(tutorial, { faults }))).toEqual(expected);
  });

  test("its other virtual router is held by the other host all the time", () => {
    const story = play(tutorial, { faults: ["5s kill a"] });
    expect(spans(story, "10.101.0.107")).toEqual(["0.000-3.609 -", "3.609-60.000 b"]);
  });

  test("the document says who moved, why, and who holds what at the end", () => {
    const trace = traceOf(play(tutorial, { faults: ["5s kill a"] }));
    expect(trace).toMatchObject({ version: 1, duration: 60, faults: [{ t: 5, fault: "kill a" }] });
    expect(
      trace.events.filter(({ to, instance }) => to === "MASTER" && instance === "ha-internal-1"),
    ).toEqual([
      {
        t: 3.609,
        host: "a",
        instance: "ha-internal-1",
        event: "state",
        from: "BACKUP",
        to: "MASTER",
        why: "heard nobody for 3.609 s",
      },
      {
        t: 8.223,
        host: "b",
        instance: "ha-internal-1",
        event: "state",
        from: "BACKUP",
        to: "MASTER",
        why: "no advert from a for 3.613 s",
      },
    ]);
    expect(trace.holders[0]).toMatchObject({ address: "10.101.0.101", hosts: ["b"] });
  });
});

const check = (...given: readonly string[]) =>
  block("vrrp_script chk", 'script "/usr/bin/check"', "interval 2", ...given);
const checked = (priority: number, ...given: readonly string[]) =>
  file(check(...given), one(priority, block("track_script", "chk")));
const synced = (priority: number) =>
  file(
    block("vrrp_sync_group G", block("group", "VI_1", "VI_2")),
    one(priority),
    one(priority, block("virtual_ipaddress", "10.1.0.100/24"))
      .replace("VI_1", "VI_2")
      .replace("eth0", "eth1")
      .replace("router_id 51", "router_id 52"),
  );
const unicast = (priority: number, peer: string, ...given: readonly string[]) =>
  one(priority, ...given, block("unicast_peer", peer));

interface Case extends Played {
  readonly texts: Readonly<Record<string, string>>;
  readonly address?: string;
  readonly expected: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  "nopreempt leaves the other host master": {
    texts: pair("nopreempt"),
    faults: ["0s start b", "10s start a"],
    expected: ["0.000-3.609 -", "3.609-60.000 b"],
  },
  "a host whose first fault is its start is off until then": {
    texts: pair(),
    faults: ["10s start a"],
    expected: ["0.000-3.609 -", "3.609-13.414 b", "13.414-60.000 a"],
  },
  "version 3 with adverts every 0.1 s": {
    texts: pair("version 3", "advert_int 0.1"),
    faults: ["5s kill a"],
    expected: ["0.000-0.341 -", "0.341-5.000 a", "5.000-5.302 -", "5.302-60.000 b"],
  },
  IPv6: {
    texts: pair("version 3", "advert_int 1", block("virtual_ipaddress", "fe80::5:1", "fd00::100/64")),
    faults: ["5s stop a"],
    address: "fd00::100",
    expected: ["0.000-3.414 -", "3.414-5.000 a", "5.000-5.609 -", "5.609-60.000 b"],
  },
  "a script with weight lowers the priority, and is believed with its third failure": {
    texts: { a: checked(150, "weight -100", "fall 3"), b: one(100) },
    faults: ["9s fail a chk", "31s pass a chk"],
    expected: ["0.000-3.414 -", "3.414-17.024 a", "17.024-34.438 b", "34.438-60.000 a"],
  },
  "a script without weight is a fault": {
    texts: { a: checked(150), b: one(100) },
    faults: ["9s fail a chk", "31s pass a chk"],
    expected: ["0.000-3.414 -", "3.414-10.000 a", "10.000-10.609 -", "10.609-35.414 b", "35.414-60.000 a"],
  },
  "a failure between two runs of a script is never seen": {
    texts: { a: checked(150), b: one(100) },
    faults: ["10.5s fail a chk", "11.5s pass a chk"],
    expected: ["0.000-3.414 -", "3.414-60.000 a"],
  },
  "init_fail counts until the first run": {
    texts: { a: checked(150, "init_fail", "rise 3") },
    expected: ["0.000-3.414 -", "3.414-60.000 a"],
  },
  "a sync group moves as a whole": {
    texts: { a: synced(150), b: synced(100) },
    faults: ["10s link-down a eth1"],
    address: "10.0.0.100",
    expected: ["0.000-3.414 -", "3.414-10.000 a", "10.000-13.024 -", "13.024-60.000 b"],
  },
  "unicast finds the address that the partner lists": {
    texts: { a: unicast(150, "10.0.0.2"), b: unicast(100, "10.0.0.1") },
    faults: ["5s isolate a", "20s heal"],
    expected: ["0.000-3.414 -", "3.414-8.024 a", "8.024-20.024 a+b", "20.024-60.000 a"],
  },
  "interfaces with other names are where the virtual router is": {
    texts: { a: one(150), b: one(100).replace("eth0", "ens3") },
    expected: ["0.000-3.414 -", "3.414-60.000 a"],
  },
  "another VRID is another virtual router": {
    texts: { a: one(150), b: one(100).replace("51", "52") },
    expected: ["0.000-3.414 -", "3.414-3.609 a", "3.609-60.000 a+b"],
  },
  "everything is lost": {
    texts: pair(),
    faults: ["10s loss 100%", "20s loss 0%"],
    expected: ["0.000-3.414 -", "3.414-13.024 a", "13.024-20.024 a+b", "20.024-60.000 a"],
  },
};

/** In version 3 at 0.1 s a backup with priority 100 waits 0.361 s for the next advert. */
const tenths = pair("version 3", "advert_int 0.1");
const ofB = (faults: readonly string[]) =>
  lines(play(tenths, { duration: 5, faults }))
    .filter((line) => line.includes(" b "))
    .at(-1);

test("slow adverts move nothing, but a path that becomes slower than the wait does", () => {
  expect(ofB(["1s delay 80ms"])).toBe("0.000 b BACKUP");
  expect(ofB(["1s delay 250ms"])).toBe("0.000 b BACKUP");
  // The last quick advert is sent at 0.941 s, the first slow one at 1.041 s.
  const moved = lines(play(tenths, { duration: 5, faults: ["1s delay 500ms"] }));
  expect(moved.filter((line) => line.includes(" b ")).slice(1)).toEqual(["1.302 b MASTER", "1.541 b BACKUP"]);
  // What was sent before the path is healed is not overtaken, and then all is as before.
  expect(ofB(["1s delay 500ms", "1.1s heal"])).toBe("1.541 b BACKUP");
});

test.each(Object.entries(cases))("%s", (_, { texts, address, expected, ...played }) => {
  expect(spans(play(texts, played), address)).toEqual(expected);
});

test("three hosts follow one another", () => {
  const story = play({ ...pair(), c: one(50) }, { faults: ["10s kill a", "20s stop b"] });
  expect(lines(story).filter((line) => line.endsWith("MASTER"))).toEqual([
    "3.414 a MASTER",
    "13.024 b MASTER",
    "20.805 c MASTER",
  ]);
});

test("a refused advert is told once, with its reason", () => {
  const story = play({ a: one(150, "advert_int 1"), b: one(100, "advert_int 2") });
  expect(holders(story)).toEqual(["a", "b"]);
  expect(story.refusals.map(({ host, from }) => `${host} refuses ${from}`)).toEqual([
    "b refuses a",
    "a refuses b",
  ]);
});

test("the release decides what is refused", () => {
  const texts = { a: one(150), b: one(100, block("virtual_ipaddress", "10.0.0.100/24", "10.0.0.101/24")) };
  expect(holders(play(texts, { release: "2.2.7" }))).toEqual(["a", "b"]);
  expect(holders(play(texts, { release: "2.4.0" }))).toEqual(["a"]);
});

test("a thousand hours are leapt over, and what is planned in them is not", () => {
  const faults = ["999h kill a", "999.5h start a"];
  const hours = 3600;
  const story = play(pair(), { duration: 1000 * hours, faults });
  const start = 999 * hours;
  expect(lines(story).slice(-5)).toEqual([
    `${start}.000 a INIT`,
    expect.stringMatching(new RegExp(`^${start + 2}\\.\\d{3} b MASTER$|^${start + 3}\\.\\d{3} b MASTER$`)),
    `${start + 1800}.000 a BACKUP`,
    expect.stringMatching(/ a MASTER$/),
    expect.stringMatching(/ b BACKUP$/),
  ]);
});
