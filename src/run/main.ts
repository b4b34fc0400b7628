/** A daemon on this machine: its ports put together, its signals, its sockets, and its end. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Host } from "../model/host.ts";
import { openControl } from "./control.ts";
import { Daemon, type Planner } from "./daemon/daemon.ts";
import { metricsText } from "./daemon/metrics.ts";
import { statisticsText, statusText } from "./daemon/report.ts";
import { type Status, statusOf } from "./daemon/status.ts";
import type { Tools } from "./daemon/tools.ts";
import { type Endpoint, serveMetrics } from "./metrics-server.ts";
import { planOf } from "./plan/plan.ts";
import type { Surroundings } from "./plan/surroundings.ts";
import type { RunPlan } from "./plan/types.ts";

export interface Wishes {
  /** Where lock, control socket and dumps are. */
  readonly runDirectory: string;
  readonly metrics: Endpoint | undefined;
  /** Reads the file anew; undefined when it has errors, which are told already. */
  readonly read: () => Host | undefined;
  /** Told when the daemon runs, has taken a new file, or stops (sd_notify). */
  readonly supervisor: (state: string) => void;
  /** A place in the file as `file:line`. */
  readonly where: (at: RunPlan["unexecuted"][number]["at"]) => string;
}

/** Runs a host's file until SIGTERM or SIGINT. Resolves with the exit code. */
export class Life {
  readonly #tools: Tools;
  readonly #wishes: Wishes;
  readonly #surroundings: Surroundings;
  readonly #daemon: Daemon;
  readonly #closers: (() => void)[] = [];

  constructor(host: Host, tools: Tools, surroundings: Surroundings, wishes: Wishes) {
    this.#tools = tools;
    this.#wishes = wishes;
    this.#surroundings = surroundings;
    this.#daemon = new Daemon(tools, this.#plannerFor(host));
  }

  /** Resolves with the exit code when it has stopped. Rejects when it could not start; nothing of it is left then. */
  async run(): Promise<number> {
    const { runDirectory, metrics, supervisor } = this.#wishes;
    mkdirSync(runDirectory, { recursive: true });
    const stopped = this.#untilAsked();
    try {
      this.#closers.push(await openControl(runDirectory, (question) => this.#answer(question)));
      if (metrics) this.#closers.push(await serveMetrics(metrics, () => metricsText(this.#status())));
      await this.#daemon.start();
      this.#tellUnexecuted();
      supervisor("READY=1");
      const signal = await stopped;
      this.#tools.log.write("info", `${signal}: stops`);
      return 0;
    } finally {
      supervisor("STOPPING=1");
      await this.#daemon.stop();
      for (const close of this.#closers) close();
    }
  }

  #plannerFor(host: Host): Planner {
    return (ground) => planOf(host, ground, this.#surroundings);
  }

  #status(): Status {
    return statusOf(this.#daemon.parts, this.#tools.clock.now());
  }

  #answer(question: string): unknown {
    return question === "status"
      ? { ...this.#status(), pid: process.pid }
      : { error: "there is only: status" };
  }

  /** The signal that ends it; the other ones are acted on. */
  #untilAsked(): Promise<NodeJS.Signals> {
    const on = (signal: NodeJS.Signals, act: () => void) => {
      process.on(signal, act);
      this.#closers.push(() => process.off(signal, act));
    };
    on("SIGHUP", () => void this.#reload());
    on("SIGUSR1", () => this.#dump("state", statusText(this.#status())));
    on("SIGUSR2", () => this.#dump("statistics", statisticsText(this.#status())));
    return new Promise((done) => {
      on("SIGTERM", () => done("SIGTERM"));
      on("SIGINT", () => done("SIGINT"));
    });
  }

  async #reload(): Promise<void> {
    const { log } = this.#tools;
    const { read, supervisor } = this.#wishes;
    supervisor("RELOADING=1");
    const host = read();
    if (host) {
      await this.#daemon.reload(this.#plannerFor(host));
      this.#tellUnexecuted();
      log.write("info", "SIGHUP: the file was read anew");
    } else {
      log.write("error", "SIGHUP: the file has errors, so all goes on as before");
    }
    supervisor("READY=1");
  }

  #dump(name: "state" | "statistics", text: string): void {
    const { log } = this.#tools;
    for (const line of text.split("\n")) if (line !== "") log.write("info", line);
    const file = path.join(this.#wishes.runDirectory, `${name}.txt`);
    try {
      writeFileSync(file, text);
    } catch (error) {
      log.write("warning", `${file} cannot be written: ${(error as Error).message}`);
    }
  }

  #tellUnexecuted(): void {
    for (const { keyword, why, at } of this.#daemon.plan?.unexecuted ?? []) {
      this.#tools.log.write("warning", `${this.#wishes.where(at)}: ${keyword} is not carried out: ${why}`);
    }
  }
}
