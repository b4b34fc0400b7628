/** Text as Markdown, for the pages of docs/ and for readers of SARIF. */
import { visible } from "./visible.ts";

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
  return `\`\`\`${language}\n${visible(text.trimEnd()).replaceAll("\r", "\u240d")}\n\`\`\`\n`;
}
