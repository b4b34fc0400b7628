/** Lines that no other word of a description says: taken over as they are, for all hosts or for each. */
import type { Host } from "../../model/host.ts";
import { findKeyword, rootKeywords } from "../../schema/index.ts";
import type { Statement } from "../../schema/statement.ts";
import type { PerHost } from "../intent.ts";
import { keywordIn, type Reading } from "./reading.ts";
import { commonly } from "./watch.ts";

/** A statement as text, or only a part of it. */
export interface Rest {
  readonly keyword: string;
  readonly text: string;
}

/** A whole statement. */
export function restOf(reading: Reading, statement: Statement): Rest {
  return { keyword: keywordIn(statement), text: reading.text(statement) };
}

/** A block of which only some lines are left; undefined when none is. */
export function restOfBlock(
  reading: Reading,
  statement: Statement,
  isLeft: (line: Statement) => boolean,
): Rest | undefined {
  const lines = reading.inside(statement).filter(isLeft);
  if (lines.length === 0) return undefined;
  const inside = lines.flatMap((line) => reading.text(line).split("\n"));
  const keyword = keywordIn(statement);
  return { keyword, text: [`${keyword} {`, ...inside.map((line) => `    ${line}`), "}"].join("\n") };
}

/** The lines of all hosts in the order of the manual; undefined when there are none. `path` names their block. */
export function leftover(
  path: string,
  rests: ReadonlyMap<Host, readonly Rest[]>,
): PerHost<string> | undefined {
  const keywords = path === "" ? rootKeywords : (findKeyword(path)?.keywords ?? []);
  const names = keywords.map(({ name }) => name);
  const texts = [...rests].map(([host, each]): readonly [string, string] => {
    const sorted = [...each].sort((one, other) => names.indexOf(one.keyword) - names.indexOf(other.keyword));
    return [host.name, sorted.map(({ text }) => `${text}\n`).join(path === "" ? "\n" : "")];
  });
  if (texts.every(([, text]) => text === "")) return undefined;
  const common = commonly(new Map(texts));
  return typeof common === "string" ? common : new Map(texts.filter(([, text]) => text !== ""));
}
