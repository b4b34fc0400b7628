/**
 * One daemon for each run directory and each host. The lock on the directory's file and the name of a socket belong to
 * the kernel and go with whoever holds them, so that nothing stale is left by a crash. The guard holds them too: while it
 * takes away what a killed daemon has left, the next one waits.
 */
import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { errorText, lastError, libc } from "./libc.ts";

export interface Claim {
  /** For the guard: who has these open holds the claim. */
  readonly files: readonly number[];
  /** Gives it back. */
  release(): void;
}

/** How long a guard may take to clear away, and how often is looked, in ms. */
const [patience, lookEvery] = [5000, 10];
const [exclusive, atOnce] = [2, 4];
const wouldBlock = 11;
const addressInUse = 98;

/** Resolves with the claim, or with why there is none, in words for the user. Rejects when the directory is of no use. */
export async function claim(runDirectory: string): Promise<Claim | { readonly refused: string }> {
  const path = join(runDirectory, "vrrp-run.lock");
  const file = opened(path, runDirectory);
  if (
    !(await patiently(
      () => lock(file),
      () => ownerOf(path)?.runs !== true,
    ))
  ) {
    const owner = ownerOf(path);
    closeSync(file);
    return { refused: taken(runDirectory, owner) };
  }
  const socket = await nameOfHost();
  if (socket === undefined) {
    closeSync(file);
    return {
      refused: `Another vrrp-run is running on this host, with another run directory. Two would both answer for the same virtual routers; stop the other one first.`,
    };
  }
  ftruncateSync(file);
  writeSync(file, `${process.pid} ${startOf(process.pid)} ${hostname()}\n`);
  const release = () => {
    ftruncateSync(file);
    closeSync(file);
    libc().close(socket);
  };
  return { files: [file, socket], release };
}

function opened(path: string, runDirectory: string): number {
  try {
    makeFolder(resolve(runDirectory));
    return openSync(path, "a+", 0o644);
  } catch (error) {
    const why = errorText(-((error as NodeJS.ErrnoException).errno ?? 0));
    throw new Error(
      `The run directory ${runDirectory} cannot be used: ${why}. Name another one with --run-dir.`,
    );
  }
}

/** Makes a folder and those around it. Node's own recursion never ends where the kernel makes none, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, 0o755);
  } catch (error) {
    // Somebody was faster.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Tries until it succeeds, is hopeless, or has taken too long. */
async function patiently(attempt: () => boolean, isWorthwhile: () => boolean): Promise<boolean> {
  for (let waited = 0; !attempt(); waited += lookEvery) {
    if (waited >= patience || !isWorthwhile()) return false;
    await new Promise((done) => setTimeout(done, lookEvery));
  }
  return true;
}

function lock(file: number): boolean {
  if (libc().flock(file, exclusive | atOnce) === 0) return true;
  const error = lastError();
  if (error !== wouldBlock) throw new Error(`The run directory cannot be locked: ${errorText(error)}.`);
  return false;
}

/** Takes a name that is there once in each network namespace; undefined when another one has it. */
async function nameOfHost(): Promise<number | undefined> {
  const [unix, datagramWithCloseOnExec] = [1, 2 | 0o2000000];
  const socket = libc().socket(unix, datagramWithCloseOnExec, 0);
  const name = Buffer.concat([Buffer.from([unix, 0, 0]), Buffer.from("vrrpkit/vrrp-run")]);
  const bind = () => {
    if (libc().bind(socket, name, name.length) === 0) return true;
    if (lastError() === addressInUse) return false;
    throw new Error(`The host cannot be claimed: ${errorText(lastError())}.`);
  };
  // Who holds it cannot be seen: a daemon, or the guard of one that was killed.
  let looks = 0;
  const some = patience / lookEvery / 5;
  if (await patiently(bind, () => ++looks < some)) return socket;
  libc().close(socket);
  return undefined;
}

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly runs: boolean;
}

/** Who wrote the file, and whether that process is still there; the number alone is used again. */
function ownerOf(path: string): Owner | undefined {
  const [, pid, start, host = ""] = /^(\d+) (\S+) (\S*)/.exec(readFileSync(path, "utf8")) ?? [];
  if (pid === undefined) return undefined;
  const runs = host !== hostname() || startOf(Number(pid)) === start;
  return { pid: Number(pid), host, runs };
}

function taken(runDirectory: string, owner: Owner | undefined): string {
  const other = owner && owner.host !== hostname() ? ` on ${owner.host}` : "";
  const who = owner ? ` (process ${owner.pid}${other})` : "";
  const advice = other === "" ? "Stop it first" : "Give each host its own with --run-dir";
  return `A vrrp-run with the run directory ${runDirectory} is running already${who}. ${advice}.`;
}

/** Of what has ended and is still in the list of processes, because its parent has not asked yet. */
const endings = ["Z", "X"];

/** When a process started, in ticks since the machine did; undefined when there is no such process any more. */
function startOf(pid: number): string | undefined {
  try {
    // The second field is the program's name in brackets, which may hold anything.
    const [, rest = ""] = /^.*\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const [state = "", ...fields] = rest.split(" ");
    return endings.includes(state) ? undefined : fields[18];
  } catch {
    return undefined;
  }
}
