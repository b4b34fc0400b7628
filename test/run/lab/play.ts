/** Plays a scenario with a combination of programs. */
import { now } from "../../support/lab/daemon.ts";
import { ownFiles } from "../../support/lab/host.ts";
import { type Lab, withLab } from "../../support/lab.ts";
import { type Lists, recordOf, toldFile } from "./record.ts";
import { type Chapter, type Combination, hostsOf, reference, type Scenario } from "./scenario.ts";
import { Stage } from "./stage.ts";
import { leftBehind, stateOf } from "./traces.ts";

export interface Played {
  readonly record: Lists;
  readonly figures: Readonly<Record<string, string>>;
  readonly seconds: number;
}

/**
 * Plays a scenario to its end, where every program is asked to end (SIGTERM) and must leave its host as it was. Rejects
 * where the hosts do not do what the story says.
 */
export function play(scenario: Scenario, combination: Combination): Promise<Played> {
  return withLab(scenario.hosts, async (lab) => {
    const begin = now();
    const stage = new Stage(lab, programsOf(scenario, combination));
    for (const [name, program] of Object.entries(stage.programs)) {
      const host = lab.host(name);
      host.program = program;
      host.environment = scenario.environment ?? {};
      host.configure(scenario.text(name, stage));
      host.writeProgram("tell.sh", `#!/bin/sh\necho "$$ $*" >> ${ownFiles}/${toldFile}\n`);
    }
    await scenario.before?.(stage);
    const before = await statesOf(stage);
    for (const chapter of scenario.story) await tellChapter(stage, scenario, chapter);
    // In which order masters end is a matter of chance, and what they do then was seen before.
    const record = recordOf(stage);
    await endAll(stage, lab);
    const left = leftBehind(before, await statesOf(stage));
    if (left.length > 0) throw new Error(`Something is left on a host after SIGTERM:\n${left.join("\n")}`);
    return { record, figures: stage.figures, seconds: (now() - begin) / 1000 };
  });
}

function programsOf(scenario: Scenario, { a, others }: Combination) {
  return Object.fromEntries(hostsOf(scenario).map((name) => [name, name === "a" ? a : others]));
}

async function tellChapter(stage: Stage, scenario: Scenario, chapter: Chapter): Promise<void> {
  stage.chapterBegins = now();
  try {
    await chapter.deed(stage);
    const { holders } = chapter;
    const expected = typeof holders === "function" ? holders(stage) : holders;
    if (expected) await stage.lab.settled(expected, restOf(stage, scenario));
    await chapter.afterwards?.(stage);
  } catch (error) {
    if (error instanceof Error) error.message = `Chapter “${chapter.what}”: ${error.message}`;
    throw error;
  }
}

/** Where nobody is left who could still take over, what has settled stays. */
function restOf(stage: Stage, { rest }: Scenario): number {
  const running = stage.lab.hosts.filter((host) => host.running);
  return running.length > 1 ? rest : rest / 4;
}

/** Backups first, so that no host takes over while the others end. */
async function endAll({ lab, programs }: Stage, { adverts }: Lab): Promise<void> {
  const last = (name: string) => adverts.findLastIndex(({ host }) => host === name);
  const names = Object.keys(programs).sort((one, other) => last(one) - last(other));
  for (const name of names) {
    const host = lab.host(name);
    if (!host.running) continue;
    await host.stop();
    const { status, signal } = host.ending ?? {};
    if (status !== 0) throw new Error(`The program on ${name} ended by SIGTERM with ${signal ?? status}.`);
    const stack = host.log.find(({ text }) => /^\s+at \S.*:\d+:\d+\)?$|unhandled/i.test(text));
    if (stack) throw new Error(`The program on ${name} had a fault of its own: ${stack.text}`);
  }
}

async function statesOf(stage: Stage): Promise<Readonly<Record<string, readonly string[]>>> {
  const isOurs = (name: string) => stage.runs(name) === "vrrp-run" && !stage.off.has(name);
  const names = Object.keys(stage.programs).filter(isOurs);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await stateOf(stage, name)] as const)),
  );
}

/** Played references. */
const references = new Map<Scenario, Promise<readonly Played[]>>();

/** What keepalived does on both hosts, played once or as often as it takes; undefined where the lab cannot show it. */
export function referenceOf(scenario: Scenario): Promise<readonly Played[]> | undefined {
  if (scenario.withoutReference !== undefined) return undefined;
  const known = references.get(scenario) ?? playReference(scenario);
  references.set(scenario, known);
  return known;
}

async function playReference(scenario: Scenario): Promise<readonly Played[]> {
  const first = await play(scenario, reference);
  return scenario.unsteady === undefined ? [first] : [first, await play(scenario, reference)];
}

interface Difference {
  readonly key: string;
  readonly keepalived: readonly string[];
  readonly here: readonly string[];
}

/** Where a record differs from the reference, by key; what is known to differ is left out. */
export function differences(
  scenario: Scenario,
  { record }: Played,
  wanted: readonly Played[],
): readonly Difference[] {
  const all = [record, ...wanted.map((each) => each.record)];
  const keys = [...new Set(all.flatMap((each) => Object.keys(each)))];
  const certain = (list: Lists[string] = []) => list.filter((line) => !scenario.chance?.lines.test(line));
  return keys
    .filter((key) => !scenario.differs?.keys.test(key))
    .flatMap((key) => {
      const [here = [], ...lists] = all.map((each) => certain(each[key]));
      return differenceOf(here, lists).map((each) => ({ key, ...each }));
    });
}

/** None or one; of what keepalived does not always do in one way as few lines as tell it. */
function differenceOf(here: readonly string[], lists: readonly (readonly string[])[]) {
  const [first = [], ...others] = lists;
  const same = (one: readonly string[], other: readonly string[]) =>
    JSON.stringify(one) === JSON.stringify(other);
  if (others.every((each) => same(each, first))) {
    return same(here, first) ? [] : [{ keepalived: first, here }];
  }
  const missing = first.filter((line) => lists.every((list) => list.includes(line)) && !here.includes(line));
  const more = here.filter((line) => lists.every((list) => !list.includes(line)));
  return missing.length + more.length === 0 ? [] : [{ keepalived: missing, here: more }];
}
