/**
 * Lines of virtual_rules and static_rules as `ip rule` lines (keepalived, vrrp_iprule.c, alloc_rule and netlink_rule).
 */
import type { Statement } from "../../schema/statement.ts";
import { ipLine } from "./ip-words.ts";
import { textsOf } from "./lines.ts";
import { ownProtocol } from "./routes.ts";
import type { Resource } from "./types.ts";
import { type Family, familyIn, netText, Words } from "./words.ts";

interface Rule {
  family: Family | undefined;
  inverted: boolean;
  from: string | undefined;
  to: string | undefined;
  incoming: string | undefined;
  outgoing: string | undefined;
  preference: string | undefined;
  protocol: string | undefined;
  tracked: boolean;
  /** What else it matches, and what it does. */
  readonly matches: string[];
  readonly action: string[];
}

/** keepalived's word, and that of iproute2. */
const matches: Readonly<Record<string, string>> = {
  tos: "tos",
  dsfield: "tos",
  fwmark: "fwmark",
  uidrange: "uidrange",
  ipproto: "ipproto",
  sport: "sport",
  dport: "dport",
  "tunnel-id": "tun_id",
};
const actions: Readonly<Record<string, string>> = {
  table: "lookup",
  lookup: "lookup",
  goto: "goto",
  realms: "realms",
  suppress_prefixlength: "suppress_prefixlength",
  sup_pl: "suppress_prefixlength",
  suppress_ifgroup: "suppress_ifgroup",
  sup_group: "suppress_ifgroup",
};

/** The kernel's numbers for what rules do. */
const kinds: Readonly<Record<string, string>> = { 6: "blackhole", 7: "unreachable", 8: "prohibit" };

/** The preference of the first rule that names none; each further one of its family has one less. */
const firstPreference = 16384;

/** Gives out preferences to rules that name none, in the order of the file. */
export class Preferences {
  readonly #next = { 4: firstPreference, 6: firstPreference };

  take(family: Family): string {
    return String(this.#next[family]--);
  }
}

/** A rule with all its options. Rules are to be read in the order of the file, so that each has its preference. */
export function ruleResource(
  statement: Statement,
  preferences: Preferences,
  instances: readonly string[] = [],
): Resource {
  const rule = readRule(new Words(textsOf(statement)));
  const family = rule.family ?? 4;
  const which = selectors(rule, family, rule.preference ?? preferences.take(family));
  const { tracked, incoming, outgoing } = rule;
  return {
    kind: "rule",
    family,
    key: ["rule", String(family), ...which].join(" "),
    add: forFamily(family, ipLine("rule", "add", ...which)),
    remove: forFamily(family, ipLine("rule", "delete", ...which)),
    announcement: undefined,
    device: incoming ?? outgoing,
    tracked,
    instances: incoming === undefined ? [] : instances,
    at: statement.words[0]?.at ?? statement.line.at,
  };
}

/** A rule that matches everything does not show its family. */
function forFamily(family: Family, line: string): string {
  return family === 6 ? `-6 ${line}` : line;
}

function selectors(rule: Rule, family: Family, preference: string): readonly string[] {
  const pair = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
  const net = (text: string | undefined) => (text === undefined ? undefined : netOf(text, family));
  return [
    ...(rule.inverted ? ["not"] : []),
    ...pair("from", net(rule.from) ?? "all"),
    ...pair("to", net(rule.to)),
    ...pair("iif", rule.incoming),
    ...pair("oif", rule.outgoing),
    ...rule.matches,
    ...rule.action,
    ...pair("protocol", rule.tracked ? ownProtocol : rule.protocol),
    ...pair("preference", preference),
  ];
}

function netOf(text: string, family: Family): string {
  return familyIn(text) === undefined || text === "default6" ? "all" : netText(text, family);
}

function readRule(words: Words): Rule {
  const rule: Rule = {
    ...{ family: undefined, inverted: false, from: undefined, to: undefined, incoming: undefined },
    ...{ outgoing: undefined, preference: undefined, protocol: undefined, tracked: true },
    matches: [],
    action: [],
  };
  while (!words.done) {
    const word = words.next();
    const match = Object.hasOwn(matches, word) ? matches[word] : undefined;
    const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
    if (word === "realms") rule.family ??= 4;
    if (match !== undefined) rule.matches.push(match, words.next());
    else if (action !== undefined) rule.action.push(action, words.next());
    else readWord(rule, word, words);
  }
  return rule;
}

function readWord(rule: Rule, word: string, words: Words): void {
  switch (word) {
    case "inet":
    case "inet6":
      // keepalived skips the word behind it.
      rule.family ??= word === "inet" ? 4 : 6;
      words.next();
      return;
    case "from":
    case "to":
      rule[word] = words.next();
      rule.family ??= familyIn(rule[word] ?? "");
      return;
    case "not":
      rule.inverted = true;
      return;
    case "dev":
    case "iif":
      rule.incoming = words.next();
      return;
    case "oif":
      rule.outgoing = words.next();
      return;
    case "preference":
    case "order":
    case "priority":
      rule.preference = words.next();
      return;
    default:
      readRest(rule, word, words);
  }
}

function readRest(rule: Rule, word: string, words: Words): void {
  switch (word) {
    case "protocol":
      rule.protocol = words.next();
      return;
    case "no_track":
      rule.tracked = false;
      return;
    case "track_group":
      words.next();
      return;
    case "type":
      return;
    default:
      rule.action.push(kinds[word] ?? word);
  }
}
