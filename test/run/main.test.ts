/** The built vrrp-run as its users meet it: what it tells them, what it puts right, and what it leaves behind. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { block, file } from "../../src/rules/examples.ts";
import { type Lab, type LabHost, needsLab, withLab } from "../support/lab.ts";
import { root } from "../support/project.ts";
import { readExposition } from "./exposition.ts";
import { globals, quick, two, vip, vrrp } from "./lab/scenarios/texts.ts";
import { Stage } from "./lab/stage.ts";

vi.setConfig({ testTimeout: 300_000, maxConcurrency: 4 });

const script = join(root, "dist", "cli", "vrrp-run.js");
const password = "s3cr3t77";
const routed = "10.9.0.0/16";

/** VI_1 with a route, a rule and a virtual MAC address; VI_2 with a password; something static. */
function text(host: string, ...more: readonly string[]): string {
  return file(
    globals(host),
    block("static_ipaddress", "10.1.0.77/24 dev eth1"),
    vrrp(
      host,
      ...quick,
      "garp_master_delay 1",
      block("virtual_routes", `${routed} via 10.1.0.9 dev eth1`),
      block("virtual_rules", `from ${routed} table 99 priority 1099`),
      ...more,
    ),
    block(
      "vrrp_instance VI_2",
      ...["interface eth1", "virtual_router_id 52", `priority ${host === "a" ? 150 : 100}`],
      block("authentication", "auth_type PASS", `auth_pass ${password}`),
      block("virtual_ipaddress", "10.1.0.200/24"),
    ),
  );
}

class User {
  readonly host: LabHost;
  readonly stage: Stage;
  readonly directory: string;

  constructor(lab: Lab, name: string) {
    this.host = lab.host(name);
    this.stage = new Stage(lab, {});
    this.directory = this.host.configuration.replace("keepalived.conf", "run");
    this.host.writeProgram("tell.sh", "#!/bin/sh\nexit 0\n");
  }

  /** In a process group of its own, as a shell starts it. */
  start(configuration: string, ...more: readonly string[]): void {
    this.host.configure(configuration);
    this.host.run("setsid", ...this.words("-f", this.host.configuration, ...more));
  }

  words(...words: readonly string[]): readonly string[] {
    return [process.execPath, script, ...words, "--run-dir", this.directory];
  }

  run(...words: readonly string[]) {
    return this.stage.command(this.host.name, ...this.words(...words));
  }

  logged(words: string): Promise<void> {
    return this.stage.lab.until(`${this.host.name} says ${words}`, () =>
      this.host.log.some((line) => line.text.includes(words)),
    );
  }

  read(name: string): string {
    return readFileSync(join(this.directory, name), "utf8");
  }

  /** What stands below /proc/sys for this host's interfaces, links, addresses, routes, rules and the firewall. */
  async state(): Promise<string> {
    const parts = await Promise.all([
      this.stage.command(this.host.name, "sh", "-c", "grep -r . /proc/sys/net/ipv4/conf 2>/dev/null | sort"),
      this.stage.command(this.host.name, "nft", "list", "ruleset"),
      ...["link", "address", "route", "rule"].map(async (what) => ({ out: await this.host.ip("-br", what) })),
    ]);
    return parts.map(({ out }) => out.replaceAll(/ +$/gm, "")).join("\n");
  }

  /** The processes that the program has started, and those that they have. */
  family(pid = this.host.pid): readonly number[] {
    if (pid === undefined) return [];
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
    return [...children, ...children.flatMap((child) => this.family(child))];
  }
}

function isGone(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true;
  }
}

/** The status at this moment, as soon as there is one. */
async function statusOf(user: User) {
  const { status, out } = await user.run("status", "--json");
  return status === 0 ? JSON.parse(out) : undefined;
}

async function becomesMaster(user: User): Promise<readonly string[]> {
  const seen: string[] = [];
  await user.stage.until("status says MASTER", async () => {
    const states = (await statusOf(user))?.instances.map(({ state }: { state: string }) => state) ?? [];
    seen.push(...states);
    return states.length === 2 && states.every((state: string) => state === "MASTER");
  });
  return seen;
}

async function scrape(user: User) {
  const ask =
    "const r = await fetch('http://127.0.0.1:9650/metrics'); console.log(JSON.stringify({ type: r.headers.get('content-type'), text: await r.text() }))";
  const { out } = await user.stage.command(
    user.host.name,
    process.execPath,
    "--input-type=module",
    "-e",
    ask,
  );
  return JSON.parse(out) as { type: string; text: string };
}

/** Somebody takes things away, one after the other; each is back before the next one goes. */
async function undone(user: User): Promise<void> {
  const deeds: readonly (readonly [what: string, ...words: string[]])[] = [
    [vip, "address", "delete", `${vip}/24`, "dev", "vrrp.51"],
    [routed, "route", "delete", routed],
    ["1099:", "rule", "delete", "pref", "1099"],
    ["10.1.0.77", "address", "delete", "10.1.0.77/24", "dev", "eth1"],
  ];
  const shown = async () =>
    (await Promise.all(["address", "route", "rule"].map((what) => user.host.ip(what)))).join();
  for (const [what, ...words] of deeds) {
    const from = user.host.log.length;
    await user.host.ip(...words);
    await user.stage.until(`${what} is missed`, () =>
      user.host.log.slice(from).some((line) => line.text.includes("somebody undid")),
    );
    await user.stage.until(`${what} is back`, async () => (await shown()).includes(what));
  }
}

describe.runIf(needsLab()).concurrent("vrrp-run, as a user meets it", () => {
  test("tells how it stands, puts back what goes, and another one through koffi takes over", () =>
    withLab(two, async (lab) => {
      const [a, b] = [new User(lab, "a"), new User(lab, "b")];
      const before = await a.state();
      const { status, out } = await a.run("status");
      expect({ status, out }).toMatchObject({
        status: 1,
        out: expect.stringContaining("no daemon answers in"),
      });
      expect(out).not.toMatch(/^\s+at /m);

      a.start(text("a", "use_vmac"), "--log", "json", "--metrics", "127.0.0.1:9650");
      const states = await becomesMaster(a);
      expect(states.every((state) => ["INIT", "BACKUP", "MASTER"].includes(state))).toBe(true);
      // Without the compiled package, as on a Node that it cannot be built for.
      b.host.writeProgram(
        "hide.cjs",
        "const m = require('module'), f = m._load;\nm._load = (n, ...r) => { if (n.startsWith('raw-socket')) throw new Error('hidden'); return f(n, ...r); };\n",
      );
      b.host.environment = { NODE_OPTIONS: "--require /mnt/hide.cjs" };
      b.start(text("b", "use_vmac"));
      await b.logged("adverts go through koffi");

      const { type, text: metrics } = await scrape(a);
      expect(type).toBe("text/plain; version=0.0.4; charset=utf-8");
      const masters = readExposition(metrics).filter(({ name, labels, value }) => {
        return name === "vrrp_state" && labels["state"] === "MASTER" && value === 1;
      });
      expect(masters.map(({ labels }) => labels["name"])).toEqual(["VI_1", "VI_2"]);

      for (const [signal, name, words] of [
        ["SIGUSR1", "state.txt", "VI_1: MASTER since"],
        ["SIGUSR2", "statistics.txt", "adverts "],
      ] as const) {
        a.host.signal(signal);
        await a.stage.until(
          name,
          () => readdirSync(a.directory).includes(name) && a.read(name).includes(words),
        );
      }
      const good = text("a", "use_vmac");
      a.host.configure(good.replace("virtual_router_id 51", "virtual_router_id 0"));
      a.host.signal("SIGHUP");
      await a.logged("the file is not taken, so all goes on as before");
      expect(a.host.log.some((line) => /keepalived\.conf:\d+:\d+: .*vrid/.test(line.text))).toBe(true);
      await undone(a);
      const told = [(await a.run("status")).out, metrics, a.read("state.txt"), a.read("statistics.txt")];

      await a.host.stop();
      await lab.settled({ [vip]: ["b"], "10.1.0.200": ["b"] }, 4);
      expect(a.host.ending).toEqual({ status: 0, signal: null });
      expect(await a.state()).toBe(before);
      const messages: readonly string[] = a.host.log.map(({ text: line }) => JSON.parse(line).message);
      expect(messages.filter((message) => message.includes("\n"))).toEqual(told.slice(2));
      for (const { text: line } of a.host.log) {
        expect(JSON.parse(line)).toMatchObject({
          time: expect.stringMatching(/Z$/),
          level: expect.any(String),
          message: expect.any(String),
        });
      }
      expect([...told, ...a.host.log.map((line) => line.text)].join("\n")).not.toContain(password);
      await b.host.stop();
    }));

  test("ends with Ctrl-C, when it is killed, and while it still starts, and leaves nothing", () =>
    withLab({ a: two["a"] as NonNullable<(typeof two)["a"]> }, async (lab) => {
      const a = new User(lab, "a");
      await a.stage.must("a", "sysctl", "-qw", "net.ipv4.conf.all.rp_filter=1");
      const before = await a.state();
      a.host.writeProgram("reader.sh", "#!/bin/sh\nwhile read line < $1; do sleep 1; done\n");
      a.host.writeProgram("slow.sh", "#!/bin/sh\nsleep 300 & wait\n");
      const fifo = file(
        block(
          "global_defs",
          "script_user root",
          "notify_fifo /mnt/fifo",
          "notify_fifo_script /mnt/reader.sh",
        ),
        block("vrrp_script slow", "script /mnt/slow.sh", "interval 400", "timeout 400"),
      );
      const tracked = [fifo, text("a", "use_vmac", "no_accept", block("track_script", "slow weight 5"))].join(
        "\n",
      );

      a.start(tracked);
      await becomesMaster(a);
      const { pid = 0 } = a.host;
      process.kill(-pid, "SIGINT");
      await a.host.stop("SIGINT");
      expect(a.host.ending).toEqual({ status: 0, signal: null });
      expect(await a.state()).toBe(before);

      a.start(tracked);
      await becomesMaster(a);
      const family = a.family();
      expect(family.length).toBeGreaterThan(5);
      expect(await a.state()).toMatch(/set vips[\s\S]*elements = \{ 10\.0\.0\.100/);
      await a.host.strike();
      await a.stage.until("all that it started is gone", () => family.every(isGone));
      expect(await a.state()).toBe(before);

      a.host.writeProgram("up.sh", "#!/bin/sh\necho 1 > /mnt/made\nsleep 300\n");
      a.host.writeProgram("down.sh", "#!/bin/sh\ncp /mnt/made /mnt/down\n");
      const slow = [
        "startup_script /mnt/up.sh",
        "startup_script_timeout 300",
        "shutdown_script /mnt/down.sh",
      ];
      a.start(file(block("global_defs", "script_user root", "umask 027", ...slow), text("a")));
      await a.stage.wrote("a", "made", /1/);
      await a.host.stop();
      expect(a.host.ending).toEqual({ status: 0, signal: null });
      expect(a.host.read("down")).toBe("1\n");
      const { out } = await a.stage.command("a", "stat", "-c", "%a", "/mnt/made");
      expect(out).toBe("640\n");

      a.host.configure(file(block("global_defs", "enable_traps"), text("a")));
      const refused = await a.run("-f", a.host.configuration, "--require-all");
      expect(refused).toMatchObject({
        status: 1,
        out: expect.stringMatching(/keepalived\.conf:2: enable_traps/),
      });
      expect(await a.state()).toBe(before);
    }));
});
