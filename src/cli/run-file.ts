/** A host's file for the daemon: read, judged as vrrp-lint judges it, and shown. */
import path from "node:path";
import type { Diagnostic, Place } from "../diagnostic.ts";
import { hostNames } from "../language/paths.ts";
import type { Host } from "../model/host.ts";
import { lint } from "../rules/run.ts";
import { readFleet } from "./fleet.ts";
import { counted, pageFor, reportText } from "./report.ts";
import type { RunOptions } from "./run-options.ts";
import { isFixable, shownFiles } from "./shown.ts";
import { Texts } from "./texts.ts";
import type { World } from "./world.ts";

/** What became of reading a file. */
export type Read =
  | { readonly host: Host; readonly where: (at: Place) => string }
  /** 1: it has errors; 2: it cannot be read. Both were told. */
  | { readonly code: 1 | 2 };

/**
 * Reads a host's file and tells what is wrong with it: each fault in a line to `tell`, or without that on standard error
 * as vrrp-lint does. Nothing of an earlier reading is kept.
 */
export function readRunFile(options: RunOptions, world: World, tell?: (line: string) => void): Read {
  const complain = tell ?? ((line: string) => world.err(`vrrp-run: ${line}\n`));
  const { file, configId, target } = options;
  const texts = new Texts(world);
  const name = configId ?? hostNames([file], path.sep).get(file) ?? file;
  const planned = [{ file, name, configId, target, found: false }];
  const { fleet, problems } = readFleet(planned, texts, false);
  for (const problem of problems) complain(problem);
  if (problems.length > 0) return { code: 2 };
  const [host, other] = fleet.hosts;
  if (!host) return { code: 2 };
  if (other) {
    const names = fleet.hosts.map((each) => each.configId ?? each.name).join(", ");
    complain(`${file} holds several hosts (${names}); say which one with --config-id`);
    return { code: 2 };
  }
  const errors = lint(fleet).filter(({ severity }) => severity === "error");
  const files = shownFiles(fleet);
  if (errors.length > 0) {
    const page = pageFor(world);
    if (tell) for (const each of errors) tell(oneLine(each, files));
    else world.err(`${reportText(fleet, errors, page)}${refusal(file, errors)}`);
    return { code: 1 };
  }
  const where = ({ file: at, span }: Place) => {
    return `${at}:${files.get(at)?.lines.positionAt(span.start).line ?? 1}`;
  };
  return { host, where };
}

function oneLine({ at, message, rule }: Diagnostic, files: ReturnType<typeof shownFiles>): string {
  const { line, column } = files.get(at.file)?.lines.positionAt(at.span.start) ?? { line: 1, column: 1 };
  return `${at.file}:${line}:${column}: ${message} (${rule})`;
}

/** What to do, in a line that can be copied. */
function refusal(file: string, errors: readonly Diagnostic[]): string {
  const fixable = errors.filter(isFixable).length;
  const mends = fixable === 0 ? "" : ` \`vrrp-lint --fix ${file}\` mends ${fixable}.`;
  return `vrrp-run: ${file} has ${counted(errors.length, "error")} and is not run.${mends}\n`;
}
