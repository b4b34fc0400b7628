/** Lines that stand for several: `~SEQ(N, 1, 3) text`, `~LST({A, B}, {1, 2}) text`. */

/** How long the head of such a line is, up to its closing bracket; 0 where it has none. */
export function headLength(text: string): number {
  return /^~\w+[ \t]*\([^)]*\)/.exec(text)?.[0].length ?? 0;
}

/** What a head says, in Markdown. */
export function headText(head: string): string {
  const names = /\([ \t]*(\{[^}]*\}|[^,]*)/.exec(head)?.[1] ?? "";
  const shown = [...names.matchAll(/[^\s,{}]+/g)].map(([name]) => `\`\${${name}}\``).join(", ");
  const isCount = head.startsWith("~SEQ");
  const how = isCount
    ? "counts from the first number to the last; of three numbers the second is the step."
    : "stands for one value of the list after the other.";
  return `\`${head}\`\n\nRepeats the rest of the line; ${shown} in it ${how}`;
}
