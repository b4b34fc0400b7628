/** Project settings of the command line: `.vrrplintrc.json`, looked for in the folder of a file and upward. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readSettings as read, type Settings, SettingsError, settingsName } from "../language/settings.ts";
import { lineMap } from "../lines.ts";
import { reason } from "./texts.ts";
import { UsageError } from "./world.ts";

/** The nearest settings file above a folder, the folder included; undefined when there is none. */
export function findSettings(folder: string): string | undefined {
  return nearestAbove(folder, settingsName);
}

/** The nearest file or folder of a name in a folder and above; undefined when there is none. */
export function nearestAbove(folder: string, name: string): string | undefined {
  for (let here = folder; ; here = path.dirname(here)) {
    const candidate = path.join(here, name);
    if (existsSync(candidate)) return candidate;
    if (path.dirname(here) === here) return undefined;
  }
}

/** Reads and checks a settings file; `shown` is how messages name it. Throws UsageError with file and line. */
export function readSettings(file: string, shown: string): Settings {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${shown}: ${reason(error)}`);
  }
  try {
    return read(text, (other) => path.resolve(path.dirname(file), other));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const { line, column } = lineMap(text).positionAt(error.at);
    throw new UsageError(`${shown}:${line}:${column}: ${error.message}`);
  }
}
