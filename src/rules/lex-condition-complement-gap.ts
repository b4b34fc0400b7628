import type { Host } from "../model/host.ts";
import { findKeyword } from "../schema/index.ts";
import { file, instance } from "./examples.ts";
import { partPlace, partText, type WrittenLine, writtenLines } from "./lexical/written.ts";
import { listed } from "./support.ts";
import type { FileRule } from "./types.ts";

export const lexConditionComplementGap: FileRule = {
  id: "lex-condition-complement-gap",
  severity: "warning",
  over: "file",
  summary: "A setting is written for some hosts by name, and this host has none of them, or two.",
  why: "Where no condition holds, keepalived uses the default without a message, such as priority 100; where two hold, one line wins over the other.",
  basis: "keepalived.conf(5), Conditional configuration and configuration id; seen with running daemons.",
  bad: () => [
    {
      input: {
        "c.conf": file(instance("«@a» advert_int 1", "@b advert_int 1", "@c nopreempt", "@^c preempt")),
      },
    },
    { input: { "a.conf": file(instance("@a advert_int 1", "«@^b» advert_int 2", "@b nopreempt")) } },
  ],
  good: () => [
    { "c.conf": file(instance("@a advert_int 1", "@^a advert_int 1", "@c nopreempt")) },
    { "a.conf": file(instance("@a advert_int 1", "@b advert_int 2")) },
    { "c.conf": file(instance("advert_int 1", "@a advert_int 2", "@b advert_int 2", "@c nopreempt")) },
    file(instance("@a advert_int 1", "@b advert_int 2")),
  ],
  check(host, report) {
    const { configId } = host;
    if (configId === undefined) return;
    for (const variants of conditionedSettings(host)) {
      const [first] = variants;
      const holding = variants.filter((variant) => holds(variant, configId));
      const second = holding[1];
      if (second) {
        report(
          second.at,
          `On host ${configId} two lines with ${second.keyword} hold, and only one of them counts. Choose conditions of which exactly one holds on each host.`,
        );
      } else if (holding.length === 0 && variants.length > 1 && first) {
        const names = listed(variants.map(({ condition }) => condition));
        report(
          first.at,
          `${first.keyword} is written for ${names}, but not for host ${configId}, so the default holds there. Add a line with @${configId}, or one for all other hosts with @^.`,
        );
      }
    }
  },
};

interface Variant {
  readonly keyword: string;
  readonly condition: string;
  readonly at: ReturnType<typeof partPlace>;
}

function holds({ condition }: Variant, configId: string): boolean {
  return condition.startsWith("@^") ? condition.slice(2) !== configId : condition.slice(1) === configId;
}

/** The settings with one value that stand under conditions only, each with its lines. */
function conditionedSettings(host: Host): readonly (readonly Variant[])[] {
  const groups = new Map<string, Variant[]>();
  const plain = new Set<string>();
  let headers: string[] = [];
  let path: string | undefined;
  for (const line of writtenLines(host)) {
    if (line.source.path !== path) headers = [];
    path = line.source.path;
    const keyword = keywordOf(line);
    const key = `${path}\n${headers.join("\n")}\n${keyword}`;
    const schemaPath = [...headers.map((header) => header.split(/\s/, 1)[0]), keyword].join("/");
    const entry = findKeyword(schemaPath);
    const condition = line.line.parts.find((part) => part.kind === "condition");
    if (entry?.times === "once" && !entry.keywords && !entry.lines) {
      if (!condition) plain.add(key);
      else {
        const variant = { keyword, condition: partText(line, condition).trim(), at: conditionPlace(line) };
        const others = groups.get(key);
        if (others) others.push(variant);
        else groups.set(key, [variant]);
      }
    }
    headers = after(headers, line);
  }
  return [...groups].filter(([key]) => !plain.has(key)).map(([, variants]) => variants);
}

function conditionPlace(line: WrittenLine): ReturnType<typeof partPlace> {
  const part = line.line.parts.find((one) => one.kind === "condition");
  const place = partPlace(line, part ?? { kind: "condition", start: 0, end: 0 });
  const { start } = place.span;
  const length = part ? partText(line, part).trimEnd().length : 0;
  return { file: place.file, span: { start, end: start + length } };
}

function codeOf(line: WrittenLine): string {
  return line.line.parts
    .filter((part) => part.kind === "word" || part.kind === "quoted")
    .map((part) => partText(line, part))
    .join(" ");
}

function keywordOf(line: WrittenLine): string {
  return codeOf(line).split(" ", 1)[0] ?? "";
}

/** The headers of the blocks that are open behind a line; a header may stand on the line before its brace. */
function after(headers: readonly string[], line: WrittenLine): string[] {
  const open = [...headers];
  for (const part of line.line.parts) {
    if (part.kind === "open") open.push(codeOf(line));
    if (part.kind === "close") open.pop();
  }
  return open;
}
