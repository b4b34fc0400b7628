/** The blocks in which lines belong that stand in the block around instead: names, addresses, and keywords of inner blocks. */
import type { Host } from "../../model/host.ts";
import { parseAddress } from "../../schema/address.ts";
import { checkStatements } from "../../schema/check.ts";
import type { Finding, Statement } from "../../schema/statement.ts";
import type { Keyword, NameKind, Value } from "../../schema/types.ts";
import { vocabularyOf } from "./vocabulary.ts";

export interface Home {
  readonly block: Keyword;
  /** The line is one of the block's lines, or what follows the block's name in its header. */
  readonly as: "line" | "header";
  /** What the line is there: "instance", "address". */
  readonly what: string;
  /** Its first word is a name that the host defines. */
  readonly isName: boolean;
}

/** Where a line belongs whose first word is no keyword here, but a name or an address; the most usual first. */
export function homesOfValue(host: Host, finding: Finding): readonly Home[] {
  const { statement } = finding;
  if (!statement?.parent || statement.body || statement.words.some(({ unknown }) => unknown)) return [];
  const found = vocabularyOf(statement).flatMap((block) => homeIn(block, host, finding, statement) ?? []);
  const usual = found.filter(({ block }) => !seldom.has(block.name));
  const all = usual.length > 0 ? usual : found;
  const names = all.filter(({ isName }) => isName);
  const hasPrefix = statement.words[0]?.text.includes("/");
  return names.length > 0 ? names : all.filter(({ block }) => !(hasPrefix && block.name === "unicast_peer"));
}

/** What may stand in these stands in others of the same block more often. */
const seldom: ReadonlySet<string> = new Set(["virtual_ipaddress_excluded", "virtual_routes"]);

function homeIn(block: Keyword, host: Host, finding: Finding, statement: Statement): Home | undefined {
  const first = statement.words[0]?.text ?? "";
  const args = block.lines ? block.lines.args : block.keywords ? block.args : [];
  const value = args.map((arg) => arg.value).find((each) => isKnown(each, first, host, finding));
  if (!value) return undefined;
  const isName = value.is === "name";
  const header = { ...statement, entry: block };
  if (block.lines) {
    const line = { ...statement, parent: header, data: true };
    return isSound(line) ? { block, as: "line", what: block.lines.what, isName } : undefined;
  }
  const keyword = { ...(statement.words[0] as Statement["words"][number]), text: block.name };
  const what = block.name.replaceAll("_", " ");
  const isHeader = isSound({ ...header, words: [keyword, ...statement.words] });
  return isHeader ? { block, as: "header", what, isName } : undefined;
}

function isSound(statement: Statement): boolean {
  return checkStatements([statement]).length === 0;
}

/** Whether a word is more than a text that would be taken: it names or addresses something. */
function isKnown(value: Value, text: string, host: Host, { suggestion }: Finding): boolean {
  switch (value.is) {
    case "name":
      return value.refersTo !== undefined && isDefined(host, value.refersTo, text);
    case "address":
      return parseAddress(text) !== undefined;
    case "interface":
      return suggestion === undefined && interfaceName.test(text);
    case "email":
      return /^[^@\s]+@[^@\s]+$/.test(text);
    case "either":
      return value.of.some((one) => one.is === "address" && parseAddress(text) !== undefined);
    default:
      return false;
  }
}

/** What Linux and its tools call interfaces without being asked; any other word may be a keyword that is mistyped. */
const interfaceName = /^(eth|en[opsx]|wl[opsx]|bond|br|vlan|team|wg|ib|dummy)[\w.-]*\d[\w.@:-]*$/;

const definitionKinds: Readonly<Partial<Record<NameKind, string>>> = {
  script: "script",
  "track-file": "file",
  "track-process": "process",
  bfd: "bfd",
};

function isDefined({ instances, definitions }: Host, of: NameKind, text: string): boolean {
  if (of === "instance") return instances.some(({ name }) => name === text);
  return definitions.some(({ kind, name }) => kind === definitionKinds[of] && name === text);
}

/** The one block without header words, of those that may stand here, whose keyword a line begins with. */
export function homeOfKeyword({ statement }: Finding): Keyword | undefined {
  if (!statement || statement.body || statement.damaged) return undefined;
  const name = statement.words[0]?.text;
  const found = vocabularyOf(statement).filter(
    ({ args, keywords = [] }) => args.length === 0 && keywords.some((keyword) => keyword.name === name),
  );
  return found.length === 1 ? found[0] : undefined;
}
