/** Mails about changes. A failure is logged and changes nothing; a mail is tried once, as with keepalived. */
import type { MailPlan } from "../plan/types.ts";
import type { Log, Notice } from "../ports.ts";
import { settled } from "./child.ts";
import { messageOf } from "./launch.ts";
import { isMailed, mailText } from "./mail-text.ts";

/** Mails that are being sent at once, and that may wait for that. */
const mostAtOnce = 10;
const mostWaiting = 100;
const milli = 1000;

export class Mailer {
  readonly #log: Log;
  #plan: MailPlan | undefined;
  /** What was mailed last of each instance and group: the same is not mailed twice. */
  readonly #mailed = new Map<string, Notice["event"]>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #waiting: (() => Promise<void>)[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  use(plan: MailPlan | undefined): void {
    this.#plan = plan;
  }

  /** Sends a mail about it, when it is one that mails tell and that was not the last to be told. */
  tell(notice: Notice): void {
    const plan = this.#plan;
    if (!plan || !isMailed(notice) || (notice.event === "FAULT" && !plan.faults)) return;
    const key = `${notice.of} ${notice.name}`;
    if (this.#mailed.get(key) === notice.event) return;
    this.#mailed.set(key, notice.event);
    const text = mailText(notice, plan, new Date());
    if (text === undefined) return;
    if (this.#waiting.length >= mostWaiting) {
      this.#log.write("warning", `Too many mails wait for ${plan.server}; one is left out`, notice.name);
      return;
    }
    this.#waiting.push(() => this.#send(plan, text, notice.name));
    this.#sendWaiting();
  }

  /** Waits so many ms for mails under way. */
  async close(patience: number): Promise<void> {
    await settled(this.#allSent(), patience);
    this.#waiting.length = 0;
  }

  async #allSent(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #sendWaiting(): void {
    while (this.#underWay.size < mostAtOnce) {
      const next = this.#waiting.shift();
      if (!next) return;
      const sending = next().finally(() => {
        this.#underWay.delete(sending);
        this.#sendWaiting();
      });
      this.#underWay.add(sending);
    }
  }

  async #send(plan: MailPlan, text: string, about: string): Promise<void> {
    try {
      // Loaded only where a mail is sent: most hosts send none.
      const { createTransport } = await import("nodemailer");
      const patience = plan.connectTimeout / milli;
      const transport = createTransport({
        ...{ host: plan.server, port: plan.port, name: plan.helo, secure: false, ignoreTLS: true },
        ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
      });
      await transport.sendMail({ envelope: { from: plan.from, to: [...plan.to] }, raw: text });
      this.#log.write("info", `Mail sent to ${plan.to.join(", ")}`, about);
    } catch (error) {
      const where = `${plan.server} port ${plan.port}`;
      this.#log.write("warning", `Mail cannot be sent through ${where}: ${messageOf(error)}`, about);
    }
  }
}
