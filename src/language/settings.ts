/** Project settings: what a `.vrrplintrc.json` may say. Who finds and reads the file is somebody else's business. */
import { type Severity, severities } from "../diagnostic.ts";
import { rules } from "../rules/index.ts";
import { properties } from "../rules/properties.ts";
import { nearest } from "../schema/nearest.ts";
import { type JsonContent, type JsonMember, JsonTextError, type JsonValue, readJson } from "./json-text.ts";

/** Its name, in the folder of a configuration or above. */
export const settingsName = ".vrrplintrc.json";

/** What `--rule` and the member "rules" may say about a rule. */
export type Level = Severity | "off";

export const levels: readonly Level[] = [...severities, "off"];

export interface Settings {
  readonly rules: Readonly<Record<string, Level>>;
  /** The release all hosts run. */
  readonly target: string | undefined;
  /** Releases by host name or by file. */
  readonly targets: ReadonlyMap<string, string>;
  readonly configId: string | undefined;
  /** The hosts' files by host name, beside the settings file unless absolute. */
  readonly hosts: ReadonlyMap<string, string>;
  /** Whether the files given are all hosts of their cluster. */
  readonly complete: boolean | undefined;
  readonly maxWarnings: number | undefined;
}

/** What is wrong in a settings file, at an offset of its text. */
export class SettingsError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Reads settings; `beside` makes a path in them absolute. Throws SettingsError. */
export function readSettings(text: string, beside: (file: string) => string): Settings {
  try {
    return new SettingsReader(beside).read(readJson(text));
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new SettingsError(`this is not valid JSON: ${error.message}`, error.at);
  }
}

const members = ["rules", "target", "configId", "hosts", "complete", "maxWarnings"];

class SettingsReader {
  /** A path in the settings is relative to the settings file. */
  readonly #beside: (file: string) => string;

  constructor(beside: (file: string) => string) {
    this.#beside = beside;
  }

  read(document: JsonValue): Settings {
    const all = this.#object(document, "the settings");
    for (const [name, member] of all) if (!members.includes(name)) this.#unknownMember(name, member);
    const target = all.get("target");
    const single = target !== undefined && !(target.value instanceof Map);
    return {
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

  #fail(at: number, message: string): never {
    throw new SettingsError(message, at);
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
  const ids = [...rules, ...properties].map(({ id }) => id);
  if (ids.includes(id)) return undefined;
  const guess = nearest(id, ids);
  return `there is no rule "${id}"; ${guess ? `did you mean ${guess}?` : "--list-rules shows them all"}`;
}
