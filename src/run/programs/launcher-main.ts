/**
 * The process behind launcher.ts; bundled as `dist/run/launcher.js`. When the daemon ends, however, its input ends, and
 * then it ends what it has started and itself.
 */
import { createInterface } from "node:readline";
import { launchHere } from "./launch.ts";
import { type Answer, endGroup, type Order } from "./launcher.ts";

const running = new Set<number>();

function launch({ number, start }: Extract<Order, { readonly number: number }>): void {
  const say = (answer: Answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  let own: number | undefined;
  launchHere(start, {
    started: (pid) => {
      own = pid;
      running.add(pid);
      say({ number, pid });
    },
    ended: (ending) => {
      if (own !== undefined) running.delete(own);
      say({ number, ending });
    },
  });
}

process.stdout.on("error", () => {});
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const order: Order = JSON.parse(line);
    if ("umask" in order) process.umask(order.umask);
    else launch(order);
  })
  .on("close", () => {
    for (const pid of running) endGroup(pid);
    process.exit();
  });
