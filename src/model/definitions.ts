/** What trackers refer to: vrrp_script, vrrp_track_process, track_file and bfd_instance blocks. */
import type { Statement } from "../schema/statement.ts";
import { inside, named } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import type { Definition } from "./host.ts";
import { readWhole } from "./numbers.ts";
import { isUncertain } from "./uncertain.ts";

type DefinitionKind = Definition["kind"];

/** The keywords that define trackers; vrrp_track_file is the old name of track_file. */
const kinds: Readonly<Record<string, DefinitionKind>> = {
  vrrp_script: "script",
  vrrp_track_process: "process",
  track_file: "file",
  vrrp_track_file: "file",
  bfd_instance: "bfd",
};

/** The keyword without which keepalived removes the definition when its block ends. */
const needed: Readonly<Record<DefinitionKind, string | undefined>> = {
  script: "script",
  process: "process",
  file: "file",
  bfd: undefined,
};

/** A longer BFD name makes keepalived skip the block (BFD_INAME_MAX). */
const longestBfdName = 31;

/** What a list of definitions becomes with one more: the same for the same definitions in the same order. */
const states = new WeakMap<object, WeakMap<Definition, object>>();
const nothing = {};

function stateWith(state: object, definition: Definition): object {
  const following = states.get(state) ?? new WeakMap<Definition, object>();
  states.set(state, following);
  const next = following.get(definition) ?? {};
  following.set(definition, next);
  return next;
}

/** Definitions in the order of the file, and the one that a tracker of some kind and name gets. */
export class Definitions {
  readonly all: Definition[] = [];
  /** Stands for the definitions so far: where it is the same object, they are the same. */
  state: object = nothing;
  readonly #complete = new Map<string, Definition>();

  add(definition: Definition): void {
    this.all.push(definition);
    this.state = stateWith(this.state, definition);
    if (!definition.ignored) this.#complete.set(keyOf(definition.kind, definition.name), definition);
  }

  /** keepalived takes the first that is complete. */
  find(kind: DefinitionKind, name: string): Definition | undefined {
    return this.#complete.get(keyOf(kind, name));
  }
}

function keyOf(kind: DefinitionKind, name: string): string {
  return `${kind} ${name}`;
}

/** Reads a top-level statement as a definition; undefined when it is none or has no name. */
export function readDefinition(block: Statement, earlier: Definitions): Definition | undefined {
  const kind = kinds[block.words[0]?.text ?? ""];
  const name = block.words[1];
  if (!kind || !name || block.data || name.unknown) return undefined;
  const body = inside(block);
  const weight = weightOf(kind, body);
  return {
    kind,
    name: name.text,
    weight: weight.value,
    weightAt: weight.word?.at,
    reverse: weight.reverse,
    at: name.at,
    block,
    command: kind === "script" ? commandOf(body) : undefined,
    ignored: whyIgnored(kind, name.text, body, earlier),
    uncertain: isUncertain(block),
  };
}

function whyIgnored(
  kind: DefinitionKind,
  name: string,
  body: readonly Statement[],
  earlier: Definitions,
): Definition["ignored"] {
  const keyword = needed[kind];
  if (keyword !== undefined && !named(body, keyword).some((line) => line.words.length > 1))
    return "incomplete";
  if (kind === "bfd" && new TextEncoder().encode(name).length > longestBfdName) return "incomplete";
  return earlier.find(kind, name) ? "duplicate" : undefined;
}

/** The command of a script is the text behind the keyword, with keepalived's own quoting left in it. */
function commandOf(body: readonly Statement[]): string | undefined {
  const line = named(body, "script").at(-1)?.line;
  return line?.text.replace(/^\s*script\s*/, "").trim();
}

interface Weight {
  readonly value: number;
  readonly word: Word | undefined;
  readonly reverse: boolean;
}

/**
 * The weight of a definition. The kinds differ: a script takes what the last line gives, even out of range; a process
 * keeps its first weight other than 0, a file its first other than 1, and a line that comes too late gives no `reverse`
 * either, nor does one that a process refuses (vrrp_parser.c, track_file.c, bfd_parser.c).
 */
function weightOf(kind: DefinitionKind, body: readonly Statement[]): Weight {
  const start = kind === "file" ? 1 : 0;
  let weight: Weight = { value: start, word: undefined, reverse: false };
  for (const line of named(body, "weight")) {
    const word = line.words[1];
    if (!word || word.unknown) continue;
    if ((kind === "file" || kind === "process") && weight.value !== start) continue;
    const value = readWeight(kind, word.text);
    if (value === undefined && kind === "process") continue;
    const reverse = weight.reverse || line.words[2]?.text === "reverse";
    weight = value === undefined ? { ...weight, reverse } : { value, word, reverse };
  }
  return weight;
}

function readWeight(kind: DefinitionKind, text: string): number | undefined {
  const limit = kind === "script" ? Number.MAX_SAFE_INTEGER : kind === "bfd" ? 253 : 254;
  const value = readWhole(text, { min: -limit, max: limit, tolerant: true });
  return value === undefined && kind === "file" ? 1 : value;
}
