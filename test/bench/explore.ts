/** How long the explorer takes, in time of the processor, with what it gets through. */
import { formFleet } from "../../src/model/fleet.ts";
import { readHost } from "../../src/model/read.ts";
import { explore } from "../../src/simulate/explore.ts";
import { soundHost } from "../support/conf.ts";

const hosts = { "a.conf": 150, "b.conf": 100, "c.conf": 50, "d.conf": 20 };

interface Case {
  readonly what: string;
  readonly count: number;
  readonly faults: number;
  /** Seconds. */
  readonly most: number;
}

const cases: readonly Case[] = [
  { what: "Two hosts", count: 2, faults: 3, most: 1 },
  { what: "Three hosts", count: 3, faults: 3, most: 10 },
  { what: "Four hosts", count: 4, faults: 2, most: 10 },
];

/** Measures every case and writes a line for each. */
export async function bench(write: (line: string) => void): Promise<void> {
  for (const { what, count, faults, most } of cases) {
    const files = Object.entries(hosts).slice(0, count);
    const read = files.map(([path, priority]) => readHost({ path, text: soundHost(priority) }));
    const fleet = formFleet(read, { complete: true });
    const before = process.cpuUsage();
    const { coverage } = explore(fleet, { faults });
    const { user, system } = process.cpuUsage(before);
    const seconds = ((user + system) / 1e6).toFixed(2);
    const { states, orders } = coverage;
    write(`${what}, ${faults} faults: ${seconds} s (at most ${most} s), ${states} states, ${orders} orders`);
  }
}
