/** What a command touches outside itself besides files, so that tests can run it inside their own process. */
import { readFileSync } from "node:fs";
import { reason } from "./texts.ts";

export interface World {
  /** Relative paths are taken from here. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Width of the terminal on standard output; undefined when that is a file or a pipe. */
  readonly columns: number | undefined;
  /** Somebody can be asked: standard input and standard output are a terminal. */
  readonly interactive: boolean;
  /** All of standard input. */
  readInput(): Uint8Array;
  out(text: string): void;
  err(text: string): void;
  /** From now on the program goes on when the reader of its output goes away. */
  outlast?(): void;
}

/** A wrong call: one line on standard error, exit code 2. */
export class UsageError extends Error {}

/** The world of a real process. A reader that goes away (`| head`) ends the program quietly, a full disk with 2. */
export function processWorld(): World {
  let lasts = false;
  process.stderr.on("error", () => {});
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (lasts) return;
    if (error.code === "EPIPE") process.exit();
    process.stderr.write(`standard output: ${reason(error)}\n`);
    process.exit(2);
  });
  return {
    cwd: process.cwd(),
    environment: process.env,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    readInput: () => readFileSync(0),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    outlast: () => {
      lasts = true;
    },
  };
}
