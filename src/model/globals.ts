/** global_defs: the settings that instances fall back to. */
import { inside, type Statement } from "../schema/statement.ts";
import { readBoolean } from "../schema/values.ts";
import type { Word } from "../syntax/tree.ts";
import { isGroup, readHostAddress } from "./addresses.ts";
import type { Family, Globals, Spot } from "./host.ts";
import { readWhole } from "./numbers.ts";
import { isOlder } from "./release.ts";
import { flagAt, writtenAt } from "./spots.ts";

type GlobalsDraft = { -readonly [Key in keyof Globals]: Globals[Key] };

/**
 * Reads all global_defs blocks. They count for the whole file, also for what stands above them, and the last of
 * several lines wins.
 */
export function readGlobals(blocks: readonly Statement[], target: string | undefined): Globals {
  const statements = blocks.flatMap(inside);
  const draft: GlobalsDraft = {
    routerId: undefined,
    vrrpVersion: undefined,
    strict: undefined,
    scriptSecurity: undefined,
    scriptUser: undefined,
    multicastGroup4: undefined,
    multicastGroup6: undefined,
    downTimerAdverts: undefined,
    checkUnicastSource: undefined,
    statements,
  };
  for (const statement of statements) readSetting(draft, statement, target);
  return draft;
}

function readSetting(draft: GlobalsDraft, statement: Statement, target: string | undefined): void {
  const [keyword, word] = statement.words;
  if (statement.data || !keyword) return;
  if (keyword.text === "vrrp_strict") draft.strict = readStrict(statement, target) ?? draft.strict;
  if (keyword.text === "enable_script_security") draft.scriptSecurity = flagAt(statement, true);
  if (keyword.text === "vrrp_check_unicast_src") draft.checkUnicastSource = flagAt(statement, true);
  if (word) readValue(draft, statement, keyword.text, word);
}

function readValue(draft: GlobalsDraft, statement: Statement, keyword: string, word: Word): void {
  switch (keyword) {
    case "router_id":
      draft.routerId = writtenAt(word, word.text, statement);
      break;
    case "script_user":
      draft.scriptUser = writtenAt(word, word.text, statement);
      break;
    case "vrrp_version":
      draft.vrrpVersion = readVersion(word, statement) ?? draft.vrrpVersion;
      break;
    case "vrrp_mcast_group4":
      draft.multicastGroup4 = readGroup(word, statement, 4) ?? draft.multicastGroup4;
      break;
    case "vrrp_mcast_group6":
      draft.multicastGroup6 = readGroup(word, statement, 6) ?? draft.multicastGroup6;
      break;
    case "vrrp_down_timer_adverts":
      draft.downTimerAdverts = readAdverts(word, statement) ?? draft.downTimerAdverts;
      break;
  }
}

/** 2 or 3; anything else is refused and changes nothing. */
export function readVersion(word: Word, statement: Statement): Spot<2 | 3> | undefined {
  if (word.unknown) return writtenAt(word, 2, statement);
  const value = readWhole(word.text, { min: 2, max: 3, tolerant: true });
  return value === undefined ? undefined : writtenAt(word, value === 2 ? 2 : 3, statement);
}

/** down_timer_adverts of globals and instances: 1 to 100, else refused. */
export function readAdverts(word: Word, statement: Statement): Spot<number> | undefined {
  if (word.unknown) return writtenAt(word, defaultDownTimerAdverts, statement);
  const value = readWhole(word.text, { min: 1, max: 100, tolerant: true });
  return value === undefined ? undefined : writtenAt(word, value, statement);
}

/** Adverts that must fail to arrive before a backup takes over. */
export const defaultDownTimerAdverts = 3;

function readGroup(word: Word, statement: Statement, family: Family): Spot<string> | undefined {
  if (word.unknown) return writtenAt(word, defaultMulticastGroup(family), statement);
  const address = readHostAddress(word.text);
  if (!address || !isGroup(address, family)) return undefined;
  return writtenAt(word, address.address, statement);
}

/** The group adverts go to when nothing else is written (RFC 9568, 5.1.1.2 and 5.1.2.2). */
export function defaultMulticastGroup(family: Family): string {
  return family === 4 ? "224.0.0.18" : "ff02::12";
}

/** Up to 2.2.8 the global vrrp_strict ignores its argument and is on; later `off` and `false` are honoured. */
function readStrict(statement: Statement, target: string | undefined): Spot<boolean> | undefined {
  const word = statement.words[1];
  if (!word) return flagAt(statement, true);
  const value = readBoolean(word.text);
  if (target === undefined && (value !== true || word.unknown))
    return { ...flagAt(statement, value ?? true), unknown: true };
  if (target !== undefined && isOlder(target, "2.3.0")) return flagAt(statement, true);
  return value === undefined ? undefined : writtenAt(word, value, statement);
}
