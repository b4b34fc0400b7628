/**
 * How fast addresses move with vrrp-run, beside keepalived in the same run. Times of a host's end count from the signal
 * (SIGKILL, SIGTERM) or the moment its cable is dead, in ms.
 */
import type { Combination } from "../run/lab/scenario.ts";
import { combinations, reference } from "../run/lab/scenario.ts";
import { file, globals, named, three, vip } from "../run/lab/scenarios/texts.ts";
import { now } from "../support/lab/daemon.ts";
import { type Lab, type LabHost, whyNoLab, withLab } from "../support/lab.ts";

const intervals = [1, 0.1, 0.01] as const;
const runs = 5;

export async function bench(write: (line: string) => void): Promise<void> {
  const reason = whyNoLab();
  if (reason !== undefined) {
    write(`No failover is measured, because ${reason}.`);
    return;
  }
  write("Host a dies (SIGKILL), b takes over: median and worst of ms");
  write(row("", "adverts", "limit", "last to first advert", "a's address gone", "b announces", "c follows"));
  for (const combination of [...combinations, reference]) {
    for (const interval of intervals) {
      const times = await measure(combination, interval);
      const limit = 3 * interval * 1000 + (interval * 1000 * (256 - 100)) / 256;
      const cells = (["takeover", "gone", "announced", "followed"] as const).map((key) =>
        figure(times.flatMap((each) => each[key] ?? [])),
      );
      write(row(combination.name, `${interval} s`, limit.toFixed(1), ...cells));
    }
  }
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(26) + cells.map((cell) => cell.padStart(22)).join("");
}

function figure(times: readonly number[]): string {
  const sorted = [...times].sort((one, other) => one - other);
  if (sorted.length === 0) return "-";
  return `${sorted[Math.floor(sorted.length / 2)]?.toFixed(1)} / ${sorted.at(-1)?.toFixed(1)}`;
}

interface Times {
  /** From a's last advert to b's first. */
  readonly takeover: number;
  /** From the signal until a's kernel has let the address go; absent where it stays. */
  readonly gone: number | undefined;
  /** From b's first advert to its first announcement. */
  readonly announced: number;
  /** From b's first advert until the third host's table has b's hardware address. */
  readonly followed: number;
}

function textOf(host: string, interval: number): string {
  const lines = ["version 3", `advert_int ${interval}`, "notify /usr/bin/true"];
  return file(globals(host), named("VI_1", 51, host, ...lines));
}

function measure(combination: Combination, interval: number): Promise<readonly Times[]> {
  return withLab(three, async (lab) => {
    const [a, b, c] = [lab.host("a"), lab.host("b"), lab.host("c")];
    a.program = combination.a;
    b.program = combination.others;
    const neighbours = followNeighbours(c);
    const times: Times[] = [];
    b.start(textOf("b", interval));
    for (let run = 0; run < runs; run += 1) {
      a.start(textOf("a", interval));
      await lab.settled({ [vip]: ["a"] }, Math.max(0.5, 3.9 * interval));
      await c.ip("neighbour", "replace", vip, "lladdr", a.ports[0]?.mac ?? "", "nud", "stale", "dev", "eth0");
      times.push(await once(lab, combination, neighbours));
    }
    return times;
  });
}

type Neighbours = readonly { readonly at: number; readonly text: string }[];

/** What the third host's kernel tells of its table, from now on. */
function followNeighbours(host: LabHost): Neighbours {
  host.run("ip", "-o", "monitor", "neigh");
  return host.log;
}

async function once(lab: Lab, { a: program }: Combination, neighbours: Neighbours): Promise<Times> {
  const [a, b] = [lab.host("a"), lab.host("b")];
  const struck = now();
  await (program === "keepalived" ? a.kill() : a.strike());
  const firstOf = (host: string) => lab.adverts.find((advert) => advert.host === host && advert.at > struck);
  await lab.until("b takes over", () => firstOf("b") !== undefined);
  const first = firstOf("b")?.at ?? 0;
  const announces = () => lab.announcements.find(({ host, at }) => host === "b" && at > struck);
  await lab.until("b announces the address", () => announces() !== undefined);
  const mac = b.ports[0]?.mac ?? "";
  const change = () =>
    neighbours.find(({ at, text }) => at > struck && text.includes(mac) && text.includes(vip));
  await lab.until("the third host follows", () => change() !== undefined);
  const last = lab.adverts.findLast(({ host, at }) => host === "a" && at < first)?.at ?? Number.NaN;
  const gone = a.moves.find(({ address, held, at }) => address === vip && !held && at >= struck);
  const announced = announces()?.at ?? Number.NaN;
  const times = {
    takeover: first - last,
    gone: program === "keepalived" ? undefined : gone && gone.at - struck,
    announced: announced - first,
    followed: (change()?.at ?? Number.NaN) - first,
  };
  // What the guard takes away is gone before the host starts again.
  if (program === "vrrp-run") await lab.until("a lets go", async () => !(await a.addresses()).has(vip));
  if (program === "keepalived") await a.ip("address", "delete", `${vip}/24`, "dev", "eth0");
  return times;
}
