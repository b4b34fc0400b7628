/** JSON with the place of every value, so that a wrong setting can be named by file and line. */

/** A value and the offset where it starts in the text. */
export interface JsonValue {
  readonly at: number;
  readonly value: JsonContent;
}

export type JsonContent =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | ReadonlyMap<string, JsonMember>;

export interface JsonMember extends JsonValue {
  /** Where the name of the member starts. */
  readonly nameAt: number;
}

/** Text that is no JSON; `at` is the offset where reading stopped. */
export class JsonTextError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const blanks = /[ \t\r\n]*/y;
const scalars =
  /"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Deeper files are no settings. */
const deepest = 100;

/** Reads one JSON document. Throws JsonTextError. */
export function readJson(text: string): JsonValue {
  const reader = new Reader(text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonValue {
    if (depth > deepest) throw this.#error("values nested too deeply");
    const at = this.#skipBlanks();
    const next = this.#text[at];
    if (next === "{") return { at, value: this.#object(depth) };
    if (next === "[") return { at, value: this.#array(depth) };
    return { at, value: this.#scalar("a value") as JsonContent };
  }

  end(): void {
    if (this.#skipBlanks() < this.#text.length) throw this.#error("text after the end of the document");
  }

  #object(depth: number): ReadonlyMap<string, JsonMember> {
    const members = new Map<string, JsonMember>();
    this.#list("}", () => {
      const nameAt = this.#skipBlanks();
      const name = this.#scalar('a name in double quotes, or "}"');
      if (typeof name !== "string") throw new JsonTextError("names stand in double quotes", nameAt);
      if (members.has(name)) throw new JsonTextError(`"${name}" stands here a second time`, nameAt);
      this.#expect(":");
      members.set(name, { nameAt, ...this.value(depth + 1) });
    });
    return members;
  }

  #array(depth: number): readonly JsonValue[] {
    const values: JsonValue[] = [];
    this.#list("]", () => values.push(this.value(depth + 1)));
    return values;
  }

  #list(close: string, item: () => void): void {
    this.#at++;
    this.#skipBlanks();
    if (this.#take(close)) return;
    do item();
    while (this.#take(","));
    this.#expect(close);
  }

  #scalar(expected: string): unknown {
    scalars.lastIndex = this.#at;
    const found = scalars.exec(this.#text)?.[0];
    if (found === undefined) throw this.#error(`expected ${expected}`);
    const value = plainJson(found);
    if (value === undefined) throw this.#error("a control character in a string");
    this.#at += found.length;
    return value;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#error(`expected "${sign}"`);
  }

  #take(sign: string): boolean {
    const found = this.#text[this.#skipBlanks()] === sign;
    if (found) this.#at++;
    return found;
  }

  #skipBlanks(): number {
    blanks.lastIndex = this.#at;
    this.#at += blanks.exec(this.#text)?.[0].length ?? 0;
    return this.#at;
  }

  #error(message: string): JsonTextError {
    return new JsonTextError(message, this.#at);
  }
}

/** What JSON itself makes of one scalar; undefined for the control characters it refuses inside strings. */
function plainJson(scalar: string): unknown {
  try {
    return JSON.parse(scalar);
  } catch {
    return undefined;
  }
}
