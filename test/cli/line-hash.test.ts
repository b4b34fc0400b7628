import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineHashes } from "../../src/cli/line-hash.ts";

/** What GitHub's upload action gives for these texts, by its own tests. */
describe("the hashes are those of code scanning", () => {
  const greetings = [
    ...["e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1"],
    ...["b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"],
  ];
  test.each<[string, string, readonly string[]]>([
    ["no text", "", ["c129715d7a2bc9a3:1"]],
    [
      "blanks",
      " a\nb\n  \t\tc\n d",
      ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
    ],
    ["line feeds", " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", greetings],
    ["carriage returns", " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", greetings],
    ["both", " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", greetings],
    [
      "equal lines",
      "Lorem ipsum dolor sit amet.\n".repeat(10),
      [
        ...[1, 2, 3, 4, 5, 6].map((count) => `a7f2ff13bc495cf2:${count}`),
        ...["a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1"],
        "c129715d7a2bc9a3:1",
      ],
    ],
  ])("%s", (_, text, expected) => {
    expect(lineHashes(text)).toEqual(expected);
  });
});

/** The same without cleverness: the polynomial of each line's hundred characters. */
function plainHashes(text: string): string[] {
  const counts = new Map<string, number>();
  const squeezed = `${text.replaceAll(/\r\n?/g, "\n").replaceAll(/[ \t]/g, "")}\uFFFF`;
  const starts = [...squeezed.matchAll(/^/gm)].map(({ index }) => index);
  return starts.map((start) => {
    let hash = 0n;
    for (let index = start; index < start + 100; index++)
      hash = BigInt.asUintN(
        64,
        hash * 37n + BigInt(index < squeezed.length ? squeezed.charCodeAt(index) : 0),
      );
    const name = hash.toString(16);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return `${name}:${counts.get(name)}`;
  });
}

const line = fc.string({
  unit: fc.constantFrom("a", "b", " ", "\t", "{", "ü", "\u{1F600}", "\uFFFF"),
  maxLength: 90,
});
const lines = fc.array(line, { minLength: 1, maxLength: 12 });

test("are what they are defined as, and one for each line", () => {
  fc.assert(
    fc.property(lines, fc.constantFrom("\n", "\r\n", "\r"), (each, end) => {
      const text = each.join(end);
      expect(lineHashes(text)).toEqual(plainHashes(text));
      expect(lineHashes(text)).toHaveLength(each.length);
    }),
  );
});

test("stay when lines come in front and when the indent changes", () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const numbered = after.map((text, index) => `${index} ${text}`);
      const hashes = lineHashes(numbered.join("\n"));
      const moved = [...before.map((text) => `x${text}`), ...numbered.map((text) => `  ${text}`)];
      expect(lineHashes(moved.join("\n")).slice(-hashes.length)).toEqual(hashes);
    }),
  );
});
