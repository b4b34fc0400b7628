/** What a tracker names and only another host of the cluster defines, as fixes that copy the definition from there. */
import type { Fix, Place } from "../diagnostic.ts";
import type { Definition, Host, Tracker } from "../model/host.ts";
import { fix, insertBefore } from "../rules/edits.ts";
import { textAt } from "../rules/support.ts";
import { inside, named, type Statement } from "../schema/statement.ts";
import type { FileView } from "./file-view.ts";

/** The copies, one for each different text; nothing where a copy would not be read alike. */
export function definitionsElsewhere(view: FileView, at: Place): readonly Fix[] {
  const found = trackerAt(view, at);
  if (!found) return [];
  const { host, tracker, block } = found;
  const copies = new Map<string, string>();
  for (const other of view.fleet.hosts) {
    if (other === host) continue;
    const same = other.definitions.find(({ kind, name }) => kind === tracker.kind && name === tracker.name);
    const text = same && isUsable(same, host) ? textOf(other, same) : undefined;
    if (same && text !== undefined && !copies.has(text))
      copies.set(text, `Copy ${same.block.words[0]?.text} ${same.name} from ${other.name}`);
  }
  return [...copies].flatMap(([text, title]) => fix(title, false, insertBefore(host, block, `${text}\n`)));
}

interface Found {
  readonly host: Host;
  readonly tracker: Tracker;
  /** The instance or group that has the tracker. */
  readonly block: Statement;
}

function trackerAt({ hosts }: FileView, { file, span }: Place): Found | undefined {
  for (const host of hosts)
    for (const { trackers, block } of [...host.instances, ...host.groups])
      for (const tracker of trackers) {
        const isHere = tracker.at.file === file && tracker.at.span.start === span.start;
        if (isHere && block.line.at.file === file) return { host, tracker, block };
      }
  return undefined;
}

/** With script security keepalived would remove a script that no user is named for. */
function isUsable({ ignored, uncertain, kind, block }: Definition, { globals }: Host): boolean {
  const isNobodys = kind === "script" && globals.scriptSecurity?.value === true && !globals.scriptUser;
  return !ignored && !uncertain && !(isNobodys && named(inside(block), "user").length === 0);
}

/** The block as it is written, when it stands there as a whole and nothing in it depends on that host. */
function textOf(host: Host, { block }: Definition): string | undefined {
  const { at, condition } = block.line;
  const close = block.body?.close;
  const first = block.words[0];
  if (condition || !first?.exact || first.via || close?.file !== at.file) return undefined;
  const text = textAt(host, { file: at.file, span: { start: first.at.span.start, end: close.span.end } });
  return /[$~]|^\s*@/m.test(text) ? undefined : text.replaceAll("\r\n", "\n");
}
