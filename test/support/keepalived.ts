/**
 * keepalived itself as the judge of files, for differential tests. Every batch of files is judged in one network
 * namespace of its own, so neither the machine's interfaces nor its settings count, and nothing stays behind.
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** What keepalived complains about, as far as the reader's work goes. */
export type ComplaintKind =
  | "unknown-keyword"
  | "extra-close"
  | "unexpected-open"
  | "missing-open"
  | "missing-close"
  | "unmatched-quote"
  | "missing-value"
  | "other";

export interface Complaint {
  readonly kind: ComplaintKind;
  /** The file as keepalived names it: the main file, or an include by the path written in its `include`. */
  readonly file: string;
  /** From 1; absent when keepalived names no line. */
  readonly line: number | undefined;
  readonly message: string;
}

export interface Verdict {
  /** 0 accepted, 2 a value is missing, 5 complaints, 6 insecure scripts; see `crashed` and `timedOut` first. */
  readonly exitCode: number;
  /**
   * Died by a signal of its own: no verdict. 2.2.7 does so on an HTTP_GET without url, and on scripts that another
   * user runs while script security is on.
   */
  readonly crashed: boolean;
  /** Stopped at the time limit: no verdict. */
  readonly timedOut: boolean;
  /** Each complaint once, in the order of first appearance. */
  readonly complaints: readonly Complaint[];
}

/** A text on its own, several files by relative path of which the first is the main file, or a file on disk. */
export type JudgeInput =
  | { readonly text: string }
  | { readonly files: Readonly<Record<string, string>> }
  | { readonly path: string };

export interface JudgeOptions {
  /** Interfaces that exist in the namespace besides `lo`; `eth0` alone when absent. */
  readonly interfaces?: readonly string[];
  readonly configId?: string;
  /** Time limit for one file in seconds, 5 when absent: some files make keepalived loop. */
  readonly limit?: number;
  /** The program to run, for a keepalived that is not the installed one. */
  readonly program?: string;
}

const statusKilledAtLimit = [124, 137];

/** Is there a program of this name? */
function installed(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/**
 * Why keepalived cannot judge here, in a few words; undefined when it can. A user namespace would give anybody the
 * network, but users and owners of files are not themselves in it, and keepalived complains about every script.
 */
export function whyNoPeer(): string | undefined {
  for (const program of ["keepalived", "unshare", "ip", "timeout"]) {
    if (!installed(program)) return `${program} is not installed`;
  }
  if (process.getuid?.() !== 0) return "only root sees the host's users as keepalived does";
  const probe = spawnSync("unshare", ["-n", "ip", "link", "set", "lo", "up"]);
  return probe.status === 0 ? undefined : "network namespaces are not allowed here";
}

/** The release of the installed keepalived, such as "2.2.7"; undefined without one. */
export function keepalivedRelease(): string | undefined {
  const run = spawnSync("keepalived", ["--version"], { encoding: "utf8" });
  return /Keepalived v(\d+(?:\.\d+)*)/.exec(`${run.stdout ?? ""}${run.stderr ?? ""}`)?.[1];
}

/**
 * For `describe.runIf(needsPeer())`: true when keepalived can judge. Otherwise says so in one line and the tests are
 * skipped; with CI=true it throws, because there the judge must not be missing.
 */
export function needsPeer(): boolean {
  return canRun("tests against keepalived", whyNoPeer());
}

/** True without a reason against these tests. Else false after one line about it, and with CI=true an exception. */
export function canRun(tests: string, reason: string | undefined): boolean {
  if (reason === undefined) return true;
  const { CI: continuousIntegration } = process.env;
  if (continuousIntegration === "true") throw new Error(`The ${tests} cannot run: ${reason}.`);
  console.warn(`Skipped: ${tests}, because ${reason}.`);
  return false;
}

const complaintKinds: readonly (readonly [RegExp, ComplaintKind])[] = [
  [/^Unknown keyword '\}'/, "extra-close"],
  [/^Unknown keyword /, "unknown-keyword"],
  [/^Extra '\}' found/, "extra-close"],
  [/^Unexpected '\{'/, "unexpected-open"],
  [/^Missing '\{'/, "missing-open"],
  [/^There are \d+ missing '\}'s/, "missing-close"],
  [/^(?:Unterminated|Unmatched) quote/, "unmatched-quote"],
  [/^String '.*': missing terminating/, "unmatched-quote"],
  [/^\*\*\* Configuration line starting/, "missing-value"],
];

/**
 * Reads what `keepalived -t` prints. Its passes (parent, VRRP, checker, BFD) repeat most complaints, the first one
 * without the file's name; each complaint is kept once, and one without a file belongs to `mainFile`.
 */
export function readComplaints(output: string, mainFile: string): Complaint[] {
  const found = new Map<string, Complaint>();
  for (const line of output.split("\n")) {
    if (line.trim() === "") continue;
    const place = /^\((?:(.*): )?Line (\d+)\) /.exec(line);
    const message = place ? line.slice(place[0].length) : line;
    const complaint: Complaint = {
      kind: complaintKinds.find(([pattern]) => pattern.test(message))?.[1] ?? "other",
      file: place?.[1] ?? mainFile,
      line: place ? Number(place[2]) : undefined,
      message,
    };
    const key = `${complaint.file}:${complaint.line ?? ""}:${message.trimEnd()}`;
    if (!found.has(key)) found.set(key, complaint);
  }
  return [...found.values()];
}

/** Where one input lies: the directory to judge it in and its main file as keepalived is told. */
interface Laid {
  readonly directory: string;
  readonly main: string;
}

function lay(input: JudgeInput, directory: string): Laid {
  if ("path" in input) {
    const path = resolve(input.path);
    return { directory: dirname(path), main: path };
  }
  const files = "files" in input ? input.files : { "keepalived.conf": input.text };
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return { directory, main: Object.keys(files)[0] ?? "keepalived.conf" };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The shell script that makes the interfaces and judges all files, leaving `N.out` and `N.status` in `results`. */
function judgingScript(laid: readonly Laid[], results: string, options: JudgeOptions): string {
  const interfaces = options.interfaces ?? ["eth0"];
  const program = quoted(options.program ?? "keepalived");
  const configId = options.configId === undefined ? "" : `-i ${quoted(options.configId)} `;
  const judging = laid.map(({ directory, main }, at) => {
    const judged = `timeout -k 1 ${options.limit ?? 5} ${program} -t ${configId}-f ${quoted(main)}`;
    return `cd ${quoted(directory)}; ${judged} > ${results}/${at}.out 2>&1; echo $? > ${results}/${at}.status`;
  });
  const workers = availableParallelism();
  const shares = Array.from({ length: workers }, (_, worker) =>
    judging.filter((_, at) => at % workers === worker),
  );
  return [
    "ulimit -c 0",
    "ip link set lo up",
    ...interfaces.map((name, at) => `ip link add ${quoted(name)} type veth peer name judge${at} || exit 1`),
    ...shares.filter((share) => share.length > 0).map((share) => `(\n${share.join("\n")}\n) &`),
    "wait",
    "exit 0",
  ].join("\n");
}

/** What a shell says, into the same output, of a program that a signal ended. */
const shellOnSignal =
  /^(?:Terminated|Killed|Aborted|Segmentation fault|Bus error|Illegal instruction|Floating point exception).*\n?$/m;

function verdictOf(status: number, raw: string, main: string): Verdict {
  const output = status >= 128 ? raw.replace(shellOnSignal, "") : raw;
  const timedOut = statusKilledAtLimit.includes(status);
  return {
    exitCode: status,
    crashed: !timedOut && status >= 128,
    timedOut,
    complaints: readComplaints(output, main),
  };
}

/** Runs a script in a namespace of its own; rejects when it could not be set up. */
function runInNamespace(scriptPath: string): Promise<void> {
  return new Promise((done, fail) => {
    execFile("unshare", ["-n", "sh", scriptPath], (error, _output, errors) => {
      if (error) fail(new Error(`The namespace for keepalived could not be made: ${errors}`));
      else done();
    });
  });
}

/**
 * Lets keepalived judge files, all in one namespace, about 10 ms each. Verdicts come in the order of the inputs.
 * Rejects when the namespace or an interface cannot be made.
 */
export async function judge(inputs: readonly JudgeInput[], options: JudgeOptions = {}): Promise<Verdict[]> {
  const work = mkdtempSync(join(tmpdir(), "judge-"));
  try {
    const results = join(work, "results");
    mkdirSync(results);
    const laid = inputs.map((input, at) => {
      const directory = join(work, "inputs", String(at));
      mkdirSync(directory, { recursive: true });
      return lay(input, directory);
    });
    const scriptPath = join(work, "judge.sh");
    writeFileSync(scriptPath, judgingScript(laid, results, options));
    await runInNamespace(scriptPath);
    return laid.map(({ main }, at) => {
      const status = Number(readFileSync(join(results, `${at}.status`), "utf8"));
      return verdictOf(status, readFileSync(join(results, `${at}.out`), "utf8"), main);
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
