import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { StreamMessageWriter } from "vscode-languageserver/node";
import { WholeMessages } from "../../server/whole-messages.ts";

/** A stream that keeps what was written, each piece by itself. */
function keeping() {
  const pieces: string[] = [];
  const out = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece.toString());
      done();
    },
  });
  return { pieces, out };
}

test("a message leaves in one piece, and all of them in their order", async () => {
  const { pieces, out } = keeping();
  const writer = new StreamMessageWriter(new WholeMessages(out));
  const messages = ["é", "a".repeat(100_000), "c"].map((word) => ({ jsonrpc: "2.0", method: word }));
  await Promise.all(messages.map((message) => writer.write(message)));
  const expected = messages.map((message) => {
    const body = JSON.stringify(message);
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  });
  expect(pieces).toEqual(expected);
});

test("a client that is gone is told of as the library expects it", async () => {
  const { out } = keeping();
  const writer = new StreamMessageWriter(new WholeMessages(out));
  const told = new Promise((resolve) => writer.onError(([error]) => resolve(error.message)));
  out.destroy(new Error("the pipe is closed"));
  expect(await told).toBe("the pipe is closed");
});
