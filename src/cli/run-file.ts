/** A host's file for the daemon: read, judged as vrrp-lint judges it, and shown. */
import path from "node:path";
import type { Place } from "../diagnostic.ts";
import { hostNames } from "../language/paths.ts";
import type { Host } from "../model/host.ts";
import { lint } from "../rules/run.ts";
import { readFleet } from "./fleet.ts";
import { type Page, pageFor, reportText, summaryText } from "./report.ts";
import type { RunOptions } from "./run-options.ts";
import { shownFiles } from "./shown.ts";
import { Texts } from "./texts.ts";
import type { World } from "./world.ts";

/** What became of reading a file. */
export type Read =
  | { readonly host: Host; readonly where: (at: Place) => string }
  /** 1: it has errors; 2: it cannot be read. Both were told. */
  | { readonly code: 1 | 2 };

/** Reads a host's file and tells on standard error what is wrong with it. Nothing of an earlier reading is kept. */
export function readRunFile(options: RunOptions, world: World): Read {
  const { file, configId, target } = options;
  const texts = new Texts(world);
  const name = configId ?? hostNames([file], path.sep).get(file) ?? file;
  const planned = [{ file, name, configId, target, found: false }];
  const { fleet, problems } = readFleet(planned, texts, false);
  for (const problem of problems) world.err(`vrrp-run: ${problem}\n`);
  if (problems.length > 0) return { code: 2 };
  const [host, other] = fleet.hosts;
  if (!host) return { code: 2 };
  if (other) {
    const names = fleet.hosts.map((each) => each.configId ?? each.name).join(", ");
    world.err(`vrrp-run: ${file} holds several hosts (${names}); say which one with --config-id\n`);
    return { code: 2 };
  }
  const errors = lint(fleet).filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const page: Page = pageFor(world);
    world.err(`${reportText(fleet, errors, page)}${summaryText(fleet, errors, page, 0)}`);
    return { code: 1 };
  }
  const files = shownFiles(fleet);
  const where = ({ file: at, span }: Place) => {
    return `${at}:${files.get(at)?.lines.positionAt(span.start).line ?? 1}`;
  };
  return { host, where };
}
