/** The thread behind launch-thread.ts; bundled as `dist/run/launch-worker.js`. */
import { parentPort } from "node:worker_threads";
import { launchHere } from "./launch.ts";
import type { Message, Order } from "./launch-thread.ts";

parentPort?.on("message", ({ number, start }: Order) => {
  const say = (message: Message) => parentPort?.postMessage(message);
  launchHere(start, {
    started: (pid) => say({ number, pid }),
    ended: (ending) => say({ number, ending }),
  });
});
