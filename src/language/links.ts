/** Files that a configuration names: what it includes, and the programs it runs. They are opened, never run. */
import type { Span } from "../diagnostic.ts";
import { commandsOf } from "../rules/support.ts";
import type { FileView } from "./file-view.ts";
import { inclusionsOf, isPattern } from "./included.ts";
import { beside, folderOf } from "./paths.ts";

export interface Link {
  readonly span: Span;
  /** The file it leads to. */
  readonly file: string;
}

/** The links of a file to files that are there. */
export function linksIn(view: FileView): readonly Link[] {
  const all = [...includeLinks(view), ...programLinks(view)];
  const there = all.filter(({ file }) => view.textOf(file) !== undefined);
  return [...new Map(there.map((link) => [link.span.start, link])).values()];
}

/** Of a pattern only when it finds one file: where it finds several, "go to definition" offers them all. */
function includeLinks({ file, hosts, include }: FileView): readonly Link[] {
  const [source] = hosts.flatMap(({ sources }) => sources.filter(({ path }) => path === file));
  return (source ? inclusionsOf(source) : []).flatMap(({ at, text }) => {
    if (!isPattern(text)) return [{ span: at.span, file: beside(folderOf(file), text) }];
    const [only, ...more] = include(text, file)?.files ?? [];
    return only && more.length === 0 ? [{ span: at.span, file: only.path }] : [];
  });
}

function programLinks({ file, hosts }: FileView): readonly Link[] {
  return hosts.flatMap((host) =>
    commandsOf(host).flatMap(({ word }) => {
      const program = /^\S+/.exec(word.text)?.[0] ?? "";
      if (!program.startsWith("/") || word.at.file !== file || !word.exact) return [];
      const start = word.at.span.start + Number(word.quoted);
      return [{ span: { start, end: start + program.length }, file: beside(folderOf(file), program) }];
    }),
  );
}
