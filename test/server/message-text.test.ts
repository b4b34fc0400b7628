/** What is written is what JSON.stringify would write, but for the order of members. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Message } from "vscode-languageserver";
import { messageText } from "../../server/message-text.ts";

const problem = fc.record(
  { message: fc.string({ unit: "binary" }), range: fc.jsonValue() },
  { requiredKeys: [] },
);
const list = fc.array(fc.oneof(problem, fc.constant({ message: "the same" })));
const any = fc.jsonValue();

const message = fc.oneof(
  fc.record({ method: fc.string(), params: any }),
  fc.record({
    method: fc.string(),
    params: fc.record({ uri: fc.string(), diagnostics: fc.oneof(list, any) }),
  }),
  fc.record({ method: fc.string(), params: fc.record({ diagnostics: list }) }),
  fc.record({ id: fc.integer(), result: any }),
  fc.record({
    id: fc.integer(),
    result: fc.record({ kind: fc.constantFrom("full", "unchanged"), items: list }),
  }),
  fc.record({ id: fc.integer(), error: any }),
);

test("any message says the same as without a memory, the first time and again", () => {
  fc.assert(
    fc.property(message, (content) => {
      const whole = { jsonrpc: "2.0", ...content } as Message;
      for (const _ of [1, 2])
        expect(JSON.parse(messageText(whole))).toEqual(JSON.parse(JSON.stringify(whole)));
    }),
  );
});

test("a problem is written once", () => {
  let count = 0;
  const problem = { toJSON: () => ({ count: ++count }) };
  const params = { uri: "file:///a.conf", diagnostics: [problem] };
  const texts = [1, 2].map(() => messageText({ jsonrpc: "2.0", method: "m", params } as Message));
  expect(texts).toEqual(
    Array(2).fill(
      '{"jsonrpc":"2.0","method":"m","params":{"uri":"file:///a.conf","diagnostics":[{"count":1}]}}',
    ),
  );
});
