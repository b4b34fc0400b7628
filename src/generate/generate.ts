/** The whole way: an intent becomes judged texts, or reasons why not. */
import type { Diagnostic } from "../diagnostic.ts";
import type { Fleet } from "../model/host.ts";
import { checkIntent, checkOneFile } from "./check.ts";
import type { Intent, Refusal } from "./intent.ts";
import { type Plan, type PlanOptions, planHosts } from "./plan.ts";
import { configId, printHost, printOneFile } from "./print.ts";
import { type Draft, judgeDrafts } from "./refuse.ts";

/** The file that holds all hosts. */
export const oneFileName = "keepalived.conf";

export interface GenerateOptions extends PlanOptions {
  /** Without them the files hold nothing but what keepalived needs. */
  readonly comments: boolean;
  /** One file for all hosts, with `@id` lines, instead of one for each. */
  readonly oneFile: boolean;
}

/** A text to write. */
export interface Generated {
  /** Its name: the host's with `.conf`, or keepalived.conf for all. */
  readonly file: string;
  readonly text: string;
  /** The hosts it is for. */
  readonly hosts: readonly string[];
  /** It holds a password. */
  readonly secret: boolean;
}

export type Outcome =
  | { readonly is: "refused"; readonly refusals: readonly Refusal[] }
  | {
      readonly is: "files";
      readonly files: readonly Generated[];
      readonly plans: readonly Plan[];
      /** The files read back, as the linter sees them. */
      readonly fleet: Fleet;
      /** Hints of the linter. */
      readonly remarks: readonly Diagnostic[];
    };

/** Makes the files of an intent. What the linter would call an error or warning is refused, so files lint clean. */
export function generate(intent: Intent, options: GenerateOptions): Outcome {
  const against = [...checkIntent(intent), ...(options.oneFile ? checkOneFile(intent) : [])];
  if (against.length > 0) return { is: "refused", refusals: against };
  const plans = planHosts(intent, options);
  const drafts = options.oneFile
    ? [commonDraft(plans, options)]
    : plans.map((plan) => draftOf(plan, options));
  const { fleet, refusals, remarks } = judgeDrafts(drafts, intent);
  if (refusals.length > 0) return { is: "refused", refusals };
  return { is: "files", files: drafts.map(generated), plans, fleet, remarks };
}

function draftOf(plan: Plan, options: GenerateOptions): Draft {
  return {
    file: `${plan.host}.conf`,
    text: printHost(plan, options),
    hosts: [{ plan, configId: undefined }],
  };
}

function commonDraft(plans: readonly Plan[], options: GenerateOptions): Draft {
  return {
    file: oneFileName,
    text: printOneFile(plans, options),
    hosts: plans.map((plan) => ({ plan, configId: configId(plan.host) })),
  };
}

function generated({ file, text, hosts }: Draft): Generated {
  return {
    file,
    text,
    hosts: hosts.map(({ plan }) => plan.host),
    secret: hosts.some(({ plan }) => plan.instances.some(({ password }) => password !== undefined)),
  };
}
