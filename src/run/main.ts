/** A daemon on this machine: its ports put together, its signals, its sockets, and its end. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Host } from "../model/host.ts";
import { openControl } from "./control.ts";
import { Daemon, type Planner } from "./daemon/daemon.ts";
import { metricsText } from "./daemon/metrics.ts";
import { statisticsText, statusText } from "./daemon/report.ts";
import { type Status, statusOf } from "./daemon/status.ts";
import type { Tools } from "./daemon/tools.ts";
import type { ServiceManager } from "./linux/systemd.ts";
import { type Endpoint, serveMetrics } from "./metrics-server.ts";
import { planOf } from "./plan/plan.ts";
import type { Surroundings } from "./plan/surroundings.ts";
import type { Unexecuted } from "./plan/types.ts";

export interface Wishes {
  /** Where lock, control socket and dumps are: the claim has made it. */
  readonly runDirectory: string;
  readonly metrics: Endpoint | undefined;
  /** Reads the file anew; undefined when it has errors, which are told already. */
  readonly read: () => Host | undefined;
  readonly manager: ServiceManager;
  /** A file with lines that are not carried out is not run. */
  readonly requireAll: boolean;
  /** State and statistics come as one thing in the log, instead of a line for each of theirs. */
  readonly dumpsWhole: boolean;
  /** A place in the file as `file:line`. */
  readonly where: (at: Unexecuted["at"]) => string;
}

/** Runs a host's file until SIGTERM or SIGINT. Resolves with the exit code. */
export class Life {
  readonly #tools: Tools;
  readonly #wishes: Wishes;
  readonly #surroundings: Surroundings;
  readonly #daemon: Daemon;
  readonly #closers: (() => void)[] = [];
  #reloading: Promise<void> = Promise.resolve();

  constructor(host: Host, tools: Tools, surroundings: Surroundings, wishes: Wishes) {
    this.#tools = tools;
    this.#wishes = wishes;
    this.#surroundings = surroundings;
    this.#daemon = new Daemon(tools, this.#plannerFor(host));
  }

  /** Resolves with the exit code when it has stopped. Rejects when it could not start; nothing of it is left then. */
  async run(): Promise<number> {
    const { runDirectory, metrics, manager } = this.#wishes;
    const stopped = this.#untilAsked();
    try {
      this.#closers.push(await openControl(runDirectory, (question) => this.#answer(question)));
      if (metrics) this.#closers.push(await serveMetrics(metrics, () => metricsText(this.#status())));
      let ends = false;
      const started = this.#daemon.start().then(() => ends || this.#started());
      // A script at the start may take its time, and nobody has to wait for it who wants the daemon to end.
      await Promise.race([started, stopped]);
      const signal = await stopped;
      ends = true;
      this.#tools.log.write("info", `${signal}: stops`);
      return 0;
    } finally {
      manager.stopping();
      await this.#daemon.stop();
      for (const close of this.#closers) close();
    }
  }

  #started(): void {
    const { manager } = this.#wishes;
    this.#tellUnexecuted();
    this.#watch(manager);
    manager.ready(this.#summary());
  }

  #plannerFor(host: Host): Planner {
    const { requireAll, where } = this.#wishes;
    return (ground) => {
      const plan = planOf(host, ground, this.#surroundings);
      if (!requireAll || plan.unexecuted.length === 0) return plan;
      const all = plan.unexecuted.map(({ keyword, why, at }) => `\n  ${where(at)}: ${keyword}: ${why}`);
      throw new Error(`not all of the file is carried out, which --require-all asks for:${all.join("")}`);
    };
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
    on("SIGHUP", () => {
      this.#reloading = this.#reloading.then(() => this.#reload());
    });
    on("SIGUSR1", () => this.#dump("state", statusText(this.#status())));
    on("SIGUSR2", () => this.#dump("statistics", statisticsText(this.#status())));
    return new Promise((done) => {
      on("SIGTERM", () => done("SIGTERM"));
      on("SIGINT", () => done("SIGINT"));
    });
  }

  /** Takes the file as it is now; whatever is wrong with it, the daemon goes on. */
  async #reload(): Promise<void> {
    const { log } = this.#tools;
    const { read, manager } = this.#wishes;
    manager.reloading();
    try {
      const host = read();
      if (host) {
        await this.#daemon.reload(this.#plannerFor(host));
        this.#tellUnexecuted();
        log.write("info", "SIGHUP: the file was read anew");
      } else {
        log.write("error", "SIGHUP: the file is not taken, so all goes on as before");
      }
    } catch (error) {
      log.write("error", `SIGHUP: ${(error as Error).message}; all goes on as before`);
    }
    manager.ready(this.#summary());
  }

  /** systemd ends a service that is not heard of for too long. */
  #watch(manager: ServiceManager): void {
    if (manager.watchdog === undefined) return;
    const timer = setInterval(() => manager.alive(), manager.watchdog / 2000);
    this.#closers.push(() => clearInterval(timer));
  }

  #summary(): string {
    const states = this.#status().instances.map(({ name, state }) => `${name} ${state}`);
    return states.join(", ") || "no instance";
  }

  #dump(name: "state" | "statistics", text: string): void {
    const { log } = this.#tools;
    const { dumpsWhole, runDirectory } = this.#wishes;
    for (const part of dumpsWhole ? [text] : text.split("\n")) if (part !== "") log.write("info", part);
    const file = path.join(runDirectory, `${name}.txt`);
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
