/** The file of a host's partner, for the editor: `vrrp-gen --from` over texts that may not be saved. */
import type { Place } from "../diagnostic.ts";
import { derive } from "../generate/partner/derive.ts";
import type { Problem } from "../generate/partner/newcomer.ts";
import type { Host } from "../model/host.ts";
import type { FileView } from "./file-view.ts";
import { baseName, folderOf } from "./paths.ts";
import type { PeerFile, Refusal } from "./requests.ts";

export interface PeerWish {
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  readonly priority?: number | undefined;
  /** Nobody can be asked which host is to be master: it is the one whose file this is. */
  readonly follows?: boolean;
}

/** The partner's file for the host whose main file this is, or why there is none. Nothing is written. */
export function peerFileOf(
  view: FileView,
  { name, address, priority, follows = false }: PeerWish,
): PeerFile | Refusal {
  const host = view.hosts.find(({ file }) => file === view.file);
  if (!host) return { reason: "This file is a part of another one; ask for the peer of that." };
  if (view.hosts.length > 1) return { reason: "This file is for all hosts of its cluster already." };
  const other = view.fleet.hosts.find(({ file }) => file !== view.file);
  if (other && name === undefined)
    return { reason: `${view.shown(other.file)} is the file of another host of this cluster already.` };
  const fresh = name ?? freshName(host);
  const place = `${folderOf(view.file)}${fresh}.conf`;
  const priorities = priority === undefined ? [] : [{ instance: undefined, priority }];
  const made = derive(
    {
      addresses: [],
      path: view.file,
      text: view.text.toString(),
      name: host.name,
      configId: host.configId,
      target: host.target,
      include: view.include,
    },
    { name: fresh, addresses: address === undefined ? [] : [address], interfaces: [], priorities, follows },
    (file) => (file === view.file ? place : undefined),
  );
  if (made.is === "files") return { text: made.texts.get(place) ?? "", suggestedName: `${fresh}.conf` };
  const refusal = refusalOf(view, made.problems, address === undefined, priority === undefined);
  // The linter names hosts by their files, of which the second is not there yet.
  const reason = [view.file, place].reduce(
    (text, file) => text.replaceAll(file, view.shown(file)),
    refusal.reason,
  );
  return { ...refusal, reason };
}

/** The reasons, without the options of a command line; what is missing is named for the client to ask for. */
function refusalOf(
  view: FileView,
  problems: readonly Problem[],
  mayAskAddress: boolean,
  mayAskPriority: boolean,
): Refusal {
  const missing = problems.filter((problem) => problem.is === "missing").map(({ message }) => message);
  const asks = (option: string) => missing.some((message) => message.includes(`--${option}`));
  const needs =
    mayAskAddress && asks("address")
      ? "address"
      : mayAskPriority && asks("priority")
        ? "priority"
        : undefined;
  const reasons = problems.map(({ at, message }) => `${at ? lineIn(view, at) : ""}${withoutOption(message)}`);
  return { reason: [...new Set(reasons)].join("\n"), ...(needs && { needs }) };
}

/** `--priority N says which …` → `Say which …`. */
function withoutOption(message: string): string {
  return message
    .replace(/: --(?:address|priority) [A-Z]+ says/, ". Say")
    .replace(/: --host \S+ says it/, ". Write unicast_src_ip into this file first")
    .replace(/^--\w+ [^:]*: /, "");
}

function lineIn(view: FileView, at: Place): string {
  return `${view.shown(at.file)}:${view.linesOf(at.file).positionAt(at.span.start).line}: `;
}

/**
 * What the new host is called: as follows on the file's name, or where that is the same on every host, on the router_id
 * or the folder.
 */
function freshName({ name, file, globals: { routerId } }: Host): string {
  if (name !== "keepalived") return nextName(name);
  const [label = "", ...domain] = routerId && !routerId.unknown ? routerId.value.split(".") : [];
  const next = following(label);
  if (next !== undefined) return [next, ...domain].join(".");
  return following(baseName(folderOf(file).slice(0, -1))) ?? nextName(name);
}

/** The name that follows: `host-a` → `host-b`, `lb1` → `lb2`; where none does, `NAME-peer`. */
export function nextName(name: string): string {
  const own = baseName(name);
  return following(own) ?? `${own}-peer`;
}

function following(name: string): string | undefined {
  const [, before = "", last] = /^(.*?)(\d+|(?<![A-Za-z])[A-Ya-y])$/.exec(name) ?? [];
  if (last === undefined) return undefined;
  if (/^\d/.test(last)) return `${before}${String(Number(last) + 1).padStart(last.length, "0")}`;
  return `${before}${String.fromCharCode(last.charCodeAt(0) + 1)}`;
}
