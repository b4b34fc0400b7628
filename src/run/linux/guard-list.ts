/** What the guard process holds, from the messages of the daemon. Pure. */

import type { Removal } from "../ports.ts";

export type GuardMessage =
  | { readonly hold: string; readonly removal: Removal }
  | { readonly release: string }
  | { readonly dismiss: true };

/** One line of the daemon. */
export function messageLine(message: GuardMessage): string {
  return `${JSON.stringify(message)}\n`;
}

/** What is held, in the order in which it was put on the machine. */
export class GuardList {
  readonly #removals = new Map<string, Removal>();
  dismissed = false;
  #text = "";

  /** Takes what has arrived, in pieces of any size. A line cut short by the daemon's end tells nothing. */
  take(text: string): void {
    const lines = `${this.#text}${text}`.split("\n");
    this.#text = lines.pop() ?? "";
    for (const line of lines) this.#follow(JSON.parse(line));
  }

  /**
   * What takes everything away: addresses first, since they are what two hosts must not have, then other lines of ip, those of
   * nft, the rest; of each kind the latest first.
   */
  removals(): readonly Removal[] {
    const latestFirst = [...this.#removals.values()].reverse();
    return latestFirst.toSorted((one, other) => turnOf(one) - turnOf(other));
  }

  #follow(message: GuardMessage): void {
    if ("hold" in message) {
      this.#removals.delete(message.hold);
      this.#removals.set(message.hold, message.removal);
    } else if ("release" in message) this.#removals.delete(message.release);
    else this.dismissed = true;
  }
}

function turnOf(removal: Removal): number {
  if (typeof removal !== "string") return 3;
  if (removal.startsWith("nft ")) return 2;
  return removal.startsWith("address ") ? 0 : 1;
}
