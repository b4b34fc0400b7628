/** What one host calls the things that another host calls differently. */
import type { Fleet, Host, Member } from "../../model/host.ts";
import { memberOn } from "../../rules/across/sync.ts";
import { teams } from "../../rules/across/teams.ts";

/**
 * The interface of a host that has the part which an interface of another host has, as far as shared virtual routers
 * show it. A name that both hosts use for the same router stands for itself; undefined when nothing tells.
 */
export function interfaceOn(fleet: Fleet, from: Host, to: Host, name: string): string | undefined {
  const found = new Set<string>();
  let renames = false;
  for (const team of teams(fleet)) {
    const theirs = memberOn(team, from)?.instance.interface?.value;
    const ours = memberOn(team, to)?.instance.interface?.value;
    if (theirs === undefined || ours === undefined) continue;
    if (theirs === name) found.add(ours);
    if (theirs !== ours) renames = true;
  }
  const [only] = found;
  if (found.size > 1) return undefined;
  return only ?? (renames ? undefined : name);
}

/**
 * A word of an address or route line as another host writes it: behind `dev` its own interface, in a label `eth0:web`
 * too. Undefined when it is not known which interface that is.
 */
export function wordOn(
  fleet: Fleet,
  from: Member,
  to: Member,
  words: readonly string[],
  index: number,
): string | undefined {
  const word = words[index] ?? "";
  const ahead = words[index - 1];
  const [ours, theirs] = [to.instance.interface?.value, from.instance.interface?.value];
  const translate = (name: string) =>
    name === theirs && ours !== undefined ? ours : interfaceOn(fleet, from.host, to.host, name);
  if (ahead === "dev") return translate(word);
  if (ahead !== "label") return word;
  const [name = "", ...rest] = word.split(":");
  const translated = translate(name);
  return translated === undefined ? undefined : [translated, ...rest].join(":");
}
