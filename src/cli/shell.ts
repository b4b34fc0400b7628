/** Command lines as one types them into a shell. */

/** A word as the shell reads it back, in quotes unless it is plain. */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  const plainInDouble = word.includes("'") && !/[$`"\\!]/.test(word);
  return plainInDouble ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * A command over as many lines as it needs, each at most `width` columns as far as single words allow. An option stays
 * on one line with its value.
 */
export function shellLines(words: readonly string[], width: number, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const part of partsOf(words)) {
    // Room for the blank before the part and the backslash behind it.
    if (line.length + part.length + 3 > width && line.trim() !== "") {
      lines.push(`${line} \\`);
      line = `${indent}  ${part}`;
    } else line += line.trim() === "" ? part : ` ${part}`;
  }
  return [...lines, line].join("\n");
}

/** Each option together with the words up to the next one. */
function partsOf(words: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (const word of words) {
    if (word.startsWith("--") || parts.length === 0) parts.push(shellWord(word));
    else parts.push(`${parts.pop()} ${shellWord(word)}`);
  }
  return parts;
}
