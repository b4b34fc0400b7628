/** What the guard process holds, from the messages of the daemon. Pure. */

import type { Removal } from "../ports.ts";
import type { Failure } from "./ip-batch.ts";

export type GuardMessage =
  | { readonly hold: string; readonly removal: Removal }
  | { readonly release: string }
  | Batch
  | { readonly dismiss: true };

/** Lines for `ip` and nft; the number comes back in the answer. */
export interface Batch {
  readonly number: number;
  readonly lines: readonly string[];
}

/** One line of the guard: a batch was carried out. */
export interface Answer {
  readonly number: number;
  readonly failures: readonly Failure[];
}

/** What is held, in the order in which it was put on the machine. */
export class GuardList {
  readonly #removals = new Map<string, Removal>();
  dismissed = false;
  #text = "";

  /**
   * Takes what has arrived, in pieces of any size, and returns the batches in it. A line cut short by the daemon's end tells
   * nothing.
   */
  take(text: string): readonly Batch[] {
    const lines = `${this.#text}${text}`.split("\n");
    this.#text = lines.pop() ?? "";
    const messages = lines.map((line): GuardMessage => JSON.parse(line));
    for (const message of messages) this.#follow(message);
    return messages.flatMap((message) => ("lines" in message ? [message] : []));
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
    else if ("dismiss" in message) this.dismissed = true;
  }
}

function turnOf(removal: Removal): number {
  if (typeof removal !== "string") return 3;
  if (removal.startsWith("nft ")) return 2;
  return removal.startsWith("address ") ? 0 : 1;
}
