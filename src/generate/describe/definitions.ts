/** Definitions of what is watched, as a description says them. */
import type { Definition, Host, Tracker } from "../../model/host.ts";
import { readWhole } from "../../model/numbers.ts";
import { inside, named, type Statement } from "../../schema/statement.ts";
import { commandWords } from "../../syntax/command.ts";
import type { DefinedTracker } from "../trackers.ts";
import type { Say } from "./meaning.ts";
import { keywordIn, type Reading } from "./reading.ts";

/** The definition as a tracker without weight; undefined when a description has no words for it. */
export function definitionIntent(reading: Reading, definition: Definition): DefinedTracker | undefined {
  const { kind, name, block } = definition;
  if (definition.uncertain || definition.reverse) return undefined;
  switch (kind) {
    case "script":
      return scriptIntent(reading, definition);
    case "process": {
      const words = (lastOf(block, "process")?.words ?? []).slice(1).map(({ text }) => text);
      if (words.length === 0 || words.some((word) => /\s|^$/.test(word))) return undefined;
      return {
        track: "process",
        process: words.join(" "),
        name,
        extra: extraOf(reading, block, ["process", "weight"]),
      };
    }
    case "file": {
      const file = lastOf(block, "file")?.words[1]?.text;
      if (!file) return undefined;
      return { track: "file", file, name, extra: extraOf(reading, block, ["file", "weight"]) };
    }
    case "bfd":
      return undefined;
  }
}

function scriptIntent(reading: Reading, { name, block }: Definition): DefinedTracker | undefined {
  const command = commandOf(block);
  const times = timesOf(block);
  if (!command || Object.values(times).some((value) => value > longest)) return undefined;
  const { interval, timeout, rise, fall } = times;
  const extra = extraOf(reading, block, ["script", "interval", "timeout", "rise", "fall", "weight"]);
  // What a description leaves out has these values.
  return {
    track: "script",
    command,
    name,
    interval: interval === 2 ? undefined : interval,
    timeout: timeout === interval ? undefined : timeout,
    rise: rise === 2 ? undefined : rise,
    fall: fall === 2 ? undefined : fall,
    extra,
  };
}

/** The longest time and the highest count that a description takes. */
const longest = 1_000_000;

function commandOf(block: Statement): string | undefined {
  const line = lastOf(block, "script")?.line;
  return line && commandWords(line)[0]?.text;
}

/** Times and counts as keepalived has them, with its defaults. */
function timesOf(block: Statement) {
  const number = (keyword: string, otherwise: number) => {
    const text = lastOf(block, keyword)?.words[1]?.text;
    const value =
      text === undefined ? undefined : readWhole(text, { min: 0, max: 4_294_967_295, tolerant: true });
    return value === undefined ? otherwise : Math.max(value, 1);
  };
  const interval = number("interval", 1);
  return { interval, timeout: number("timeout", interval), rise: number("rise", 1), fall: number("fall", 1) };
}

function lastOf(block: Statement, keyword: string): Statement | undefined {
  return named(inside(block), keyword).at(-1);
}

function extraOf(reading: Reading, block: Statement, said: readonly string[]): string | undefined {
  const rest = reading.inside(block).filter((statement) => !said.includes(keywordIn(statement)));
  return rest.length === 0 ? undefined : rest.map((statement) => reading.text(statement)).join("\n");
}

/** Everything on a host that keepalived tracks. */
export function trackersInUse({ instances, groups }: Host): readonly Tracker[] {
  return [...instances, ...groups].flatMap(({ trackers }) => trackers.filter(({ ignored }) => !ignored));
}

/** Whether something depends on a definition. Files and BFD also serve what is not modelled. */
export function isUsed(host: Host, definition: Definition): boolean {
  if (definition.kind === "file" || definition.kind === "bfd") return true;
  return trackersInUse(host).some((tracker) => tracker.definition === definition);
}

/** The facts of all definitions in use; weights are facts of those who track. */
export function definitionFacts(reading: Reading, say: Say): void {
  for (const definition of reading.host.definitions) {
    const { kind, name, block } = definition;
    if (definition.ignored || kind === "bfd" || !isUsed(reading.host, definition)) continue;
    const what = `${kind} ${name}: `;
    say(`${what}defined`, definition.at);
    const own = kind === "script" ? ["script", "interval", "timeout", "rise", "fall"] : [];
    if (kind === "script") {
      say(`${what}runs ${commandOf(block)}`, definition.at);
      for (const [keyword, value] of Object.entries(timesOf(block)))
        say(`${what}${keyword} ${value}`, lastOf(block, keyword)?.line.at ?? definition.at);
    }
    for (const statement of reading.inside(block))
      if (![...own, "weight"].includes(keywordIn(statement)))
        say(`${what}${reading.meaning(statement)}`, statement.line.at);
  }
}
