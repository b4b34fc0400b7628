/** Diagnostics as text for a terminal of 80 columns or whatever it has. */
import pc from "picocolors";
import type { Diagnostic, Place, Severity } from "../diagnostic.ts";
import type { Fleet } from "../model/host.ts";
import { harmless, wrap } from "./columns.ts";
import { frame } from "./frame.ts";
import { countBySeverity, isFixable, type Shown, shownFiles } from "./shown.ts";
import type { World } from "./world.ts";

/** The colours in use; every function returns its text as it is when colours are off. */
export type Colours = ReturnType<typeof pc.createColors>;

export interface Page {
  readonly width: number;
  readonly colours: Colours;
}

const narrowest = 60;
const widest = 120;

/** How to write for this user: colours only on a terminal, unless NO_COLOR or FORCE_COLOR says otherwise. */
export function pageFor(world: World): Page {
  const { NO_COLOR: never, FORCE_COLOR: always, TERM: terminal } = world.environment;
  const wanted = world.columns !== undefined && terminal !== "dumb";
  const colours = pc.createColors(!never && (always ? always !== "0" : wanted));
  return { width: Math.min(Math.max(world.columns ?? 80, narrowest), widest), colours };
}

/** All diagnostics with their frames, file by file. */
export function reportText(fleet: Fleet, diagnostics: readonly Diagnostic[], page: Page): string {
  const writer = new Writer(shownFiles(fleet), page);
  return diagnostics.map((diagnostic) => writer.diagnostic(diagnostic)).join("");
}

/** The line that ends a report: what was read, what was found, what to do. */
export function summaryText(fleet: Fleet, diagnostics: readonly Diagnostic[], page: Page): string {
  const hosts = counted(fleet.hosts.length, "host");
  const routers = counted(fleet.routers.length, "virtual router");
  const count = countBySeverity(diagnostics);
  const found = [
    counted(count.error, "error"),
    counted(count.warning, "warning"),
    ...(count.info > 0 ? [`${count.info} info`] : []),
    ...(count.hint > 0 ? [counted(count.hint, "hint")] : []),
  ];
  const read = `${hosts}, ${routers}`;
  if (diagnostics.length === 0) return `${page.colours.green("No problems")} in ${read}.\n`;
  const fixable = diagnostics.filter(isFixable).length;
  const help = fixable > 0 ? ` ${page.colours.bold("--fix")} mends ${fixable}.` : "";
  return `${page.colours.bold(found.join(", "))} in ${read}.${help}\n`;
}

/** `1 host`, `2 hosts`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

class Writer {
  readonly #files: ReadonlyMap<string, Shown>;
  readonly #page: Page;

  constructor(files: ReadonlyMap<string, Shown>, page: Page) {
    this.#files = files;
    this.#page = page;
  }

  diagnostic(diagnostic: Diagnostic): string {
    const { colours, width } = this.#page;
    const paint = this.#paintOf(diagnostic.severity);
    const where = this.#where(diagnostic.at);
    const message = wrap(harmless(diagnostic.message), width, 2, `${where} ${diagnostic.severity} `.length);
    const explain = `run vrrp-lint --explain ${diagnostic.rule}`;
    return [
      `${colours.bold(where)} ${paint(diagnostic.severity)} ${message}`,
      ...this.#frame(diagnostic.at, paint),
      ...diagnostic.related.flatMap((each) => this.#related(each.at, each.message)),
      ...this.#fix(diagnostic),
      `  ${colours.dim(wrap(`rule ${diagnostic.rule}: ${explain.replaceAll(" ", "\u00a0")}`, width, 2).replaceAll("\u00a0", " "))}`,
      "\n",
    ].join("\n");
  }

  #related(at: Place, message: string): string[] {
    const { colours, width } = this.#page;
    const where = this.#where(at);
    const text = wrap(harmless(message), width, 4, `  ${where} `.length);
    return [`  ${colours.bold(where)} ${text}`, ...this.#frame(at, colours.cyan)];
  }

  #frame(at: Place, paint: (text: string) => string): string[] {
    const shown = this.#files.get(at.file);
    if (!shown) return [];
    const { code, carets } = frame(shown, at.span, this.#page.width);
    const bar = carets.indexOf("|") + 1;
    return [
      this.#page.colours.dim(code.slice(0, bar)) + code.slice(bar),
      this.#page.colours.dim(carets.slice(0, bar)) + paint(carets.slice(bar)),
    ];
  }

  #fix(diagnostic: Diagnostic): string[] {
    const fix = diagnostic.fixes.find(({ safe }) => safe) ?? diagnostic.fixes[0];
    if (!fix) return [];
    const how = fix.safe ? " (--fix does it)" : "";
    return [`  ${wrap(`fix: ${harmless(fix.title)}${how}`, this.#page.width, 2)}`];
  }

  #where(at: Place): string {
    const position = this.#files.get(at.file)?.lines.positionAt(at.span.start);
    return `${harmless(at.file)}:${position?.line ?? 1}:${position?.column ?? 1}`;
  }

  #paintOf(severity: Severity): (text: string) => string {
    const { red, yellow, blue, dim } = this.#page.colours;
    return { error: red, warning: yellow, info: blue, hint: dim }[severity];
  }
}
