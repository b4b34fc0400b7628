/** Runs a host's file, or says what running it would do. */

import { lackedRights } from "../run/linux/capabilities.ts";
import { serviceManager } from "../run/linux/systemd.ts";
import { type Level, logTo } from "../run/log.ts";
import { type Machine, openMachine } from "../run/machine.ts";
import { Life } from "../run/main.ts";
import type { Clock } from "../run/ports.ts";
import { surroundings } from "../run/programs/surroundings.ts";
import { pageFor } from "./report.ts";
import { checkFile } from "./run-check.ts";
import { readRunFile } from "./run-file.ts";
import type { RunOptions } from "./run-options.ts";
import { reason } from "./texts.ts";
import { version } from "./version.ts";
import type { World } from "./world.ts";

/** Resolves with the exit code when the daemon has stopped. */
export async function runFile(options: RunOptions, world: World): Promise<number> {
  const read = readRunFile(options, world);
  if ("code" in read) return read.code;
  if (options.mode !== "daemon") return checkFile(read.host, read.where, options, world);
  const machine = await machineFor(options, world);
  if ("refused" in machine) {
    world.err(`vrrp-run: ${machine.refused}\n`);
    return 1;
  }
  world.outlast?.();
  const { log, sockets } = machine.tools;
  log.write("info", `vrrp-run ${version} runs ${options.file}; adverts go through ${sockets.backend}`);
  try {
    const wishes = {
      runDirectory: options.runDirectory,
      metrics: options.metrics,
      requireAll: options.requireAll,
      dumpsWhole: options.log === "json",
      manager: serviceManager(process.env, (message) => log.write("warning", message)),
      where: read.where,
      read: () => {
        const tell = (line: string) => log.write("error", line);
        const again = readRunFile(options, world, options.log === "json" ? tell : undefined);
        return "code" in again ? undefined : again.host;
      },
    };
    const around = await surroundings(options.target);
    return await new Life(read.host, machine.tools, around, wishes).run();
  } catch (error) {
    world.err(`vrrp-run: ${reason(error)}\n`);
    return 1;
  } finally {
    machine.close();
  }
}

/** The machine with all that is needed, or why it cannot be had. */
async function machineFor(
  options: RunOptions,
  world: World,
): Promise<Machine | { readonly refused: string }> {
  const lacked = lackedRights();
  if (lacked !== undefined) return { refused: lacked };
  try {
    return await openMachine(options.runDirectory, (clock) => logFor(options, world, clock), options.log);
  } catch (error) {
    return { refused: reason(error) };
  }
}

function logFor(options: RunOptions, world: World, clock: Pick<Clock, "unix">) {
  const { red, yellow, dim } = pageFor(world).colours;
  const paints = { error: red, warning: yellow, info: String, debug: dim };
  const paint = (level: Level, text: string) => paints[level](text);
  return logTo(world.out, { format: options.log, detailed: options.detailed, paint }, clock);
}
