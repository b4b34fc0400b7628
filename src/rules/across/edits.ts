/** Edits in a host's file that make it agree with another host's. */
import type { Edit, Place } from "../../diagnostic.ts";
import type { Instance, Member } from "../../model/host.ts";
import { insertAtTop, replaceWord } from "../edits.ts";
import { keywordPlace, lineOf } from "../support.ts";

/** The edit that gives an instance's keyword another value: in its last line, else as a new line. */
export function setKeyword(member: Member, keyword: string, value: string): Edit | undefined {
  const written = lineOf(member.instance, keyword);
  if (written) return replaceWord(written.words[1], value);
  return insertAtTop(member.host, member.instance.block, `${keyword} ${value}`);
}

/** The place of the last line with this keyword in an instance, else the instance's own header. */
export function keywordOrHeader(instance: Instance, keyword: string): Place {
  const written = lineOf(instance, keyword);
  return written ? keywordPlace(written) : instance.at;
}

/** A value as keepalived reads it back: quoted where it needs quotes, nothing where no quotes help. */
export function quoted(text: string): string | undefined {
  if (/^[\w.,:;+%@/=*?^~<>|&()-]+$/.test(text)) return text;
  return text === "" || /["$\\\n]/.test(text) ? undefined : `"${text}"`;
}
