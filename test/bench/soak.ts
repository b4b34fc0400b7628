/** 24 pairs of virtual routers for ten minutes; `MINUTES=n` for another time, `INTERVAL=s` for other adverts. */
import { combinations, reference } from "../run/lab/scenario.ts";
import { soak } from "../run/lab/soak.ts";
import { whyNoLab } from "../support/lab.ts";

export async function bench(write: (line: string) => void): Promise<void> {
  const reason = whyNoLab();
  if (reason !== undefined) {
    write(`Nothing is soaked, because ${reason}.`);
    return;
  }
  const { MINUTES: minutes = "10", INTERVAL: interval = "1" } = process.env;
  const wish = { pairs: 24, interval: Number(interval), seconds: Number(minutes) * 60 };
  write(`24 pairs of virtual routers, adverts every ${interval} s, for ${minutes} minutes`);
  const [ours] = combinations;
  for (const combination of ours ? [ours, reference] : []) {
    const { adverts, missed, longest, wrong, memory, load, faults } = await soak({ ...wish, combination });
    write(combination.name);
    write(`  ${adverts} adverts, ${missed} missed, the longest pause ${longest.toFixed(2)} intervals`);
    write(`  ${wrong} adverts of a host that should have been backup`);
    for (const [host, sizes] of Object.entries(memory)) {
      const sizesText = sizes.map((size) => size.toFixed(1)).join(" ");
      write(`  ${host}: MB ${sizesText}; ${(load[host] ?? 0).toFixed(1)} % of a processor`);
    }
    write(faults.length === 0 ? "  no faults in the logs" : faults.map((fault) => `  ${fault}`).join("\n"));
  }
}
