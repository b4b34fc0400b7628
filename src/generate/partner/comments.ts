/** What was copied as it is and may be wrong on another host: comments and programs that speak of the old one. */
import type { Place } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import type { SourceFile } from "../../syntax/tree.ts";

/** The head of a file that vrrp-gen wrote: it names the host and its only partner. */
const ownHead = /^# keepalived on (\S+); its partner is (\S+)\.$/m;

/** Turns the names round in the head that vrrp-gen itself wrote; any other text stays as it is. */
export function turnHead(text: string, name: string | undefined): string {
  return text.replace(ownHead, (line, host: string, partner: string) =>
    partner === name ? `# keepalived on ${partner}; its partner is ${host}.` : line,
  );
}

/** Lines of a new file that name something of the old host, outside what was changed. `old` are its names and addresses. */
export function speakingOf(host: Host, old: readonly string[]): readonly Place[] {
  const words = old.filter((word) => word.length > 1);
  if (words.length === 0) return [];
  const pattern = new RegExp(`(?<![\\w.:-])(?:${words.map(escaped).join("|")})(?![\\w:-]|\\.\\w)`);
  return host.sources.flatMap((source) => linesWith(source, pattern));
}

function linesWith({ path, lines }: SourceFile, pattern: RegExp): readonly Place[] {
  return lines.flatMap(({ start, text, parts }) => {
    const found = parts.some(
      ({ kind, start: from, end }) =>
        (kind === "comment" || kind === "quoted") && pattern.test(text.slice(from, end)),
    );
    return found ? [{ file: path, span: { start, end: start + text.trimEnd().length } }] : [];
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
