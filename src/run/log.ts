/** The daemon's log: a line for each thing, for people or as JSON. */
import type { Clock, Log } from "./ports.ts";

export type LogFormat = "text" | "json";
export type Level = Parameters<Log["write"]>[0];

/** How a level is shown on a terminal; the same text elsewhere. */
export type Paint = (level: Level, text: string) => string;

/** A log whose lines go to `write`. Of `debug` nothing is written unless `detailed`. */
export function logTo(
  write: (line: string) => void,
  options: { readonly format: LogFormat; readonly detailed: boolean; readonly paint: Paint },
  clock: Pick<Clock, "unix">,
): Log {
  return {
    write: (level, message, instance) => {
      if (level === "debug" && !options.detailed) return;
      const time = new Date(clock.unix() * 1000).toISOString();
      if (options.format === "json") {
        write(`${JSON.stringify({ time, level, ...(instance !== undefined && { instance }), message })}\n`);
        return;
      }
      const about = instance === undefined ? "" : `${instance}: `;
      write(`${time} ${options.paint(level, level.padEnd(7))} ${oneLine(about + message)}\n`);
    },
  };
}

/** Whatever a file or a program has written there, it stays one line and moves no cursor. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " | ").replaceAll(/\p{Cc}/gu, "\ufffd");
}
