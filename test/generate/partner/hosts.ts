/** Files and wishes for the tests of newcomers. */
import type fc from "fast-check";
import type { Intent } from "../../../src/generate/intent.ts";
import type { Existing, Newcomer } from "../../../src/generate/partner/newcomer.ts";
import type { Host } from "../../../src/model/host.ts";
import { intents } from "../intents.ts";

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

/** Wishes in which every host differs from the others only by what belongs to one host alone. */
export const alike: fc.Arbitrary<Intent> = intents.map((intent) => {
  const oneName = intent.hosts.every((host) => host.interface === undefined);
  const sameForAll = (text: Intent["extra"]) => (typeof text === "string" ? text : [...(text ?? [])][0]?.[1]);
  return {
    ...intent,
    // Sources by host name the hosts, and here clusters lose one.
    common: {
      ...intent.common,
      unicast: intent.common.unicast !== undefined && intent.common.unicast !== false,
    },
    globals: sameForAll(intent.globals),
    // Lines that name an interface are not translated by the generator.
    extra: oneName ? sameForAll(intent.extra) : undefined,
    routers: intent.routers.map((router) => (oneName ? router : { ...router, extra: undefined })),
    hosts: intent.hosts.map((host) => ({ ...host, routerId: host.routerId === false ? false : undefined })),
  };
});
