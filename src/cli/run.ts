/** The command vrrp-run: runs a host's file, or takes files and faults and tells a story. */
import path from "node:path";
import { hostNames } from "../language/paths.ts";
import type { Fleet } from "../model/host.ts";
import { lint } from "../rules/run.ts";
import { type Cast, castOf } from "../simulate/cast.ts";
import { type Fault, FaultError, parseFault } from "../simulate/faults.ts";
import { leftOut } from "../simulate/left-out.ts";
import { pageOf } from "../simulate/page.ts";
import { simulate } from "../simulate/simulation.ts";
import type { Story } from "../simulate/story.ts";
import { traceOf } from "../simulate/trace.ts";
import { seconds } from "../simulate/words.ts";
import { readFleet } from "./fleet.ts";
import { kindOf } from "./glob.ts";
import { findFiles, type PlannedHost } from "./plan.ts";
import { counted, type Page, pageFor } from "./report.ts";
import { runFile } from "./run-daemon.ts";
import { parseRunOptions, type RunFormat, type RunOptions } from "./run-options.ts";
import { status } from "./run-status.ts";
import { timelineText } from "./run-timeline.ts";
import { standardInput, Texts } from "./texts.ts";
import { UsageError, type World } from "./world.ts";

/**
 * Runs `vrrp-run WORDS…` and returns its exit code: 0 stopped as asked, checked or played, 1 errors in the file or
 * nothing can run, 2 wrong call or unreadable file.
 */
export function runMain(words: readonly string[], world: World): number | Promise<number> {
  try {
    const options = parseRunOptions(words, world);
    if (typeof options === "number") return options;
    if (options.mode === "simulate") return simulateFiles(options, world);
    return options.mode === "status" ? status(options, world) : runFile(options, world);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    world.err(`vrrp-run: ${error.message}\n`);
    return 2;
  }
}

function simulateFiles(options: RunOptions, world: World): number {
  if (options.operands.length === 0) {
    throw new UsageError("which files? Name one keepalived.conf per host; vrrp-run --help shows how");
  }
  const texts = new Texts(world);
  const { hosts, problems: missing } = planned(options, texts);
  const { fleet, problems } = readFleet(hosts, texts, true);
  const all = [...missing, ...problems];
  for (const problem of all) world.err(`vrrp-run: ${problem}\n`);
  if (all.length > 0) return 2;
  return play(fleet, options, world);
}

/** Files that could not be found are `problems`. Throws UsageError when two hosts have one name. */
function planned(options: RunOptions, texts: Texts) {
  const hosts: PlannedHost[] = [];
  const problems: string[] = [];
  const add = (file: string, name: string | undefined, found: boolean) =>
    hosts.push({ file, name: name ?? "", configId: name, target: options.target, found });
  for (const operand of options.operands) {
    const [, name, file] = /^([^=/\\]+)=(.+)$/.exec(operand) ?? [];
    if (name !== undefined && file !== undefined && kindOf(texts.resolve(operand)) === "nothing") {
      add(file, name, false);
      continue;
    }
    const searched = findFiles([operand], texts);
    problems.push(...searched.problems);
    for (const each of searched.files) add(each.file, undefined, each.found);
  }
  const unnamed = hosts.filter(({ name }) => name === "").map(({ file }) => file);
  const names = hostNames(unnamed, path.sep);
  const nameOf = (file: string) => (file === standardInput ? "stdin" : (names.get(file) ?? file));
  const named = hosts.map((host) => ({ ...host, name: host.name === "" ? nameOf(host.file) : host.name }));
  const twice = named.find(({ name }, index) => named.findIndex((each) => each.name === name) !== index);
  if (twice) throw new UsageError(`two hosts are called ${twice.name}; write NAME=FILE for one of them`);
  return { hosts: named, problems };
}

function play(fleet: Fleet, options: RunOptions, world: World): number {
  const cast = castOf(fleet, options.target);
  const faults = options.faults.map((text) => faultOf(text, cast));
  for (const note of notes(fleet, cast, faults, options)) world.err(`vrrp-run: ${note}\n`);
  if (cast.seats.length === 0) {
    world.err("vrrp-run: there is no vrrp_instance in these files that can run\n");
    return 1;
  }
  const story = simulate(cast, { duration: options.duration, seed: options.seed, faults });
  world.out(written(story, options.format, pageFor(world)));
  return 0;
}

function written(story: Story, format: RunFormat, page: Page): string {
  if (format === "json") return `${JSON.stringify(traceOf(story))}\n`;
  return format === "html" ? pageOf(story) : timelineText(story, page);
}

function faultOf(text: string, { players }: Cast): Fault {
  const stage = players.map(({ name, interfaces, checks }) => {
    return { name, interfaces, trackers: checks.map((check) => check.name) };
  });
  try {
    return parseFault(text, stage);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    throw new UsageError(`--fault ${error.message}`);
  }
}

function notes(
  fleet: Fleet,
  cast: Cast,
  faults: readonly Fault[],
  { duration }: RunOptions,
): readonly string[] {
  const errors = lint(fleet).filter(({ severity }) => severity === "error").length;
  const late = faults.filter(({ at }) => at > duration);
  return [
    ...(errors > 0
      ? [`${counted(errors, "error")} in these files: the hosts may do something else; see vrrp-lint`]
      : []),
    ...leftOut(fleet, cast),
    ...late.map(({ text, at }) => `${text} at ${seconds(at)} comes after the end; --duration makes it later`),
  ];
}
