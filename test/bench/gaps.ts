/**
 * Whether adverts every 10 ms come in time: gaps between two of one master that are longer than the 36 ms after which a
 * backup of priority 100 takes over, while a script runs each second, on a quiet machine and beside programs that only
 * burn time. Both programs ask for real-time scheduling.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { scheduler } from "node:timers/promises";
import { block, file, globals, vip, vrrp } from "../run/lab/scenarios/texts.ts";
import type { Program } from "../support/lab/programs.ts";
import { whyNoLab, withLab } from "../support/lab.ts";

const [seconds, warmUp, limit] = [20, 2, 36];
const burning = [0, 8] as const;

export async function bench(write: (line: string) => void): Promise<void> {
  const reason = whyNoLab();
  if (reason !== undefined) {
    write(`No gap is measured, because ${reason}.`);
    return;
  }
  write(
    `Gaps of more than ${limit} ms between adverts every 10 ms, in ${seconds} s with a script each second`,
  );
  for (const program of ["vrrp-run", "keepalived"] as const) {
    for (const burners of burning) {
      const gaps = await measure(program, burners);
      const long = gaps.filter((gap) => gap > limit).length;
      const longest = Math.max(...gaps).toFixed(1);
      write(`${program}, ${burners} burners: ${long} of ${gaps.length}, longest ${longest} ms`);
    }
  }
}

const text = file(
  globals("a", "vrrp_rt_priority 2", "vrrp_rlimit_rttime 1000000"),
  block("vrrp_script S", "script /usr/bin/true", "interval 1", "weight 2"),
  vrrp("a", "version 3", "advert_int 0.01", block("track_script", "S")),
);

function measure(program: Program, count: number): Promise<readonly number[]> {
  return withLab({ a: { eth0: ["10.0.0.1/24"] }, b: { eth0: ["10.0.0.2/24"] } }, async (lab) => {
    const host = lab.host("a");
    host.program = program;
    host.writeProgram("tell.sh", "#!/bin/sh\n");
    host.start(text);
    await lab.settled({ [vip]: ["a"] }, warmUp);
    const burners = Array.from({ length: count }, burn);
    try {
      const begin = lab.adverts.length;
      await scheduler.wait(seconds * 1000);
      const times = lab.adverts.slice(begin).map(({ at }) => at);
      return times.slice(1).map((at, index) => at - (times[index] ?? at));
    } finally {
      for (const each of burners) each.kill();
    }
  });
}

function burn(): ChildProcess {
  return spawn("timeout", ["60", "sh", "-c", "while :; do :; done"], { stdio: "ignore" });
}
