/** Files and wishes for the tests of newcomers. */
import type { Existing, Newcomer } from "../../../src/generate/partner/newcomer.ts";
import type { Host } from "../../../src/model/host.ts";

/** A given file; its host is called as the file. */
export function existing(path: string, text: string, more: Partial<Existing> = {}): Existing {
  return {
    path,
    text,
    name: path.replace(/\.conf$/, ""),
    addresses: [],
    configId: undefined,
    target: undefined,
    include: undefined,
    ...more,
  };
}

/** A new host that is called b unless the test says otherwise. */
export function newcomer(more: Partial<Newcomer> = {}): Newcomer {
  return { name: "b", addresses: [], interfaces: [], priorities: [], ...more };
}

/** The priorities of a host, as somebody says them who knows it. */
export function prioritiesOf({ instances }: Host): Newcomer["priorities"] {
  return instances.map(({ name, priority }) => ({ instance: name, priority: priority.value }));
}
