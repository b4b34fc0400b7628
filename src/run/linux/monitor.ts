/**
 * Watches the machine's network with `ip monitor`, one for each family, because its lines do not always tell theirs. When
 * one ends or has lost events, the whole network is read anew and what differs is told.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Family } from "../../vrrp/address.ts";
import type { Ground, GroundEvent, Keeper } from "../ports.ts";
import { differences } from "./ground.ts";
import { type Known, readMonitorLine } from "./monitor-lines.ts";

export interface Monitor {
  /** Resolves once every monitor listens and what happened before that has been told. */
  readonly listens: Promise<void>;
  close(): void;
}

/** How long after its end a monitor is started again, in ms: at first, and at most. */
const [restartAfter, restartAtLatest] = [100, 5000];
/** One that has run for so long is not one that cannot run. */
const steady = 60_000;
/** How often and how many times is looked whether a monitor listens, in ms. */
const [lookEvery, looks] = [5, 200];

/** Tells every change from now on, and what has changed since `before` was read. */
export function startMonitor(
  read: () => Promise<Ground>,
  before: Ground | undefined,
  tell: (event: GroundEvent) => void,
  keeper?: Keeper,
): Monitor {
  const watch = new Watch(read, before, tell, keeper);
  return { listens: watch.listens, close: () => watch.close() };
}

class Watch {
  readonly listens: Promise<void>;
  readonly #read: () => Promise<Ground>;
  readonly #tell: (event: GroundEvent) => void;
  readonly #keeper: Keeper | undefined;
  readonly #children = new Map<Family, ChildProcessWithoutNullStreams>();
  /** What is known; undefined until it has been read for the first time. */
  #known: Known | undefined;
  /** Lines that came while the network was being read. */
  #held: (readonly [Family, string])[] | undefined;
  /** It has to be read once more. */
  #again: { readonly why: string | undefined } | undefined;
  #closed = false;

  constructor(
    read: () => Promise<Ground>,
    before: Ground | undefined,
    tell: (event: GroundEvent) => void,
    keeper: Keeper | undefined,
  ) {
    this.#read = read;
    this.#tell = tell;
    this.#keeper = keeper;
    if (before) this.#known = byIndex(before);
    const starts = ([4, 6] as const).map((family) => this.#start(family, 0));
    this.listens = Promise.all(starts).then(() => this.#readAnew(undefined));
  }

  close(): void {
    this.#closed = true;
    for (const child of this.#children.values()) child.kill("SIGKILL");
  }

  /** Resolves once it listens. `pause` came before this start. */
  #start(family: Family, pause: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    // Links belong to no family. With a link that goes down the kernel removes its IPv6 addresses and routes, and who
    // heard of those first would think that somebody had deleted them.
    const objects = family === 6 ? ["link", "address", "route", "rule"] : ["address", "route", "rule"];
    const words = [`-${family}`, "-o", "monitor", "label", ...objects];
    const child = spawn("ip", words, { stdio: "pipe", detached: true });
    this.#children.set(family, child);
    this.#keep(child);
    const startedAt = performance.now();
    child.stdin.end();
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more: string) => {
      const lines = `${text}${more}`.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) this.#line(family, line);
    });
    // Events were lost: the kernel's queue was full.
    child.stderr.setEncoding("utf8").on("data", (complaint: string) => void this.#readAnew(complaint.trim()));
    let refused: string | undefined;
    child.on("error", ({ message }) => {
      refused = message;
    });
    child.on("close", (status, signal) => {
      const now = pauseAfter(pause, performance.now() - startedAt);
      const why = `ip monitor has ended (${refused ?? signal ?? `status ${status}`})`;
      setTimeout(() => this.#startAgain(family, now, why), now);
    });
    return this.#whenListening(child);
  }

  async #startAgain(family: Family, pause: number, why: string): Promise<void> {
    await this.#start(family, pause);
    await this.#readAnew(why);
  }

  /** Without the daemon it would stay until the next event. */
  #keep(child: ChildProcessWithoutNullStreams): void {
    if (child.pid === undefined) return;
    const key = `program ${child.pid}`;
    this.#keeper?.hold(key, { end: child.pid });
    child.on("exit", () => this.#keeper?.release(key));
  }

  /** Resolves when the kernel has noted that the process wants events; the process itself does not say so. */
  async #whenListening(child: ChildProcessWithoutNullStreams): Promise<void> {
    for (let look = 0; look < looks && child.exitCode === null && !this.#closed; look += 1) {
      if (listens(child.pid)) return;
      await new Promise((done) => setTimeout(done, lookEvery));
    }
  }

  #line(family: Family, line: string): void {
    if (this.#held) this.#held.push([family, line]);
    else if (this.#known && isOfNewInterface(line, this.#known)) void this.#readAnew(undefined);
    else if (this.#known) for (const event of readMonitorLine(line, family, this.#known)) this.#tell(event);
  }

  /**
   * Tells what has changed unseen. Lines that came meanwhile may be older than what was read, so that only what comes of
   * all of them together is told, of links and addresses.
   */
  async #readAnew(why: string | undefined): Promise<void> {
    if (this.#closed) return;
    if (this.#held) {
      this.#again = { why };
      return;
    }
    this.#held = [];
    const now = await this.#read().catch(() => undefined);
    const held = this.#held;
    this.#held = undefined;
    if (this.#closed) return;
    const before = this.#known ?? (now && byIndex(now));
    if (before) {
      const known = now ? byIndex(now) : new Map(before);
      this.#known = known;
      const events = held.flatMap(([family, line]) => readMonitorLine(line, family, known));
      for (const event of differences(byName(before), byName(known))) this.#tell(event);
      for (const event of events) if (event.what === "route" || event.what === "rule") this.#tell(event);
      this.#tell({ what: "missed", why });
    }
    const again = this.#again;
    this.#again = undefined;
    // As long as events are being lost it would be read without end.
    if (again) setTimeout(() => this.#readAnew(again.why), restartAfter);
  }
}

/**
 * The pause before the next start of a monitor that has run for so long, in ms, after the pause before that one. Where none
 * can run, the network is still read as often as that.
 */
export function pauseAfter(before: number, lasted: number): number {
  return lasted >= steady ? restartAfter : Math.max(restartAfter, Math.min(2 * before, restartAtLatest));
}

/** An address on an interface of which the other monitor has not told yet. */
function isOfNewInterface(line: string, known: Known): boolean {
  const [, index] = /^\[ADDR\](\d+):/.exec(line) ?? [];
  return index !== undefined && !known.has(Number(index));
}

const byIndex = (ground: Ground): Known => new Map([...ground.values()].map((each) => [each.index, each]));
const byName = (known: Known): Ground => new Map([...known.values()].map((each) => [each.name, each]));

/** Whether a process has a netlink socket with groups of NETLINK_ROUTE: columns 2 to 4 of the kernel's table. */
function listens(pid: number | undefined): boolean {
  try {
    const rows = readFileSync("/proc/thread-self/net/netlink", "utf8").split("\n");
    return rows.some((row) => {
      const [, protocol, port, groups] = row.trim().split(/\s+/);
      return protocol === "0" && port === String(pid) && groups !== "00000000";
    });
  } catch {
    return true;
  }
}
