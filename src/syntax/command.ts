/** The words of a script line: scripts have quoting rules of their own (single quotes, escapes, no comment signs). */
import { recognise } from "./parse.ts";
import type { LogicalLine, Word } from "./tree.ts";

/**
 * The words after the keyword, as keepalived passes them to a program: both kinds of quotes and backslash escapes removed.
 * Where the quoting is not closed keepalived gives the line up; then there are no words.
 */
export function commandWords(line: LogicalLine): readonly Word[] {
  const words = recognise("commandLine", line.text)?.children ?? [];
  return words.slice(1).map((match) => {
    const raw = line.text.slice(match.start, match.end);
    const { at, via, exact, unknown } = line.traced.origin(match.start, match.end);
    const quoted = /^(["']).*\1$/s.test(raw);
    const word = { text: unquoted(raw), at, quoted, exact, unknown };
    return via ? { ...word, via } : word;
  });
}

/**
 * The words of a command that was itself one word of a line, quotes and escapes removed once more, as keepalived does it
 * before it runs a program (lib/notify.c, set_script_params_array). Empty where a quote is not closed.
 */
export function splitCommand(command: string): readonly string[] {
  const match = recognise("commandLine", command);
  return (match?.children ?? []).map(({ start, end }) => unquoted(command.slice(start, end)));
}

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Removes quotes and escapes of one word (keepalived lib/parser.c, alloc_strvec_quoted_escaped). */
function unquoted(raw: string): string {
  return raw.replace(
    /\\(x[0-9a-fA-F]+|c.|[0-7]{1,3}|.)|["']/gs,
    (whole, escaped: string | undefined, offset: number) => {
      if (escaped === undefined) return isDelimiter(raw, offset) ? "" : whole;
      if (/^x./.test(escaped)) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16) & 0xff);
      if (/^c./s.test(escaped)) return String.fromCharCode(escaped.charCodeAt(1) & 0x1f);
      if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8) & 0xff);
      return escapes[escaped] ?? escaped;
    },
  );
}

/** A quote sign delimits unless it stands inside quotes of the other kind. */
function isDelimiter(raw: string, offset: number): boolean {
  let open = "";
  for (let at = 0; at < raw.length; at++) {
    const character = raw[at] as string;
    if (character === "\\") at++;
    else if (open === "" && (character === '"' || character === "'")) {
      if (at === offset) return true;
      open = character;
    } else if (character === open) {
      if (at === offset) return true;
      open = "";
    }
  }
  return false;
}
