/** Between offsets inside and the protocol's lines at the edge, and between our file names and the client's URIs. */
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Position,
  type Diagnostic as ProtocolDiagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Diagnostic, Edit, Place, Related, Severity, Span } from "../src/diagnostic.ts";
import type { LineMap } from "../src/lines.ts";

/** The texts behind places. */
export interface Maps {
  linesOf(file: string): LineMap;
}

export function positionOf(lines: LineMap, offset: number): Position {
  const { line, column } = lines.positionAt(offset);
  return { line: line - 1, character: column - 1 };
}

function isPosition({ line, character }: Position, lines: LineMap, offset: number): boolean {
  const at = lines.positionAt(offset);
  return at.line === line + 1 && at.column === character + 1;
}

export function offsetOf(lines: LineMap, { line, character }: Position): number {
  return lines.offsetAt({ line: line + 1, column: character + 1 });
}

export function rangeOf(lines: LineMap, { start, end }: Span): Range {
  return { start: positionOf(lines, start), end: positionOf(lines, end) };
}

export function spanOf(lines: LineMap, { start, end }: Range): Span {
  return { start: offsetOf(lines, start), end: offsetOf(lines, end) };
}

/** Client's URIs, by our names: encodings differ between clients, and each wants its own back. */
export class Uris {
  readonly #known = new Map<string, string>();
  #spelling = 0;

  /** Another number whenever a file's URI may be written otherwise than before. */
  get spelling(): number {
    return this.#spelling;
  }

  /** Our name of a file: the URI without percent signs. */
  fileOf(uri: string): string {
    const file = decoded(uri);
    if (this.#known.get(file) !== uri) this.#spelling++;
    this.#known.set(file, uri);
    return file;
  }

  /** Our name of a file or folder, without the slash that some clients put at a folder's end. */
  nameOf(uri: string): string {
    return this.fileOf(uri).replace(/\/$/, "");
  }

  uriOf(file: string): string {
    return this.#known.get(file) ?? encoded(file);
  }
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** As editors write URIs: everything but the signs between the parts is encoded. */
function encoded(file: string): string {
  const [, scheme = "", authority = "", path = file] =
    /^([a-z][a-z0-9+.-]*:)(?:\/\/([^/]*))?(.*)$/is.exec(file) ?? [];
  const steps = path.split("/").map((step) => encodeURIComponent(step));
  return scheme === "" ? file : `${scheme}//${authority}${steps.join("/")}`;
}

const severityNumbers: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Findings that editors show in the text itself: struck through, or faded. */
const tagsOf: Readonly<Record<string, readonly DiagnosticTag[]>> = {
  "lex-deprecated-keyword": [DiagnosticTag.Deprecated],
  "lex-line-lost": [DiagnosticTag.Unnecessary],
  "lint-unused-silencer": [DiagnosticTag.Unnecessary],
  "vrrp-script-unused": [DiagnosticTag.Unnecessary],
};

export class Converter {
  readonly #maps: Maps;
  readonly uris: Uris;
  readonly #pageOf: (rule: string) => string | undefined;
  readonly #tags: readonly DiagnosticTag[];
  /** After a keystroke almost all findings are the same, and stand in the same lines. */
  readonly #converted = new WeakMap<
    Diagnostic,
    { readonly spelling: number; readonly problem: ProtocolDiagnostic }
  >();

  /** `pageOf` gives the address at which a rule is explained, if there is one; `tags` are those the client shows. */
  constructor(
    maps: Maps,
    uris: Uris,
    pageOf: (rule: string) => string | undefined,
    tags: readonly DiagnosticTag[],
  ) {
    this.#maps = maps;
    this.uris = uris;
    this.#pageOf = pageOf;
    this.#tags = tags;
  }

  range({ file, span }: Place): Range {
    return rangeOf(this.#maps.linesOf(file), span);
  }

  location(place: Place): Location {
    return { uri: this.uris.uriOf(place.file), range: this.range(place) };
  }

  textEdit({ at, text }: Edit): TextEdit {
    return { range: this.range(at), newText: text };
  }

  workspaceEdit(edits: readonly Edit[]): WorkspaceEdit {
    const changes: Record<string, TextEdit[]> = {};
    for (const edit of edits) {
      const uri = this.uris.uriOf(edit.at.file);
      changes[uri] = [...(changes[uri] ?? []), this.textEdit(edit)];
    }
    return { changes };
  }

  /** As the protocol has it; the same object as long as nothing in it changes. */
  diagnostic(diagnostic: Diagnostic): ProtocolDiagnostic {
    const { spelling } = this.uris;
    const before = this.#converted.get(diagnostic);
    if (before?.spelling === spelling && this.#isWhere(before.problem, diagnostic)) return before.problem;
    const problem = this.#problem(diagnostic);
    this.#converted.set(diagnostic, { spelling, problem });
    return problem;
  }

  /** Whether a problem stands where its diagnostic does, and so do the places it speaks of. */
  #isWhere({ range, relatedInformation }: ProtocolDiagnostic, { at, related }: Diagnostic): boolean {
    if (!this.#isAt(range, at)) return false;
    for (let index = 0; index < related.length; index++) {
      const told = relatedInformation?.[index];
      if (!told || !this.#isAt(told.location.range, (related[index] as Related).at)) return false;
    }
    return true;
  }

  #isAt({ start, end }: Range, { file, span }: Place): boolean {
    const lines = this.#maps.linesOf(file);
    return isPosition(start, lines, span.start) && isPosition(end, lines, span.end);
  }

  #problem({ rule, severity, message, at, related }: Diagnostic): ProtocolDiagnostic {
    const href = this.#pageOf(rule);
    const tags = tagsOf[rule]?.filter((tag) => this.#tags.includes(tag)) ?? [];
    return {
      range: this.range(at),
      severity: severityNumbers[severity],
      code: rule,
      ...(href !== undefined && { codeDescription: { href } }),
      source: "vrrp-lint",
      message,
      ...(tags.length > 0 && { tags }),
      ...(related.length > 0 && {
        relatedInformation: related.map((each) => ({
          location: this.location(each.at),
          message: each.message,
        })),
      }),
    };
  }
}
