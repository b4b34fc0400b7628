/** Arguments that many keywords share. */
import type { Arg } from "./types.ts";

/** No word, which means on, or on/off, true/false, yes/no. */
export const optionalBool: readonly Arg[] = [{ name: "on/off", value: { is: "bool" }, optional: true }];

/** The interface name a keyword needs; the kernel allows 15 bytes. */
export const interfaceArg: readonly Arg[] = [{ name: "interface", value: { is: "interface" } }];

/** A notify script: one word (quoted when it has parameters), then who runs it. */
export const notifyArgs: readonly Arg[] = [
  { name: "script", value: { is: "command" } },
  { name: "user", value: { is: "user" }, optional: true },
  { name: "group", value: { is: "group" }, optional: true },
];

/** What may follow a weight. */
export const weightDirection: Arg = {
  name: "direction",
  value: {
    is: "word",
    of: [{ word: "reverse", doc: "Turns the effect around: failure raises the priority." }],
  },
  optional: true,
};
