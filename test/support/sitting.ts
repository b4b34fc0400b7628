/** A person at a terminal: waits for words on the screen, then presses keys. */
import { PassThrough, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { Terminal } from "../../src/cli/asker.ts";

/** Words that have to come up on the screen, and the keys that answer them. */
export type Exchange = readonly [words: string, keys: string];

export const keys = { enter: "\r", down: "\u001b[B", eraseLine: "\u0015", leave: "\u0003" };

/** Like the terminal itself it stays when a question is done with it. */
class Screen extends Writable {
  constructor(show: (text: string) => void) {
    super({
      decodeStrings: false,
      write: (text: string, _, done) => {
        show(text);
        done();
      },
    });
  }

  override end(): this {
    return this;
  }
}

export class Sitting {
  readonly terminal: Required<Terminal>;
  readonly #input = new PassThrough();
  readonly #exchanges: Exchange[];
  #shown = "";
  /** Where to look for the next words. */
  #from = 0;

  constructor(exchanges: readonly Exchange[]) {
    this.#exchanges = [...exchanges];
    this.terminal = { input: this.#input, output: new Screen((text) => this.show(text)) };
  }

  /** Takes what is written to the screen, and answers. */
  show(text: string): void {
    this.#shown += stripVTControlCharacters(text);
    const [next] = this.#exchanges;
    if (!next) return;
    const [words, answer] = next;
    const at = this.#shown.indexOf(words, this.#from);
    if (at < 0) return;
    this.#from = at + words.length;
    this.#exchanges.shift();
    // A question is on the screen a moment before it listens.
    queueMicrotask(() => this.#input.write(answer));
  }

  /** All that was on the screen, one state after the other. */
  get shown(): string {
    return this.#shown;
  }

  /** Words that never came up. */
  get missed(): readonly string[] {
    return this.#exchanges.map(([words]) => words);
  }
}
