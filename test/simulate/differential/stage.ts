/** Plays many clusters on real hosts at the same time. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { scheduler } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Cluster, Reality } from "./observation.ts";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Real hosts do not wait for other programs: these come before all that is not in a hurry. */
const words = ["--rr", "1", process.execPath];
const hooks = ["--import", file("../../support/typescript.mjs")];

/** In ms. */
const betweenStarts = 500;

export interface Play {
  readonly cluster: Cluster;
  /** Whose holders are asked for. */
  readonly addresses: readonly string[];
}

/** Plays all at the same time: none begins before all labs are built, because building keeps the machine busy. */
export async function playAll(plays: readonly Play[]): Promise<readonly (Reality | undefined)[]> {
  const children = plays.map((play) => {
    const child = fork(file("./player.ts"), { execPath: "chrt", execArgv: [...words, ...hooks] });
    child.send(play);
    return child;
  });
  // A player that fails says why on standard error, and says nothing here.
  const ready = await Promise.all(children.map(wordFrom));
  const realities: Promise<Reality | undefined>[] = children.map(() => Promise.resolve(undefined));
  for (const [index, child] of children.entries()) {
    if (ready[index] === undefined) continue;
    child.send("begin");
    realities[index] = wordFrom(child) as Promise<Reality | undefined>;
    // Daemons that all start at the same moment would wait for one another.
    await scheduler.wait(betweenStarts);
  }
  return Promise.all(realities);
}

async function wordFrom(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit").then(() => [undefined]);
  const [word] = await Promise.race([once(child, "message"), ended]);
  return word;
}
