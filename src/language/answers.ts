/** Answers to the client's own requests: who takes over, what a rule means, which hosts belong together. */

import { textsOf } from "../rules/example-fleet.ts";
import { findRule } from "../rules/index.ts";
import type { Example } from "../rules/types.ts";
import type { FileView } from "./file-view.ts";
import type { Explanation, Peers, Refusal, TakeoverTable, TakeoverTables, TakeoverTurn } from "./requests.ts";
import { notesOn, standingsIn, sumOf, tablesMayBeWrong, takeoversOf } from "./standing.ts";

/** From our names of files to the client's. */
export type UriOf = (file: string) => string;

/** The virtual routers that a file has to do with, all of its fleet when it is read by a host without any. */
export function takeoverTables(view: FileView, uriOf: UriOf): TakeoverTables | Refusal {
  const own = new Set(standingsIn(view).map(({ takeover }) => takeover));
  const all = takeoversOf(view).filter((each) => own.size === 0 || own.has(each));
  if (all.length === 0)
    return { reason: "There is no vrrp_instance in this file or in the files of its hosts." };
  const wrong = view.diagnostics.some(({ severity }) => severity === "error");
  const warnings = wrong ? [tablesMayBeWrong] : [];
  return { routers: all.map((each) => tableOf(each, view, uriOf)), warnings };
}

function tableOf(
  { router, addresses, turns }: ReturnType<typeof takeoversOf>[number],
  view: FileView,
  uriOf: UriOf,
): TakeoverTable {
  return {
    family: router.family,
    ...(router.vrid !== undefined && { vrid: router.vrid }),
    addresses,
    turns: turns.map((turn): TakeoverTurn => {
      const { host, instance } = turn.member;
      const { priority, seconds, tied: isTied, uncertain: isUncertain } = turn;
      return {
        host: host.name,
        instance: instance.name,
        uri: uriOf(instance.at.file),
        line: view.linesOf(instance.at.file).positionAt(instance.at.span.start).line - 1,
        priority,
        seconds,
        sum: sumOf(turn),
        tied: isTied,
        uncertain: isUncertain,
      };
    }),
    warnings: notesOn(turns, ({ member }) => member.host.name),
  };
}

/** What a rule says about itself, with its first example. */
export function explanationOf(id: string): Explanation | Refusal {
  const rule = findRule(id);
  if (!rule) return { reason: `There is no rule ${id}.` };
  const [example] = rule.bad();
  const marked = (each: Example) =>
    Object.entries(textsOf(each)).map(([name, text]) =>
      [
        "```keepalived",
        ...(typeof each === "string" ? [] : [`# ${name}`]),
        text.replaceAll(/[«»]/g, "").trimEnd(),
        "```",
      ].join("\n"),
    );
  const parts = [
    `# ${rule.id}`,
    `**${rule.severity}** · ${rule.summary}`,
    rule.why,
    ...(example ? ["## For example", ...marked(example.input)] : []),
    ...(example?.fixed === undefined ? [] : ["## Mended", ...marked(example.fixed)]),
    `## How we know\n\n${rule.basis}`,
    `## Silence it\n\n\`\`\`keepalived\n# vrrp-lint-disable-next-line ${rule.id}\n\`\`\``,
  ];
  return { title: rule.id, markdown: `${parts.join("\n\n")}\n` };
}

/** The hosts of a file's fleet, those that read the file first. */
export function peersOf(view: FileView, uriOf: UriOf): Peers {
  const others = view.fleet.hosts.filter((host) => !view.hosts.includes(host));
  return { hosts: [...view.hosts, ...others].map(({ name, file }) => ({ name, uri: uriOf(file) })) };
}
