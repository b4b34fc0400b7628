/** `@id` lines of a file that gets a partner: which host it is now, and which names the new host has in it. */
import { applyEdits } from "../../edits.ts";
import type { Host } from "../../model/host.ts";
import { listed } from "../../rules/support.ts";
import { configId } from "../print.ts";
import type { Newcomer, Problem } from "./newcomer.ts";

/** The config-ids of the two hosts; both undefined in a file without conditions. */
export interface ConfigIds {
  readonly old: string | undefined;
  readonly fresh: string | undefined;
}

/** Finds out which host a file is for. `host` is the file, read without a config-id unless the user gave one. */
export function configIdsOf(host: Host, newcomer: Newcomer): ConfigIds | Problem {
  const { configIds: ids } = host;
  if (ids.length === 0) return { old: undefined, fresh: undefined };
  const wanted = newcomer.name === undefined ? undefined : configId(newcomer.name);
  const named = ids.find((id) => id === host.globals.routerId?.value);
  const old = host.configId ?? named ?? onlyOther(ids, wanted);
  if (old === undefined)
    return {
      is: "missing",
      message: `${host.shownAs} has lines for ${listed(ids.map((id) => `@${id}`))}: --config-id ID says which host it is for`,
    };
  const fresh = wanted ?? onlyOther(ids, old);
  if (fresh === undefined)
    return {
      is: "missing",
      message: `${host.shownAs} has lines that begin with @${old}: --as NAME says what they are for on the new host`,
    };
  return { old, fresh };
}

/** The other one of two names. */
function onlyOther(ids: readonly string[], one: string | undefined): string | undefined {
  const [other, ...more] = ids.filter((id) => id !== one);
  return one !== undefined && more.length === 0 && ids.includes(one) ? other : undefined;
}

/**
 * The texts in which lines for the old host are lines for the new one. A file that speaks of the new host already, or of
 * all hosts but one, is a common file and stays as it is.
 */
export function renameConditions(host: Host, { old, fresh }: ConfigIds): ReadonlyMap<string, string> {
  if (old === undefined || fresh === undefined || host.configIds.includes(fresh)) return new Map();
  const conditions = host.sources.map((source) => ({ source, found: conditionsIn(source, old) }));
  if (conditions.some(({ found }) => found.some(({ negated }) => negated))) return new Map();
  return new Map(
    conditions.map(({ source, found }) => {
      const edits = found.map(({ start, end }) => ({
        at: { file: source.path, span: { start, end } },
        text: fresh,
      }));
      return [source.path, applyEdits(source.text.toString(), edits)];
    }),
  );
}

/** The places of a config-id in the conditions of a file. */
function conditionsIn({ lines }: Host["sources"][number], id: string) {
  return lines.flatMap(({ start, text, parts }) =>
    parts.flatMap((part) => {
      if (part.kind !== "condition") return [];
      const written = text.slice(part.start, part.end).trimEnd();
      const negated = written.startsWith("@^");
      const from = start + part.start + (negated ? 2 : 1);
      return written.slice(negated ? 2 : 1) === id ? [{ start: from, end: from + id.length, negated }] : [];
    }),
  );
}
