import { eachInstance } from "./each.ts";
import { deleteLines, fix } from "./edits.ts";
import { block, file, instance, script, secured } from "./examples.ts";
import { isUnwanted, listed, weighted } from "./support.ts";
import type { FileRule } from "./types.ts";

const tracked = (line: string) => block("track_script", line);

export const vrrpWeightedTrackWithNopreempt: FileRule = {
  id: "vrrp-weighted-track-with-nopreempt",
  severity: "error",
  over: "file",
  summary: "nopreempt keeps this host from taking over when a weighted check fails on the master.",
  why: "A failed check with a weight only lowers the master's priority; the master goes on sending adverts. A backup with nopreempt never takes over from a master that is alive, whatever its priority. The service is down and the address does not move.",
  basis: "RFC 9568 section 6.4.2 (Preempt_Mode); seen with running daemons, 2.2.7 and 2.4.3.",
  bad: () => [
    {
      input: file(secured, script("weight -60"), instance("«nopreempt»", tracked("chk"))),
      fixed: file(secured, script("weight -60"), instance(tracked("chk"))),
    },
    {
      input: file(secured, script(), instance("«nopreempt»", tracked("chk weight -60"))),
      fixed: file(secured, script(), instance(tracked("chk weight -60"))),
    },
  ],
  good: () => [
    file(secured, script(), instance("nopreempt", tracked("chk"))),
    file(secured, script("weight -60"), instance(tracked("chk"))),
    file(secured, script("weight -60"), instance("nopreempt", tracked("chk weight 0"))),
    // Not wanted: the rule for words behind a flag reports it.
    file(secured, script("weight -60"), instance("nopreempt off", tracked("chk"))),
  ],
  check: eachInstance((instance, report, host) => {
    const { nopreempt } = instance;
    const trackers = weighted(host, instance);
    if (!nopreempt.value || nopreempt.unknown || isUnwanted(nopreempt) || trackers.length === 0) return;
    const names = listed([...new Set(trackers.map((tracker) => tracker.name))]);
    report(
      nopreempt.at,
      `${names} ${trackers.length > 1 ? "have weights, so their failure" : "has a weight, so its failure"} only lowers the master's priority, and with nopreempt no backup takes over from a living master: the service is down and the address stays. Delete nopreempt, or remove the weight so that a failure means FAULT and the master gives up.`,
      {
        related: trackers.map(({ weight, name }) => ({ at: weight.at, message: `the weight of ${name}` })),
        fixes: nopreempt.statement
          ? fix("Delete nopreempt", false, deleteLines(host, nopreempt.statement))
          : [],
      },
    );
  }),
};
