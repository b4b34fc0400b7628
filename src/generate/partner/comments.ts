/** What was copied as it is and may be wrong on another host: comments and programs that speak of the old one. */
import type { Place } from "../../diagnostic.ts";
import type { Host } from "../../model/host.ts";
import { anyOf } from "./pattern.ts";

/** The head of a file that vrrp-gen wrote: it names the host and its only partner. */
const ownHead = /^# keepalived on (\S+); its partner is (\S+)\.$/m;

/** Turns the names round in the head that vrrp-gen itself wrote; any other text stays as it is. */
export function turnHead(text: string, name: string | undefined): string {
  return text.replace(ownHead, (line, host: string, partner: string) =>
    partner === name ? `# keepalived on ${partner}; its partner is ${host}.` : line,
  );
}

/**
 * Lines of a new host's file that were written from the old one's point of view: a command that names the old host, a
 * comment that names one of the two. What names both is as true on the one as on the other.
 */
export function speakingOf(host: Host, old: Host): readonly Place[] {
  const ofOld = namesIn(old);
  const ofNew = namesIn(host);
  return host.sources.flatMap(({ path, lines }) =>
    lines.flatMap(({ start, text, parts }) => {
      const speaks = parts.some(({ kind, start: from, end }) => {
        const part = text.slice(from, end);
        return kind === "quoted" ? ofOld(part) : kind === "comment" && ofOld(part) !== ofNew(part);
      });
      const indent = text.length - text.trimStart().length;
      const span = { start: start + indent, end: start + text.trimEnd().length };
      if (text.includes("auth_pass")) return [];
      return speaks ? [{ file: path, span }] : [];
    }),
  );
}

/** Tells whether a text has a name or an own address of a host in it. */
function namesIn({ name, globals, ownAddresses }: Host): (text: string) => boolean {
  const names = [name, globals.routerId?.value ?? name, ...ownAddresses.map(({ address }) => address)];
  // A single letter is a word of its own in many languages.
  const words = names.filter((word) => word.length > 1);
  const pattern = new RegExp(`(?<![\\w.:-])${anyOf(words)}(?![\\w:-]|\\.\\w)`);
  return (text) => pattern.test(text);
}
