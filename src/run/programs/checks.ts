/** All checks of a plan. */
import type { Status } from "../../vrrp/machine-types.ts";
import type { CheckPlan, Program } from "../plan/types.ts";
import type { Checks, Log } from "../ports.ts";
import { FileCheck, type FilePlan } from "./file-check.ts";
import { type Starter, starterHere } from "./launch.ts";
import { ProcessChecks } from "./process-checks.ts";
import { ScriptCheck, type ScriptPlan } from "./script-check.ts";

type Tell = (id: string, status: Status) => void;

/** Runs scripts, looks for processes and at files. Programs' places in the file do not count as a change. */
export class RunningChecks implements Checks {
  readonly #log: Log;
  readonly #starter: Starter;
  #scripts = new Map<string, ScriptCheck>();
  #files = new Map<string, FileCheck>();
  readonly #processes = new ProcessChecks();
  #tell: Tell = () => {};
  #watchedBefore = false;

  constructor(log: Log, starter: Starter = starterHere) {
    this.#starter = starter;
    this.#log = log;
  }

  async watch(plans: readonly CheckPlan[], tell: Tell): Promise<Readonly<Record<string, Status>>> {
    this.#tell = tell;
    const through: Tell = (id, status) => this.#tell(id, status);
    const of = <Kind extends CheckPlan["kind"]>(kind: Kind) => {
      return plans.filter((plan): plan is Extract<CheckPlan, { kind: Kind }> => plan.kind === kind);
    };
    this.#files = this.#watchFiles(of("file"), through);
    this.#processes.watch(of("process"), through);
    this.#scripts = this.#watchScripts(of("script"), through);
    this.#watchedBefore = true;
    const running = [...this.#scripts.values(), ...this.#files.values()];
    const statuses = running.map(({ plan, status }) => [plan.id, status] as const);
    const sessions = of("bfd").map(({ id, status }) => [id, status] as const);
    return Object.fromEntries([...statuses, ...this.#processes.statuses, ...sessions]);
  }

  close(): void {
    for (const check of [...this.#scripts.values(), ...this.#files.values()]) check.stop();
    this.#processes.stop();
    this.#scripts.clear();
    this.#files.clear();
  }

  /** A script whose settings change goes on from what is known of it, as long as it is the same program. */
  #watchScripts(plans: readonly ScriptPlan[], tell: Tell): Map<string, ScriptCheck> {
    const before = this.#scripts;
    const now = new Map<string, ScriptCheck>();
    for (const plan of plans) {
      const old = before.get(plan.id);
      const same = old && isSamePlan(old.plan, plan) ? old : undefined;
      const known = old && sameProgram(old.plan.program, plan.program) ? old.status : undefined;
      const told = (status: Status) => tell(plan.id, status);
      const check = same ?? new ScriptCheck(plan, known, this.#log, told, this.#starter);
      now.set(plan.id, check);
    }
    changeOver(before, now);
    return now;
  }

  #watchFiles(plans: readonly FilePlan[], tell: Tell): Map<string, FileCheck> {
    const before = this.#files;
    const now = new Map<string, FileCheck>();
    for (const plan of plans) {
      const old = before.get(plan.id);
      const check =
        old && isSamePlan(old.plan, plan)
          ? old
          : new FileCheck(plan, old?.status, this.#log, (status) => tell(plan.id, status));
      if (check !== old) check.initialise(this.#watchedBefore);
      now.set(plan.id, check);
    }
    changeOver(before, now);
    return now;
  }
}

interface Running {
  start(): void;
  stop(): void;
}

/** Stops what is no more, and starts what is new. */
function changeOver<Check extends Running>(
  before: ReadonlyMap<string, Check>,
  now: ReadonlyMap<string, Check>,
): void {
  for (const [id, check] of before) if (now.get(id) !== check) check.stop();
  for (const [id, check] of now) if (before.get(id) !== check) check.start();
}

function isSamePlan(one: ScriptPlan | FilePlan, other: ScriptPlan | FilePlan): boolean {
  const told = (plan: ScriptPlan | FilePlan) => {
    return JSON.stringify(plan, (key, value: unknown) => (key === "at" ? undefined : value));
  };
  return told(one) === told(other);
}

function sameProgram(one: Program, other: Program): boolean {
  return JSON.stringify([one.words, one.user]) === JSON.stringify([other.words, other.user]);
}
