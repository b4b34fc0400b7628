/** Messages as JSON. What is the same from one message to the next, the problems of a large file, is written once. */
import type { Message, NotificationMessage, ResponseMessage } from "vscode-languageserver";

const written = new WeakMap<object, string>();

/**
 * The message as `JSON.stringify` writes it. Problems must not change any more: after a keystroke almost all of them are the
 * very same objects, and to write a thousand of them takes longer than all the rest of the message.
 */
export function messageText(message: Message): string {
  const { params } = message as NotificationMessage;
  if (hasList(params, "diagnostics")) return around(message, "params", params, "diagnostics");
  const { result } = message as ResponseMessage;
  if (hasList(result, "items") && "kind" in result && result.kind === "full")
    return around(message, "result", result, "items");
  return JSON.stringify(message);
}

/** A message of which a part has a list of objects. */
function around<Key extends string>(
  message: Message,
  part: "params" | "result",
  value: Readonly<Record<Key, readonly object[]>>,
  key: Key,
): string {
  const { [part]: _part, ...head } = message as Message & { readonly [part]?: unknown };
  const { [key]: list, ...others } = value;
  const before = [head, others].map((each) => JSON.stringify(each).slice(0, -1));
  const texts = list.map(textOf).join(",");
  return `${before[0]},"${part}":${before[1]}${before[1] === "{" ? "" : ","}"${key}":[${texts}]}}`;
}

function hasList<Key extends string>(
  value: unknown,
  key: Key,
): value is Readonly<Record<Key, readonly object[]>> {
  if (typeof value !== "object" || value === null) return false;
  const list = (value as Readonly<Record<string, unknown>>)[key];
  return Array.isArray(list) && list.every((each) => typeof each === "object" && each !== null);
}

function textOf(problem: object): string {
  const known = written.get(problem);
  if (known !== undefined) return known;
  const text = JSON.stringify(problem);
  written.set(problem, text);
  return text;
}
