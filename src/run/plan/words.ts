/** Going through the words of a line, and the addresses among them. */
import { parseAddress } from "../../schema/address.ts";
import type { Family } from "../../vrrp/address.ts";

export type { Family } from "../../vrrp/address.ts";

/** The words of a line, taken one by one. Behind the last one there are empty ones. */
export class Words {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get done(): boolean {
    return this.#at >= this.#words.length;
  }

  peek(): string | undefined {
    return this.#words[this.#at];
  }

  next(): string {
    return this.#words[this.#at++] ?? "";
  }

  take(count: number): readonly string[] {
    return Array.from({ length: count }, () => this.next());
  }
}

const everything = new Set(["default", "any", "all"]);

/** The family that an address or network shows; undefined for `default`, which both have. */
export function familyIn(text: string): Family | undefined {
  if (everything.has(text)) return undefined;
  if (text === "default6") return 6;
  return text.includes(":") ? 6 : 4;
}

/** A network as `ip` takes it: all addresses of IPv6 as ::/0, because `ip` takes `default` for IPv4. */
export function netText(text: string, family: Family): string {
  if (everything.has(text) || text === "default6") return family === 4 ? "default" : "::/0";
  return text;
}

/** Whether a word is an address, with or without prefix. */
export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined;
}
