/** Starting programs: in a process group of their own, as their user, with nothing to read and nowhere to write. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Program } from "../plan/types.ts";
import type { Keeper } from "../ports.ts";

/** How it ended: by itself with a code, by a signal, or it could not be started at all. */
export type Ending =
  | { readonly is: "exit"; readonly code: number }
  | { readonly is: "signal"; readonly signal: NodeJS.Signals }
  | { readonly is: "not-started"; readonly message: string };

/** As much of a program as it takes to start it; its words have those behind them that this start adds. */
export type Start = Pick<Program, "words" | "shell" | "user">;

/** Who hears of a program that is started: first of its process, then once of its end. */
export interface Hearer {
  started(pid: number): void;
  ended(ending: Ending): void;
}

export type Launch = (start: Start, hearer: Hearer) => void;

/** What starts the daemon's programs, and who ends those that the daemon's end would leave behind. */
export interface Starter {
  readonly launch: Launch;
  /** What later ones may not give to files that they make. */
  readonly mask?: (umask: number) => void;
  readonly keeper?: Keeper | undefined;
}

/** Starts a program from this process, which stands still until the system runs it. Never throws. */
export function launchHere(start: Start, hearer: Hearer): void {
  let over = false;
  const end = (ending: Ending) => {
    if (!over) hearer.ended(ending);
    over = true;
  };
  try {
    const child = spawned(start);
    child.on("error", ({ message }) => end({ is: "not-started", message }));
    child.on("exit", (code, signal) => end(endingOf(code, signal)));
    if (child.pid !== undefined) hearer.started(child.pid);
  } catch (error) {
    end({ is: "not-started", message: messageOf(error) });
  }
}

/** Nobody ends these when the daemon is killed. */
export const starterHere: Starter = { launch: launchHere };

function spawned({ words: [file = "", ...rest], shell, user }: Start): ChildProcess {
  const options = { detached: true, stdio: "ignore", cwd: "/", ...user } as const;
  if (!shell) return spawn(file, rest, options);
  // keepalived leaves the redirection as it is and puts the other words in quotes.
  const line = [file, ...rest.map((word) => `'${word}'`)].join(" ");
  return spawn("/bin/sh", ["-c", line], options);
}

function endingOf(code: number | null, signal: NodeJS.Signals | null): Ending {
  return signal ? { is: "signal", signal } : { is: "exit", code: code ?? 0 };
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
