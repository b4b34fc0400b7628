import { expect, test } from "vitest";
import { commandWords } from "../../src/syntax/command.ts";
import { expand } from "../../src/syntax/expand.ts";
import { parseSource } from "../../src/syntax/parse.ts";

test.each<[string, string[]]>([
  ["script /bin/x", ["/bin/x"]],
  ['script "/bin/x a b" user', ["/bin/x a b", "user"]],
  ["script '/bin/x a' b", ["/bin/x a", "b"]],
  ['script "/bin/x \\"a\\" \'b\'"', ["/bin/x \"a\" 'b'"]],
  ["script /bin/x\\ y\\x41\\101\\t", ["/bin/x yAA\t"]],
  ["script it\\'s 'a\"b'", ["it's", 'a"b']],
  ["script 'open", []],
])("%s", (line, words) => {
  const { lines } = expand(parseSource("x.conf", `${line}\n`));
  const found = lines[0] ? commandWords(lines[0]) : [];
  expect(found.map(({ text }) => text)).toEqual(words);
});
