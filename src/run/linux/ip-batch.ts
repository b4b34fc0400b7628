/**
 * Lines of `ip -batch`, with their failures. A process of `ip` waits for the next batch already, so that a batch costs
 * no start of a program; it serves one batch only, because it remembers the numbers of interfaces.
 *
 * After each line follows one that `ip` does not know, and says so: what it says before that belongs to the line. A line
 * with a wrong word ends `ip` at once; the lines after it go to another process. So do lines that begin with `-4` or `-6`,
 * which `ip` wants to be told at its start: a rule or a default route does not always show its family.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { Writable } from "node:stream";

export interface Failure {
  readonly line: string;
  /** In iproute2's words, in one line. */
  readonly message: string;
}

interface Waiting {
  readonly lines: readonly string[];
  readonly done: (failures: readonly Failure[]) => void;
}

const nft = "nft";
const mark = "end-of-line-";
const markSeen = new RegExp(`^Object "${mark}(\\d+)" is unknown`);
/** What `ip` adds below each complaint, and above some. */
const noise = /^(Command failed -:\d+|Usage: .*)$/;

/** Batches in the order in which they were given, those that wait together as one. */
export class IpBatches {
  readonly #spares = new Map<string, Process>();
  #waiting: Waiting[] = [];
  #running = false;
  #closed = false;

  /** Readies the first process. */
  constructor() {
    this.#spares.set("", start(""));
  }

  /** Resolves with the lines that failed; none when all went well. */
  apply(lines: readonly string[]): Promise<readonly Failure[]> {
    if (lines.length === 0) return Promise.resolve([]);
    return new Promise((done) => {
      this.#waiting.push({ lines, done });
      if (!this.#running) void this.#runAll();
    });
  }

  /** Ends the process that waits; batches given before are still carried out. */
  close(): void {
    this.#closed = true;
    for (const { stdin } of this.#spares.values()) stdin.end();
    this.#spares.clear();
  }

  async #runAll(): Promise<void> {
    this.#running = true;
    for (let group = this.#waiting; group.length > 0; group = this.#waiting) {
      this.#waiting = [];
      const said = await this.#said(group.flatMap(({ lines }) => lines));
      let at = 0;
      for (const { lines, done } of group) {
        const start = at;
        at += lines.length;
        done(lines.flatMap((line, index) => failureOf(line, said[start + index])));
      }
    }
    this.#running = false;
  }

  /** What `ip` says of each line; an empty text when all is well. */
  async #said(lines: readonly string[]): Promise<readonly string[]> {
    const said: string[] = [];
    while (said.length < lines.length) {
      const family = familyOf(lines[said.length]);
      const more = lines.slice(said.length);
      const end = more.findIndex((line) => familyOf(line) !== family);
      const rest = end === -1 ? more : more.slice(0, end);
      if (family === nft) {
        said.push(...(await this.#transaction(rest)));
        continue;
      }
      const told = await this.#run(family, rest);
      said.push(...told.lines);
      // It has ended within a line, which is the reason.
      if (told.lines.length < rest.length) said.push(told.rest || "ip has ended");
    }
    return said;
  }

  /** Lines of nft, all at once; when that fails each alone, so that what is wrong is told of the line that is. */
  async #transaction(lines: readonly string[]): Promise<readonly string[]> {
    const { rest } = await this.#run(nft, lines);
    if (rest === "") return lines.map(() => "");
    if (lines.length === 1) return [reasonOf(rest)];
    const said: string[] = [];
    for (const line of lines) said.push(reasonOf((await this.#run(nft, [line])).rest));
    return said;
  }

  /** Lets one process have these lines, and another one when somebody has killed the first while it waited. */
  async #run(family: string, lines: readonly string[]): Promise<Told> {
    const told = await this.#give(this.#spares.get(family) ?? start(family), family, lines);
    return told.killed ? this.#give(start(family), family, lines) : told;
  }

  #give(one: Process, family: string, lines: readonly string[]): Promise<Told> {
    this.#spares.delete(family);
    const own = lines.map((line) => line.slice(family.length));
    one.stdin.end(own.map((line, at) => (family === nft ? `${line}\n` : `${line}\n${mark}${at}\n`)).join(""));
    // Gets ready while the other one is at work.
    if (!this.#closed) this.#spares.set(family, start(family));
    return one.told;
  }
}

/** What `ip` has to be told at its start for a line: `-4`, `-6` or nothing; `nft` for a line that is not for `ip`. */
function familyOf(line: string | undefined): string {
  return /^(-[46]|nft)(?= )/.exec(line ?? "")?.[0] ?? "";
}

/** What nft complains of, without the place and the line that it shows below. */
function reasonOf(complaint: string): string {
  return /Error: (.*?)(?= (?:add|delete) |$)/.exec(complaint)?.[1] ?? complaint;
}

function failureOf(line: string, message: string | undefined): readonly Failure[] {
  return message ? [{ line, message }] : [];
}

/** A process that waits for its lines. */
interface Process {
  readonly stdin: Writable;
  readonly told: Promise<Told>;
}

function start(family: string): Process {
  const batch = ["-force", "-batch", "-"];
  const words = family === nft ? [nft, "-f", "-"] : ["ip", ...(family === "" ? [] : [family]), ...batch];
  const [program = "", ...rest] = words;
  // Ctrl-C in a terminal is for the daemon alone.
  const options = { stdio: "pipe", detached: true } as const;
  const child = spawn(program, rest, options);
  // Lines that it prints are of no use, and errors of a broken pipe are told by its end.
  child.stdout.resume();
  child.stdin.on("error", () => {});
  return { stdin: child.stdin, told: outputOf(child, program) };
}

/** What it says of each line up to the last that it finished, and what it says after that. */
interface Told {
  readonly lines: readonly string[];
  readonly rest: string;
  /** A signal has ended it before it said anything. */
  readonly killed: boolean;
}

function outputOf(child: ChildProcessWithoutNullStreams, program: string): Promise<Told> {
  return new Promise((done) => {
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
    child.on("error", (error) => {
      text += `${program} cannot be run: ${error.message}\n`;
    });
    child.on("close", (_, signal) => {
      const told = read(text);
      done({ ...told, killed: signal !== null && told.lines.length === 0 && told.rest === "" });
    });
  });
}

function read(text: string): Omit<Told, "killed"> {
  const lines: string[] = [];
  let current: string[] = [];
  for (const line of text.split("\n")) {
    if (markSeen.test(line)) {
      lines.push(current.join(" "));
      current = [];
    } else if (line !== "" && !noise.test(line)) current.push(line.trim());
  }
  return { lines, rest: current.join(" ") };
}
