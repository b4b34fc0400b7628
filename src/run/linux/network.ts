/** The machine's network through iproute2. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { Ground, GroundEvent, Keeper, Network, RouteOrRule } from "../ports.ts";
import { groundOf } from "./ground.ts";
import { IpBatches } from "./ip-batch.ts";
import { type Monitor, startMonitor } from "./monitor.ts";
import { routesOrRules } from "./monitor-lines.ts";

/** What can be closed. */
export interface LinuxNetwork extends Network {
  /** Ends the programs that wait. */
  close(): void;
}

/**
 * The network of the namespace that this process is in. The guard, where there is one, carries batches out and ends the
 * programs that are needed besides.
 */
export function linuxNetwork(guard?: Keeper & Pick<IpBatches, "apply">): LinuxNetwork {
  let own: IpBatches | undefined;
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
    monitor ??= startMonitor(readGround, answered, tell, guard);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      monitor?.close();
      monitor = undefined;
    };
  };
  const close = () => {
    monitor?.close();
    own?.close();
  };
  return {
    ground,
    routesAndRules,
    watch,
    watching: async () => monitor?.listens,
    apply: (lines) => {
      if (guard) return guard.apply(lines);
      own ??= new IpBatches();
      return own.apply(lines);
    },
    setting,
    readSetting,
    close,
  };
}

/** Reads it anew. Rejects when `ip` cannot be run. */
async function readGround(): Promise<Ground> {
  try {
    return groundOf(await output("ip", ["-json", "address"]));
  } catch (error) {
    throw new Error(`The interfaces cannot be listed: ${(error as Error).message}`);
  }
}

/** Rejects when one of them cannot be read: nothing is known then, and nothing is missing. */
async function routesAndRules(): Promise<readonly RouteOrRule[]> {
  const kinds = [
    { what: "route", words: ["route", "show", "table", "all", "proto", "18"] },
    { what: "rule", words: ["rule", "show"] },
  ] as const;
  const lists = kinds.flatMap(({ what, words }) =>
    ([4, 6] as const).map(async (family) => {
      const text = await output("ip", [`-${family}`, "-o", ...words]).catch(nothingWithoutFamily);
      const shown = routesOrRules(what, family, text);
      // What was asked for is not shown.
      return what === "rule" ? shown : shown.map((each) => ({ ...each, text: `${each.text} proto 18` }));
    }),
  );
  return (await Promise.all(lists)).flat();
}

/** A kernel without IPv6 has no rules of it, and says so with an error. */
function nothingWithoutFamily(error: Error): string {
  if (/address family not supported/i.test(error.message)) return "";
  throw error;
}

function output(program: string, words: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    execFile(program, words, { maxBuffer: 64 * 1024 * 1024 }, (error, text, complaint) => {
      if (error) fail(new Error(complaint.trim() || error.message));
      else done(text);
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
