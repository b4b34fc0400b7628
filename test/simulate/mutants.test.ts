/**
 * Planted mistakes: what the traces of real hosts are worth is how many of them they notice. Each mutant is a text of
 * the state machine that is replaced by another one, and a scenario that must then end differently.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { differencesIn as differencesOf } from "./compare.ts";
import { type Mutant, mutated } from "./mutant.ts";
import type { Trace } from "./trace.ts";

interface Seen extends Mutant {
  readonly seenIn: string;
}

const mutants: readonly Seen[] = [
  {
    mistake: "no skew time",
    file: "machine-timers.ts",
    from: "Math.floor(((256 - priority) * unit) / 256)",
    to: "0 * priority * unit",
    seenIn: "three-hosts",
  },
  {
    mistake: "version 3 skews by a second",
    file: "machine-timers.ts",
    from: "version === 2 ? second",
    to: "version > 1 ? second",
    seenIn: "kill-and-start-again",
  },
  {
    mistake: "version 2 skews by its interval",
    file: "machine-timers.ts",
    from: "version === 2 ? second",
    to: "version === 1 ? second",
    seenIn: "different-intervals-version-2",
  },
  {
    mistake: "down_timer_adverts is ignored",
    file: "machine-timers.ts",
    from: "config.downTimerAdverts *",
    to: "3 *",
    seenIn: "down-timer-adverts",
  },
  {
    mistake: "a backup takes priority 0 for an advert",
    file: "machine-advert.ts",
    from: "wait(draft, skewOf(config, draft), now);",
    to: "wait(draft, downInterval(config, draft) + 0 * skewOf(config, draft), now);",
    seenIn: "stop-and-start-again",
  },
  {
    mistake: "of equals both stay master",
    file: "machine-advert.ts",
    from: "(arrival.priority === priority && order > 0)",
    to: "(arrival.priority === priority && order > 1000)",
    seenIn: "same-priority-lower-address-first",
  },
  {
    mistake: "of equals the lower address wins",
    file: "machine-advert.ts",
    from: "compareAddresses(arrival.source, config.source)",
    to: "compareAddresses(config.source, arrival.source)",
    seenIn: "same-priority-lower-address-first",
  },
  {
    mistake: "nopreempt is ignored",
    file: "machine-advert.ts",
    from: "config.nopreempt || heard >= priority",
    to: "heard >= priority",
    seenIn: "nopreempt",
  },
  {
    mistake: "preempt_delay is ignored",
    file: "machine-advert.ts",
    from: "config.preemptDelay > 0 && (",
    to: "config.preemptDelay < 0 && (",
    seenIn: "preempt-delay",
  },
  {
    mistake: "preempt_delay never ends",
    file: "machine-advert.ts",
    from: "preemptAt === undefined || preemptAt > now",
    to: "preemptAt === undefined || preemptAt > 0",
    seenIn: "preempt-delay",
  },
  {
    mistake: "the master's interval is not learnt",
    file: "machine-advert.ts",
    from: "draft.config.advert.version === 3) draft.masterInterval",
    to: "draft.config.advert.version === 4) draft.masterInterval",
    seenIn: "different-intervals",
  },
  {
    mistake: "refused adverts do not make a master count anew",
    file: "machine-advert.ts",
    from: 'if (draft.is === "master") restart(draft, now);',
    to: 'if (draft.is === "master" && reason === undefined) restart(draft, now);',
    seenIn: "different-addresses",
  },
  {
    mistake: "a refused advert makes a backup wait anew",
    file: "machine-advert.ts",
    from: "wait(draft, Math.max(0, draft.until - now), now)",
    to: "wait(draft, downInterval(draft.config, draft), now)",
    seenIn: "different-versions",
  },
  {
    mistake: "a lower priority gets no answer",
    file: "machine-advert.ts",
    from: "if (!config.lowerPriorityNoAdvert) send(draft);",
    to: "",
    seenIn: "cut-and-healed",
  },
  {
    mistake: "higher_prio_send_advert is ignored",
    file: "machine-advert.ts",
    from: "if (config.higherPrioritySendAdvert && isHigher(draft, arrival, order)) send(draft);",
    to: "",
    seenIn: "cut-and-healed-higher-prio-send-advert",
  },
  {
    mistake: "two owners both stay",
    file: "machine-advert.ts",
    from: "draft.lowered = true;\n    draft.priority = ownerPriority - 1;",
    to: "draft.lowered = true;",
    seenIn: "two-owners",
  },
  {
    mistake: "the addresses are not announced",
    file: "machine-edge.ts",
    from: 'actions.push({ do: "add" }, { do: "announce", repeat });',
    to: 'actions.push({ do: "add" });',
    seenIn: "kill-and-start-again",
  },
  {
    mistake: "the addresses are announced once only",
    file: "machine-edge.ts",
    from: "if (delay > 0)",
    to: "if (delay < 0)",
    seenIn: "version-2-boots-one-after-the-other",
  },
  {
    mistake: "addresses stay in fault",
    file: "machine-edge.ts",
    from: 'draft.is !== "master" && before.is === "master"',
    to: 'draft.is === "backup" && before.is === "master"',
    seenIn: "script-without-weight",
  },
  {
    mistake: "addresses stay with a backup",
    file: "machine-edge.ts",
    from: 'draft.is !== "master" && before.is === "master"',
    to: 'draft.is === "fault" && before.is === "master"',
    seenIn: "cut-and-healed",
  },
  {
    mistake: "addresses are not added",
    file: "machine-edge.ts",
    from: '{ do: "add" }, ',
    to: "",
    seenIn: "kill-and-start-again",
  },
  {
    mistake: "a master stops without priority 0",
    file: "machine-moves.ts",
    from: 'if (draft.is === "master") send(draft, stopPriority);',
    to: "",
    seenIn: "stop-and-start-again",
  },
  {
    mistake: "a master fails with one priority 0 only",
    file: "machine-moves.ts",
    from: 'if (why.because !== "group") send(draft, stopPriority);',
    to: "",
    seenIn: "script-without-weight",
  },
  {
    mistake: "who recovers is master at once",
    file: "machine.ts",
    from: 'if (draft.is === "fault") draft.wants = "backup";',
    to: 'if (draft.is === "fault") draft.wants = "master";',
    seenIn: "owner-recovers",
  },
  {
    mistake: "an owner waits like everyone else",
    file: "group.ts",
    from: "if (areKnown || haveWaited) {",
    to: "if (!areKnown || haveWaited) {",
    seenIn: "owner",
  },
  {
    mistake: "vrrp_startup_delay is ignored",
    file: "machine-moves.ts",
    from: "config.startupDelay > 0 ?",
    to: "config.startupDelay < 0 ?",
    seenIn: "startup-delay",
  },
  {
    mistake: "weights are ignored",
    file: "machine-trackers.ts",
    from: "total + added(tracker, known)",
    to: "total + 0 * added(tracker, known)",
    seenIn: "script-with-weight",
  },
  {
    mistake: "a bonus counts while the script fails",
    file: "machine-trackers.ts",
    from: "status ? tracker.weight > 0 :",
    to: "!status ? tracker.weight > 0 :",
    seenIn: "script-with-bonus",
  },
  {
    mistake: "a failed script is no fault",
    file: "machine-trackers.ts",
    from: 'status !== "unknown" && status === tracker.reverse',
    to: 'status !== "unknown" && status !== false && status === tracker.reverse',
    seenIn: "script-without-weight",
  },
  {
    mistake: "a sync group does not fall together",
    file: "group.ts",
    from: 'if (draft.is === "fault") this.#fallAll();',
    to: 'if (draft.is === "fault") return;',
    seenIn: "sync-group",
  },
  {
    mistake: "other addresses do not matter in 2.2.7",
    file: "receive.ts",
    from: 'if (expected.quirks.dropsOtherAddresses) return "addresses";',
    to: "",
    seenIn: "different-addresses",
  },
  {
    mistake: "passwords are not compared",
    file: "receive.ts",
    from: 'return when(!arrival.password, "password");',
    to: "return undefined;",
    seenIn: "different-passwords",
  },
  {
    mistake: "another interval is accepted in version 2",
    file: "receive.ts",
    from: "expected.version === 2 && arrival.interval !== expected.interval",
    to: "expected.version === 1 && arrival.interval !== expected.interval",
    seenIn: "different-intervals-version-2",
  },
];

const here = fileURLToPath(new URL(".", import.meta.url));

describe("the traces notice that", () => {
  test.each(mutants)("$mistake", async (mutant) => {
    const trace: Trace = JSON.parse(readFileSync(path.join(here, "traces", `${mutant.seenIn}.json`), "utf8"));
    const { differencesIn } = await mutated<{ differencesIn: typeof differencesOf }>(mutant, "compare.ts");
    expect(differencesIn(trace)).not.toEqual([]);
  });
});
