/** Run directories that a claim makes, or can not make. What a claim is worth between daemons is in guard.test.ts. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { claim } from "../../../src/run/linux/claim.ts";
import { needsLab } from "../../support/lab.ts";

const folder = mkdtempSync(join(tmpdir(), "vrrpkit-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(needsLab())("a run directory", () => {
  test("is made with all that is around it", async () => {
    const claimed = await claim(join(folder, "a", "b"));
    if ("refused" in claimed) throw new Error(claimed.refused);
    claimed.release();
    expect(existsSync(join(folder, "a", "b", "vrrp-run.lock"))).toBe(true);
  });

  // The kernel makes no folder below /proc, which Node's own way tries for ever.
  test.each([
    ["/proc/nowhere/run", "no such file or directory (ENOENT)"],
    [join(folder, "file", "run"), "not a directory (ENOTDIR)"],
  ])("%s cannot be used", async (path, why) => {
    writeFileSync(join(folder, "file"), "");
    await expect(claim(path)).rejects.toThrow(
      `The run directory ${path} cannot be used: ${why}. Name another one with --run-dir.`,
    );
  });
});
