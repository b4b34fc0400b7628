/** Which texts are keepalived configurations. */
import { rootKeywords } from "../schema/index.ts";

/** Blocks of the top level, whose names no other program's files have. */
const blocks = rootKeywords.filter(({ name, keywords, lines }) => name.includes("_") && (keywords || lines));
const opening = new RegExp(
  `^[ \\t]*(?:@\\^?\\S+[ \\t]+)?(?:${blocks.map(({ name }) => name).join("|")})\\b`,
  "m",
);

/** Whether a text has a line with which only a block of keepalived.conf begins. */
export function looksLikeConfiguration(text: string): boolean {
  return opening.test(text);
}
