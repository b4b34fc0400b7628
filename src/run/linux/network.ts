/** The machine's network through iproute2. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { Ground, GroundEvent, Network } from "../ports.ts";
import { groundOf } from "./ground.ts";
import { batchesBeside } from "./ip-thread.ts";
import { type Monitor, startMonitor } from "./monitor.ts";

/** What can be closed. */
export interface LinuxNetwork extends Network {
  /** Ends the programs that wait. */
  close(): void;
}

/** The network of the namespace that this process is in. Programs that it needs are started at once. */
export function linuxNetwork(): LinuxNetwork {
  const batches = batchesBeside();
  const listeners = new Set<(event: GroundEvent) => void>();
  const tell = (event: GroundEvent) => {
    for (const listener of listeners) listener(event);
  };
  let monitor: Monitor | undefined;
  /** The last answer of ground(), so that nothing is missed between it and the first event. */
  let answered: Ground | undefined;
  const ground = async () => {
    answered = await readGround();
    return answered;
  };
  const watch = (listener: (event: GroundEvent) => void) => {
    listeners.add(listener);
    monitor ??= startMonitor(readGround, answered, tell);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      monitor?.close();
      monitor = undefined;
    };
  };
  const close = () => {
    monitor?.close();
    batches.close();
  };
  return { ground, watch, apply: (lines) => batches.apply(lines), setting, readSetting, close };
}

/** Reads it anew. Rejects when `ip` cannot be run. */
function readGround(): Promise<Ground> {
  return new Promise((done, fail) => {
    execFile("ip", ["-json", "address"], { maxBuffer: 64 * 1024 * 1024 }, (error, output, complaint) => {
      if (error) fail(new Error(`The interfaces cannot be listed: ${complaint.trim() || error.message}`));
      else done(groundOf(output));
    });
  });
}

/** At once and not in the pool of threads, whose threads may belong to another network namespace. */
async function setting(path: string, value: string): Promise<string | undefined> {
  try {
    writeFileSync(`/proc/sys/${path}`, value);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/, open .*/, "") : String(error);
    return `${path} was not set to ${value}: ${why}`;
  }
}

async function readSetting(path: string): Promise<string | undefined> {
  try {
    return readFileSync(`/proc/sys/${path}`, "utf8").trimEnd();
  } catch {
    return undefined;
  }
}
