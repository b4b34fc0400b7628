/** The host that is added to hosts whose files exist: what the user says of it, and what keeps it from having a file. */
import type { Place } from "../../diagnostic.ts";
import type { Host, Instance } from "../../model/host.ts";
import type { IncludeReader } from "../../syntax/expand.ts";

/** What the user says of the host that is added. */
export interface Newcomer {
  /** Its router_id, config-id and file are called so. */
  readonly name: string | undefined;
  /** Its own addresses, with prefix where that is known. */
  readonly addresses: readonly string[];
  /** Interfaces that are called otherwise there; without `old` the one that the file uses. */
  readonly interfaces: readonly { readonly old: string | undefined; readonly fresh: string }[];
  /** Priorities the user chose, by instance; without one for all. */
  readonly priorities: readonly { readonly instance: string | undefined; readonly priority: number }[];
  /** Nobody can be asked: where a file does not tell which of two hosts is the master, it is the one that is there. */
  readonly follows?: boolean;
}

/** A host's file as it is, before it is read. */
export interface Existing {
  /** Its own addresses as the user says them, for files that do not. */
  readonly addresses: readonly string[];
  readonly path: string;
  readonly text: string;
  readonly name: string;
  /** What its `@id` lines are judged as, when the user said so. */
  readonly configId: string | undefined;
  readonly target: string | undefined;
  readonly include: IncludeReader | undefined;
}

/** Why there is no file for the newcomer. */
export interface Problem {
  /** missing: the user can say it with an option. refused: what the files say does not allow it. */
  readonly is: "missing" | "refused";
  readonly message: string;
  readonly at?: Place | undefined;
  /** The linter's rule that says so. */
  readonly rule?: string | undefined;
}

/** The priority the user chose for an instance. */
export function chosenPriority({ priorities }: Newcomer, { name }: Instance): number | undefined {
  const own = priorities.findLast(({ instance }) => instance === name);
  return (own ?? priorities.findLast(({ instance }) => instance === undefined))?.priority;
}

/** Names in options that stand for nothing in the file. */
export function strayWords({ priorities }: Newcomer, host: Host): readonly Problem[] {
  const names = host.instances.map(({ name }) => name);
  return priorities.flatMap(({ instance, priority }): Problem[] => {
    if (instance === undefined || names.includes(instance)) return [];
    const message = `--priority ${instance}:${priority}: there is no vrrp_instance ${instance} in ${host.shownAs}, only ${names.join(", ")}`;
    return [{ is: "missing", message }];
  });
}
