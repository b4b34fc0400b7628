/** What else in a file belongs to its host alone: its name, addresses it gives itself, sessions with its partner. */
import { readAddressLine, readHostAddress } from "../../model/addresses.ts";
import type { Host } from "../../model/host.ts";
import { bind } from "../../schema/bind.ts";
import { inside, named, type Statement, walk } from "../../schema/statement.ts";
import type { Word } from "../../syntax/tree.ts";
import type { Changes } from "./changes.ts";
import type { Newcomer, Problem } from "./newcomer.ts";
import { type OwnAddresses, ownOf } from "./own-addresses.ts";

/** Sets the host's name where the file says it: router_id, and senders of mail that contain it. */
export function changeNames(old: Host, base: Host, { name }: Newcomer, changes: Changes): readonly Problem[] {
  const [before, now] = [old.globals.routerId, base.globals.routerId];
  const word = now?.statement?.words[1];
  if (!before || !now || !word || before.value !== now.value) return [];
  if (name === undefined)
    return [
      {
        is: "missing",
        at: now.at,
        message: `router_id ${now.value} is the name of this host: --as NAME says that of the new one`,
      },
    ];
  if (name === now.value)
    return [
      {
        is: "missing",
        at: now.at,
        message: `--as ${name}: this is the router_id of the host whose file it is`,
      },
    ];
  changes.replace(word, name);
  for (const keyword of ["notification_email_from", "smtp_helo_name"])
    for (const line of named(base.globals.statements, keyword))
      renameIn(line.words[1], now.value, name, changes);
  return [];
}

function renameIn(word: Word | undefined, old: string, fresh: string, changes: Changes): void {
  if (!word) return;
  const text = word.text.split(/([^A-Za-z0-9_-]+)/).join("\u0000");
  const wanted = old.split(/([^A-Za-z0-9_-]+)/).join("\u0000");
  const parts = `\u0000${text}\u0000`.replaceAll(`\u0000${wanted}\u0000`, `\u0000${fresh}\u0000`);
  changes.replace(word, parts.replaceAll("\u0000", ""));
}

/** Sets addresses outside adverts that are the host's own: static ones, ends of BFD sessions, sources of routes and checks. */
export function changeOwnAddresses(
  old: Host,
  base: Host,
  own: OwnAddresses,
  changes: Changes,
): readonly Problem[] {
  const problems = staticLines(base).flatMap((line) => changeStatic(line, old, own, changes));
  for (const statement of walk(base.statements)) {
    for (const word of sourcesOf(statement)) {
      const fresh = own.freshFor(readHostAddress(word.text)?.address ?? "");
      if (fresh !== undefined) changes.replace(word, fresh);
    }
  }
  return [...problems, ...changeSessions(base, own, changes)];
}

function staticLines(host: Host): readonly Statement[] {
  return named(host.statements, "static_ipaddress").flatMap(inside);
}

function changeStatic(line: Statement, old: Host, own: OwnAddresses, changes: Changes): readonly Problem[] {
  const word = line.words[0];
  const kept = readAddressLine(line)?.kept;
  if (!word || !kept || !ownOf(old).includes(kept.address)) return [];
  const fresh = own.choose(kept.address, [word.text], word.at, "static_ipaddress");
  if (typeof fresh !== "string") return [fresh];
  own.match(kept.address, fresh);
  changes.replace(word, fresh + word.text.slice(word.text.split("/", 1)[0]?.length));
  return [];
}

/** Keywords and options behind which an address of the host itself stands, if it is one of its own. */
const sources = ["src", "bindto"];

function sourcesOf(statement: Statement): readonly Word[] {
  const keyword = statement.data ? "" : (statement.words[0]?.text ?? "");
  return (bind(statement)?.bound ?? []).flatMap(({ word, option }) =>
    sources.includes(option?.name ?? keyword) ? word : [],
  );
}

/** A BFD session with the newcomer becomes one with the old host; one with a router stays. */
function changeSessions(base: Host, own: OwnAddresses, changes: Changes): readonly Problem[] {
  return named(base.statements, "bfd_instance").flatMap((block): readonly Problem[] => {
    for (const keyword of ["neighbor_ip", "neighbour_ip"])
      for (const { words } of named(inside(block), keyword)) {
        const address = readHostAddress(words[1]?.text ?? "")?.address;
        const fresh = address === undefined ? undefined : own.oldFor(address);
        if (words[1] && fresh !== undefined) changes.replace(words[1], fresh);
      }
    return named(inside(block), "source_ip").flatMap(({ words: [, word] }): readonly Problem[] => {
      const address = word && readHostAddress(word.text)?.address;
      if (!word || address === undefined) return [];
      const fresh = own.choose(address, [], word.at, "source_ip");
      if (typeof fresh !== "string") return [fresh];
      changes.replace(word, fresh);
      return [];
    });
  });
}
