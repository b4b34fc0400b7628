/** Files that a configuration names: what it includes, and the programs it runs. They are opened, never run. */
import type { Span } from "../diagnostic.ts";
import { commandsOf } from "../rules/support.ts";
import { beside, folderOf } from "./paths.ts";
import type { FileView } from "./workspace.ts";

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

function includeLinks({ file, hosts, textOf }: FileView): readonly Link[] {
  const [source] = hosts.flatMap(({ sources }) => sources.filter(({ path }) => path === file));
  return (source?.lines ?? []).flatMap(({ start, text, parts }) =>
    parts.flatMap((part) => {
      if (part.kind !== "includePath") return [];
      const written = text.slice(part.start, part.end);
      const target = beside(folderOf(file), written);
      const span = { start: start + part.start, end: start + part.end };
      return textOf(target) === undefined ? [] : [{ span, file: target }];
    }),
  );
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
