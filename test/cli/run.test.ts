/** vrrp-run --simulate as a command: words in, a story out. */
import { describe, expect, test } from "vitest";
import { columnsOf } from "../../src/cli/columns.ts";
import { runRun, type Surroundings } from "../support/command.ts";
import { soundHost } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";

const files = { "host-a.conf": soundHost(150), "host-b.conf": soundHost(100) };
const names = Object.keys(files);
const play = (words: readonly string[], surroundings: Surroundings = {}) =>
  runRun(["--simulate", ...words], { cwd: folderOf(files).path, ...surroundings });

describe("the timeline", () => {
  test("says who is master when, why, and how long nobody was", () => {
    const { code, out, err } = play([...names, "--duration", "30s", "--fault", "10s kill host-a"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")).toEqual([
      " 0.000 s  host-a  BACKUP  VI_1: started",
      " 0.000 s  host-b  BACKUP  VI_1: started",
      " 3.414 s  host-a  MASTER  VI_1: heard nobody for 3.414 s",
      "10.000 s  -- kill host-a --",
      "10.000 s  host-a  INIT    VI_1: killed",
      "13.024 s  host-b  MASTER  VI_1: no advert from host-a for 3.609 s",
      "",
      "10.0.0.100",
      `  host-a  ${"·".repeat(8)}${"█".repeat(15)}`,
      `  host-b  ${"·".repeat(30)}${"█".repeat(40)}`,
      "   0.000 to  3.414 s  nobody for 3.414 s",
      "   3.414 to 10.000 s  host-a",
      "  10.000 to 13.024 s  nobody for 3.024 s",
      "  13.024 to 30.000 s  host-b",
      "",
      "2 hosts, 30.000 s of virtual time: nobody held an address for up to 6.438 s in",
      "all, no address was held twice.",
      "",
    ]);
  });

  test("fits 80 columns with long names and reasons", () => {
    const long = soundHost(100, "advert_int 3").replace("VI_1", `instance-${"x".repeat(30)}`);
    const { path: cwd } = folderOf({ "a.conf": soundHost(150), "b.conf": long });
    const { out } = play([`${"name".repeat(5)}=a.conf`, "b.conf"], { cwd });
    expect(out).toContain("refuses");
    expect(Math.max(...out.split("\n").map(columnsOf))).toBeLessThanOrEqual(80);
  });

  test("an address that moves all the time has a list that ends", () => {
    const { out } = play([...names, "--duration", "30m", "--fault", "0s loss 70%"]);
    expect(out.match(/ to .* s {2}/g)).toHaveLength(20);
    expect(out).toMatch(/\n {2}and \d+ more; --format json has them all\n/);
  });

  test("has colours on a terminal only", () => {
    expect(play(names).out).not.toContain("\u001b");
    expect(play(names, { environment: { FORCE_COLOR: "1" } }).out).toContain("\u001b[32m");
  });
});

test("the document is the contract's", () => {
  const { out } = play(["a=host-a.conf", "b=host-b.conf", "--format", "json", "--fault", "5s stop a"]);
  const { version, duration, events, holders } = JSON.parse(out);
  expect({ version, duration }).toEqual({ version: 1, duration: 60 });
  expect(events.at(-1)).toEqual({
    t: 5.609,
    host: "b",
    instance: "VI_1",
    event: "state",
    from: "BACKUP",
    to: "MASTER",
    why: "a gave up 0.609 s ago",
  });
  expect(holders).toEqual([expect.objectContaining({ address: "10.0.0.100", hosts: ["b"] })]);
});

test("the seed decides what is lost", () => {
  const lossy = (seed: string) =>
    play([...names, "--duration", "10m", "--fault", "0s loss 60%", "--seed", seed]).out;
  expect(lossy("1")).toBe(lossy("1"));
  expect(lossy("1")).not.toBe(lossy("2"));
});

test("one file can be several hosts", () => {
  const { path: cwd } = folderOf({
    "ha.conf": soundHost(100).replace("priority 100", "@a priority 150\n@b priority 100"),
  });
  const { out } = play(["a=ha.conf", "b=ha.conf", "--format", "json"], { cwd });
  expect(JSON.parse(out).holders[0].hosts).toEqual(["a"]);
});

describe("what is not played is said", () => {
  test.each([
    ["the same priority", soundHost(150), "do not name their addresses"],
    ["a virtual server", soundHost(100, "}", "virtual_server 10.0.0.9 80 {"), "virtual_server are left out"],
    ["an instance that cannot run", soundHost(100, "}", "vrrp_instance X {"), "X is not played"],
    ["errors", soundHost(100).replace("virtual_router_id", "virtual_router_ip"), "1 error in these files"],
  ])("%s", (_, second, expected) => {
    const { path: cwd } = folderOf({ ...files, "host-b.conf": second });
    const { code, err } = play(names, { cwd });
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(expected) });
  });

  test("a fault that comes too late", () => {
    const { err } = play([...names, "--duration", "4s", "--fault", "5s kill host-a"]);
    expect(err).toBe("vrrp-run: kill host-a at 5.000 s comes after the end; --duration makes it later\n");
  });
});

describe("wrong calls", () => {
  test.each([
    [["host-a.conf"], "host-a.conf: write -f host-a.conf to run it, or --simulate to play files"],
    [["--fault", "5s kill a"], "--fault is for --simulate"],
    [["--json"], "--json is for vrrp-run status"],
    [["status", "now"], "status takes no further words, such as now"],
    [["--metrics", "localhost"], "--metrics localhost: write HOST:PORT, such as 127.0.0.1:9650"],
    [["--log", "xml"], "--log xml: there are: text, json"],
    [["--simulate"], "which files? Name one keepalived.conf per host; vrrp-run --help shows how"],
    [["--simulate", "gone.conf"], "gone.conf: no such file or directory"],
    [["--simulate", "a=host-a.conf", "a=host-b.conf"], "two hosts are called a; write NAME=FILE"],
    [["--simulate", ...names, "--duration", "soon"], "write a time such as 60s, 10m or 1000h"],
    [["--simulate", ...names, "--duration", "0s"], "write a time such as 60s, 10m or 1000h"],
    [["--simulate", ...names, "--seed", "x"], "write a whole number"],
    [["--simulate", ...names, "--target", "new"], "write RELEASE, such as 2.2.7"],
    [["--simulate", ...names, "--format", "xml"], "there are: text, json, html"],
    [["--simulate", ...names, "--fault", "5s kill x"], "--fault 5s kill x: x is none of the hosts"],
    [["--simulate", ...names, "--fault"], "--fault needs a value"],
  ])("%j", (words, message) => {
    const { code, out, err } = runRun(words, { cwd: folderOf(files).path });
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: expect.stringContaining(message) });
  });

  test("files in which nothing runs leave with 1", () => {
    const { path: cwd } = folderOf({ "a.conf": "global_defs {\n}\n" });
    expect(play(["a.conf"], { cwd })).toMatchObject({ code: 1, out: "" });
  });

  test("the help fits 80 columns and leaves with 0", () => {
    const { code, out } = runRun(["--help"]);
    expect(code).toBe(0);
    expect(Math.max(...out.split("\n").map(columnsOf))).toBeLessThanOrEqual(80);
  });
});
