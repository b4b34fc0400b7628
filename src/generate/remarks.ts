/** Comments of generated files that name the hosts: when a host comes, they have to be told anew. */
import { listed } from "../rules/support.ts";
import { commentLines } from "./document.ts";
import { quoted } from "./words.ts";

/** The hosts of a virtual router with their priorities, the master first. */
export type Order = readonly { readonly host: string; readonly priority: number }[];

/** What the head of a host's file says of the hosts: whose it is, and how to compare the files. */
export function headTexts(host: string, hosts: readonly string[]): readonly [whose: string, compare: string] {
  const others = hosts.filter((other) => other !== host);
  return [
    `keepalived on ${host}; its ${others.length > 1 ? "partners are" : "partner is"} ${listed(others)}.`,
    `  vrrp-lint ${hosts.map((each) => `${each}.conf`).join(" ")}`,
  ];
}

/** Where the addresses of a virtual router are. */
export function placeText(order: Order): string {
  const [first, ...then] = order.map(({ host }) => host);
  return `The addresses are on ${first}; should it fail, on ${then.join(", then ")}.`;
}

/** Which priority is the highest. */
export function rankText(order: Order): string {
  return `the highest wins: ${order.map(({ host, priority }) => `${host} ${priority}`).join(", ")}`;
}

/** What was and what is. */
export interface Change<T> {
  readonly before: T;
  readonly now: T;
}

/** Who the comments of a host's file name. */
export interface Named {
  /** The host whose file it is. */
  readonly host: Change<string>;
  readonly hosts: Change<readonly string[]>;
  /** By the names of its instances. */
  readonly orders: ReadonlyMap<string, Change<Order>>;
}

/**
 * The file with those comments told anew that the generator wrote and that were true before. Any other comment stays as
 * it is.
 */
export function retold(text: string, { host, hosts, orders }: Named): string {
  let result = retoldHead(text, host, hosts);
  for (const [name, { before, now }] of orders) {
    const header = result.indexOf(`\nvrrp_instance ${quoted(name)} {\n`);
    if (header === -1) continue;
    const start = result.lastIndexOf("\n\n", header) + 1;
    const end = result.indexOf("\n}\n", header);
    const block = replaced(
      replaced(result.slice(start, end), { before: placeText(before), now: placeText(now) }, ""),
      { before: rankText(before), now: rankText(now) },
      "    ",
    );
    result = result.slice(0, start) + block + result.slice(end);
  }
  return result;
}

/** The head lists the hosts in an order of its own. */
function retoldHead(text: string, host: Change<string>, hosts: Change<readonly string[]>): string {
  const [, list = ""] = /^# {3}vrrp-lint (\S.*)$/m.exec(text) ?? [];
  const before = list.split(" ").map((file) => file.replace(/\.conf$/, ""));
  if (before.toSorted().join() !== hosts.before.toSorted().join()) return text;
  const now = [...before, ...hosts.now.filter((name) => !before.includes(name))];
  const fresh = headTexts(host.now, now);
  return headTexts(host.before, before).reduce(
    (head, old, index) => replaced(head, { before: old, now: fresh[index] ?? old }, ""),
    text,
  );
}

/** Whole lines that are this comment are another one. */
function replaced(text: string, { before, now }: Change<string>, indent: string): string {
  const [old, fresh] = [before, now].map((words) => `\n${commentLines(words, indent).join("\n")}\n`);
  return `\n${text}`.replace(old ?? "", () => fresh ?? "").slice(1);
}
