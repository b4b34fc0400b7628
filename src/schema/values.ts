/** Whether a word is what the schema asks for. */
import { recognise } from "../syntax/parse.ts";
import { isMulticast, parseAddress } from "./address.ts";
import { isAddresses, isMark, isNamedNumber, isRange, isRouteTime, readAnyBase } from "./line_values.ts";
import { nearest } from "./nearest.ts";
import type { ValueFindingKind } from "./statement.ts";
import type { Value } from "./types.ts";

/** Why a word is not what it should be. */
export interface Fault {
  readonly kind: ValueFindingKind;
  /** What it should be, continuing "expected …". */
  readonly expected: string;
  /** The accepted word that was probably meant. */
  readonly suggestion?: string;
}

/** The longest name of a network interface in Linux, in bytes. */
const longestInterface = 15;

const encoder = new TextEncoder();

/** The length of a text in bytes, as keepalived counts. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/**
 * The whole number a word is, or undefined when `keepalived -t` calls it invalid: hex, fraction, unit. Leading zeros are
 * decimal, a plus sign and blanks before the number count for nothing, and an empty word is 0 as for strtol(3).
 */
export function readInteger(text: string): number | undefined {
  const word = withoutBlanksBefore(text);
  if (word === "") return 0;
  return recognise("integer", word) ? Number(word) : undefined;
}

/** The decimal number a word is, `5` and `.5` included, or undefined when it is none. */
export function readDecimal(text: string): number | undefined {
  const word = withoutBlanksBefore(text);
  return recognise("decimal", word) ? Number(word) : undefined;
}

/** What `on`, `true`, `yes` and their opposites say; lower case only, as keepalived compares. */
export function readBoolean(text: string): boolean | undefined {
  if (text === "on" || text === "true" || text === "yes") return true;
  return text === "off" || text === "false" || text === "no" ? false : undefined;
}

function withoutBlanksBefore(text: string): string {
  return text.replace(/^[ \t\n\v\f\r]+/, "");
}

/** Checks one word against one kind of value; undefined when it is fine or its kind accepts any word. */
export function faultOf(value: Value, text: string): Fault | undefined {
  switch (value.is) {
    case "int":
      return numberFault(
        value.anyBase ? readAnyBase(text) : readInteger(text),
        value,
        integerExpected(value),
      );
    case "seconds":
      return secondsFault(value, text);
    case "word":
      return wordFault(value, text);
    case "bool":
      if (readBoolean(text) !== undefined) return undefined;
      return { kind: "bad-bool", expected: "on or off (also true, false, yes, no), in lower case" };
    case "address":
      return addressFault(value, text);
    case "interface":
      return longerThan(longestInterface, text);
    case "name":
    case "text":
      return value.maxBytes === undefined ? undefined : longerThan(value.maxBytes, text);
    case "hex":
      return hexFault(value, text);
    case "either":
      return eitherFault(value.of, text);
    case "named-number":
    case "range":
    case "mark":
    case "route-time":
    case "addresses":
      return lineFault(value, text);
    case "path":
    case "command":
    case "user":
    case "group":
    case "email":
      return undefined;
  }
}

type LineValue = Extract<
  Value,
  { readonly is: "named-number" | "range" | "mark" | "route-time" | "addresses" }
>;

/** Checks a word of a route, a rule or a server group. */
function lineFault(value: LineValue, text: string): Fault | undefined {
  switch (value.is) {
    case "named-number": {
      const expected = `${integerExpected({ min: 0, ...value })} or a name that the host knows`;
      return isNamedNumber(value, text) ? undefined : { kind: "out-of-range", expected };
    }
    case "range":
      return isRange(text, value) ? undefined : { kind: "bad-value", expected: rangeExpected(value) };
    case "mark":
      return isMark(text) ? undefined : { kind: "bad-value", expected: "a mark, or MARK/MASK" };
    case "route-time":
      if (isRouteTime(text, value.partsPerMillisecond)) return undefined;
      return { kind: "bad-value", expected: "a time of at most 120 seconds, such as 300ms or 1.5s" };
    case "addresses":
      if (isAddresses(text)) return undefined;
      return { kind: "bad-address", expected: "an IP address, a network, or a range such as 192.0.2.1-20" };
  }
}

function hexFault({ digits }: { readonly digits?: number }, text: string): Fault | undefined {
  if (recognise("hexText", text) && (digits === undefined || text.length === digits)) return undefined;
  const count = digits === undefined ? "" : `${digits} `;
  return { kind: "bad-value", expected: `${count}hexadecimal digits` };
}

function rangeExpected({ min, max }: { readonly min?: number; readonly max?: number }): string {
  const limits = min === undefined || max === undefined ? "" : ` from ${min} to ${max}`;
  return `two numbers${limits}, as FIRST-LAST`;
}

/** What a whole number should be: `a whole number from 1 to 255`. */
export function integerExpected({ min, max }: { readonly min: number; readonly max: number }): string {
  return max === Number.POSITIVE_INFINITY
    ? `a whole number from ${min}`
    : `a whole number from ${min} to ${max}`;
}

function numberFault(
  number: number | undefined,
  range: { readonly min: number; readonly max: number },
  expected: string,
): Fault | undefined {
  if (number === undefined) return { kind: "bad-number", expected };
  return number < range.min || number > range.max ? { kind: "out-of-range", expected } : undefined;
}

function secondsFault(value: Value & { readonly is: "seconds" }, text: string): Fault | undefined {
  const { min, max, resolution = 0.000_001, unit = "seconds" } = value;
  const fault = numberFault(
    readDecimal(text),
    value,
    `a number of ${unit} from ${plain(min)} to ${plain(max)}`,
  );
  if (fault) return fault;
  const digits = Math.round(-Math.log10(resolution));
  const fraction = /\.(\d*?)0*$/.exec(text)?.[1] ?? "";
  if (fraction.length <= digits) return undefined;
  const expected = digits <= 0 ? `whole ${unit}` : `at most ${digits} digits after the point`;
  return { kind: "bad-value", expected };
}

/** A number without exponent: JavaScript writes a microsecond as 1e-6. */
function plain(number: number): string {
  return number !== 0 && number < 0.001 ? number.toFixed(6) : String(number);
}

function wordFault(value: Value & { readonly is: "word" }, text: string): Fault | undefined {
  const words = value.of.map((choice) => choice.word);
  const lower = text.toLowerCase();
  const alike = words.find((word) => word.toLowerCase() === lower);
  if (words.includes(text) || (value.anyCase && alike !== undefined)) return undefined;
  const suggestion = alike ?? nearest(text, words);
  const expected = oneOf(words);
  return suggestion === undefined
    ? { kind: "bad-word", expected }
    : { kind: "bad-word", expected, suggestion };
}

function addressFault(value: Value & { readonly is: "address" }, text: string): Fault | undefined {
  const fault: Fault = { kind: "bad-address", expected: addressExpected(value) };
  const address = parseAddress(text);
  if (!address) return fault;
  if (value.family !== undefined && address.family !== value.family) return fault;
  if (address.rangeEnd !== undefined && !value.range) return fault;
  if (address.prefix !== undefined && value.prefix === "refused") return fault;
  if (address.prefix === undefined && address.rangeEnd === undefined && value.prefix === "needed")
    return fault;
  return value.multicast && !isMulticast(address) ? fault : undefined;
}

function addressExpected(value: Value & { readonly is: "address" }): string {
  const family = value.family === undefined ? "IP" : `IPv${value.family}`;
  const kind = value.multicast ? `${family} multicast` : family;
  const example = value.family === 6 ? "2001:db8::1" : "192.0.2.1";
  if (value.prefix === "needed") return `an ${kind} address with its prefix length, such as ${example}/24`;
  if (value.prefix === "refused") return `an ${kind} address without prefix length`;
  return `an ${kind} address`;
}

function longerThan(maxBytes: number, text: string): Fault | undefined {
  return byteLength(text) > maxBytes
    ? { kind: "too-long", expected: `at most ${maxBytes} bytes` }
    : undefined;
}

/** The fault of the kind that says most when no kind accepts the word: a number out of range before a wrong word. */
function eitherFault(values: readonly Value[], text: string): Fault | undefined {
  const faults: Fault[] = [];
  for (const value of values) {
    const fault = faultOf(value, text);
    if (!fault) return undefined;
    faults.push(fault);
  }
  const telling = faults.find((fault) => fault.kind === "out-of-range") ?? faults[0];
  if (!telling) return undefined;
  return { ...telling, expected: faults.map((fault) => fault.expected).join(", or ") };
}

/** `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  const last = words[words.length - 1] ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}
