/** Which rule speaks about a finding: the one that knows most about this mistake. */
import type { Host } from "../../model/host.ts";
import { parseAddress } from "../../schema/address.ts";
import { bind } from "../../schema/bind.ts";
import type { Finding, Statement } from "../../schema/statement.ts";
import type { SyntaxFindingKind } from "../../syntax/tree.ts";
import { homesOfValue } from "./homes.ts";
import { knownHere, vocabularyOf } from "./vocabulary.ts";

/** How far the words of a syntax finding's rule reach: what else is found there is a consequence. */
export type Reach = "place" | "line" | "two lines" | "file";

/** The rules for what reading finds, and their reach. A kind that is absent is no mistake of the author's. */
export const syntaxRules: Readonly<
  Partial<Record<SyntaxFindingKind, { readonly rule: string; readonly reach: Reach }>>
> = {
  utf16: { rule: "lex-utf16", reach: "file" },
  "cr-only": { rule: "lex-cr-only", reach: "file" },
  "byte-order-mark": { rule: "lex-bom", reach: "place" },
  "nul-byte": { rule: "lex-nul-byte", reach: "line" },
  "line-too-long": { rule: "lex-line-too-long", reach: "line" },
  "unmatched-quote": { rule: "lex-unmatched-quote", reach: "line" },
  "backslash-outside-definition": { rule: "lex-backslash-outside-definition", reach: "two lines" },
  "condition-syntax": { rule: "lex-condition-syntax", reach: "line" },
  "definition-syntax": { rule: "lex-define-syntax", reach: "line" },
  "undefined-variable": { rule: "lex-undefined-variable", reach: "place" },
  "variable-needs-braces": { rule: "lex-variable-needs-braces", reach: "place" },
  "sequence-syntax": { rule: "lex-seq-syntax", reach: "line" },
  "include-not-found": { rule: "lex-include-not-found", reach: "line" },
  "include-quoted": { rule: "lex-include-quoted", reach: "line" },
  "include-directory": { rule: "lex-include-directory", reach: "line" },
  "include-cycle": { rule: "lex-include-cycle-or-relative", reach: "line" },
  "include-with-variable": { rule: "lex-include-with-variable-or-condition", reach: "line" },
};

/**
 * The rules that schema entries name or that know one kind of line. A rule named in the schema that is not here is not
 * written yet; the general rule for values speaks for it. test/rules/lexical.test.ts holds this list to the rules.
 */
export const valueRules: ReadonlySet<string> = new Set([
  "vrrp-advert-int-unparsable",
  "vrrp-auth-hmac-invalid",
  "vrrp-auth-pass-too-long",
  "vrrp-auth-type-unknown",
  "vrrp-bool-argument-ignored",
  "vrrp-garp-value",
  "vrrp-instance-name-missing",
  "vrrp-keyword-global-vs-instance-form",
  "vrrp-preempt-delay-range",
  "vrrp-priority-invalid",
  "vrrp-route-invalid",
  "vrrp-script-interval-unit",
  "vrrp-script-weight-range",
  "vrrp-state-invalid",
  "vrrp-track-several-on-one-line",
  "vrrp-unicast-peer-invalid",
  "vrrp-unicast-peer-several-on-one-line",
  "vrrp-use-vmac-problem",
  "vrrp-vip-invalid",
  "vrrp-vip-several-on-one-line",
  "vrrp-vrid-missing-or-invalid",
]);

const severalOnOneLine: Readonly<Record<string, string>> = {
  virtual_ipaddress: "vrrp-vip-several-on-one-line",
  virtual_ipaddress_excluded: "vrrp-vip-several-on-one-line",
  unicast_peer: "vrrp-unicast-peer-several-on-one-line",
  track_interface: "vrrp-track-several-on-one-line",
  track_script: "vrrp-track-several-on-one-line",
  track_file: "vrrp-track-several-on-one-line",
  track_process: "vrrp-track-several-on-one-line",
  track_bfd: "vrrp-track-several-on-one-line",
};

/** Names from the manual page or from other documents that no release's parser knows, and what to write instead. */
export const documentedButWrong: Readonly<Record<string, string>> = {
  state_file_location: "state_dump_file",
  stats_file_location: "stats_dump_file",
  json_file_location: "json_dump_file",
};

/** The id of the rule that speaks about a finding of the tree or of the values. */
export function ruleOf(host: Host, finding: Finding): string {
  const { statement } = finding;
  switch (finding.kind) {
    case "unknown-keyword":
    case "unknown-block":
      return unknownRule(host, finding);
    case "wrong-block":
      return wrongBlockRule(finding);
    case "missing-open":
      return statement?.entry?.lines ? "lex-missing-open-brace-value-block" : "lex-missing-open-brace";
    case "missing-close":
      return "lex-missing-close-brace";
    case "extra-close":
      return "lex-extra-close-brace";
    case "unexpected-open":
      return "lex-unexpected-open-brace";
    case "block-extra-words":
      return "lex-block-extra-words";
    case "lost-line":
      return "lex-line-lost";
    case "missing-value":
      return (isHeader(statement) && ownRule(statement)) || "lex-missing-value";
    case "extra-words":
      return isHeader(statement) ? (ownRule(statement) ?? "lex-block-extra-words") : surplusRule(finding);
    case "flag-with-argument":
      return (
        written("vrrp-bool-argument-ignored", booleanLike.test(finding.word?.text ?? "")) ??
        "lex-extra-arguments"
      );
    case "bad-option":
      if (isHeader(statement) && !finding.expected?.includes(" after ")) {
        return ownRule(statement) ?? "lex-block-extra-words";
      }
      return severalRule(host, finding) ?? ownRule(statement) ?? "lex-invalid-value";
    case "bad-bool":
      return ownRule(statement) ?? "lex-boolean-value";
    case "bad-number":
      return ownRule(statement) ?? "lex-number-format";
    default:
      return ownRule(statement) ?? "lex-invalid-value";
  }
}

const booleanLike = /^(on|off|yes|no|true|false|0|1|enabled?|disabled?)$/i;

function written(rule: string, applies: boolean): string | undefined {
  return applies && valueRules.has(rule) ? rule : undefined;
}

/** The rule that the schema names for the statement's values, if it is written. */
function ownRule(statement: Statement | undefined): string | undefined {
  const entry = statement?.data ? statement.parent?.entry : statement?.entry;
  const rule = (statement?.data ? entry?.lines?.rule : undefined) ?? entry?.rule;
  return rule !== undefined && valueRules.has(rule) ? rule : undefined;
}

function isHeader(statement: Statement | undefined): boolean {
  if (statement?.data) return false;
  return statement?.entry?.keywords !== undefined || statement?.entry?.lines !== undefined;
}

function unknownRule(host: Host, finding: Finding): string {
  const { kind, statement } = finding;
  const name = statement?.words[0]?.text ?? "";
  if (documentedButWrong[name] !== undefined) return "lex-documented-but-wrong";
  if (statement && caseMeant(statement) !== undefined) return "lex-keyword-case";
  if (kind === "unknown-block") return "lex-unknown-block";
  return homesOfValue(host, finding).length > 0 ? "lex-value-without-block" : "lex-unknown-keyword";
}

/** The keyword that differs from what is written by its capitals alone. */
export function caseMeant(statement: Statement): string | undefined {
  const name = statement.words[0]?.text ?? "";
  const lower = name.toLowerCase();
  if (/^include[rmwba]?$/.test(lower) && name !== lower) return lower;
  return vocabularyOf(statement).find((one) => one.name !== name && one.name.toLowerCase() === lower)?.name;
}

/** The name that the global form of an instance's keyword, or the other way round, has in this block. */
export function otherForm(statement: Statement): string | undefined {
  const name = statement.words[0]?.text ?? "";
  const block = statement.parent?.words[0]?.text;
  if (block !== "global_defs" && block !== "vrrp_instance") return undefined;
  const forms = [`vrrp_${name}`, name.replace(/^vrrp_/, "")];
  if (name === "strict_mode") forms.push("vrrp_strict");
  if (name === "vrrp_strict") forms.push("strict_mode");
  return forms.find((form) => form !== name && knownHere(statement, form));
}

function wrongBlockRule({ statement }: Finding): string {
  const name = statement?.words[0]?.text ?? "";
  if (name === "notify_deleted" && statement?.parent?.entry?.name === "vrrp_sync_group") {
    return "lex-documented-but-wrong";
  }
  const form = statement && otherForm(statement) !== undefined;
  return written("vrrp-keyword-global-vs-instance-form", form ?? false) ?? "lex-keyword-wrong-block";
}

/** Kinds of values that may need several words, and then quotes. */
const freeKinds: ReadonlySet<string> = new Set(["text", "email", "command", "path"]);

function surplusRule({ statement, word }: Finding): string {
  const last = statement && bind(statement)?.bound.at(-1);
  const next = statement && word && knownHere(statement, word.text);
  return last && !next && freeKinds.has(last.arg.value.is) ? "lex-unquoted-spaces" : "lex-extra-arguments";
}

/** Several addresses or names on a line that takes one. */
function severalRule(host: Host, { statement, word, suggestion }: Finding): string | undefined {
  const block = statement?.data ? statement.parent?.entry?.name : undefined;
  const rule = block === undefined ? undefined : severalOnOneLine[block];
  if (!statement || rule === undefined || !valueRules.has(rule) || !word || suggestion !== undefined)
    return undefined;
  if (rule === "vrrp-track-several-on-one-line") return tracksSeveral(host, statement) ? rule : undefined;
  return parseAddress(word.text.replace(/,$/, "")) ? rule : undefined;
}

const trackerKinds: Readonly<Record<string, string>> = {
  track_script: "script",
  track_process: "process",
  track_file: "file",
  track_bfd: "bfd",
};

/** Names of interfaces as Linux gives them: letters, then a number somewhere; no option and no number alone. */
const interfaceName = /^[a-z][a-z_.-]*\d[\w.@:-]*$/i;

/** Whether a line of a track_… block is several names and nothing else. */
export function tracksSeveral(host: Host, { words, parent }: Statement): boolean {
  const block = parent?.entry?.name ?? "";
  if (words.length < 2) return false;
  if (block === "track_interface") return words.every(({ text }) => interfaceName.test(text));
  const kind = trackerKinds[block];
  const defined = (name: string) => host.definitions.some((one) => one.kind === kind && one.name === name);
  return kind !== undefined && words.every(({ text }) => defined(text));
}
