/** Small kinds of values that lines of routes, rules and server groups have, read as keepalived reads them. */
import { type ParsedAddress, parseAddress } from "./address.ts";

/** The largest number of 32 bits. */
const largest32 = 4_294_967_295;

/** The longest time that a route may ask for, in milliseconds. */
const longestRouteTime = 120_000;

/**
 * The whole number a word is when 0x marks hexadecimal and a leading 0 octal digits; undefined when it is none. An empty
 * word is 0, as for strtoul(3).
 */
export function readAnyBase(text: string): number | undefined {
  const [, sign, digits = ""] = /^\s*([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9]\d*|)$/i.exec(text) ?? [];
  if (sign === undefined || (digits === "" && sign !== "")) return undefined;
  const octal = /^0\d/.test(digits);
  const value = Number(octal ? `0o${digits}` : digits);
  return sign === "-" ? -value : value;
}

interface NamedNumber {
  readonly min?: number;
  readonly max: number;
  readonly decimal?: true;
  readonly pair?: true;
}

/** Whether a word may be a name of the host's files or is a number in range; numbers of more than 32 bits are not judged. */
export function isNamedNumber({ min = 0, max, decimal, pair }: NamedNumber, text: string): boolean {
  const slash = pair ? text.indexOf("/") : -1;
  const parts = slash === -1 ? [text] : [text.slice(0, slash), text.slice(slash + 1)];
  return parts.every((part) => {
    if (part.trim() === "") return true;
    if (decimal) return !/^\s*[+-]?\d+$/.test(part) || (Number(part) >= min && Number(part) <= max);
    const number = readAnyBase(part);
    if (number === undefined || number > largest32) return true;
    return number < 0 ? max === largest32 : number >= min && number <= max;
  });
}

interface Limits {
  readonly min?: number;
  readonly max?: number;
}

/**
 * Whether a word begins with two whole numbers and a hyphen between them. With limits nothing may follow, and both
 * numbers lie within them and do not go down.
 */
export function isRange(text: string, { min, max }: Limits = {}): boolean {
  const [whole, first, last] = /^\s*([+-]?\d+)-\s*([+-]?\d+)/.exec(text) ?? [];
  if (whole === undefined) return false;
  if (min === undefined || max === undefined) return true;
  const [low, high] = [Number(first), Number(last)];
  return whole.length === text.length && min <= low && low <= high && high <= max;
}

/** Whether a word is a firewall mark, or a mark and a mask. */
export function isMark(text: string): boolean {
  return /^\s*[^-/]*(\/[^-/\s]*)?$/.test(text) && text.split("/").every(isMarkNumber);
}

function isMarkNumber(text: string): boolean {
  const number = readAnyBase(text);
  return number !== undefined && number >= 0 && number <= largest32;
}

/**
 * Whether a word is a time for a route: seconds with up to three decimals behind `s`, whole milliseconds behind `ms`,
 * else a whole number of parts of a millisecond. keepalived compares the bare number with a limit in such parts, and the
 * milliseconds of the other two as well.
 */
export function isRouteTime(text: string, partsPerMillisecond: number): boolean {
  const [, whole, fraction = "", unit] = /^\s*\+?(\d*)(?:\.(\d*))?(m?s(?:ecs?)?)?$/i.exec(text) ?? [];
  if (whole === undefined || (unit !== undefined && `${whole}${fraction}` === "")) return false;
  const inSeconds = unit !== undefined && !/^m/i.test(unit);
  if (fraction.length > (inSeconds ? 3 : 0)) return false;
  return Number(`${whole}.${fraction}0`) * (inSeconds ? 1000 : 1) <= longestRouteTime * partsPerMillisecond;
}

/** Whether a word is one address, a network without host bits, or a range that goes up. */
export function isAddresses(text: string): boolean {
  const [first = "", last] = text.split(/-(.*)/s);
  const start = parseAddress(first);
  if (!start) return false;
  if (last === undefined) return start.prefix === undefined || isNetwork(start);
  if (start.prefix !== undefined) return false;
  const end = parseAddress(last);
  if (end) return end.prefix === undefined && end.family === start.family && end.value >= start.value;
  const rangeEnd = parseAddress(text)?.rangeEnd;
  const lastPart = Number(start.value & (start.family === 4 ? 0xffn : 0xffffn));
  return rangeEnd !== undefined && rangeEnd > lastPart;
}

function isNetwork({ family, value, prefix = 0 }: ParsedAddress): boolean {
  const hostBits = BigInt((family === 4 ? 32 : 128) - prefix);
  return prefix > 0 && value % (1n << hostBits) === 0n;
}
