/** `vrrp-run --check` and `--dry-run`: what running a file on this machine would do. */
import type { Place } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { lackedRights } from "../run/linux/capabilities.ts";
import { linuxNetwork } from "../run/linux/network.ts";
import { linuxSockets } from "../run/linux/sockets.ts";
import { planOf } from "../run/plan/plan.ts";
import { planCommands, planWords } from "../run/plan/print.ts";
import type { RunPlan } from "../run/plan/types.ts";
import { surroundings } from "../run/programs/surroundings.ts";
import { harmless, wrap } from "./columns.ts";
import { pageFor } from "./report.ts";
import type { RunOptions } from "./run-options.ts";
import { reason } from "./texts.ts";
import type { World } from "./world.ts";

/** Prints it. 1 when the machine cannot run it, or with --require-all not all of it. */
export async function checkFile(
  host: Host,
  where: (at: Place) => string,
  options: RunOptions,
  world: World,
): Promise<number> {
  const network = linuxNetwork();
  try {
    const plan = planOf(host, await network.ground(), await surroundings(options.target));
    const lacked = lackedRights();
    const { width } = pageFor(world);
    const lines = [
      ...planWords(plan),
      ...(options.mode === "dry-run" ? [...planCommands(plan), ""] : []),
      ...unexecutedLines(plan, where),
      `Adverts are sent and received with ${backend()}.`,
      ...(lacked === undefined ? [] : [`It would not run now: ${lacked}.`]),
    ];
    world.out(lines.map((line) => `${shown(line, width)}\n`).join(""));
    return options.requireAll && plan.unexecuted.length > 0 ? 1 : 0;
  } catch (error) {
    world.err(`vrrp-run: ${reason(error)}\n`);
    return 1;
  } finally {
    network.close();
  }
}

/** Commands stay as they are, so that they can be copied. */
function shown(line: string, width: number): string {
  if (/^(ip|nft|sysctl) /.test(line)) return line;
  const [indent = ""] = /^ */.exec(line) ?? [];
  return indent + wrap(harmless(line.trimStart()), width, indent.length + 2, indent.length);
}

function backend(): string {
  try {
    return linuxSockets().backend;
  } catch (error) {
    return `nothing: ${reason(error)}`;
  }
}

/** What is valid and not carried out, for people. */
export function unexecutedLines(plan: RunPlan, where: (at: Place) => string): readonly string[] {
  return plan.unexecuted.map(({ keyword, why, at }) => `${where(at)}: ${keyword} is not carried out: ${why}`);
}
