/** Interfaces that are called otherwise on the newcomer: every word of the file that the schema knows to be one. */
import type { Host } from "../../model/host.ts";
import { listed } from "../../rules/support.ts";
import { bind } from "../../schema/bind.ts";
import { walk } from "../../schema/statement.ts";
import type { Value } from "../../schema/types.ts";
import type { Word } from "../../syntax/tree.ts";
import type { Changes } from "./changes.ts";
import type { Newcomer, Problem } from "./newcomer.ts";

/** Every host has it, and under this name. */
const loopback = "lo";

/** Renames interfaces as the user says. A name alone is for the one interface of a file that uses no other. */
export function changeInterfaces(base: Host, newcomer: Newcomer, changes: Changes): readonly Problem[] {
  if (newcomer.interfaces.length === 0) return [];
  const words = interfaceWords(base);
  const used = [...new Set(words.map(({ text }) => text))].filter((name) => name !== loopback);
  const problems: Problem[] = [];
  const names = namesFor(base, newcomer, used, problems);
  for (const word of words) {
    const fresh = names.get(word.text);
    if (fresh !== undefined) changes.replace(word, fresh);
  }
  for (const word of labelWords(base)) {
    const [name = "", ...rest] = word.text.split(":");
    const fresh = names.get(name);
    if (fresh !== undefined) changes.replace(word, [fresh, ...rest].join(":"));
  }
  return problems;
}

function namesFor(
  host: Host,
  newcomer: Newcomer,
  used: readonly string[],
  problems: Problem[],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { old: written, fresh } of newcomer.interfaces) {
    // As in `--pair`, the host's name may stand before the colon.
    const old = written === newcomer.name ? undefined : written;
    const wanted = old ?? (used.length === 1 ? used[0] : undefined);
    if (wanted === undefined || !used.includes(wanted)) problems.push(unknownName(host, old, fresh, used));
    else if (names.has(wanted)) problems.push(problem(`--interface was given twice for ${wanted}`));
    else names.set(wanted, fresh);
  }
  // A VLAN interface may be called after its parent or not: only the user knows.
  for (const vlan of used.filter((name) => names.has(name.split(".")[0] ?? "") && !names.has(name)))
    problems.push(
      problem(`${host.shownAs} uses ${vlan}, too: --interface ${vlan}:NAME says what it is called`),
    );
  return names;
}

function unknownName(host: Host, old: string | undefined, fresh: string, used: readonly string[]): Problem {
  if (used.length === 0) return problem(`--interface ${fresh}: ${host.shownAs} names no interface`);
  const all = listed(used);
  return old === undefined
    ? problem(
        `--interface ${fresh}: ${host.shownAs} uses ${all}; write --interface OLD:NEW for each that has another name`,
      )
    : problem(`--interface ${old}:${fresh}: ${host.shownAs} uses no ${old}, only ${all}`);
}

function problem(message: string): Problem {
  return { is: "missing", message };
}

function interfaceWords(host: Host): readonly Word[] {
  return [...walk(host.statements)].flatMap((statement) =>
    (bind(statement)?.bound ?? []).flatMap(({ word, arg }) => (isInterface(arg.value) ? word : [])),
  );
}

function isInterface(value: Value): boolean {
  return value.is === "interface" || (value.is === "either" && value.of.some(isInterface));
}

/** The label of an address begins with the interface it is on. */
function labelWords(host: Host): readonly Word[] {
  return [...walk(host.statements)].flatMap((statement) =>
    (bind(statement)?.bound ?? []).flatMap(({ word, option }) => (option?.name === "label" ? word : [])),
  );
}
