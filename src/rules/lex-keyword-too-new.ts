import type { Place } from "../diagnostic.ts";
import { bind } from "../schema/bind.ts";
import type { Statement } from "../schema/statement.ts";
import { eachStatement } from "./each.ts";
import { block, file, instance } from "./examples.ts";
import { keywordPlace, olderThan } from "./support.ts";
import type { FileRule } from "./types.ts";

/** The oldest release that systems in wide use still ship; what came later is worth a word when no release is named. */
const oldestInUse = "2.2.7";

export const lexKeywordTooNew: FileRule = {
  id: "lex-keyword-too-new",
  severity: "error",
  over: "file",
  summary: "A keyword or option that the host's release does not know yet.",
  why: "An older keepalived calls the keyword unknown and ignores it. When it begins a block, its closing brace ends the block around it, and the rest of the instance is lost on that host.",
  basis: "keepalived's public history, by first release; seen with keepalived -t 2.2.7 and 2.4.3.",
  bad: () => [
    { input: file(instance("«no_virtual_ipaddress»")), target: "2.2.7" },
    { input: file(instance("«no_virtual_ipaddress»")) },
    {
      input: file(instance(block("virtual_ipaddress", "10.0.0.100/24 dev eth0 «use_vmac»"))),
      target: "2.1.5",
    },
  ],
  good: () => [file(instance("unicast_ttl 255"))],
  check: eachStatement((statement, report, host) => {
    for (const { at, name, since, block } of datedParts(statement)) {
      if (!olderThan(host.target ?? oldestInUse, since)) continue;
      if (host.target === undefined) {
        report(
          at,
          `${name} came with release ${since}, and an older keepalived does not know it. --target says which release a host runs.`,
          { severity: "hint" },
        );
        continue;
      }
      const loss = block
        ? "does not know this block and loses what follows in the block around it"
        : "does not know it and ignores it";
      report(
        at,
        `${name} came with release ${since}; keepalived ${host.target}, which this host runs, ${loss}. Delete it or upgrade the host.`,
      );
    }
  }),
};

interface Dated {
  readonly at: Place;
  readonly name: string;
  readonly since: string;
  readonly block: boolean;
}

/** The keyword, options and closed words of a statement that not every release has. */
function datedParts(statement: Statement): readonly Dated[] {
  const parts: Dated[] = [];
  const { entry } = statement;
  if (!statement.data && entry?.since !== undefined) {
    const block = entry.keywords !== undefined || entry.lines !== undefined;
    parts.push({ at: keywordPlace(statement), name: entry.name, since: entry.since, block });
  }
  const binding = bind(statement);
  for (const { word, option } of binding?.options ?? []) {
    if (option.since === undefined) continue;
    parts.push({ at: word.at, name: option.name, since: option.since, block: false });
  }
  for (const { word, arg } of binding?.bound ?? []) {
    const choices = arg.value.is === "word" ? arg.value.of : [];
    const since = choices.find((choice) => choice.word === word.text)?.since;
    if (since !== undefined) parts.push({ at: word.at, name: word.text, since, block: false });
  }
  return parts;
}
