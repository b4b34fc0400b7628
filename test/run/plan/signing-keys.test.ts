/** Keys of auth_hmac that stand in files. */
import { describe, expect, test } from "vitest";
import { instanceFor, withInstance } from "../support.ts";

const key = "0123456789abcdef0123456789abcdef";
const hexadecimal = `hex:${Buffer.from(key).toString("hex")}`;
const text = (word: string) =>
  withInstance(
    "version 3",
    `auth_hmac {\n key 7 ${word}\n active_key 7\n }`,
    "virtual_ipaddress {\n 10.0.0.100/24\n }",
  );

/** What the instance signs with, as text, and what it lacks. */
function signed(word: string, keyFile: (path: string) => { content: string } | { problem: string }) {
  const { config, lacks } = instanceFor(text(word), { surroundings: { keyFile } });
  const bytes = config.reception.wire.signing?.keys[7];
  return { key: bytes && new TextDecoder().decode(bytes), lacks };
}

const never = () => {
  throw new Error("no file is asked for");
};

describe("a key", () => {
  test.each([
    ["as text", key],
    ["in hexadecimal digits", hexadecimal],
  ])("%s is there already", (_, word) => {
    expect(signed(word, never)).toEqual({ key, lacks: undefined });
  });

  test.each([
    ["text", key],
    ["text and the end of a line", `${key}\r\n`],
    ["hexadecimal digits", `${hexadecimal}\n`],
  ])("in a file of %s is what the file says", (_, content) => {
    const asked: string[] = [];
    const found = signed("file:/etc/keepalived/key", (path) => {
      asked.push(path);
      return { content };
    });
    expect(found).toEqual({ key, lacks: undefined });
    expect(asked).toEqual(["/etc/keepalived/key"]);
  });

  test.each([
    [{ problem: "it is not there" }, "the key file /k cannot be read: it is not there"],
    [{ content: "short" }, "the key file /k does not hold 32 to 64 bytes"],
  ])("in a file that gives none keeps the instance from running", (file, lacks) => {
    expect(signed("file:/k", () => file)).toEqual({ key: undefined, lacks });
  });
});
