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

/** A block of code. Control characters are shown as signs: a page that holds them is no text any more. */
export function fenced(text: string, language = "keepalived"): string {
  const visible = text.trimEnd().replaceAll(/(?![\n\t])\p{Cc}/gu, sign);
  return `\`\`\`${language}\n${visible}\n\`\`\`\n`;
}

function sign(control: string): string {
  const point = control.codePointAt(0) ?? 0;
  return point < 0x20 ? String.fromCodePoint(0x2400 + point) : "\uFFFD";
}
