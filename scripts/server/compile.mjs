/** What V8 makes of the server's code, for the launcher (launch.cjs): of all that a start and its first diagnostics need. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../steps.mjs";

const folder = inRoot("dist", "server");
const { version, platform, arch } = process;
const compiled = path.join(folder, `main-${version}-${platform}-${arch}.compiled`);

/** Lets the built server judge a pair of hosts, and keeps what was compiled for that; throws when it judges nothing. */
export async function compileServer() {
  for (const name of readdirSync(folder)) if (name.endsWith(".compiled")) rmSync(path.join(folder, name));
  const words = ["--require", inRoot("scripts", "server", "keep-compiled.cjs")];
  const server = path.join(folder, "keepalived-language-server.js");
  const child = spawn(process.execPath, [...words, server, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 60_000,
    // Only what is compiled under the flags of a plain start is taken over at one.
    env: { ...process.env, NODE_OPTIONS: "", KEEP_COMPILED_IN: compiled },
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  for (const message of opening()) child.stdin.write(framed(message));
  let heard = "";
  let isDone = false;
  for await (const piece of child.stdout) {
    heard += piece;
    if (isDone || !["lb1", "lb2"].every((name) => heard.includes(uriOf(name)))) continue;
    isDone = true;
    child.stdin.write(framed({ id: 2, method: "shutdown" }) + framed({ method: "exit" }));
  }
  if ((await ended) !== 0 || !isDone) throw new Error("The built server does not judge a pair of hosts.");
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
