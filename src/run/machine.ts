/** The daemon's tools on this machine: every port as Linux has it. */
import type { Tools } from "./daemon/tools.ts";
import { linuxAnnouncer } from "./linux/announcer.ts";
import { claim } from "./linux/claim.ts";
import { linuxClock } from "./linux/clock.ts";
import { keepCompiled } from "./linux/compiled-code.ts";
import { linuxGuard } from "./linux/guard.ts";
import { linuxNetwork } from "./linux/network.ts";
import { linuxScheduler } from "./linux/scheduler.ts";
import { linuxSockets } from "./linux/sockets.ts";
import type { LogFormat } from "./log.ts";
import type { Clock, Log } from "./ports.ts";
import { RunningChecks } from "./programs/checks.ts";
import { launcherBeside } from "./programs/launcher.ts";
import { RunningNotifier } from "./programs/notifier.ts";

/** The tools, and what closes those that the daemon does not close itself. */
export interface Machine {
  readonly tools: Tools;
  close(): void;
}

/**
 * Claims host and run directory for this daemon and opens the tools; `logFor` makes the log, whose form the guard has
 * too. Resolves with why there is none when another daemon runs. Rejects in words when the machine refuses something.
 */
export async function openMachine(
  runDirectory: string,
  logFor: (clock: Pick<Clock, "unix">) => Log,
  format: LogFormat,
): Promise<Machine | { readonly refused: string }> {
  const claimed = await claim(runDirectory);
  if ("refused" in claimed) return claimed;
  keepCompiled();
  const closers: (() => void)[] = [claimed.release];
  const close = () => {
    for (const each of closers.splice(0).reverse()) each();
  };
  try {
    const clock = linuxClock();
    closers.push(clock.close);
    const log = logFor(clock);
    const [sockets, announcer] = [linuxSockets(), linuxAnnouncer()];
    const lost = (message: string) => log.write("error", message);
    const guard = linuxGuard({ files: claimed.files, lost, log: format });
    const network = linuxNetwork(guard);
    closers.push(() => network.close());
    const launcher = launcherBeside();
    closers.push(launcher.close);
    const starter = { ...launcher, keeper: guard };
    const [checks, notifier] = [new RunningChecks(log, starter), new RunningNotifier(log, starter)];
    const scheduler = linuxScheduler();
    const doers = { network, sockets, announcer, guard, scheduler, checks, notifier };
    return { tools: { clock, log, ...doers }, close };
  } catch (error) {
    close();
    throw error;
  }
}
