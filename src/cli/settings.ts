/** Project settings: `.vrrplintrc.json`, looked for in the folder of a file and upward. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Severity, severities } from "../diagnostic.ts";
import { lineMap } from "../lines.ts";
import { rules } from "../rules/index.ts";
import { nearest } from "../schema/nearest.ts";
import { type JsonContent, type JsonMember, JsonTextError, type JsonValue, readJson } from "./json-text.ts";
import { reason } from "./texts.ts";
import { UsageError } from "./world.ts";

const settingsName = ".vrrplintrc.json";

/** What `--rule` and the member "rules" may say about a rule. */
export type Level = Severity | "off";

export const levels: readonly Level[] = [...severities, "off"];

export interface Settings {
  /** The settings file. */
  readonly file: string;
  readonly rules: Readonly<Record<string, Level>>;
  /** The release all hosts run. */
  readonly target: string | undefined;
  /** Releases by host name or absolute path. */
  readonly targets: ReadonlyMap<string, string>;
  readonly configId: string | undefined;
  /** Absolute paths of the hosts' files, by host name. */
  readonly hosts: ReadonlyMap<string, string>;
  /** Whether the files given are all hosts of their cluster. */
  readonly complete: boolean | undefined;
  readonly maxWarnings: number | undefined;
}

/** The nearest settings file above a folder, the folder included; undefined when there is none. */
export function findSettings(folder: string): string | undefined {
  for (let here = folder; ; here = path.dirname(here)) {
    const candidate = path.join(here, settingsName);
    if (existsSync(candidate)) return candidate;
    if (path.dirname(here) === here) return undefined;
  }
}

/** Reads and checks a settings file; `shown` is how messages name it. Throws UsageError with file and line. */
export function readSettings(file: string, shown: string): Settings {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${shown}: ${reason(error)}`);
  }
  const fail = (at: number, message: string): never => {
    const { line, column } = lineMap(text).positionAt(at);
    throw new UsageError(`${shown}:${line}:${column}: ${message}`);
  };
  try {
    return new SettingsReader(file, fail).read(readJson(text));
  } catch (error) {
    if (error instanceof JsonTextError) return fail(error.at, `this is not valid JSON: ${error.message}`);
    throw error;
  }
}

const members = ["rules", "target", "configId", "hosts", "complete", "maxWarnings"];

class SettingsReader {
  readonly #file: string;
  readonly #fail: (at: number, message: string) => never;

  constructor(file: string, fail: (at: number, message: string) => never) {
    this.#file = file;
    this.#fail = fail;
  }

  read(document: JsonValue): Settings {
    const all = this.#object(document, "the settings");
    for (const [name, member] of all) if (!members.includes(name)) this.#unknownMember(name, member);
    const target = all.get("target");
    const single = target !== undefined && !(target.value instanceof Map);
    return {
      file: this.#file,
      rules: this.#rules(all.get("rules")),
      target: single ? this.#release(target) : undefined,
      targets: target && !single ? this.#targets(target) : new Map(),
      configId: this.#optional(all, "configId", "a string", isString),
      hosts: this.#hosts(all.get("hosts")),
      complete: this.#optional(all, "complete", "true or false", isBoolean),
      maxWarnings: this.#optional(all, "maxWarnings", "a whole number, 0 or more", isCount),
    };
  }

  #unknownMember(name: string, member: JsonMember): never {
    const guess = nearest(name, members);
    const help = guess ? `did you mean "${guess}"?` : `there are: ${members.join(", ")}`;
    return this.#fail(member.nameAt, `there is no setting "${name}"; ${help}`);
  }

  #rules(member: JsonMember | undefined): Record<string, Level> {
    if (!member) return {};
    const result: Record<string, Level> = {};
    for (const [id, level] of this.#object(member, '"rules"')) {
      const problem = ruleProblem(id);
      if (problem) this.#fail(level.nameAt, problem);
      if (!isLevel(level.value))
        this.#fail(level.at, `the level of a rule must be one of: ${levels.join(", ")}`);
      else result[id] = level.value;
    }
    return result;
  }

  #targets(member: JsonMember): Map<string, string> {
    const result = new Map<string, string>();
    for (const [name, release] of this.#object(member, '"target"')) {
      result.set(name, this.#release(release));
      result.set(this.#beside(name), this.#release(release));
    }
    return result;
  }

  #hosts(member: JsonMember | undefined): Map<string, string> {
    const result = new Map<string, string>();
    if (!member) return result;
    for (const [name, file] of this.#object(member, '"hosts"')) {
      if (typeof file.value !== "string") this.#fail(file.at, `the file of host "${name}" must be a string`);
      else result.set(name, this.#beside(file.value));
    }
    return result;
  }

  #release(value: JsonValue): string {
    if (typeof value.value === "string" && isRelease(value.value)) return value.value.replace(/^v/, "");
    return this.#fail(value.at, 'a keepalived release must be a string such as "2.2.7"');
  }

  #optional<T extends JsonContent>(
    all: ReadonlyMap<string, JsonMember>,
    name: string,
    expected: string,
    accepts: (value: JsonContent) => value is T,
  ): T | undefined {
    const member = all.get(name);
    if (!member) return undefined;
    return accepts(member.value) ? member.value : this.#fail(member.at, `"${name}" must be ${expected}`);
  }

  #object(value: JsonValue, what: string): ReadonlyMap<string, JsonMember> {
    return value.value instanceof Map
      ? value.value
      : this.#fail(value.at, `${what} must be an object: { … }`);
  }

  /** A path in the settings is relative to the settings file. */
  #beside(file: string): string {
    return path.resolve(path.dirname(this.#file), file);
  }
}

const isString = (value: JsonContent): value is string => typeof value === "string";
const isBoolean = (value: JsonContent): value is boolean => typeof value === "boolean";
const isCount = (value: JsonContent): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0;

/** Whether a word is a level for `--rule`. */
export function isLevel(value: unknown): value is Level {
  return levels.some((level) => level === value);
}

/** Whether a text names a keepalived release: `2.2.7`, `v2.4`. */
export function isRelease(text: string): boolean {
  return /^v?\d+\.\d+(\.\d+)?$/.test(text);
}

/** Why a text is not the id of a rule, undefined when it is one. */
export function ruleProblem(id: string): string | undefined {
  const ids = rules.map((rule) => rule.id);
  if (ids.includes(id)) return undefined;
  const guess = nearest(id, ids);
  return `there is no rule "${id}"; ${guess ? `did you mean ${guess}?` : "--list-rules shows them all"}`;
}
