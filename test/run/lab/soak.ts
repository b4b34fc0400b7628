/** Many virtual routers for a long time: what they cost, and whether one of them ever missed an advert. */
import { existsSync, readFileSync } from "node:fs";
import { now } from "../../support/lab/daemon.ts";
import { type Lab, withLab } from "../../support/lab.ts";
import { pause } from "./deeds.ts";
import type { Combination } from "./scenario.ts";
import { addresses, file, globals, named, two } from "./scenarios/texts.ts";

export interface SoakWish {
  readonly combination: Combination;
  readonly pairs: number;
  /** Seconds between two adverts of a virtual router. */
  readonly interval: number;
  /** How long it lasts once all have settled. */
  readonly seconds: number;
}

export interface Soaked {
  /** Adverts that were seen. */
  readonly adverts: number;
  /** Times when a virtual router's next advert came later than two intervals after the last one. */
  readonly missed: number;
  /** The longest time between two adverts of a virtual router, in intervals. */
  readonly longest: number;
  /** Adverts of a host that should have been backup. */
  readonly wrong: number;
  /** Resident memory of each host's program in MB, ten times in all that time. */
  readonly memory: Readonly<Record<string, readonly number[]>>;
  /** Processor time of each host's program, in percent of one. */
  readonly load: Readonly<Record<string, number>>;
  /** Lines of the logs that tell of a fault. */
  readonly faults: readonly string[];
}

const vipOf = (index: number) => `10.0.0.${101 + index}`;

/** Every second virtual router has its master on b. */
function textOf(host: string, { pairs, interval }: SoakWish): string {
  const instances = Array.from({ length: pairs }, (_, index) => {
    const first = (index % 2 === 0) === (host === "a");
    const lines = ["version 3", `advert_int ${interval}`, `priority ${first ? 150 : 100}`];
    return named(`VI_${index}`, 1 + index, host, ...lines, addresses(`${vipOf(index)}/24`));
  });
  return file(globals(host), ...instances);
}

export function soak(wish: SoakWish): Promise<Soaked> {
  return withLab(two, async (lab) => {
    for (const name of ["a", "b"]) {
      const host = lab.host(name);
      host.writeProgram("tell.sh", "#!/bin/sh\nexit 0\n");
      host.program = name === "a" ? wish.combination.a : wish.combination.others;
      host.start(textOf(name, wish));
    }
    const holders = Object.fromEntries(
      Array.from({ length: wish.pairs }, (_, index) => [vipOf(index), [index % 2 === 0 ? "a" : "b"]]),
    );
    await lab.settled(holders, 5 * wish.interval + 1);
    return watch(lab, wish);
  });
}

async function watch(lab: Lab, wish: SoakWish): Promise<Soaked> {
  const begin = now();
  const counted = new Count(wish);
  const memory: Record<string, number[]> = { a: [], b: [] };
  const before = timesOf(lab);
  for (let part = 1; part <= 10; part += 1) {
    await pause(wish.seconds / 10);
    for (const name of ["a", "b"]) memory[name]?.push(residentMegabytes(lab.host(name).pid));
    counted.take(lab, begin);
  }
  const after = timesOf(lab);
  const seconds = (now() - begin) / 1000;
  await lab.until("all is well", () => true);
  const lines = lab.hosts.flatMap(({ log }) => log.map(({ text }) => text));
  return {
    ...counted.result,
    memory,
    load: Object.fromEntries(
      Object.keys(after).map((name) => [name, ((after[name] ?? 0) - (before[name] ?? 0)) / seconds]),
    ),
    faults: lines.filter((text) => /unhandled|^\s+at |stood still|\berror\b/i.test(text)),
  };
}

/** Counts adverts and forgets them, because ten minutes of them are many. */
class Count {
  readonly #wish: SoakWish;
  readonly #last = new Map<number, number>();
  result = { adverts: 0, missed: 0, longest: 0, wrong: 0 };

  constructor(wish: SoakWish) {
    this.#wish = wish;
  }

  take(lab: Lab, since: number): void {
    const { interval } = this.#wish;
    let { adverts, missed, longest, wrong } = this.result;
    for (const { at, vrid, host } of lab.adverts.splice(0)) {
      if (at < since) continue;
      adverts += 1;
      if (host !== (vrid % 2 === 1 ? "a" : "b")) wrong += 1;
      const gap = (at - (this.#last.get(vrid) ?? at)) / 1000 / interval;
      this.#last.set(vrid, at);
      if (gap > 2) missed += 1;
      longest = Math.max(longest, gap);
    }
    lab.frames.length = 0;
    lab.announcements.length = 0;
    this.result = { adverts, missed, longest, wrong };
  }
}

/** keepalived's work is done by a child of the program that was started. */
function familyOf(pid: number | undefined): readonly number[] {
  if (pid === undefined) return [];
  const path = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(path) ? readFileSync(path, "utf8").split(" ").filter(Boolean) : [];
  return [pid, ...children.map(Number)];
}

function residentMegabytes(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const [, kilobytes = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** Processor time so far, in hundredths of seconds. */
function timesOf(lab: Lab): Readonly<Record<string, number>> {
  const timeOf = (pid: number) => {
    const [, rest = ""] = /^.*\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const fields = rest.split(" ");
    return Number(fields[11]) + Number(fields[12]);
  };
  return Object.fromEntries(
    lab.hosts.map(({ name, pid }) => [name, familyOf(pid).reduce((sum, each) => sum + timeOf(each), 0)]),
  );
}
