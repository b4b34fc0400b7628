/** A single vrrp-run on a host: what it refuses, what it survives, and what lasts. */
import { describe, expect, test, vi } from "vitest";
import { type Lab, needsLab, withLab } from "../../support/lab.ts";
import { combinations } from "./scenario.ts";
import { block, file, globals, quick, quickRest, same, two, vip, vrrp } from "./scenarios/texts.ts";
import { soak } from "./soak.ts";
import { Stage } from "./stage.ts";

vi.setConfig({ testTimeout: 480_000 });

const sound = same(...quick);
/** An instance without number of its virtual router. */
const broken = file(globals("a"), block("vrrp_instance VI_1", "interface eth0", "priority 150"));

/** A lab whose host a runs vrrp-run and has become master. */
async function withMaster(body: (stage: Stage, lab: Lab) => Promise<void>): Promise<void> {
  await withLab(two, async (lab) => {
    const host = lab.host("a");
    host.program = "vrrp-run";
    host.writeProgram("tell.sh", "#!/bin/sh\nexit 0\n");
    host.start(sound("a"));
    await lab.settled({ [vip]: ["a"] }, quickRest);
    await body(new Stage(lab, { a: "vrrp-run" }), lab);
  });
}

/** The words that start vrrp-run once more on a host, on a file that it has. */
function again(stage: Stage, directory: string): readonly string[] {
  const { configuration } = stage.host("a");
  const script = new URL("../../../dist/cli/vrrp-run.js", import.meta.url).pathname;
  return [process.execPath, script, "-f", configuration, "--run-dir", directory];
}

/** So many adverts more are sent by a master that goes on. */
async function goesOn(lab: Lab): Promise<void> {
  const from = lab.adverts.length;
  await lab.until("it goes on", () => lab.adverts.slice(from).length >= 5);
  expect(lab.adverts.slice(from).every(({ priority }) => priority === 150)).toBe(true);
  expect(await lab.holders([vip])).toEqual({ [vip]: ["a"] });
}

describe.runIf(needsLab()).concurrent("vrrp-run on a host", () => {
  test.each(["run", "other"])("refuses to be the second one, with run directory %s", (name) =>
    withMaster(async (stage, lab) => {
      const directory = stage.host("a").configuration.replace("keepalived.conf", name);
      const { status, out } = await stage.command("a", ...again(stage, directory));
      expect({ status, out }).toMatchObject({ status: 1, out: expect.stringContaining("vrrp-run") });
      expect(out).not.toMatch(/^\s+at /m);
      await goesOn(lab);
    }),
  );

  test("refuses a file with errors, as vrrp-lint prints them", () =>
    withLab(two, async (lab) => {
      const stage = new Stage(lab, { a: "vrrp-run" });
      stage.host("a").configure(broken);
      const { status, out } = await stage.command("a", ...again(stage, "/mnt/run"));
      expect(status).toBe(1);
      expect(out).toContain("vrrp-vrid-missing-or-invalid");
      expect(out).toMatch(/keepalived\.conf:\d+:\d+/);
      expect(lab.adverts).toEqual([]);
    }));

  test("keeps the old run when the new file has errors (SIGHUP)", () =>
    withMaster(async (stage, lab) => {
      const host = stage.host("a");
      const from = host.log.length;
      host.configure(broken);
      host.signal("SIGHUP");
      await lab.until("it says why", () =>
        host.log.slice(from).some(({ text }) => text.includes("vrrp-vrid-missing-or-invalid")),
      );
      await goesOn(lab);
      host.configure(file(globals("a"), vrrp("a", ...quick, "priority 120")));
      host.signal("SIGHUP");
      await lab.until("the next file counts", () => lab.adverts.at(-1)?.priority === 120);
    }));

  test("is gone with all it held after SIGKILL, and starts again", () =>
    withMaster(async (stage, lab) => {
      const host = stage.host("a");
      await host.strike();
      await lab.settled({ [vip]: [] }, 1);
      host.start();
      await lab.settled({ [vip]: ["a"] }, quickRest);
    }));

  test("24 pairs of virtual routers: no advert is missed and nothing grows", async () => {
    const [combination] = combinations;
    if (!combination) throw new Error("There is no combination.");
    const { missed, wrong, faults, memory } = await soak({
      combination,
      pairs: 24,
      interval: 1,
      seconds: 60,
    });
    expect({ missed, wrong, faults }).toEqual({ missed: 0, wrong: 0, faults: [] });
    for (const sizes of Object.values(memory)) {
      const [first = 0, last = 0] = [sizes[2], sizes.at(-1)];
      expect(last).toBeLessThan(first * 1.3);
    }
  });
});
