/** What an editor tells the server when somebody opens two files. */
import { readFileSync } from "node:fs";
import { inRoot } from "../steps.mjs";

/** Lets a server judge a pair of hosts and end. Resolves with whether it did. */
export async function judgePair(server) {
  for (const message of opening()) server.stdin.write(framed(message));
  let heard = "";
  let isDone = false;
  for await (const piece of server.stdout) {
    heard += piece;
    if (isDone || !["lb1", "lb2"].every((name) => heard.includes(uriOf(name)))) continue;
    isDone = true;
    server.stdin.write(framed({ id: 2, method: "shutdown" }) + framed({ method: "exit" }));
  }
  return isDone;
}

const uriOf = (name) => `file:///start/${name}.conf`;

function opening() {
  const pair = ["lb1", "lb2"].map((name) => ({
    method: "textDocument/didOpen",
    params: {
      textDocument: {
        uri: uriOf(name),
        languageId: "keepalived",
        version: 1,
        text: readFileSync(inRoot("examples", "two-masters", `${name}.conf`), "utf8"),
      },
    },
  }));
  const params = { processId: null, rootUri: null, capabilities: {} };
  return [{ id: 1, method: "initialize", params }, { method: "initialized", params: {} }, ...pair];
}

function framed(message) {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
