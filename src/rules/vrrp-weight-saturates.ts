import type { Tracker } from "../model/host.ts";
import { eachInstance } from "./each.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { weighted } from "./support.ts";
import type { FileRule } from "./types.ts";

const tracking = (priority: string, weight: string) =>
  file(secured, script(), instance(`priority ${priority}`, block("track_script", `chk weight ${weight}`)));

export const vrrpWeightSaturates: FileRule = {
  id: "vrrp-weight-saturates",
  severity: "warning",
  over: "file",
  summary: "Priority and weights together leave the range from 1 to 254.",
  why: "keepalived stops at 254 and at 1. Two hosts that both reach the limit have the same priority, and the difference between them that the election needs is gone.",
  basis: "keepalived.conf(5), track_script.",
  bad: () => [{ input: tracking("«200»", "60") }, { input: tracking("«50»", "-60") }],
  good: () => [tracking("150", "60"), tracking("150", "-60")],
  check: eachInstance((instance, report, host) => {
    const { priority } = instance;
    // The number in a tracked file multiplies its weight, so what it adds is not known here; a weight out of range is a
    // mistake of its own.
    const trackers = weighted(host, instance).filter(
      ({ kind, weight }) => kind !== "file" && Math.abs(weight.value) <= 253,
    );
    if (priority.unknown || !priority.written || priority.value === 255) return;
    const highest = priority.value + sum(trackers.filter(raises));
    const lowest = priority.value + sum(trackers.filter((tracker) => !raises(tracker)));
    if (highest <= 254 && lowest >= 1) return;
    const [reached, limit] = highest > 254 ? [highest, 254] : [lowest, 1];
    report(
      priority.at,
      `With all its weights this priority would be ${reached}, and keepalived stops at ${limit}: hosts that both reach the limit are equal, and the election is left to chance. ${highest > 254 ? "Lower" : "Raise"} the priority, or use smaller weights.`,
      {
        related: trackers.map(({ weight, name }) => ({ at: weight.at, message: `the weight of ${name}` })),
      },
    );
  }),
};

const raises = ({ weight, reverse }: Tracker) => weight.value > 0 !== reverse;
const sum = (trackers: readonly Tracker[]) =>
  trackers.reduce((total, { weight, reverse }) => total + (reverse ? -weight.value : weight.value), 0);
