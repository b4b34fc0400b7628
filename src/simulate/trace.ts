/** A story as a document for programs. */
import { type Micros, second } from "../vrrp/time.ts";
import type { Story } from "./story.ts";

/** The document as values; times are in seconds, to the millisecond. */
export function traceOf(story: Story) {
  const { changes, faults, refusals, holdings } = story;
  return {
    version: 1,
    duration: inSeconds(story.duration),
    seed: story.seed,
    events: changes.map(({ at, host, instance, from, to, why }) => {
      return { t: inSeconds(at), host, instance, event: "state", from, to, why };
    }),
    faults: faults.map(({ at, text }) => ({ t: inSeconds(at), fault: text })),
    refused: refusals.map(({ at, ...rest }) => ({ t: inSeconds(at), ...rest })),
    holders: holdings.map(({ address, spans }) => ({
      address,
      hosts: spans.at(-1)?.hosts ?? [],
      held: spans.map(({ from, to, hosts }) => ({ from: inSeconds(from), to: inSeconds(to), hosts })),
    })),
  };
}

function inSeconds(moment: Micros): number {
  return Math.round((moment * 1000) / second) / 1000;
}
