/** What instances track, as checks (keepalived, vrrp_parser.c, track_file.c, vrrp_data.c). */
import type { Definition, Host } from "../../model/host.ts";
import { trackerId } from "../../model/machine-config.ts";
import { numberOf } from "../../model/machine-settings.ts";
import { readMicroseconds, readWhole } from "../../model/numbers.ts";
import { inside, type Statement } from "../../schema/statement.ts";
import { type Micros, second } from "../../vrrp/time.ts";
import { lineOf, textsOf, wordOf } from "./lines.ts";
import { has, type Programs } from "./programs.ts";
import type { CheckPlan } from "./types.ts";

/** The check of a definition; undefined when it lacks what keepalived needs. */
export function checkOf(definition: Definition, programs: Programs): CheckPlan | undefined {
  const body = inside(definition.block);
  switch (definition.kind) {
    case "script":
      return scriptCheck(definition, body, programs);
    case "process":
      return processCheck(definition, body);
    case "file":
      return fileCheck(definition, body);
    case "bfd":
      return { kind: "bfd", id: trackerId(definition), name: definition.name, status: true };
  }
}

/** The definitions that count, by the ids of their trackers. */
export function definitionsOf({ definitions }: Host): ReadonlyMap<string, Definition> {
  const counting = definitions.filter(({ ignored }) => !ignored);
  return new Map(counting.map((definition) => [trackerId(definition), definition]));
}

function scriptCheck(
  definition: Definition,
  body: readonly Statement[],
  programs: Programs,
): CheckPlan | undefined {
  const program = programs.ofScript(body);
  if (!program) return undefined;
  const interval = time(body, "interval") ?? second;
  return {
    kind: "script",
    id: trackerId(definition),
    name: definition.name,
    program,
    interval,
    timeout: time(body, "timeout") ?? interval,
    rise: count(body, "rise") ?? 1,
    fall: count(body, "fall") ?? 1,
    failsAtFirst: has(body, "init_fail"),
    at: definition.at,
  };
}

/** keepalived counts 0 as one second. */
function time(body: readonly Statement[], keyword: string): Micros | undefined {
  const text = wordOf(body, keyword)?.text;
  if (text === undefined) return undefined;
  const value = readMicroseconds(text, { min: 0, max: 0xffffffff * 1000, tolerant: true });
  return value === 0 ? second : value;
}

function count(body: readonly Statement[], keyword: string): number | undefined {
  return numberOf(body, keyword, 1, 0x7fffffff);
}

function processCheck(definition: Definition, body: readonly Statement[]): CheckPlan | undefined {
  const [, process, ...parameters] = lineOf(body, "process")
    ? textsOf(lineOf(body, "process") as Statement)
    : [];
  if (process === undefined) return undefined;
  const matchLine = lineOf(body, "param_match");
  const match = matchLine ? matchOf(matchLine) : parameters.length > 0 ? "exact" : undefined;
  const delay = delayOf(body, "delay");
  const quorumMax = numberOf(body, "quorum_max", 0, 65535);
  return {
    kind: "process",
    id: trackerId(definition),
    name: definition.name,
    process,
    parameters: parameters.length > 0 ? parameters : undefined,
    match,
    fullCommand: has(body, "full_command") || match !== undefined,
    quorum: quorumMax === 0 ? 0 : (numberOf(body, "quorum", 1, 65535) ?? 1),
    quorumMax,
    delay: delay ?? 0,
    terminateDelay: delayOf(body, "terminate_delay") ?? delay ?? 0,
    forkDelay: delayOf(body, "fork_delay") ?? delay ?? 0,
    at: definition.at,
  };
}

function matchOf(line: Statement): "exact" | "initial" | "partial" | undefined {
  const word = line.words[1]?.text;
  if (word === undefined) return "exact";
  return word === "initial" || word === "partial" ? word : undefined;
}

function delayOf(body: readonly Statement[], keyword: string): Micros | undefined {
  const text = wordOf(body, keyword)?.text;
  return text === undefined
    ? undefined
    : readMicroseconds(text, { min: 1, max: 3600 * second, tolerant: true });
}

function fileCheck(definition: Definition, body: readonly Statement[]): CheckPlan | undefined {
  const path = wordOf(body, "file")?.text;
  if (path === undefined) return undefined;
  const line = lineOf(body, "init_file");
  const words = line ? textsOf(line).slice(1) : [];
  const number = words.findLast((word) => /^[-\d]/.test(word));
  const value = readWhole(number ?? "0", { min: -0x80000000, max: 0x7fffffff, tolerant: false }) ?? 0;
  return {
    kind: "file",
    id: trackerId(definition),
    name: definition.name,
    path,
    initial: line ? { value, overwrite: words.includes("overwrite") } : undefined,
    at: definition.at,
  };
}
