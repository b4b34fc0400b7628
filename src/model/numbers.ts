/**
 * Numbers as the running daemon takes them, which is kinder than its configuration test: most keywords accept
 * `3x` as 3 with a warning, and only some refuse it (keepalived 2.2.7 and 2.4.3, lib/parser.c, read_*_func).
 */

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** The daemon takes the digits before junk. */
  readonly tolerant: boolean;
}

const digitsFirst = /^[ \t\n\v\f\r]*([+-]?\d+)?/;

/** The whole number keepalived reads from a word, or undefined when it refuses the word. */
export function readWhole(text: string, { min, max, tolerant }: NumberRange): number | undefined {
  const start = digitsFirst.exec(text);
  const digits = start?.[1];
  const clean = digits === undefined ? text === "" : start?.[0].length === text.length;
  const value = digits === undefined ? 0 : Number(digits);
  if (value < min || value > max) return undefined;
  return clean || tolerant ? value : undefined;
}

/**
 * A time in whole microseconds from a word in seconds, or undefined when keepalived refuses it. `min` and `max` are
 * microseconds. keepalived drops the point, pads the fraction with zeros to six digits and reads one whole number, so
 * junk behind a number leaves far too few microseconds and falls out of most ranges.
 */
export function readMicroseconds(text: string, { min, max, tolerant }: NumberRange): number | undefined {
  if (text.startsWith("-")) return undefined;
  const point = text.indexOf(".");
  const fraction = point === -1 ? "" : text.slice(point + 1);
  const whole = point === -1 ? text : text.slice(0, point);
  const roundUp = fraction.length > 6 && (fraction[6] as string) >= "5";
  const padded = whole + fraction.slice(0, 6).padEnd(6, "0");
  const value = readWhole(padded, { min: 0, max: Number.MAX_SAFE_INTEGER, tolerant });
  if (value === undefined) return undefined;
  const rounded = value + (roundUp ? 1 : 0);
  return rounded < min || rounded > max ? undefined : rounded;
}
