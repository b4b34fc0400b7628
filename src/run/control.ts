/** The socket over which `vrrp-run status` asks the running daemon: a Unix socket in its run directory. */
import { chmodSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import path from "node:path";

const longestQuestion = 256;

/** Where the socket of a run directory is. */
export function controlPath(runDirectory: string): string {
  return path.join(runDirectory, "control.sock");
}

/** Answers questions of one word with a document. Rejects when the socket cannot be made. */
export async function openControl(
  runDirectory: string,
  answer: (question: string) => unknown,
): Promise<() => void> {
  const file = controlPath(runDirectory);
  // The lock says that no other daemon is there, so a socket that lies there is a dead one's.
  rmSync(file, { force: true });
  const server = createServer((socket) => {
    let question = "";
    socket.setEncoding("utf8");
    socket.on("error", () => socket.destroy());
    socket.on("data", (text: string) => {
      question += text;
      const end = question.indexOf("\n");
      if (end !== -1) socket.end(`${JSON.stringify(answer(question.slice(0, end)))}\n`);
      else if (question.length > longestQuestion) socket.destroy();
    });
  });
  await listen(server, file);
  chmodSync(file, 0o660);
  return () => {
    server.close();
    rmSync(file, { force: true });
  };
}

function listen(server: Server, file: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(file, () => {
      server.off("error", fail);
      done();
    });
  });
}

/** Asks the daemon of a run directory. Rejects when none answers. */
export function ask(runDirectory: string, question: string): Promise<unknown> {
  return new Promise((done, fail) => {
    const socket = connect(controlPath(runDirectory));
    let text = "";
    socket.setEncoding("utf8");
    socket.setTimeout(5000, () => socket.destroy(new Error("it does not answer")));
    socket.on("error", fail);
    socket.on("connect", () => socket.write(`${question}\n`));
    socket.on("data", (part: string) => {
      text += part;
    });
    socket.on("end", () => {
      try {
        done(JSON.parse(text));
      } catch {
        fail(new Error("its answer is not whole"));
      }
    });
  });
}
