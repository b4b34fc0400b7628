/** auth_hmac as the state machine wants it (keepalived from 2.4.0). */
import { inside, named, type Statement } from "../schema/statement.ts";
import { type Micros, second } from "../vrrp/time.ts";
import type { Signing } from "../vrrp/wire.ts";
import { numberOf, textOf } from "./machine-settings.ts";
import { readWhole } from "./numbers.ts";

/** Seconds. */
const windows = { shortest: 5, longest: 300 };
/** Bytes. */
const keyLengths = { shortest: 32, longest: 64 };

/** What an auth_hmac block means; undefined without a block, or when keepalived would switch it off. */
export function signingOf(
  lines: readonly Statement[],
  interval: Micros,
  strict: boolean,
): Signing | undefined {
  const block = named(lines, "auth_hmac")[0];
  if (!block) return undefined;
  const body = inside(block);
  const keys = Object.fromEntries(named(body, "key").flatMap(keyOf));
  const active = numberOf(body, "active_key", 1, 255);
  if (active === undefined || !keys[active]) return undefined;
  const window = numberOf(body, "time_window", 1, windows.longest) ?? usualWindow(interval);
  return {
    keys,
    active,
    mode: strict ? "enforce" : modeOf(textOf(body, "mode")),
    ...(textOf(body, "anti_replay") !== "monotonic" && { window }),
  };
}

/** Three intervals, of which only whole seconds count. */
function usualWindow(interval: Micros): number {
  const three = 3 * Math.floor(interval / second);
  return Math.max(windows.shortest, Math.min(windows.longest, three));
}

function modeOf(text: string | undefined): Signing["mode"] {
  return text === "permissive" || text === "receive-only" ? text : "enforce";
}

/**
 * A key as text, as `hex:…`, or as `file:…`: the file is not read here, so hosts have the same key when they name the
 * same file. Whoever sends and receives puts its content in place of that (fileOfKey).
 */
function keyOf(line: Statement): readonly (readonly [number, Uint8Array])[] {
  const [, id, key] = line.words;
  if (!id || !key || id.unknown || key.unknown) return [];
  const number = readWhole(id.text, { min: 1, max: 255, tolerant: false });
  const bytes = keyBytes(key.text);
  return number !== undefined && (hasRightLength(bytes) || key.text.startsWith("file:"))
    ? [[number, bytes]]
    : [];
}

/** The path of the file that a key stands in; undefined for a key that is there already. */
export function fileOfKey(key: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(key);
  return text.startsWith("file:") ? text.slice("file:".length) : undefined;
}

/** The key that a file of this content holds; undefined when keepalived would take none from it. */
export function keyInFile(content: string): Uint8Array | undefined {
  const bytes = keyBytes(content.replace(/[\r\n]+$/, ""));
  return hasRightLength(bytes) ? bytes : undefined;
}

function hasRightLength({ length }: Uint8Array): boolean {
  return length >= keyLengths.shortest && length <= keyLengths.longest;
}

function keyBytes(text: string): Uint8Array {
  if (!text.startsWith("hex:")) return new TextEncoder().encode(text);
  const digits = text.slice("hex:".length);
  if (!/^([0-9a-f]{2})*$/i.test(digits)) return new Uint8Array();
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
