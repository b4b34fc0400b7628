/** Text that stands in Markdown as it is, also inside a table; what stands between backticks is code. */
export function plain(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, " ")
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith("`") && part.length > 1 ? part : part.replaceAll(/[|\\<>*_`[\]]/g, "\\$&"),
    )
    .join("");
}

/** Text in code style, also inside a table. */
export function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** A block of code. */
export function fenced(text: string, language = "keepalived"): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}
