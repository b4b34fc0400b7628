/** Diagnostics as text for a terminal of 80 columns or whatever it has. */
import pc from "picocolors";
import type { Diagnostic, Place, Related, Severity } from "../diagnostic.ts";
import type { Fleet } from "../model/host.ts";
import { columnsOf, harmless, wrap } from "./columns.ts";
import { foldLostLines } from "./fold.ts";
import { frame } from "./frame.ts";
import { countBySeverity, isFixable, rangeOf, type Shown, shownFiles } from "./shown.ts";
import { callText, fixText, placeText, wordsAt } from "./telling.ts";
import type { World } from "./world.ts";

/** The colours in use; every function returns its text as it is when colours are off. */
export type Colours = ReturnType<typeof pc.createColors>;

export interface Page {
  readonly width: number;
  readonly colours: Colours;
}

const narrowest = 40;
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
  const files = shownFiles(fleet);
  const lineOf = ({ at }: Diagnostic) => rangeOf(at, files).line;
  return foldLostLines(diagnostics, lineOf)
    .map((diagnostic) => `${diagnosticText(diagnostic, files, page)}\n\n`)
    .join("");
}

/** One diagnostic with its frames, its other places, its story and its fix. */
export function diagnosticText(
  diagnostic: Diagnostic,
  files: ReadonlyMap<string, Shown>,
  page: Page,
): string {
  return new Writer(files, page).diagnostic(diagnostic);
}

/** A page that is no terminal's: lines end where the text has them end, and nothing is coloured. */
export const endlessPage: Page = { width: Number.POSITIVE_INFINITY, colours: pc.createColors(false) };

/** The line that ends a report: what was read, what was found, what to do; `unread` counts what could not be read. */
export function summaryText(
  fleet: Fleet,
  diagnostics: readonly Diagnostic[],
  page: Page,
  unread: number,
): string {
  const hosts = counted(fleet.hosts.length, "host");
  const routers = counted(fleet.routers.length, "virtual router");
  const count = countBySeverity(diagnostics);
  const found = [
    counted(count.error, "error"),
    counted(count.warning, "warning"),
    ...(count.info > 0 ? [`${count.info} info`] : []),
    ...(count.hint > 0 ? [counted(count.hint, "hint")] : []),
  ];
  const fixable = diagnostics.filter(isFixable).length;
  const sound = diagnostics.length === 0;
  const head = sound ? "No problems" : found.join(", ");
  const tail = [
    `in ${hosts}, ${routers}.`,
    ...(fixable > 0 ? [`--fix mends ${fixable}.`] : []),
    ...(unread > 0 ? [`${unread} more could not be read.`] : []),
  ];
  const text = wrap(`${glued(head)} ${tail.join(" ")}`, page.width);
  const { bold, green } = page.colours;
  return `${text.replace(glued(head), (sound ? green : bold)(head)).replace("--fix", bold("--fix"))}\n`;
}

/** A text that `wrap` does not break. */
function glued(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}

/** `1 host`, `2 hosts`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

/** A text behind a head, with a blank between them unless a new line begins there. */
function spaced(head: string, text: string): string {
  return text.startsWith("\n") ? head + text : `${head} ${text}`;
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
    const head = `${where} ${diagnostic.severity} `;
    const message = wrap(harmless(diagnostic.message), width, 2, columnsOf(head));
    const explain = `run vrrp-lint --explain ${diagnostic.rule}`;
    return [
      spaced(`${colours.bold(where)} ${paint(diagnostic.severity)}`, message),
      ...this.#frame(diagnostic.at, paint),
      ...diagnostic.related.flatMap((each) => this.#related(each)),
      ...this.#course(diagnostic),
      ...this.#fix(diagnostic),
      `  ${colours.dim(wrap(`rule ${diagnostic.rule}: ${glued(explain)}`, width, 2).replaceAll("\u00a0", " "))}`,
    ].join("\n");
  }

  #related(related: Related): string[] {
    const { colours, width } = this.#page;
    const where = this.#where(related.at);
    const text = wrap(harmless(wordsAt(related)), width, 4, columnsOf(`  ${where} `));
    return [`  ${spaced(colours.bold(where), text)}`, ...this.#frame(related.at, colours.cyan)];
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

  /** The story, and the call that plays it; that is one line, to be copied. */
  #course({ course }: Diagnostic): string[] {
    if (!course) return [];
    const events = course.events.map((event) => `    ${wrap(harmless(event), this.#page.width, 6)}`);
    const call = harmless(callText(course.replay));
    return ["  the story:", ...events, "  to see it:", `    ${this.#page.colours.bold(call)}`];
  }

  #fix(diagnostic: Diagnostic): string[] {
    const text = fixText(diagnostic);
    return text === undefined ? [] : [`  ${wrap(harmless(text), this.#page.width, 2)}`];
  }

  #where(at: Place): string {
    return harmless(placeText(at, this.#files));
  }

  #paintOf(severity: Severity): (text: string) => string {
    const { red, yellow, blue, dim } = this.#page.colours;
    return { error: red, warning: yellow, info: blue, hint: dim }[severity];
  }
}
