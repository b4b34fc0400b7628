import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { block, file, instance } from "../../src/rules/examples.ts";
import { folderOf } from "./folder.ts";
import { Bell } from "./lab/bell.ts";
import { ip } from "./lab/commands.ts";
import { readFrame } from "./lab/frames.ts";
import { removeLeftovers, traces } from "./lab/ground.ts";
import { needsLab, withLab } from "./lab.ts";

vi.setConfig({ testTimeout: 300_000 });

const plan = { a: { eth0: ["10.0.0.1/24"] }, b: { eth0: ["10.0.0.2/24"] } };
const vip = "10.0.0.100";
const quick = (priority: number, ...lines: readonly string[]) =>
  file(instance("version 3", "advert_int 0.3", `priority ${priority}`, ...lines));
/** Longer than a takeover at these adverts. */
const rest = 2;

/** What there is of a lab; others may be at work on the same machine. */
const tracesOf = (name: string) => traces().filter((entry) => entry.startsWith(name));

describe("readFrame", () => {
  test("takes any bytes", () => {
    const types = fc.constantFrom([0x08, 0x06], [0x08, 0x00], [0x86, 0xdd]);
    const bytes = fc.uint8Array({ maxLength: 120 });
    fc.assert(
      fc.property(types, bytes, (type, rest) => {
        readFrame(Buffer.from([...new Array(12).fill(0), ...type, ...rest]));
      }),
    );
  });
});

describe("a bell", () => {
  test("wakes who waits as often as it takes, and tells who waits for too long", async () => {
    const bell = new Bell();
    let looks = 0;
    const third = bell.until(
      () => {
        looks += 1;
        queueMicrotask(() => bell.ring());
        return looks === 3;
      },
      60,
      () => new Error("late"),
    );
    await third;
    expect(looks).toBe(3);
    await expect(
      bell.until(
        () => false,
        0.01,
        () => new Error("late"),
      ),
    ).rejects.toThrow("late");
  });
});

const labs = needsLab();

describe.runIf(labs).concurrent("a lab", () => {
  test("sees what the hosts send and who holds an address, and is gone afterwards", async () => {
    const name = await withLab(plan, async (lab) => {
      expect(tracesOf(lab.name)).toHaveLength(4);
      lab.host("a").start(quick(150, block("virtual_ipaddress", "10.0.0.100/24", "10.0.0.101/24")));
      await lab.settled({ [vip]: ["a"], "10.0.0.101": ["a"] }, rest);
      expect(lab.adverts[0]).toMatchObject({
        host: "a",
        network: 0,
        family: 4,
        source: "10.0.0.1",
        destination: "224.0.0.18",
        ttl: 255,
        version: 3,
        vrid: 51,
        priority: 150,
        interval: 0.3,
        addresses: [vip, "10.0.0.101"],
      });
      expect(lab.announcements).toContainEqual(expect.objectContaining({ host: "a", address: vip }));
      await lab.host("a").stop();
      expect(await lab.holders([vip])).toEqual({ [vip]: [] });
      expect(lab.adverts.at(-1)?.priority).toBe(0);
      return lab.name;
    });
    expect(tracesOf(name)).toEqual([]);
  });

  test("reads adverts and announcements of IPv6", async () => {
    await withLab({ a: { eth0: ["fd00::1/64"] } }, async (lab) => {
      lab.host("a").start(quick(150, block("virtual_ipaddress", "fe80::100/64", "fd00::100/64")));
      await lab.settled({ "fe80::100": ["a"], "fd00::100": ["a"] }, rest);
      expect(lab.adverts[0]).toMatchObject({
        family: 6,
        destination: "ff02::12",
        ttl: 255,
        interval: 0.3,
        addresses: ["fe80::100", "fd00::100"],
      });
      expect(lab.announcements).toContainEqual(expect.objectContaining({ address: "fd00::100" }));
    });
  });

  test("divides and joins networks, pulls cables and takes links down", async () => {
    await withLab(plan, async (lab) => {
      const [a, b] = [lab.host("a"), lab.host("b")];
      lab.start({ a: quick(150), b: quick(100) });
      await lab.settled({ [vip]: ["a"] }, rest);
      await lab.partition(["a"], ["b"]);
      await lab.settled({ [vip]: ["a", "b"] }, rest);
      await lab.heal();
      await lab.settled({ [vip]: ["a"] }, rest);
      await a.linkDown();
      await lab.settled({ [vip]: ["b"] }, rest);
      await a.linkUp();
      await lab.settled({ [vip]: ["a"] }, rest);
      await a.unplug();
      await lab.settled({ [vip]: ["b"] }, rest);
      await a.plug();
      await lab.settled({ [vip]: ["a"] }, rest);
      expect(b.running).toBe(true);
    });
  });

  test("is gone after a failure too, whose message tells what the hosts said", async () => {
    let name = "";
    const failing = withLab(plan, async (lab) => {
      name = lab.name;
      lab.host("b").start(quick(100));
      await lab.until("b is there", () => lab.host("b").log.length > 0);
      throw new Error("as expected");
    });
    await expect(failing).rejects.toThrow(
      // The last lines only, whichever they are by then.
      /^as expected\n--- log of a\n--- log of b\n.*(Keepalived|VRRP|VI_1)/s,
    );
    expect(tracesOf(name)).toEqual([]);
  });

  test("tells of a daemon that ends by itself", async () => {
    const failing = withLab(plan, async (lab) => {
      lab.host("a").run("false");
      await lab.settled({ [vip]: ["a"] }, rest);
    });
    await expect(failing).rejects.toThrow("The program on a ended by itself (status 1)");
  });
});

describe.runIf(labs)("a lab without its owner", () => {
  test("is removed when the process that made it is killed", async () => {
    const source = readFileSync(new URL("./lab/ground.ts", import.meta.url), "utf8");
    const owner = `
      import { execFileSync, spawn } from "node:child_process";
      import { claimGround } from "./ground.mjs";
      const { name } = claimGround();
      execFileSync("ip", ["netns", "add", name + "-host-a"]);
      spawn("ip", ["netns", "exec", name + "-host-a", "sleep", "1000"], { stdio: "ignore" });
      console.log(name);
    `;
    const folder = folderOf({
      "ground.mjs": transformSync(source, { loader: "ts" }).code,
      "owner.mjs": owner,
    });
    const child = spawn(process.execPath, [join(folder.path, "owner.mjs")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const name = await new Promise<string>((done) => {
      child.stdout.setEncoding("utf8").once("data", (text: string) => done(text.trim()));
      child.once("close", () => done("no name"));
    });
    expect(tracesOf(name)).toHaveLength(2);
    child.kill("SIGKILL");
    await gone(name);
    expect(tracesOf(name)).toEqual([]);
  });

  test("is recognised and removed by the next lab when its guard was killed too", async () => {
    // Process 1 started at another time than this name says.
    const name = `vrrpkit-lab-1-1-${randomBytes(4).toString("hex")}`;
    const namespace = `${name}-host-a`;
    await ip(["netns", "add", namespace]);
    mkdirSync(join(tmpdir(), name));
    const sleeper = spawn("ip", ["netns", "exec", namespace, "sleep", "1000"]);
    onTestFinished(() => void sleeper.kill("SIGKILL"));
    const ended = new Promise((done) => sleeper.on("close", (_, signal) => done(signal)));
    removeLeftovers();
    expect(await ended).toBe("SIGKILL");
    expect(tracesOf(name)).toEqual([]);
  });
});

/** Looks until nothing is left; each look costs a process, so that this is no busy loop. */
async function gone(name: string): Promise<void> {
  const deadline = AbortSignal.timeout(60_000);
  while (tracesOf(name).length > 0 && !deadline.aborted) await ip(["netns", "list"]);
}
