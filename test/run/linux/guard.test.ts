import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { GuardList, type GuardMessage } from "../../../src/run/linux/guard-list.ts";
import type { Removal } from "../../../src/run/ports.ts";
import { ip } from "../../support/lab/commands.ts";
import { type Lab, needsLab, withLab } from "../../support/lab.ts";
import { bundled, type Program, runOn } from "./programs.ts";

vi.setConfig({ testTimeout: 300_000 });

const labs = needsLab();
const bundles = bundled("src/run/linux/guard-main.ts", "test/run/linux/stand-in.ts");
const plan = { a: { eth0: ["10.0.0.1/24", "fd00::1/64"] } };
const vip = "10.0.0.100";

/** Everything that a daemon may put on a host. */
const everything = [
  [
    "link add vrrp.51 link eth0 address 00:00:5e:00:01:33 type macvlan mode private",
    "link delete dev vrrp.51",
  ],
  ["link set vrrp.51 up", "link set dev vrrp.51 down"],
  [`address add ${vip}/24 dev eth0`, `address delete ${vip}/24 dev eth0`],
  ["address add 10.0.0.101/32 dev vrrp.51", "address delete 10.0.0.101/32 dev vrrp.51"],
  ["address add fd00::100/64 dev eth0 nodad", "address delete fd00::100/64 dev eth0"],
  ["route add 10.9.0.0/16 via 10.0.0.7", "route delete 10.9.0.0/16 via 10.0.0.7"],
  ["-6 rule add fwmark 7 table 78", "-6 rule delete fwmark 7 table 78"],
] as const;

interface Started {
  readonly daemon: Program;
  readonly guard: number;
}

function startOn(lab: Lab, runDirectory: string, hold: unknown = everything, host = "a") {
  const [guard, daemon] = bundles.paths as [string, string];
  return runOn(lab, host, daemon, JSON.stringify({ guard, runDirectory, hold }));
}

async function held(daemon: Program): Promise<Started> {
  const guard = Number((await daemon.says(/^guard /)).slice("guard ".length));
  await daemon.says(/^held$/);
  expect(daemon.lines.things).toEqual([`guard ${guard}`, "held"]);
  return { daemon, guard };
}

/** Interfaces, addresses, routes and rules of the host, without the lab's moods. */
async function state(lab: Lab): Promise<string> {
  const namespace = `${lab.name}-host-a`;
  const objects = [["-br", "link"], ["-br", "address"], ["route"], ["rule"], ["-6", "rule"]];
  const texts = await Promise.all(objects.map((words) => ip(["-n", namespace, ...words])));
  return texts
    .join("")
    .replaceAll(/ fe80::\S+/g, "")
    .replaceAll(/ +\n/g, "\n");
}

/** Whether a process is there and has not ended; one that nobody has asked about is still listed. */
function runs(pid: number): boolean {
  return !/^State:\s+[ZX]/m.test(statusOf(pid));
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "State: X";
  }
}

/** Whether this process may lower such scores (CAP_SYS_RESOURCE); root in a container often may not. */
function maySpareFromMemoryKiller(): boolean {
  const capabilities = /^CapEff:\s+(\w+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  return (BigInt(`0x${capabilities}`) & (1n << 24n)) !== 0n;
}

/** Waits until a process takes SIGUSR2 into its own hands, which the guard does last; SIGINT and SIGTERM every Node does. */
async function deaf(lab: Lab, pid: number): Promise<void> {
  const caught = () => /^SigCgt:\s+(\w+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
  while ((BigInt(`0x${caught()}`) & (1n << BigInt(constants.signals.SIGUSR2 - 1))) === 0n)
    await ip(["-n", `${lab.name}-host-a`, "link"]);
}

/** Waits for the end of a process that is not this one's child. */
async function gone(lab: Lab, pid: number): Promise<void> {
  while (runs(pid)) await ip(["-n", `${lab.name}-host-a`, "link"]);
}

const messageLine = (message: GuardMessage) => `${JSON.stringify(message)}\n`;

test("the list is what was held and not released, and batches come in order, whatever the pieces they arrive in", () => {
  const removal: fc.Arbitrary<Removal> = fc.oneof(
    fc.string(),
    fc.string().map((rest) => `address ${rest}`),
    fc.record({ end: fc.nat() }),
    fc.record({ setting: fc.tuple(fc.string(), fc.string()) }),
  );
  const message: fc.Arbitrary<GuardMessage> = fc.oneof(
    fc.record({ hold: fc.constantFrom("a", "b", "c", "d"), removal }),
    fc.record({ release: fc.constantFrom("a", "b", "c", "d") }),
    fc.record({ number: fc.nat(), lines: fc.array(fc.string()) }),
  );
  fc.assert(
    fc.property(fc.array(message), fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (messages, sizes) => {
      const text = messages.map(messageLine).join("");
      const list = new GuardList();
      const batches: unknown[] = [];
      for (let at = 0; at < text.length; ) {
        const size = sizes.next().value as number;
        batches.push(...list.take(text.slice(at, at + size)));
        at += size;
      }
      expect(batches).toEqual(messages.filter((each) => "lines" in each));
      const expected: [string, Removal][] = [];
      for (const each of messages) {
        if ("lines" in each) continue;
        const key = "hold" in each ? each.hold : "release" in each ? each.release : "";
        const at = expected.findIndex(([known]) => known === key);
        if (at !== -1) expected.splice(at, 1);
        if ("hold" in each) expected.push([key, each.removal]);
      }
      const removals = expected.map(([, removal]) => removal).reverse();
      const lines = removals.filter((each) => typeof each === "string");
      expect(list.removals()).toEqual([
        ...lines.filter((line) => line.startsWith("address ")),
        ...lines.filter((line) => !line.startsWith("address ")),
        ...removals.filter((each) => typeof each !== "string"),
      ]);
    }),
  );
});

test("the last line of a daemon that was killed within it tells nothing", () => {
  const list = new GuardList();
  list.take(messageLine({ hold: "a", removal: "link delete x" }));
  list.take(messageLine({ release: "a" }).slice(0, -3));
  expect(list.removals()).toEqual(["link delete x"]);
});

describe.runIf(labs).concurrent("the guard", () => {
  test("takes everything away however the daemon ends, and ends itself", async () => {
    await withLab(plan, async (lab) => {
      const path = bundles.folder();
      const before = await state(lab);
      const ends: readonly (readonly [string, (daemon: Program) => unknown])[] = [
        ["SIGKILL", ({ child }) => child.kill("SIGKILL")],
        ["SIGSEGV", ({ child }) => child.kill("SIGSEGV")],
        ["3", ({ child }) => child.stdin?.write("exit\n")],
        ["1", ({ child }) => child.stdin?.write("throw\n")],
      ];
      for (const [how, end] of ends) {
        const { daemon, guard } = await held(startOn(lab, path));
        expect(await state(lab)).not.toBe(before);
        end(daemon);
        expect(String(await daemon.ended)).toBe(how);
        await daemon.says(/^vrrp-run guard: the daemon has ended; took away 7 things/);
        await gone(lab, guard);
        expect(await state(lab)).toBe(before);
      }
    });
  });

  test("does nothing for what was released, and nothing when it is dismissed", async () => {
    await withLab(plan, async (lab) => {
      const path = bundles.folder();
      const addresses = everything.slice(2, 3);
      for (const [order, answer] of [
        ["release", "released"],
        ["dismiss", "dismissed"],
      ] as const) {
        const { daemon, guard } = await held(startOn(lab, path, addresses));
        daemon.child.stdin?.write(`${order}\n`);
        await daemon.says(new RegExp(`^${answer}$`));
        daemon.child.kill("SIGKILL");
        await gone(lab, guard);
        expect(await lab.holders([vip])).toEqual({ [vip]: ["a"] });
        await ip(["-n", `${lab.name}-host-a`, "address", "delete", `${vip}/24`, "dev", "eth0"]);
      }
    });
  });

  test("survives what reaches the daemon's group, and is replaced when it is killed itself", async () => {
    await withLab(plan, async (lab) => {
      const { daemon, guard } = await held(startOn(lab, bundles.folder()));
      await deaf(lab, guard);
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const) {
        process.kill(guard, signal);
      }
      const stat = (field: number) =>
        readFileSync(`/proc/${guard}/stat`, "utf8").split(") ")[1]?.split(" ")[field];
      expect(stat(3)).toBe(String(guard));
      const score = (pid: number | "self") => readFileSync(`/proc/${pid}/oom_score_adj`, "utf8").trim();
      expect(score(guard)).toBe(maySpareFromMemoryKiller() ? "-1000" : score("self"));
      process.kill(guard, "SIGKILL");
      const said = await daemon.says(
        /^The guard process has ended \(SIGKILL\); a new one holds everything again\./,
      );
      const next = Number(said.split(" ").at(-1));
      expect(await lab.holders([vip])).toEqual({ [vip]: ["a"] });
      daemon.child.kill("SIGKILL");
      await daemon.says(/took away 7 things/);
      await gone(lab, next);
      expect(await lab.holders([vip])).toEqual({ [vip]: [] });
    });
  });

  test("is through before the next daemon starts, whose address stays", async () => {
    await withLab(plan, async (lab) => {
      const path = bundles.folder();
      const addresses = everything.slice(2, 3);
      let { daemon, guard } = await held(startOn(lab, path, addresses));
      for (let round = 0; round < 3; round += 1) {
        daemon.child.kill("SIGKILL");
        const next = startOn(lab, path, addresses);
        const last = guard;
        ({ daemon, guard } = await held(next));
        expect(runs(last)).toBe(false);
        expect(await lab.holders([vip])).toEqual({ [vip]: ["a"] });
      }
      daemon.child.kill("SIGKILL");
      await gone(lab, guard);
    });
  });
});

describe.runIf(labs).concurrent("a claim", () => {
  test("is had once for a directory and once for a host, and never stale", async () => {
    const hosts = { ...plan, b: { eth0: ["10.0.0.2/24"] } };
    await withLab(hosts, async (lab) => {
      const [one, other] = [bundles.folder(), bundles.folder()];
      const first = await held(startOn(lab, one, []));
      const refusal = async (program: Program) => {
        const line = await program.says(/^refused: /);
        expect(await program.ended).toBe(1);
        return line;
      };
      expect(await refusal(startOn(lab, one, []))).toBe(
        `refused: A vrrp-run with the run directory ${one} is running already (process ${first.daemon.child.pid}). Stop it first.`,
      );
      expect(await refusal(startOn(lab, other, []))).toMatch(
        /^refused: Another vrrp-run is running on this host/,
      );
      const elsewhere = startOn(lab, other, [], "b");
      await held(elsewhere);
      first.daemon.child.kill("SIGKILL");
      const again = await held(startOn(lab, one, []));
      again.daemon.child.stdin?.write("dismiss\n");
      await again.daemon.says(/^dismissed$/);
      expect(readFileSync(join(one, "vrrp-run.lock"), "utf8")).toBe("");
      const last = await held(startOn(lab, one, []));
      for (const { child } of [again.daemon, last.daemon, elsewhere]) child.kill("SIGKILL");
      await gone(lab, last.guard);
    });
  });
});
