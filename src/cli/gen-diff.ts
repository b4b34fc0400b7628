/** `--dry-run`: what would change, as everybody reads it, without passwords. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Colours } from "./report.ts";

/**
 * The difference between two texts of a file; an empty text when they are equal. `before` is undefined for a new file;
 * `origin` is the file that it is the text of, if another one.
 */
export function diffText(
  file: string,
  before: string | undefined,
  after: string,
  colours: Colours,
  origin = file,
): string {
  if (before === after) return "";
  const hide = passwordHider();
  const [old, fresh] = [hide(before ?? ""), hide(after)];
  const from = before === undefined ? "/dev/null" : origin;
  const patch = createTwoFilesPatch(from, file, old, fresh, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return patch
    .split("\n")
    .map((line) => painted(line, colours))
    .join("\n");
}

/** Replaces passwords by a sign that is the same for the same password, so that a change of it still shows. */
function passwordHider(): (text: string) => string {
  const known: string[] = [];
  return (text) =>
    text.replaceAll(/^(\s*(?:@\S+\s+)?auth_pass\s+)(\S.*)$/gm, (_, before: string, password: string) => {
      if (!known.includes(password)) known.push(password);
      return `${before}(password ${known.indexOf(password) + 1}, not shown)`;
    });
}

function painted(line: string, { green, red, cyan, bold }: Colours): string {
  if (/^(---|\+\+\+) /.test(line)) return bold(line);
  if (line.startsWith("+")) return green(line);
  if (line.startsWith("-")) return red(line);
  return line.startsWith("@@") ? cyan(line) : line;
}
