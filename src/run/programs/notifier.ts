/** Tells programs, FIFOs and people what has changed, in keepalived's order (vrrp_notify.c). */
import type { NotifyPlan, Program, RunPlan } from "../plan/types.ts";
import type { Log, Notice, Notifier } from "../ports.ts";
import { Child, settled } from "./child.ts";
import { Fifos } from "./fifos.ts";
import { type Ending, type Starter, starterHere } from "./launch.ts";
import { Mailer } from "./mailer.ts";

/** What programs and mails under way get at the end, in ms. */
const endTime = 1000;
const mailTime = 2000;
/** What a script that takes too long gets between SIGTERM and SIGKILL, in ms. */
const graceTime = 2000;
const milli = 1000;

export class RunningNotifier implements Notifier {
  readonly #log: Log;
  readonly #starter: Starter;
  readonly #fifos: Fifos;
  readonly #mailer: Mailer;
  readonly #running = new Set<Child>();
  #awaited: Child | undefined;
  /** Told at the end: they may finish. */
  readonly #last = new Set<Child>();

  constructor(log: Log, starter: Starter = starterHere) {
    this.#log = log;
    this.#starter = starter;
    this.#fifos = new Fifos(log, starter);
    this.#mailer = new Mailer(log);
  }

  mask(umask: number): void {
    process.umask(umask);
    this.#starter.mask?.(umask);
  }

  async use({ fifos, mail, umask }: Pick<RunPlan, "fifos" | "mail" | "umask">): Promise<void> {
    this.#mailer.use(mail);
    await this.#fifos.use(fifos, umask);
  }

  tell(given: Notice): void {
    const program = stateProgram(given);
    const notice = asTold(given);
    const { notify } = notice;
    if (program) this.#start(program, notice, []);
    if (notify?.any && isState(notice)) this.#start(notify.any, notice, wordsOf(notice));
    this.#fifos.write(`${lineOf(notice)}\n`);
    if (notice.mail) this.#mailer.tell(notice);
  }

  async run(program: Program, timeout: number | undefined): Promise<void> {
    if (program.refused !== undefined) return;
    const child = new Child(program, [], this.#starter);
    this.#awaited = child;
    await settled(child.ended, timeout === undefined ? 2 ** 31 - 1 : timeout / milli);
    this.#awaited = undefined;
    if (child.ending) {
      this.#tellFailure(program, child.ending);
      return;
    }
    this.#log.write("warning", `${program.words[0]} takes too long and is ended`);
    await child.end(graceTime);
  }

  interrupt(): void {
    void this.#awaited?.end(graceTime);
  }

  async close(): Promise<void> {
    const mails = this.#mailer.close(mailTime);
    for (const child of this.#running) if (!this.#last.has(child)) child.kill("SIGTERM");
    const ends = [...this.#running].map(({ ended }) => ended);
    await settled(Promise.all(ends), endTime);
    for (const child of this.#running) child.kill("SIGKILL");
    await Promise.all([mails, this.#fifos.close()]);
  }

  #start(program: Program, { event, name }: Notice, words: readonly string[]): void {
    if (program.refused !== undefined) return;
    const child = new Child(program, words, this.#starter);
    this.#running.add(child);
    if (event === "STOP") this.#last.add(child);
    void child.ended.then((ending) => {
      this.#running.delete(child);
      this.#tellFailure(program, ending, name);
    });
  }

  #tellFailure({ words }: Program, ending: Ending, about?: string): void {
    if (ending.is === "exit" && ending.code === 0) return;
    const how =
      ending.is === "exit"
        ? `exit code ${ending.code}`
        : ending.is === "signal"
          ? ending.signal
          : ending.message;
    this.#log.write(ending.is === "not-started" ? "error" : "info", `${words[0]} has failed: ${how}`, about);
  }
}

/** An instance that is deleted is told as FAULT, though its FAULT program is not run, unless the file says otherwise. */
function asTold(notice: Notice): Notice {
  return notice.event === "DELETED" && !notice.notify?.tellsDeleted ? { ...notice, event: "FAULT" } : notice;
}

function stateProgram({ event, notify }: Notice): Program | undefined {
  const programs: Partial<Record<Notice["event"], keyof NotifyPlan>> = {
    MASTER: "master",
    BACKUP: "backup",
    FAULT: "fault",
    STOP: "stop",
    DELETED: "deleted",
    MASTER_RX_LOWER_PRI: "masterReceivedLower",
  };
  const key = programs[event];
  const program = key && notify?.[key];
  return typeof program === "object" ? program : undefined;
}

/** Only these go to `notify` programs; the rest is for FIFOs. */
function isState({ event }: Notice): boolean {
  return ["MASTER", "BACKUP", "FAULT", "STOP", "DELETED"].includes(event);
}

/** What a `notify` program gets behind its own words. */
function wordsOf({ of, name, event, priority }: Notice): readonly string[] {
  return [of.toUpperCase(), name, event, String(priority)];
}

/** A line of a FIFO. */
function lineOf({ of, name, event, priority }: Notice): string {
  return `${of.toUpperCase()} "${name}" ${event} ${priority}`;
}
