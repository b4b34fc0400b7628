/**
 * A stand-in for the daemon, as a program: claims its run directory, starts the guard, puts things on the machine and
 * then waits to be killed. Told by one JSON word; prints `refused: …`, or `guard N`, `held` and whatever the guard's
 * loss says. A line on its standard input is what it does next.
 */
import { createInterface } from "node:readline";
import { claim } from "../../../src/run/linux/claim.ts";
import { linuxGuard } from "../../../src/run/linux/guard.ts";

interface Orders {
  readonly guard: string;
  readonly runDirectory: string;
  /** What is put on the machine, and how it is taken away. */
  readonly hold: readonly (readonly [add: string, remove: string])[];
}

const orders: Orders = JSON.parse(process.argv[2] ?? "");
const say = (text: string) => process.stdout.write(`${text}\n`);
const claimed = await claim(orders.runDirectory);
if ("refused" in claimed) {
  say(`refused: ${claimed.refused}`);
  process.exit(1);
}
const guard = linuxGuard({
  program: orders.guard,
  files: claimed.files,
  lost: (message) => say(`${message} ${guard.pid}`),
});
say(`guard ${guard.pid}`);
for (const [add, remove] of orders.hold) guard.hold(add, remove);
const failures = await guard.apply(orders.hold.map(([add]) => add));
for (const { line, message } of failures) say(`${line}: ${message}`);
say("held");

const deeds: Readonly<Record<string, () => unknown>> = {
  exit: () => process.exit(3),
  throw: () => {
    throw new Error("as ordered");
  },
  release: () => {
    for (const [add] of orders.hold) guard.release(add);
    say("released");
  },
  dismiss: async () => {
    await guard.dismiss();
    claimed.release();
    say("dismissed");
  },
};
createInterface({ input: process.stdin }).on("line", (line) => void deeds[line]?.());
