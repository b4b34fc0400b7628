/** What vrrp-gen says: reasons against, and after writing who is master and what to do next. */

import type { Outcome } from "../generate/generate.ts";
import type { Intent, Refusal } from "../generate/intent.ts";
import { bare } from "../generate/networks.ts";
import { harmless, wrap } from "./columns.ts";
import { type Page, pageFor } from "./report.ts";
import { takeoverText } from "./takeover-table.ts";
import type { World } from "./world.ts";

type Files = Extract<Outcome, { is: "files" }>;

/** The reasons why nothing was written, for standard error; `whereOf` names the place of a reason, if it has one. */
export function refusalText(
  refusals: readonly Refusal[],
  world: World,
  whereOf: (refusal: Refusal) => string,
): string {
  const { width } = pageFor(world);
  const each = refusals.map((refusal) => {
    const start = `${harmless(whereOf(refusal))}refused: `;
    const rule = refusal.rule === undefined ? "" : ` [${refusal.rule}]`;
    return `${start}${wrap(`${harmless(refusal.message)}${rule}`, width, 2, start.length)}\n`;
  });
  return `${each.join("")}Nothing was written.\n`;
}

/** The takeover table, the linter's hints and what to do with the files. */
export function closingText(outcome: Pick<Files, "fleet" | "remarks">, next: string, world: World): string {
  const page = pageFor(world);
  return [takeoverText(outcome.fleet, outcome.remarks, page), remarksText(outcome, page), next]
    .filter((part) => part !== "")
    .map((part) => `${part.trimEnd()}\n`)
    .join("\n");
}

function remarksText({ remarks }: Pick<Files, "remarks">, { width }: Page): string {
  const messages = [...new Set(remarks.map(({ message }) => message))];
  if (messages.length === 0) return "";
  return `Worth knowing:\n${messages.map((message) => `  ${wrap(harmless(message), width, 4, 2)}\n`).join("")}`;
}

/** Where keepalived reads its file. */
export const home = "/etc/keepalived/keepalived.conf";

/** What to do next with an inventory. */
export const ansibleNext = `Next: let a playbook install {{ keepalived_conf }} on the hosts of the inventory;
group_vars/keepalived.yml shows the task. Encrypt files/ if it holds passwords.`;

/** What to do with files that hold passwords. */
export function secretText(several: boolean): string {
  const [files, them, hosts] = several ? ["files hold", "them", "hosts"] : ["file holds", "it", "host"];
  return `The ${files} a password: let nobody but root read ${them} on the ${hosts}.`;
}

/** What to do next with files that are copied by hand; `places` says where each was written. */
export function copyNext({ hosts }: Intent, { files }: Files, places: ReadonlyMap<string, string>): string {
  const reach = (name: string) => {
    const address = bare(hosts.find((host) => host.name === name)?.addresses[0] ?? "") ?? name;
    return address.includes(":") ? `[${address}]` : address;
  };
  const copies = files.flatMap(({ file, hosts: names }) =>
    names.map((name) => `    scp ${places.get(file) ?? file} root@${reach(name)}:${home}`),
  );
  const secret = files.some((file) => file.secret);
  return [
    "Next: copy the files, then on every host check and load them.",
    ...copies,
    "    keepalived -t && systemctl reload-or-restart keepalived",
    ...(secret ? [secretText(true)] : []),
  ].join("\n");
}
