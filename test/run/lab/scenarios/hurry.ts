/** Adverts every 10 ms: whoever waits for a processor for 36 ms is taken for dead, keepalived as well. */

import type { Chapter, Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import { failover } from "./protocols.ts";
import { file, globals, two, vip, vrrp } from "./texts.ts";

/** No host of two advertises beside the other one for longer than so many seconds, nor is silence longer. */
function hasOneMaster({ lab, chapterBegins }: Stage, seconds: number): void {
  const limit = seconds * 1000;
  const sent = lab.adverts.filter(({ at, priority }) => at > chapterBegins && priority > 0);
  const last: Record<string, number> = {};
  let [since, before] = [0, chapterBegins];
  for (const { at, host } of sent) {
    const others = Object.entries(last).filter(([name]) => name !== host);
    if (!others.some(([, time]) => at - time < 40)) since = at;
    if (at - since > limit) throw new Error(`Two hosts advertised for more than ${at - since} ms.`);
    if (before > chapterBegins && at - before > limit)
      throw new Error(`Nobody advertised for ${at - before} ms.`);
    last[host] = at;
    before = at;
  }
}

export const hundredth: Scenario = {
  name: "version 3, 0.01 s",
  hurried: true,
  unsteady: "whoever waits for a processor for 36 ms is taken for dead",
  hosts: two,
  // keepalived is killed, unless told otherwise, when it needs a processor for 10 ms without a pause, and its start does.
  text: (host) =>
    file(
      globals(host, "vrrp_rt_priority 2", "vrrp_rlimit_rttime 1000000"),
      vrrp(host, "version 3", "advert_int 0.01"),
    ),
  rest: 0.5,
  story: failover([vip]).map(
    (chapter): Chapter => ({ ...chapter, afterwards: (stage) => hasOneMaster(stage, 0.5) }),
  ),
};
