/** How long the simulator takes for a pair of hosts: quiet hours are leapt over, lossy ones are played advert by advert. */
import { formFleet } from "../../src/model/fleet.ts";
import { readHost } from "../../src/model/read.ts";
import { castOf } from "../../src/simulate/cast.ts";
import { parseFault, readDuration } from "../../src/simulate/faults.ts";
import { simulate } from "../../src/simulate/simulation.ts";
import { soundHost } from "../support/conf.ts";

interface Case {
  readonly what: string;
  readonly duration: string;
  readonly faults: readonly string[];
}

const cases: readonly Case[] = [
  { what: "quiet", duration: "1000h", faults: [] },
  { what: "a crash every 100 h", duration: "1000h", faults: crashes() },
  { what: "one advert of a million lost", duration: "10h", faults: ["0s loss 0.0001%"] },
];

function crashes(): readonly string[] {
  return Array.from({ length: 9 }, (_, index) => {
    const hours = (index + 1) * 100;
    return [`${hours}h kill a`, `${hours + 1}h start a`];
  }).flat();
}

/** Measures every case and writes a line for each. */
export async function bench(write: (line: string) => void): Promise<void> {
  const texts = { "a.conf": soundHost(150), "b.conf": soundHost(100) };
  const hosts = Object.entries(texts).map(([path, text]) => readHost({ path, text }));
  const cast = castOf(formFleet(hosts, { complete: true }));
  const stage = cast.players.map(({ name, interfaces }) => ({ name, interfaces, trackers: [] }));
  for (const { what, duration, faults } of cases) {
    const parsed = faults.map((text) => parseFault(text, stage));
    const start = process.hrtime.bigint();
    const story = simulate(cast, { duration: readDuration(duration) ?? 0, seed: 1, faults: parsed });
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    write(`A pair for ${duration}, ${what}: ${milliseconds.toFixed(0)} ms, ${story.changes.length} changes`);
  }
}
