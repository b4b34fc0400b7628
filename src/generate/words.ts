/** Words of keepalived.conf: when they need quotes. */

/** A word as keepalived reads it back: in double quotes unless it is plain. What quotes cannot hold is refused later. */
export function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `"${word}"`;
}

/** A program with its parameters: always in quotes, inside of which keepalived takes escapes. */
export function command(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}
