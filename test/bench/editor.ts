/**
 * The language server as an editor meets it: its process, its messages. Times from a message to its answer, and as a
 * ratio to a lint of the same two files from nothing in this process, which holds on any machine. The start is held
 * against that of a Node that does nothing, in turns.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { lint } from "../../src/rules/run.ts";
import { fleetOf } from "../support/fleet.ts";
import { largeText } from "../support/large.ts";

const server = "dist/server/keepalived-language-server.js";
const folder = "file:///bench";
const files = ["a.conf", "b.conf"] as const;

/** Measures and writes a line for each figure; needs `npm run build` before. */
export async function bench(write: (line: string) => void): Promise<void> {
  for (const one of cases) await measure(one, write);
}

interface Case {
  readonly lines: number;
  readonly edits: number;
  /** What the p95 has to keep below, in ms. */
  readonly limits: { readonly typed: number; readonly completed: number };
}

const cases: readonly Case[] = [
  { lines: 14_000, edits: 200, limits: { typed: 50, completed: 10 } },
  { lines: 100, edits: 400, limits: { typed: 5, completed: 10 } },
];
/** From the start of the process to the first diagnostics, in ms. */
const startLimit = 400;
/** Resident, in MB. */
const memoryLimit = 150;
const starts = 3;

async function measure({ lines, edits, limits }: Case, write: (line: string) => void): Promise<void> {
  const texts = files.map((_, index) => largeText("instances", lines, index + 1));
  const fleet = () =>
    lint(fleetOf(Object.fromEntries(files.map((name, index) => [name, texts[index] ?? ""]))));
  fleet();
  const start = performance.now();
  fleet();
  const fresh = performance.now() - start;
  write(`A pair of files of ${lines} lines; a lint of both from nothing takes ${fresh.toFixed(0)} ms`);
  const [started, paired, empty]: [number[], number[], number[]] = [[], [], []];
  let session = await Session.start(texts);
  for (;;) {
    started.push(session.started);
    paired.push(session.paired);
    empty.push(emptyStart());
    if (started.length === starts) break;
    await session.end();
    session = await Session.start(texts);
  }
  const peer = (median(started) / median(empty)).toFixed(1);
  write(row("start to first diagnostics", started, fresh, startLimit));
  write(row("start to those of both files", paired, fresh, startLimit));
  write(`  the first is ${peer} of a Node that does nothing, ${median(empty).toFixed(0)} ms`);
  const [typed, completed] = await session.type(edits);
  write(row("keystroke to diagnostics", typed, fresh, limits.typed));
  write(row("keystroke to completion", completed, fresh, limits.completed));
  write(`  memory of the server: ${session.megabytes()} MB (to be below ${memoryLimit})`);
  await session.end();
}

/** Milliseconds of a Node that starts and ends. */
function emptyStart(): number {
  const begun = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  return performance.now() - begun;
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[times.length >> 1] ?? Number.NaN;
}

function row(what: string, times: readonly number[], fresh: number, limit: number): string {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const [middle, late] = [at(0.5), at(0.95)];
  const ratio = `${(late / fresh).toFixed(2)} of a lint`;
  return `  ${what.padEnd(28)} p50 ${middle.toFixed(1).padStart(7)} ms   p95 ${late.toFixed(1).padStart(7)} ms (to be below ${limit})   ${ratio}`;
}

class Session {
  /** Milliseconds from the start of the process to the first diagnostics, and to those of the second file. */
  readonly started: number = 0;
  readonly paired: number = 0;
  readonly #child: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #text: string;
  #version = 1;
  #heard: (problems: readonly Diagnostic[]) => void = () => {};
  readonly #awaited = new Map<string, () => void>();

  static async start(texts: readonly string[]): Promise<Session> {
    const begun = performance.now();
    const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.listen();
    await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
    await connection.sendNotification("initialized", {});
    const session = new Session(child, connection, texts[0] ?? "");
    const told = files.map((name) => session.#first(name).then(() => performance.now() - begun));
    for (const [index, name] of files.entries())
      await connection.sendNotification("textDocument/didOpen", {
        textDocument: {
          uri: `${folder}/${name}`,
          languageId: "keepalived",
          version: 1,
          // A file without a finding is not told; a mistake in the first line always is.
          text: `bench_1 1\n${texts[index]}`,
        },
      });
    const [started = 0, paired = 0] = await Promise.all(told);
    return Object.assign(session, { started, paired });
  }

  constructor(child: ChildProcess, connection: ProtocolConnection, text: string) {
    this.#child = child;
    this.#connection = connection;
    this.#text = text;
    connection.onNotification("textDocument/publishDiagnostics", (params) => {
      if (params.uri.endsWith(files[0])) this.#heard(params.diagnostics);
      for (const [name, hear] of this.#awaited) if (params.uri.endsWith(name)) hear();
    });
  }

  /** Resolves when something is told of a file for the first time. */
  #first(name: string): Promise<void> {
    return new Promise((resolve) => this.#awaited.set(name, resolve));
  }

  /** A change of one place in a line, as the protocol has it. */
  edit(line: number, character: number, text: string, removed = 0) {
    const end = { line, character: character + removed };
    return {
      textDocument: { uri: `${folder}/${files[0]}`, version: ++this.#version },
      contentChanges: [{ range: { start: { line, character }, end }, text }],
    };
  }

  /** Types a character at places all over the file and takes it back: times until diagnostics and until completion. */
  async type(count: number): Promise<[number[], number[]]> {
    const lines = this.#text.split("\n");
    const times: number[] = [];
    const completed: number[] = [];
    for (let index = 0; index < count; index++) {
      // The first line of the file is the mistake that was put there.
      const line = 1 + Math.floor(((index * 7919) % lines.length) * 0.98);
      const character = lines[line - 1]?.search(/\S|$/) ?? 0;
      times.push(await this.#told(this.edit(line, character, "z")));
      const begun = performance.now();
      await this.#connection.sendNotification("textDocument/didChange", this.edit(line, character, "", 1));
      await this.#connection.sendRequest("textDocument/completion", {
        textDocument: { uri: `${folder}/${files[0]}` },
        position: { line, character },
      });
      completed.push(performance.now() - begun);
      // Nothing of this round is left to be judged when the next one begins.
      const mark = String(index % 9);
      await this.#told(this.edit(0, 6, mark, 1), ([first]) =>
        String(first?.message).includes(`bench_${mark}`),
      );
    }
    return [times, completed];
  }

  /** Sends a change and waits for what it brings: the next problems, or the next that are those awaited. */
  async #told(
    change: object,
    isAwaited: (problems: readonly Diagnostic[]) => boolean = () => true,
  ): Promise<number> {
    const begun = performance.now();
    const answer = new Promise<void>((resolve) => {
      this.#heard = (problems) => {
        if (isAwaited(problems)) resolve();
      };
    });
    await this.#connection.sendNotification("textDocument/didChange", change);
    await answer;
    return performance.now() - begun;
  }

  /** Resident memory of the process. */
  megabytes(): string {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
    return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024).toFixed(0);
  }

  async end(): Promise<void> {
    await this.#connection.sendRequest("shutdown");
    await this.#connection.sendNotification("exit");
    this.#connection.dispose();
  }
}
