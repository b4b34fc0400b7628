/** Settings that only the state machine needs, read where keepalived reads them: the last line that is right counts. */
import { named, type Statement } from "../schema/statement.ts";
import { readBoolean } from "../schema/values.ts";
import { second } from "../vrrp/time.ts";
import { readMicroseconds, readWhole } from "./numbers.ts";

/** The number that a keyword has among these lines; undefined when no line gives one in range. */
export function numberOf(
  lines: readonly Statement[],
  keyword: string,
  min: number,
  max = 0xffffffff,
): number | undefined {
  return lastOf(lines, keyword, (text) => readWhole(text, { min, max, tolerant: true }));
}

/** The time that a keyword has among these lines, in microseconds. */
export function timeOf(lines: readonly Statement[], keyword: string): number | undefined {
  return lastOf(lines, keyword, (text) => {
    return readMicroseconds(text, { min: 0, max: 0xffffffff * second, tolerant: true });
  });
}

/** Whether a keyword is on among these lines; it needs no word, and one that is wrong leaves things as they were. */
export function flagOf(lines: readonly Statement[], keyword: string): boolean | undefined {
  const values = named(lines, keyword).map(({ words }) => {
    const word = words[1];
    if (word?.unknown) return undefined;
    return word ? readBoolean(word.text) : true;
  });
  return values.findLast((value) => value !== undefined);
}

/** The text behind a keyword in its last line. */
export function textOf(lines: readonly Statement[], keyword: string): string | undefined {
  return lastOf(lines, keyword, (text) => text);
}

function lastOf<T>(
  lines: readonly Statement[],
  keyword: string,
  read: (text: string) => T | undefined,
): T | undefined {
  const values = named(lines, keyword).map(({ words }) => {
    const word = words[1];
    return word && !word.unknown ? read(word.text) : undefined;
  });
  return values.findLast((value) => value !== undefined);
}
