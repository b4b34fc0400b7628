/** The settings file that holds for a folder. */
import type { Text } from "../text.ts";
import { beside, folderAbove } from "./paths.ts";
import { readSettings, type Settings, SettingsError, settingsName } from "./settings.ts";

/** A settings file, or why it can not be used: an offset in its text and a sentence. */
export interface FoundSettings {
  readonly file: string;
  readonly settings: Settings | undefined;
  readonly problem: { readonly at: number; readonly message: string } | undefined;
}

/** The nearest settings file in a folder and above. */
export function findSettings(
  folder: string,
  textOf: (file: string) => Text | undefined,
): FoundSettings | undefined {
  for (let here: string | undefined = folder; here !== undefined; here = folderAbove(here)) {
    const file = `${here}${settingsName}`;
    const text = textOf(file);
    if (text !== undefined) return settingsOf(file, here, text.toString());
  }
  return undefined;
}

function settingsOf(file: string, folder: string, text: string): FoundSettings {
  try {
    return { file, settings: readSettings(text, (written) => beside(folder, written)), problem: undefined };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { file, settings: undefined, problem: { at: error.at, message: error.message } };
  }
}
