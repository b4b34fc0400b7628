/** What happens to instances, as lines of the log. */
import { reasonFor } from "../../simulate/words.ts";
import type { Action, State } from "../../vrrp/machine-types.ts";
import { type Reason, reasons } from "../../vrrp/reasons.ts";
import { type Micros, second } from "../../vrrp/time.ts";
import type { Log } from "../ports.ts";
import { groundId, lackOf, type Member } from "./part.ts";

/** For so long nothing more is said of an instance's adverts that are refused for one reason. */
const silence = 60 * second;

interface Refusals {
  readonly from: Micros;
  times: number;
}

export class Reporter {
  readonly #log: Log;
  readonly #refused = new WeakMap<Member, Map<Reason, Refusals>>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** An instance changed its state; `before` is the state it had. */
  changed(
    member: Member,
    { to, why }: Extract<Action, { readonly do: "change" }>,
    before: State,
    now: Micros,
  ): void {
    const { name } = member.plan;
    const isGround = why.because === "tracker" && why.id === groundId(member.plan);
    const missing =
      isGround && to === "fault" ? (lackOf(member) ?? "its virtual interface is gone or down") : undefined;
    const reason = missing ?? reasonFor(why, before, member.heard, now, String);
    const level = to === "fault" || why.because === "stalled" || why.because === "lost" ? "warning" : "info";
    this.#log.write(level, `${to === "init" ? "stops" : `becomes ${to.toUpperCase()}`}: ${reason}`, name);
  }

  /** An instance begins again, because of another file or another machine, and is now in this state. */
  restarted(member: Member, { is, statuses }: State): void {
    const failed = Object.keys(statuses).find((id) => statuses[id] === false);
    const why = lackOf(member) ?? (failed === undefined ? undefined : `${failed} failed`);
    const reason = (is === "fault" ? why : undefined) ?? "the file or the machine has changed";
    const level = is === "fault" ? "warning" : "info";
    this.#log.write(level, `becomes ${is.toUpperCase()}: ${reason}`, member.plan.name);
  }

  /** An advert was refused. The first one is told, then how many in each minute. */
  refused(member: Member, { source, reason }: Extract<Action, { readonly do: "refuse" }>, now: Micros): void {
    const all = this.#refused.get(member) ?? new Map<Reason, Refusals>();
    this.#refused.set(member, all);
    const known = all.get(reason);
    if (known && now - known.from < silence) {
      known.times += 1;
      return;
    }
    const more = known && known.times > 0 ? ` (${known.times} more like it before)` : "";
    all.set(reason, { from: now, times: 0 });
    this.#log.write(
      "warning",
      `refuses the advert of ${source}: ${reasons[reason]}${more}`,
      member.plan.name,
    );
  }
}
