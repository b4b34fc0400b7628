/** A process of its own that plays one cluster on real hosts, so that nothing keeps it from noting when things happen. */
import { once } from "node:events";
import type { Cluster } from "./observation.ts";
import { playForReal } from "./reality.ts";

const [{ cluster, addresses }] = (await once(process, "message")) as [
  { readonly cluster: Cluster; readonly addresses: readonly string[] },
];
const reality = await playForReal(cluster, addresses, async () => {
  process.send?.("ready");
  await once(process, "message");
});
process.send?.(reality);
process.disconnect();
