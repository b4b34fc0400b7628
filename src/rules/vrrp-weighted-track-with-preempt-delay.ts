import { eachInstance } from "./each.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { listed, weighted } from "./support.ts";
import type { FileRule } from "./types.ts";

const tracked = (line: string) => block("track_script", line);

export const vrrpWeightedTrackWithPreemptDelay: FileRule = {
  id: "vrrp-weighted-track-with-preempt-delay",
  severity: "warning",
  over: "file",
  summary: "preempt_delay also delays the takeover that a failed weighted check asks for.",
  why: "A failed check with a weight lowers the priority of a master that goes on sending adverts. The backup may preempt it only when preempt_delay is over; until then the service is down.",
  basis: "keepalived/vrrp/vrrp.c, vrrp_state_backup (v2.4.3); seen with running daemons.",
  bad: () => [{ input: file(secured, script("weight -60"), instance("preempt_delay «60»", tracked("chk"))) }],
  good: () => [
    file(secured, script(), instance("preempt_delay 60", tracked("chk"))),
    file(secured, script("weight -60"), instance(tracked("chk"))),
  ],
  check: eachInstance((instance, report, host) => {
    const { preemptDelay } = instance;
    const trackers = weighted(host, instance);
    if (preemptDelay.value <= 0 || preemptDelay.unknown || trackers.length === 0) return;
    const names = listed([...new Set(trackers.map((tracker) => tracker.name))]);
    report(
      preemptDelay.at,
      `When ${names} fails on the master, its weight only lowers the master's priority, and this host waits ${preemptDelay.value} s before it takes over from a living master: the service is down that long. Shorten preempt_delay, or remove the weight so that a failure means FAULT and the takeover is immediate.`,
      {
        related: trackers.map(({ weight, name }) => ({ at: weight.at, message: `the weight of ${name}` })),
      },
    );
  }),
};
