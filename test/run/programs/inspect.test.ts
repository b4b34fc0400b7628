/** Which programs may be run. */
import { chmodSync, chownSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Accounts } from "../../../src/run/programs/accounts.ts";
import { inspect } from "../../../src/run/programs/inspect.ts";
import { surroundings } from "../../../src/run/programs/surroundings.ts";
import { inFolder } from "./support.ts";

const root = { uid: 0, gid: 0 };
const nobody = { uid: 65534, gid: 65534 };

describe("a program", () => {
  test("is looked for along PATH where it has a bare name", () =>
    inFolder(async (folder) => {
      const file = folder.script("tool");
      expect(inspect("tool", nobody, false, `/nowhere:${folder.path}`).path).toBe(file);
      expect(inspect("tool", nobody, false, "/nowhere").refused).toContain("not found along PATH");
    }));

  test("is called by its own name, wherever links lead", () =>
    inFolder(async (folder) => {
      mkdirSync(folder.file("real"));
      folder.script("real/tool");
      symlinkSync("real", folder.file("link"));
      expect(inspect(join(folder.file("link"), "tool"), nobody, false).path).toBe(folder.file("real/tool"));
      symlinkSync("tool", folder.file("real/other"));
      expect(inspect(folder.file("real/other"), nobody, false).path).toBe(folder.file("real/other"));
    }));

  test("has to be there, a file, and fit to be run", () =>
    inFolder(async (folder) => {
      folder.write("text", "");
      chmodSync(folder.file("text"), 0o644);
      expect(inspect("/nowhere/tool", root, false).refused).toContain("no such file");
      expect(inspect(folder.path, root, false).refused).toBe("it is no program");
      expect(inspect(folder.file("text"), root, false).refused).toContain("may not run it");
      const file = folder.script("tool");
      chmodSync(file, 0o700);
      expect(inspect(file, nobody, false).refused).toBe("user 65534 with group 65534 may not run it");
    }));

  test("that runs as root may be changed by root only, where script security is on", () =>
    inFolder(async (folder) => {
      const file = folder.script("tool");
      const loose = inspect(file, root, false);
      expect([loose.refused, loose.insecure]).toEqual([undefined, true]);
      expect(inspect(file, root, true).refused).toMatch(
        /^others than root may change .*, and it would run as root$/,
      );
      expect(inspect(file, nobody, true).refused).toBeUndefined();
    }));

  test("of the system is sound", () => {
    expect(inspect("/bin/true", root, true).refused).toBeUndefined();
  });

  test("that others own is unsafe", () =>
    inFolder(async (folder) => {
      chmodSync(folder.path, 0o755);
      const file = folder.script("tool");
      if (process.getuid?.() !== 0) return;
      expect(inspect(file, root, true).refused).toBeUndefined();
      chownSync(file, 65534, 0);
      expect(inspect(file, root, true).refused).toContain(`may change ${file}`);
    }));
});

test("users and groups are looked up", () => {
  const accounts = new Accounts();
  expect(accounts.runner("root", undefined)).toEqual(root);
  expect(accounts.runner("nobody", "root")).toEqual({ uid: 65534, gid: 0 });
  expect(accounts.runner("no-such-user", undefined)).toBeUndefined();
  expect(accounts.runner("nobody", "no-such-group")).toBeUndefined();
  expect(accounts.runner("0", undefined)).toBeUndefined();
});

test("the machine has a name and somebody who runs this", async () => {
  const { hostname, self } = await surroundings();
  expect(hostname).not.toBe("");
  expect(self.uid).toBe(process.getuid?.());
});
