/**
 * Network namespaces that never outlive the process that made them. Their names begin with the lab's own name, which
 * tells the owner's process, so that leftovers are recognised whatever became of the owner.
 */
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where `ip netns` keeps its names. */
const namespaces = "/run/netns";

/** The owner's process and when that process started, because the number alone is used again. */
const labName = /^vrrpkit-lab-(\d+)-(\d+)-[0-9a-f]+/;

/** A place for one lab: a prefix for names of namespaces, and a directory. */
export interface Ground {
  readonly name: string;
  readonly directory: string;
  /** Kills every process in the namespaces and removes all there is. Rejects when something stays. */
  end(): Promise<void>;
}

/**
 * Kills what runs in the namespaces of a lab, removes them and then the lab's directory. A process may start another
 * one while it is being killed, so this is repeated, though not for ever.
 */
const removal = `
for path in ${namespaces}/"$1"-*; do
  [ -e "$path" ] || continue
  name=\${path##*/}
  tries=0
  while pids=$(ip netns pids "$name") && [ -n "$pids" ] && [ $tries -lt 500 ]; do
    kill -KILL $pids
    tries=$((tries + 1))
  done
  ip netns delete "$name"
done
rm -rf "$2"
`;

/** Waits until its standard input closes, which happens however the owner ends, and then removes the lab. */
const guard = `trap '' INT TERM HUP\ncat > /dev/null\n${removal}`;

/** Makes the place for a lab, with a guard that removes it when this process ends, even by SIGKILL. */
export function claimGround(): Ground {
  removeLeftovers();
  const name = `vrrpkit-lab-${process.pid}-${startOf(process.pid)}-${randomBytes(4).toString("hex")}`;
  const directory = join(tmpdir(), name);
  mkdirSync(directory, { mode: 0o755 });
  const guardian = spawn("sh", ["-c", guard, "guard", name, directory], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const ended = new Promise<void>((done, fail) => guardian.on("close", () => done()).on("error", fail));
  const end = async () => {
    guardian.stdin.end();
    await ended;
    const left = traces().filter((entry) => entry.startsWith(name));
    if (left.length > 0) throw new Error(`The lab left something behind: ${left.join(", ")}`);
  };
  return { name, directory, end };
}

/** Removes the labs of processes that are gone and returns their names; a guard may have been killed itself. */
export function removeLeftovers(): readonly string[] {
  const labs = new Set(traces().filter(isOrphan).flatMap(nameOf));
  for (const name of labs) spawnSync("sh", ["-c", removal, "removal", name, join(tmpdir(), name)]);
  return [...labs];
}

/** Namespaces and directories of labs, whoever made them. */
export function traces(): readonly string[] {
  const entries = [namespaces, tmpdir()].flatMap((place) => (existsSync(place) ? readdirSync(place) : []));
  return entries.filter((entry) => labName.test(entry));
}

const nameOf = (entry: string) => labName.exec(entry)?.[0] ?? [];

function isOrphan(entry: string): boolean {
  const [, owner, start] = labName.exec(entry) ?? [];
  return startOf(Number(owner)) !== start;
}

/** When a process started, in ticks since the machine did; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    // The second field is the program's name in brackets, which may hold anything.
    const [, rest = ""] = /^.*\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return rest.split(" ")[19];
  } catch {
    return undefined;
  }
}
