/** What hover says about a name: its definition, or the takeover table of an instance or a group. */
import type { Host } from "../../model/host.ts";
import type { Statement } from "../../schema/statement.ts";
import type { NameKind } from "../../schema/types.ts";
import { namesOn } from "../complete/names.ts";
import type { FileView } from "../file-view.ts";
import { routedAt } from "../neighbours.ts";
import { takeoverTable } from "./router.ts";

/** Longer definitions are cut. */
const mostLines = 20;

/** More tables than these fill the screen. */
const mostTables = 4;

/** Markdown about a name of some kind as a host knows it. */
export function namedText(view: FileView, host: Host, kind: NameKind, name: string): string | undefined {
  if (kind === "instance") return tablesOf(view, host, [name]);
  if (kind === "sync-group") {
    const group = host.groups.find((each) => each.name === name);
    return (
      group &&
      tablesOf(
        view,
        host,
        group.members.map((member) => member.name),
      )
    );
  }
  return definitionText(view, host, kind, name);
}

function tablesOf(view: FileView, host: Host, names: readonly string[]): string | undefined {
  const tables = names.slice(0, mostTables).flatMap((name) => {
    const instance = host.instances.find((each) => each.name === name);
    const routed = instance && routedAt(view, instance.block);
    return routed ? [takeoverTable(routed.router)] : [];
  });
  const more = names.length > mostTables ? [`and ${names.length - mostTables} more`] : [];
  return tables.length > 0 ? [...tables, ...more].join("\n\n") : undefined;
}

function definitionText(view: FileView, host: Host, kind: NameKind, name: string): string {
  const isIt = ({ words }: Statement) => words[1]?.text === name;
  const here = namesOn(host, kind).find(isIt);
  if (here) return textOf(view, here);
  for (const other of view.fleet.hosts) {
    const there = namesOn(other, kind).find(isIt);
    if (there) return `${host.name} does not define it; ${other.name} does:\n\n${textOf(view, there)}`;
  }
  return `Nothing defines ${name} on ${host.name}.`;
}

/** A block as it is written. */
function textOf(view: FileView, { line: { reported }, body }: Statement): string {
  const { file, span } = reported;
  const close = body?.close;
  const end = close?.file === file && close.span.end > span.start ? close.span.end : span.end;
  const lines = (view.textOf(file) ?? "").slice(span.start, end).trim().split("\n");
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines), "…"] : lines;
  const where = file === view.file ? "" : `${view.shown(file)}:\n\n`;
  return `${where}\`\`\`keepalived\n${shown.join("\n").replaceAll("```", "'''")}\n\`\`\``;
}
