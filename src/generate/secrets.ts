/** Passwords stay out of messages. */
import type { Diagnostic } from "../diagnostic.ts";
import { rules } from "../rules/index.ts";

/** The shortest part of a password that gives something away. */
const tell = 3;

/**
 * Rules quote what they judge. What is said of the password's line in `text`, with a part of a password in it, is
 * replaced by what the rule says in general.
 */
export function messageWithoutSecrets(
  { message, rule, at }: Diagnostic,
  text: string,
  secrets: readonly string[],
): string {
  const start = text.lastIndexOf("\n", at.span.start - 1) + 1;
  const line = text.slice(start).split("\n", 1)[0] ?? "";
  if (!line.includes("auth_pass") && !rule.includes("auth")) return message;
  const parts = secrets.flatMap((secret) =>
    Array.from({ length: Math.max(1, secret.length - tell + 1) }, (_, from) =>
      secret.slice(from, from + tell),
    ),
  );
  if (!parts.some((part) => message.includes(part))) return message;
  const known = rules.find(({ id }) => id === rule);
  return known ? `${known.summary} ${known.why}` : "The password cannot be used.";
}
