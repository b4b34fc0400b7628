/** The thread behind ip-thread.ts; bundled as `dist/run/ip-worker.js`. */
import { parentPort } from "node:worker_threads";
import { IpBatches } from "./ip-batch.ts";
import type { Order } from "./ip-thread.ts";

const batches = new IpBatches();

parentPort?.on("message", async (order: Order) => {
  if ("close" in order) {
    batches.close();
    parentPort?.close();
    return;
  }
  const failures = await batches.apply(order.lines);
  parentPort?.postMessage({ number: order.number, failures });
});
