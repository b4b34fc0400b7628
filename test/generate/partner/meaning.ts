/** What a host's files say, in a form that can be compared with another's. */
import type { Host } from "../../../src/model/host.ts";
import { inside, type Statement } from "../../../src/schema/statement.ts";

/** Every statement as a line, the order of peers aside; without priorities where these may differ. */
export function meaningOf({ statements }: Host, without: readonly string[] = []): readonly string[] {
  return linesOf(statements, "", without);
}

function linesOf(
  statements: readonly Statement[],
  lead: string,
  without: readonly string[],
): readonly string[] {
  return statements.flatMap((statement) => {
    const words = statement.words.map(({ text }) => text);
    if (without.includes(words[0] ?? "")) return [];
    const lines = linesOf(inside(statement), `${lead}    `, without);
    return [lead + words.join(" "), ...(words[0] === "unicast_peer" ? lines.toSorted() : lines)];
  });
}
