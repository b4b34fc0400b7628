/** Text that stands in Markdown as it is, also inside a table. */
export function plain(text: string): string {
  return text.replaceAll(/[|\\<>*_`[\]]/g, (sign) => `\\${sign}`).replaceAll(/\s*\n\s*/g, " ");
}

/** Text in code style, also inside a table. */
export function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** A block of code. */
export function fenced(text: string, language = "keepalived"): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}
