/**
 * How long a failover of a real pair takes, beside the time that the linter's model gives for it. Both count from the
 * last advert of the master that loses its power to the first advert of the one that takes over.
 */
import { takeovers } from "../../src/model/takeover.ts";
import { block, file, instance } from "../../src/rules/examples.ts";
import { fleetOf } from "../support/fleet.ts";
import { keepalivedRelease } from "../support/keepalived.ts";
import { type Lab, whyNoLab, withLab } from "../support/lab.ts";

interface Pair {
  readonly name: string;
  readonly version: 2 | 3;
  /** Seconds between adverts. */
  readonly interval: number;
  readonly runs: number;
}

const pairs: readonly Pair[] = [
  { name: "version 2, 1 s", version: 2, interval: 1, runs: 3 },
  { name: "version 3, 1 s", version: 3, interval: 1, runs: 3 },
  { name: "version 3, 0.1 s", version: 3, interval: 0.1, runs: 10 },
  { name: "version 3, 0.01 s", version: 3, interval: 0.01, runs: 10 },
];

/** Measures every pair and writes a line for each. */
export async function bench(write: (line: string) => void): Promise<void> {
  const reason = whyNoLab();
  if (reason !== undefined) {
    write(`No failover is measured, because ${reason}.`);
    return;
  }
  write(`Failover of a pair with keepalived ${keepalivedRelease()}, from last advert to first advert, in ms`);
  write(row("adverts", "model", "median", "worst", "median/model"));
  for (const pair of pairs) {
    const texts = textsOf(pair);
    const model = modelSeconds(texts) * 1000;
    const measured = (await measure(texts, pair.runs)).sort((one, other) => one - other);
    const median = measured[Math.floor(measured.length / 2)] ?? Number.NaN;
    const worst = measured.at(-1) ?? Number.NaN;
    write(row(pair.name, model.toFixed(1), median.toFixed(1), worst.toFixed(1), (median / model).toFixed(3)));
  }
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(20) + cells.map((cell) => cell.padStart(14)).join("");
}

type Texts = Readonly<Record<string, string>>;

function textsOf({ version, interval }: Pair): Texts {
  const host = (priority: number) =>
    file(
      block("global_defs", `router_id host-${priority}`),
      instance(`version ${version}`, `advert_int ${interval}`, `priority ${priority}`),
    );
  return { "a.conf": host(200), "b.conf": host(100) };
}

/** What `vrrp-lint --takeover` says of the second host. */
function modelSeconds(texts: Texts): number {
  const seconds = takeovers(fleetOf(texts))[0]?.turns[1]?.seconds;
  if (seconds === undefined) throw new Error("The model knows no second host.");
  return seconds;
}

/** The times of so many failovers, in ms. */
async function measure(texts: Texts, runs: number): Promise<number[]> {
  const plan = { a: { eth0: ["10.0.0.1/24"] }, b: { eth0: ["10.0.0.2/24"] } };
  return withLab(plan, async (lab) => {
    const times: number[] = [];
    lab.start({ a: texts["a.conf"] ?? "", b: texts["b.conf"] ?? "" });
    for (let run = 0; run < runs; run += 1) {
      await mastered(lab);
      await lab.host("a").crash();
      const last = lab.adverts.findLast(({ host }) => host === "a")?.at ?? Number.NaN;
      const first = () => lab.adverts.find(({ host, at }) => host === "b" && at > last)?.at;
      await lab.until("b takes over", () => first() !== undefined);
      times.push((first() ?? Number.NaN) - last);
      await lab.host("a").boot();
      lab.host("a").start();
    }
    return times;
  });
}

/** Waits until host a has been the only one to send for a while. */
async function mastered(lab: Lab): Promise<void> {
  const from = lab.adverts.length;
  await lab.until("a is master", () => {
    const latest = lab.adverts.slice(from).slice(-3);
    return latest.length === 3 && latest.every(({ host }) => host === "a");
  });
}
