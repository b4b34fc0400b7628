/** Gratuitous ARPs and neighbour advertisements, with the pauses that the file asks for (garp_interval, gna_interval). */
import type { Micros } from "../../vrrp/time.ts";
import type { RunPlan } from "../plan/types.ts";
import type { Announcement } from "../ports.ts";
import type { Agenda } from "./agenda.ts";
import type { Tools } from "./tools.ts";

export class Announcements {
  readonly #tools: Pick<Tools, "announcer" | "clock" | "log">;
  readonly #agenda: Agenda;
  #pauses: RunPlan["pauses"] = [];
  /** From when on the next one may be sent, by whoever waits for each other. */
  readonly #freeAt = new Map<string, Micros>();

  /** Later ones are put on the agenda. */
  constructor(tools: Pick<Tools, "announcer" | "clock" | "log">, agenda: Agenda) {
    this.#tools = tools;
    this.#agenda = agenda;
  }

  use(pauses: RunPlan["pauses"]): void {
    this.#pauses = pauses;
    this.#freeAt.clear();
  }

  /** Sends so many rounds; those that have to wait are sent only if `wanted` still says so. */
  announce(announcements: readonly Announcement[], rounds: number, wanted: () => boolean): void {
    const all = Array.from({ length: rounds }, () => announcements).flat();
    const now = this.#tools.clock.now();
    const atOnce: Announcement[] = [];
    for (const each of all) {
      const at = this.#takeTurn(each, now);
      if (at <= now) atOnce.push(each);
      else this.#agenda.add(at, () => wanted() && this.#send([each]));
    }
    if (atOnce.length > 0) this.#send(atOnce);
  }

  /** When it may be sent; the next one of its interface comes a pause later. */
  #takeTurn({ interface: name, family }: Announcement, now: Micros): Micros {
    const index = this.#pauses.findIndex(
      ({ interfaces }) => interfaces === "all" || interfaces.includes(name),
    );
    const rule = this.#pauses[index];
    const pause = family === 4 ? rule?.arp : rule?.neighbour;
    if (!pause) return now;
    const key = rule?.interfaces === "all" ? `${family} ${name}` : `${family} group ${index}`;
    const at = Math.max(now, this.#freeAt.get(key) ?? now);
    this.#freeAt.set(key, at + pause);
    return at;
  }

  #send(announcements: readonly Announcement[]): void {
    void this.#tools.announcer.announce(announcements).then((faults) => {
      for (const fault of new Set(faults)) this.#tools.log.write("warning", `announcing addresses: ${fault}`);
    });
  }
}
