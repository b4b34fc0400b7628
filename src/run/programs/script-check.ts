/** A tracked script: run at an interval, judged by what it exits with (keepalived, vrrp_scheduler.c). */
import type { Status } from "../../vrrp/machine-types.ts";
import type { CheckPlan } from "../plan/types.ts";
import type { Log } from "../ports.ts";
import { Child } from "./child.ts";
import { type Ending, type Starter, starterHere } from "./launch.ts";

export type ScriptPlan = Extract<CheckPlan, { readonly kind: "script" }>;

/** Between SIGTERM and SIGKILL, and between two of these, in ms. */
const graceTime = 2000;
const milli = 1000;

export class ScriptCheck {
  readonly plan: ScriptPlan;
  status: Status;
  readonly #tell: (status: Status) => void;
  readonly #log: Log;
  /**
   * keepalived's counter: below `rise` it counts successes of a failing script, from there on what failures are left
   * to a passing one.
   */
  #count: number;
  #child: Child | undefined;
  #isLate = false;
  #lastCode: number | undefined;
  #interval: NodeJS.Timeout | undefined;
  #limit: NodeJS.Timeout | undefined;

  readonly #starter: Starter;

  /** `known` is what is known of it from a plan before. */
  constructor(
    plan: ScriptPlan,
    known: Status | undefined,
    log: Log,
    tell: (status: Status) => void,
    starter: Starter = starterHere,
  ) {
    this.#starter = starter;
    const { rise, fall, failsAtFirst } = plan;
    this.plan = plan;
    this.#log = log;
    this.#tell = tell;
    this.status = known ?? (failsAtFirst ? false : "unknown");
    // One success is enough where nothing is known.
    this.#count = this.status === true ? rise + fall - 1 : this.status === "unknown" ? rise - 1 : 0;
  }

  start(): void {
    this.#run();
    this.#interval = setInterval(() => this.#run(), this.plan.interval / milli);
  }

  stop(): void {
    clearInterval(this.#interval);
    clearTimeout(this.#limit);
    const child = this.#child;
    this.#child = undefined;
    void child?.end(milli);
  }

  #run(): void {
    const { plan } = this;
    if (this.#child) {
      this.#say("info", `Script ${plan.name} is still running, so that it is not started again`);
      return;
    }
    const child = new Child(plan.program, [], this.#starter);
    this.#child = child;
    this.#isLate = false;
    this.#limit = setTimeout(() => this.#stopLate(child, "SIGTERM"), plan.timeout / milli);
    void child.ended.then((ending) => this.#ended(child, ending));
  }

  /** A script that takes too long gets SIGTERM, then SIGKILL until it is gone, with all that it has started. */
  #stopLate(child: Child, signal: NodeJS.Signals): void {
    if (this.#child !== child) return;
    this.#isLate = true;
    child.kill(signal);
    this.#limit = setTimeout(() => this.#stopLate(child, "SIGKILL"), graceTime);
  }

  #ended(child: Child, ending: Ending): void {
    if (this.#child !== child) return;
    clearTimeout(this.#limit);
    this.#child = undefined;
    if (this.#isLate) child.kill("SIGKILL");
    const passed = ending.is === "exit" && ending.code === 0;
    this.#tellCode(ending);
    if (passed) this.#succeeded();
    else this.#failed(this.#isLate && ending.is !== "exit" ? "took too long" : failure(ending));
  }

  #tellCode(ending: Ending): void {
    if (ending.is !== "exit" || ending.code === this.#lastCode) return;
    this.#lastCode = ending.code;
    this.#say("info", `Script ${this.plan.name} now exits with ${ending.code}`);
  }

  #succeeded(): void {
    const { rise, fall } = this.plan;
    if (this.#count < rise - 1) {
      this.#count += 1;
      return;
    }
    const wasFailing = this.#count < rise;
    this.#count = rise + fall - 1;
    if (wasFailing) this.#change(true, "passes");
  }

  #failed(how: string): void {
    const { rise } = this.plan;
    if (this.#count > rise) {
      this.#count -= 1;
      return;
    }
    const wasPassing = this.#count === rise || this.status === "unknown";
    this.#count = 0;
    if (wasPassing) this.#change(false, how);
  }

  #change(status: boolean, how: string): void {
    this.#say(status ? "info" : "warning", `Script ${this.plan.name} ${how}`);
    if (status === this.status) return;
    this.status = status;
    this.#tell(status);
  }

  #say(level: "info" | "warning", message: string): void {
    this.#log.write(level, message, this.plan.name);
  }
}

function failure(ending: Ending): string {
  if (ending.is === "exit") return `fails with exit code ${ending.code}`;
  return ending.is === "signal"
    ? `fails because of ${ending.signal}`
    : `fails: it cannot be started (${ending.message})`;
}
