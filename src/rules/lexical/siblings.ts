/** Statements of one block that have the same keyword and count under the same condition. */
import type { Statement } from "../../schema/statement.ts";

/** The groups of two or more; statements keepalived does not know are left out, as is what stands inside unknown blocks. */
export function siblingsByKeyword(statements: readonly Statement[]): readonly (readonly Statement[])[] {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    if (statement.data || !statement.entry || statement.damaged) continue;
    const { name } = statement.entry;
    const { condition } = statement.line;
    const key = condition === undefined ? name : `${name} ${condition}`;
    const group = groups.get(key);
    if (group) group.push(statement);
    else groups.set(key, [statement]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
