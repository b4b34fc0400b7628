/**
 * Text that remembers where each piece of it was written, through substitutions and joined lines. Immutable.
 */
import type { Place, Span } from "../diagnostic.ts";

/** A run of characters from one place. */
interface Piece {
  readonly text: string;
  readonly file: string;
  /** Offset in `file` where the run was written; for text that stands nowhere, of the reference that made it. */
  start: number;
  end: number;
  /** The characters of `text` are those of the file at `start`. */
  readonly exact: boolean;
  /** The reference that brought it here. */
  readonly via: Place | undefined;
  /** Stands for a value that is not known. */
  readonly unknown: boolean;
}

/** Where a stretch of traced text was written. */
export interface Origin {
  readonly at: Place;
  readonly via: Place | undefined;
  readonly exact: boolean;
  readonly unknown: boolean;
}

/** A text of which every character knows where it was written. Never changes: each change is a new text. */
export class Traced {
  readonly text: string;
  readonly #pieces: readonly Piece[];

  private constructor(pieces: readonly Piece[]) {
    const [only] = pieces;
    const whole = pieces.length === 1 && only?.text !== "";
    this.#pieces = whole ? pieces : pieces.filter((piece) => piece.text !== "");
    this.text = whole ? (only as Piece).text : this.#pieces.map((piece) => piece.text).join("");
  }

  /** Text as it stands in a file. */
  static written(file: string, start: number, text: string): Traced {
    const end = start + text.length;
    return new Traced([{ text, file, start, end, exact: true, via: undefined, unknown: false }]);
  }

  /** Text that stands nowhere and was made at a place, such as a number of ~SEQ. */
  static made(text: string, at: Place, unknown = false): Traced {
    const { start, end } = at.span;
    return new Traced([{ text, file: at.file, start, end, exact: false, via: undefined, unknown }]);
  }

  static joined(parts: readonly Traced[]): Traced {
    return new Traced(parts.flatMap((part) => part.#pieces));
  }

  slice(start: number, end: number = this.text.length): Traced {
    if (start <= 0 && end >= this.text.length) return this;
    const [only] = this.#pieces;
    // A list that grew has room for a dozen more, and almost every text is one run.
    if (only && this.#pieces.length === 1 && start < end)
      return new Traced([cut(only, Math.max(start, 0), Math.min(end, only.text.length))]);
    const taken: Piece[] = [];
    let at = 0;
    for (const piece of this.#pieces) {
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, piece.text.length);
      if (from < to) taken.push(cut(piece, from, to));
      at += piece.text.length;
    }
    return new Traced(taken);
  }

  /** The same text, marked as brought here by a reference. The outermost reference wins: it stands on the line. */
  broughtBy(via: Place): Traced {
    return new Traced(this.#pieces.map((piece) => ({ ...piece, via })));
  }

  /** The same text, marked as standing for a value that is not known. */
  asUnknown(): Traced {
    return new Traced(this.#pieces.map((piece) => ({ ...piece, unknown: true })));
  }

  /** Where a stretch was written: its own place when it is one run, else from the first to the last place on its line. */
  origin(start: number, end: number): Origin {
    const [only] = this.#pieces;
    if (only?.exact && this.#pieces.length === 1 && start >= 0 && start < end && end <= only.text.length) {
      const { file, via, unknown } = only;
      const span = { start: only.start + start, end: only.start + end };
      return { at: { file, span }, via, exact: true, unknown };
    }
    const pieces = this.slice(start, end).#pieces;
    const [first] = pieces;
    if (!first) return this.#emptyOrigin(start);
    const last = pieces[pieces.length - 1] as Piece;
    const unknown = pieces.some((piece) => piece.unknown);
    if (pieces.length === 1 || isOneRun(pieces)) {
      const at = { file: first.file, span: { start: first.start, end: last.end } };
      return { at, via: first.via, exact: pieces.every((piece) => piece.exact), unknown };
    }
    const from = first.via ?? { file: first.file, span: { start: first.start, end: first.end } };
    const to = last.via ?? { file: last.file, span: { start: last.start, end: last.end } };
    const span = {
      start: from.span.start,
      end: from.file === to.file ? Math.max(to.span.end, from.span.end) : from.span.end,
    };
    return { at: { file: from.file, span }, via: undefined, exact: false, unknown };
  }

  /** What has to move when text above is edited: the runs, and where the references stand that brought them. */
  *stretches(): Generator<Span> {
    for (const piece of this.#pieces) {
      yield piece;
      if (piece.via) yield piece.via.span;
    }
  }

  #emptyOrigin(start: number): Origin {
    let at = 0;
    let place: Place = { file: "", span: { start: 0, end: 0 } };
    for (const piece of this.#pieces) {
      const offset = piece.exact
        ? piece.start + Math.min(Math.max(start - at, 0), piece.text.length)
        : piece.start;
      if (at <= start) place = { file: piece.file, span: { start: offset, end: offset } };
      at += piece.text.length;
    }
    return { at: place, via: undefined, exact: false, unknown: false };
  }
}

function cut(piece: Piece, from: number, to: number): Piece {
  const text = piece.text.slice(from, to);
  return piece.exact
    ? { ...piece, text, start: piece.start + from, end: piece.start + to }
    : { ...piece, text };
}

/** Neighbours in one file, brought by the same reference. */
function isOneRun(pieces: readonly Piece[]): boolean {
  return pieces.every((piece, index) => {
    const before = pieces[index - 1];
    return !before || (piece.file === before.file && piece.via === before.via && piece.start === before.end);
  });
}
