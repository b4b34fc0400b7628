/** What `vrrp-gen --sync` says: what was decided and why, and what is left to decide. */
import type { Place } from "../diagnostic.ts";
import type { Open } from "../generate/sync/open.ts";
import type { Decision, Synced } from "../generate/sync.ts";
import { lineMap } from "../lines.ts";
import { listed } from "../rules/support.ts";
import { harmless, wrap } from "./columns.ts";
import type { Page } from "./report.ts";

/** What is told, and how. */
export interface SyncReport {
  readonly synced: Synced;
  /** The texts as they were given, by path. */
  readonly given: ReadonlyMap<string, string>;
  /** The hosts' files as the user named them. */
  readonly hosts: readonly string[];
  readonly written: boolean;
}

/** Everything there is to say behind the differences. */
export function syncText(report: SyncReport, page: Page): string {
  const { synced, hosts } = report;
  const { decisions, open } = synced;
  const settled = decisions.filter(({ removes }) => !removes);
  const lost = decisions.filter(({ removes }) => removes);
  const { width } = page;
  const first = `${hosts[0]}, the first file named`;
  const rule =
    hosts.length > 2
      ? `What must be equal is taken from most of the hosts, else from ${first}.`
      : `What must be equal is taken from ${first}.`;
  const sections = [
    decisions.length > 0 ? `${wrap(harmless(rule), width)}\n` : "",
    section("Settled:", byFile(settled, synced, page), page),
    section("Settled, but something is taken away, so look twice:", byFile(lost, synced, page), page),
    section(
      "Left for you to decide:",
      open.map((one) => openText(one, report, page)),
      page,
    ),
    open.length > 0 ? ownText(report, page) : "",
    closing(report, page),
  ];
  const text = sections.filter((part) => part !== "").join("\n");
  return synced.texts.size > 0 ? `\n${text}` : text;
}

function section(title: string, lines: readonly string[], { colours, width }: Page): string {
  return lines.length === 0 ? "" : `${colours.bold(wrap(harmless(title), width))}\n${lines.join("")}`;
}

/** The decisions about each file under its name. */
function byFile(decisions: readonly Decision[], { texts }: Synced, { width }: Page): readonly string[] {
  const files = [...texts.keys()].filter((file) => decisions.some(({ at }) => at.file === file));
  return files.flatMap((file) => [
    `  ${harmless(file)}\n`,
    ...decisions
      .filter(({ at }) => at.file === file)
      .map(({ message }) => `    ${wrap(harmless(message), width, 6, 4)}\n`),
  ]);
}

function openText({ at, message, rule, also }: Open, report: SyncReport, { width }: Page): string {
  const start = `  ${harmless(placeText(at, report))}: `;
  const others = also.length > 0 ? ` See ${listed(also.map((place) => placeText(place, report)))}.` : "";
  const name = rule === undefined ? "" : ` [${rule}]`;
  return `${start}${wrap(harmless(`${message}${others}${name}`), width, 4, start.length)}\n`;
}

/** Where it stands in the file as it is now on the disk. */
function placeText(place: Place, { synced, given, written }: SyncReport): string {
  const { file, span } = written ? place : synced.given(place);
  const text = (written ? synced.texts.get(file) : undefined) ?? given.get(file) ?? "";
  const { line, column } = lineMap(text).positionAt(span.start);
  return `${file}:${line}:${column}`;
}

/** Mistakes of single files by name: vrrp-lint says the rest. */
function ownText(report: SyncReport, page: Page): string {
  const lines = report.synced.own.map(({ at, rule }) => `  ${harmless(placeText(at, report))} [${rule}]\n`);
  return section("Mistakes in single files, which vrrp-lint explains, may be why:", lines, page);
}

function closing({ synced, hosts, written }: SyncReport, { width }: Page): string {
  const files = [...synced.texts.keys()];
  const fit = synced.open.length === 0 ? `${listed(hosts)} fit.` : "Nothing was changed.";
  const changed = written
    ? `Changed: ${files.join(", ")}.`
    : `Nothing was written; --write changes ${listed(files)}.`;
  return `${wrap(harmless(files.length === 0 ? fit : changed), width)}\n`;
}
