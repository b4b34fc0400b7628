/** Which option of the command line a reason is about. */
import type { Intent, IntentPath } from "../generate/intent.ts";
import { passwordVariable } from "./gen-intent.ts";
import type { GenOptions } from "./gen-options.ts";

/** Options that are called otherwise than the members of a description. */
const options: Readonly<Record<string, string>> = {
  advert_int: "--advert-int",
  preempt_delay: "--preempt-delay",
  sync_group: "--sync-group",
  script_user: "--script-user",
};

/** The option that says a part of the intent, as it begins a message: `--advert-int: `. Empty where none does. */
export function optionAt(about: IntentPath | undefined, intent: Intent, given: GenOptions): string {
  const option = about && optionOf(about, intent, given);
  return option === undefined ? "" : `${option}: `;
}

function optionOf([member, part]: IntentPath, { common }: Intent, given: GenOptions): string | undefined {
  switch (member) {
    case undefined:
      return undefined;
    case "hosts":
    case "routers":
      return part === undefined ? undefined : `--${member.slice(0, -1)} ${part}`;
    case "auth":
      if (given.auth !== undefined) return `--auth ${given.auth}`;
      return given.passwordFile === undefined ? passwordVariable : "--auth-pass-file";
    case "track":
      return `--track-${typeof part === "number" ? common.trackers?.[part]?.track : "weight"}`;
    default:
      return options[member] ?? `--${member}`;
  }
}
