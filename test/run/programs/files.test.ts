/** Tracked files: the number in them, as keepalived reads it. */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Child } from "../../../src/run/programs/child.ts";
import { FileCheck, type FilePlan, numberIn } from "../../../src/run/programs/file-check.ts";
import { type Folder, Heard, HeardLog, inFolder, program, somewhere } from "./support.ts";

function planOf(path: string, initial?: FilePlan["initial"]): FilePlan {
  return { kind: "file", id: "file f", name: "f", path, initial, at: somewhere };
}

test.each([
  ["5\n", 5],
  ["  -12 and more", -12],
  ["+7", 7],
  ["0x1f", 31],
  ["010", 8],
  ["", 0],
  ["none", 0],
  [undefined, 0],
  ["0", 0],
  ["-2147483648", -2147483648],
  ["2147483649", undefined],
  ["99999999999999", undefined],
])("%j is %s", (text, number) => expect(numberIn(text)).toBe(number));

/** Watches a file of the folder; `heard` has every status that is told. */
async function watching(
  path: (folder: Folder) => string,
  body: (folder: Folder, heard: Heard<number>, check: FileCheck, log: HeardLog) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const [heard, log] = [new Heard<number>(), new HeardLog()];
    const check = new FileCheck(planOf(path(folder)), undefined, log, (status) => heard.hear(status));
    try {
      await body(folder, heard, check, log);
    } finally {
      check.stop();
    }
  });
}

const plainly = (folder: Folder) => folder.file("f");
const last = (number: number) => (all: readonly number[]) => all.at(-1) === number;

describe.concurrent("a tracked file", () => {
  test("counts from the start, without being told", () =>
    watching(plainly, async (folder, heard, check) => {
      folder.write("f", "3\n");
      check.start();
      expect([check.status, heard.all]).toEqual([3, []]);
    }));

  test("tells each new number, and 0 when it is gone", () =>
    watching(plainly, async (folder, heard, check) => {
      check.start();
      folder.write("f", "3\n");
      await heard.until(last(3));
      folder.write("f", "-254\n");
      await heard.until(last(-254));
      writeFileSync(folder.file("new"), "9");
      renameSync(folder.file("new"), folder.file("f"));
      await heard.until(last(9));
      rmSync(folder.file("f"));
      await heard.until(last(0));
      expect(heard.all).toEqual([3, -254, 9, 0]);
    }));

  test("keeps its number where the new one is too large", () =>
    watching(plainly, async (folder, heard, check, log) => {
      folder.write("f", "4\n");
      check.start();
      folder.write("f", "99999999999\n");
      await log.until((all) => all.length > 0);
      expect([check.status, heard.all]).toEqual([4, []]);
      expect(log.all[0]).toContain("holds no number that can be used: 99999999999");
    }));

  test("may be reached by a link", () =>
    watching(
      (folder) => folder.file("link"),
      async (folder, heard, check) => {
        folder.write("f", "1");
        symlinkSync(folder.file("f"), folder.file("link"));
        check.start();
        folder.write("f", "2");
        await heard.until(last(2));
      },
    ));

  test("may lie in a directory that is made later", () =>
    watching(
      (folder) => folder.file("later/f"),
      async (folder, heard, check) => {
        check.start();
        expect(check.status).toBe(0);
        mkdirSync(folder.file("later"));
        folder.write("later/f", "6");
        await heard.until(last(6));
      },
    ));

  test("is not taken as empty while it is written anew", () =>
    watching(plainly, async (folder, heard, check) => {
      folder.write("f", "1\n");
      check.start();
      const loop = 'for n in $(seq 2 400); do echo "$n" > "$F/f"; done';
      const writing = new Child(program(folder.script("writer", loop)));
      await heard.until(last(400));
      await writing.ended;
      expect(heard.all).not.toContain(0);
    }));

  test("is written at the start where that is asked for", () =>
    inFolder(async (folder) => {
      const initialised = (overwrite: boolean, again: boolean) => {
        const plan = planOf(folder.file("f"), { value: 7, overwrite });
        new FileCheck(plan, undefined, new HeardLog(), () => {}).initialise(again);
        return readFileSync(folder.file("f"), "utf8");
      };
      expect(initialised(false, false)).toBe("7\n");
      folder.write("f", "1");
      expect(initialised(false, false)).toBe("1");
      expect(initialised(true, true)).toBe("1");
      expect(initialised(true, false)).toBe("7\n");
    }));
});
