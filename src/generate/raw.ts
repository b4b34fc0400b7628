/** Text of keepalived.conf that is taken over as it is. */
import { parseSource } from "../syntax/parse.ts";

/** A block of the top level, or a line that opens none. */
export interface RawBlock {
  /** Its first word. */
  readonly keyword: string;
  readonly text: string;
}

/** Divides a text at its outermost blocks; comments and empty lines stay with what follows them. */
export function blocksOf(text: string): readonly RawBlock[] {
  const blocks: RawBlock[] = [];
  let lines: string[] = [];
  let keyword: string | undefined;
  let depth = 0;
  const flush = () => {
    const whole = lines
      .join("")
      .replace(/^\s*\n/, "")
      .trimEnd();
    if (whole !== "") blocks.push({ keyword: keyword ?? "", text: whole });
    lines = [];
    keyword = undefined;
  };
  for (const line of parseSource("", text).lines) {
    const signs = line.parts.filter(({ kind }) => kind === "word" || kind === "open" || kind === "close");
    const [first] = signs;
    // A brace on a line of its own opens the block of the line above.
    if (depth === 0 && first && first.kind !== "open") {
      if (keyword !== undefined) flush();
      keyword = line.text.slice(first.start, first.end);
    }
    lines.push(line.text);
    for (const { kind } of signs) if (kind !== "word") depth += kind === "open" ? 1 : -1;
    depth = Math.max(depth, 0);
    if (depth === 0 && signs.some(({ kind }) => kind === "close")) flush();
  }
  flush();
  return blocks;
}
