import { describe, expect, test } from "vitest";
import { columnsOf } from "../../src/cli/columns.ts";
import { runLint } from "../support/command.ts";
import { soundHost } from "../support/conf.ts";
import { folderOf } from "../support/folder.ts";

const table = (files: Readonly<Record<string, string>>) =>
  runLint(["--takeover", ...Object.keys(files)], { cwd: folderOf(files).path }).out;

describe("--takeover", () => {
  test("addresses, hosts in the order in which they become master, times with their units", () => {
    const text = table({ "b.conf": soundHost(100), "a.conf": soundHost(150), "c.conf": soundHost(50) });
    const lines = text.split("\n").slice(0, 5);
    expect(lines).toEqual([
      "Virtual router 51, IPv4: 10.0.0.100",
      "  #  host  instance  priority  takes over after",
      "  1  a     VI_1           150  is master",
      "  2  b     VI_1           100  3.609 s = 3 × 1 s + 0.609 s",
      "  3  c     VI_1            50  3.805 s = 3 × 1 s + 0.805 s",
    ]);
    expect(text).toMatch(/\nNo problems in 3 hosts, 1 virtual router\.\n$/);
  });

  test("version 3: the skew is a part of the interval", () => {
    const v3 = (priority: number) =>
      soundHost(priority, "version 3").replace("advert_int 1", "advert_int 0.1");
    expect(table({ "a.conf": v3(150), "b.conf": v3(100) })).toContain("0.361 s = 3 × 0.1 s + 0.061 s");
  });

  test("says what is not certain", () => {
    expect(table({ "a.conf": soundHost(100), "b.conf": soundHost(100) })).toContain("the same priority");
    const unread = soundHost(100).replace("priority 100", "include gone.inc");
    expect(table({ "a.conf": soundHost(150), "b.conf": unread })).toMatch(/ {2}2\? {2}b /);
  });

  test("fits 80 columns with long names and many addresses", () => {
    const many = Array.from({ length: 20 }, (_, index) => `        10.0.0.${index + 101}/24\n`).join("");
    const long = (priority: number) =>
      soundHost(priority)
        .replace("VI_1", `instance-${"x".repeat(60)}`)
        .replace("        10.0.0.100/24\n", many);
    const slow = (text: string) => text.replace("advert_int 1", "version 3\n    advert_int 40.95");
    const text = table({
      [`host-${"y".repeat(60)}.conf`]: slow(long(150)),
      "报警报警报警报警报警报警.conf": slow(long(100)),
    });
    expect(text).toContain(" s = 3 × 40.95 s + ");
    expect(text.split("\n").filter((line) => columnsOf(line) > 80)).toEqual([]);
  });

  test("one note for all rows that it concerns", () => {
    const text = table({ "a.conf": soundHost(90), "b.conf": soundHost(90), "c.conf": soundHost(90) });
    expect(text.match(/the same priority/g)).toHaveLength(1);
    expect(text).toContain("\n  1, 2, 3: the same priority");
  });

  test("errors may make it another way, and it says so", () => {
    const other = soundHost(90).replace("virtual_router_id 51", "virtual_router_id 52");
    expect(table({ "a.conf": soundHost(150), "b.conf": other })).toContain("There are errors in these files");
    expect(table({ "a.conf": soundHost(150), "b.conf": soundHost(90) })).not.toContain("errors in these");
  });

  test("a file without instances has no table", () => {
    expect(table({ "a.conf": "global_defs {\n    router_id a\n}\n" })).toContain("no virtual router");
  });
});
