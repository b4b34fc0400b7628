/** What the guard process holds, from the messages of the daemon. Pure. */

export type GuardMessage =
  | { readonly hold: string; readonly removal: string }
  | { readonly release: string }
  | { readonly dismiss: true };

/** One line of the daemon. */
export function messageLine(message: GuardMessage): string {
  return `${JSON.stringify(message)}\n`;
}

/** What is held, in the order in which it was put on the machine. */
export class GuardList {
  readonly #removals = new Map<string, string>();
  dismissed = false;
  #text = "";

  /** Takes what has arrived, in pieces of any size. A line cut short by the daemon's end tells nothing. */
  take(text: string): void {
    const lines = `${this.#text}${text}`.split("\n");
    this.#text = lines.pop() ?? "";
    for (const line of lines) this.#follow(JSON.parse(line));
  }

  /** The lines that take everything away: addresses first, since they are what two hosts must not have. */
  removals(): readonly string[] {
    const latestFirst = [...this.#removals.values()].reverse();
    const isAddress = (line: string) => line.startsWith("address ");
    return [...latestFirst.filter(isAddress), ...latestFirst.filter((line) => !isAddress(line))];
  }

  #follow(message: GuardMessage): void {
    if ("hold" in message) {
      this.#removals.delete(message.hold);
      this.#removals.set(message.hold, message.removal);
    } else if ("release" in message) this.#removals.delete(message.release);
    else this.dismissed = true;
  }
}
