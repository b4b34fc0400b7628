/** Planted mistakes of the state machine that the explorer's properties catch on fleets with nothing wrong in them. */
import { describe, expect, test } from "vitest";
import { block, file, instance, named, script, secured } from "../../src/rules/examples.ts";
import type { PropertyId } from "../../src/rules/properties.ts";
import { brokenIn } from "./explore-properties.ts";
import { type Mutant, mutated } from "./mutant.ts";

const pair = (...lines: readonly string[]) => ({
  "a.conf": file(instance(...lines)),
  "b.conf": file(instance("priority 100", ...lines)),
});
const checked = (scriptLines: readonly string[], ...lines: readonly string[]) => {
  const host = (priority: string) =>
    file(secured, script(...scriptLines), instance(priority, ...lines, block("track_script", "chk")));
  return { "a.conf": host("priority 150"), "b.conf": host("priority 100") };
};
const group = block("vrrp_sync_group BOTH", block("group", "INSIDE", "OUTSIDE"));
const synced = (priority: string) =>
  file(
    group,
    named("INSIDE", priority),
    named(
      "OUTSIDE",
      priority,
      "interface eth1",
      "virtual_router_id 52",
      block("virtual_ipaddress", "192.0.2.10/24"),
    ),
  );

const fleets = {
  pair: pair(),
  trio: { ...pair(), "c.conf": file(instance("priority 50")) },
  equals: { "a.conf": file(instance("priority 100")), "b.conf": file(instance("priority 100")) },
  nopreempt: pair("nopreempt"),
  delayed: pair("preempt_delay 7"),
  checked: checked([]),
  "checked, nopreempt": checked([], "nopreempt"),
  penalty: checked(["weight -60"]),
  bonus: checked(["weight 60"]),
  group: { "a.conf": synced("priority 150"), "b.conf": synced("priority 100") },
};

interface Caught extends Mutant {
  readonly in: keyof typeof fleets;
  readonly by: PropertyId;
  /** How many faults it takes; 1 when absent. */
  readonly faults?: number;
}

const mutants: readonly Caught[] = [
  {
    mistake: "no skew time",
    file: "machine-timers.ts",
    from: "Math.floor(((256 - priority) * unit) / 256)",
    to: "0 * priority * unit",
    in: "trio",
    by: "explore-several-takeovers",
  },
  {
    mistake: "a backup takes priority 0 for an advert",
    file: "machine-advert.ts",
    from: "wait(draft, skewOf(config, draft), now);",
    to: "wait(draft, downInterval(config, draft) + 0 * skewOf(config, draft), now);",
    in: "pair",
    by: "explore-late-takeover",
  },
  {
    mistake: "a master stops without priority 0",
    file: "machine-moves.ts",
    from: 'if (draft.is === "master") send(draft, stopPriority);',
    to: "",
    in: "pair",
    by: "explore-late-takeover",
  },
  {
    mistake: "of equals both stay master",
    file: "machine-advert.ts",
    from: "(arrival.priority === priority && order > 0)",
    to: "(arrival.priority === priority && order > 1000)",
    in: "equals",
    by: "explore-two-holders",
  },
  {
    mistake: "of equals both give way",
    file: "machine-advert.ts",
    from: "(arrival.priority === priority && order > 0)",
    to: "(arrival.priority === priority && order !== 0)",
    in: "equals",
    by: "explore-flapping",
  },
  {
    mistake: "nopreempt is ignored",
    file: "machine-advert.ts",
    from: "config.nopreempt || heard >= priority",
    to: "heard >= priority",
    in: "nopreempt",
    by: "explore-nopreempt",
  },
  {
    mistake: "nobody preempts",
    file: "machine-advert.ts",
    from: "config.nopreempt || heard >= priority",
    to: "config.nopreempt || heard >= 0 * priority",
    in: "pair",
    by: "explore-wrong-holder",
  },
  {
    mistake: "preempt_delay never ends",
    file: "machine-advert.ts",
    from: "preemptAt === undefined || preemptAt > now",
    to: "preemptAt === undefined || preemptAt > 0",
    in: "delayed",
    by: "explore-wrong-holder",
  },
  {
    mistake: "one missing advert is too many",
    file: "machine-timers.ts",
    from: "config.downTimerAdverts *",
    to: "1 *",
    in: "pair",
    by: "explore-lost-advert",
  },
  {
    mistake: "three times as many adverts may be missing",
    file: "machine-timers.ts",
    from: "config.downTimerAdverts *",
    to: "9 *",
    in: "pair",
    by: "explore-late-takeover",
  },
  {
    mistake: "the addresses are not announced",
    file: "machine-edge.ts",
    from: 'actions.push({ do: "add" }, { do: "announce", repeat });',
    to: 'actions.push({ do: "add" });',
    in: "pair",
    by: "explore-not-announced",
  },
  {
    mistake: "addresses stay in fault",
    file: "machine-edge.ts",
    from: 'draft.is !== "master" && before.is === "master"',
    to: 'draft.is === "backup" && before.is === "master"',
    in: "checked",
    by: "explore-failed-holder",
  },
  {
    mistake: "addresses stay with a backup",
    file: "machine-edge.ts",
    from: 'draft.is !== "master" && before.is === "master"',
    to: 'draft.is === "fault" && before.is === "master"',
    in: "pair",
    by: "explore-two-holders",
  },
  {
    mistake: "addresses are not added",
    file: "machine-edge.ts",
    from: '{ do: "add" }, ',
    to: "",
    in: "pair",
    by: "explore-no-holder",
  },
  {
    mistake: "weights are ignored",
    file: "machine-trackers.ts",
    from: "total + added(tracker, known)",
    to: "total + 0 * added(tracker, known)",
    in: "penalty",
    by: "explore-check-ignored",
  },
  {
    mistake: "a bonus counts while the script fails",
    file: "machine-trackers.ts",
    from: "status ? tracker.weight > 0 :",
    to: "!status ? tracker.weight > 0 :",
    in: "bonus",
    by: "explore-check-ignored",
  },
  {
    mistake: "a failed script is no fault",
    file: "machine-trackers.ts",
    from: 'status !== "unknown" && status === tracker.reverse',
    to: 'status !== "unknown" && status !== false && status === tracker.reverse',
    in: "checked",
    by: "explore-failed-holder",
  },
  {
    mistake: "who recovers is master at once",
    file: "machine.ts",
    from: 'if (draft.is === "fault") draft.wants = "backup";',
    to: 'if (draft.is === "fault") draft.wants = "master";',
    in: "checked, nopreempt",
    by: "explore-nopreempt",
    faults: 2,
  },
  {
    mistake: "a sync group does not fall together",
    file: "group.ts",
    from: 'if (draft.is === "fault") this.#fallAll();',
    to: 'if (draft.is === "fault") return;',
    in: "group",
    by: "explore-group-apart",
  },
];

describe("the explorer notices that", () => {
  test.each(Object.entries(fleets))("nothing is wrong with the fleet: %s", (_, files) => {
    expect(brokenIn(files, 2)).toEqual([]);
  });

  test.each(mutants)("$mistake", async (mutant) => {
    const { faults = 1 } = mutant;
    const built = await mutated<{ brokenIn: typeof brokenIn }>(mutant, "explore-properties.ts");
    expect(built.brokenIn(fleets[mutant.in], faults)).toContain(mutant.by);
  });
});
