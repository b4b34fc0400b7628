/** The daemon's tools on this machine: every port as Linux has it. */

import { second } from "../vrrp/time.ts";
import type { Tools } from "./daemon/tools.ts";
import { linuxAnnouncer } from "./linux/announcer.ts";
import { linuxNetwork } from "./linux/network.ts";
import { linuxSockets } from "./linux/sockets.ts";
import type { Clock, Guard, Log } from "./ports.ts";
import { RunningChecks } from "./programs/checks.ts";
import { RunningNotifier } from "./programs/notifier.ts";

/** The tools, and what closes those that the daemon does not close itself. */
export interface Machine {
  readonly tools: Tools;
  close(): void;
}

/** Opens the tools; `logFor` makes the log. Throws in words when the machine refuses something. */
export function openMachine(logFor: (clock: Pick<Clock, "unix">) => Log): Machine {
  const clock = nodeClock();
  const log = logFor(clock);
  const network = linuxNetwork();
  const tools: Tools = {
    clock,
    log,
    network,
    sockets: linuxSockets(),
    announcer: linuxAnnouncer(),
    guard: nobodyGuards,
    checks: new RunningChecks(log),
    notifier: new RunningNotifier(log),
  };
  return { tools, close: () => network.close() };
}

function nodeClock(): Clock {
  const now = () => Number(process.hrtime.bigint() / 1000n);
  let timer: NodeJS.Timeout | undefined;
  return {
    now,
    unix: () => Date.now() / 1000,
    alarm: (at, ring) => {
      clearTimeout(timer);
      timer =
        at === undefined ? undefined : setTimeout(ring, Math.ceil(Math.max(0, at - now()) / (second / 1000)));
    },
    afterReading: (run) => void setImmediate(run),
  };
}

const nobodyGuards: Guard = { hold: () => {}, release: () => {}, dismiss: async () => {} };
