/** Starting and ending a server on a free port of this machine. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";

/** Waits some milliseconds. */
export function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/**
 * Starts a program in a process group of its own, waits until `address(port)` answers, does something with that address
 * and ends the whole group. `words(port)` are the program's arguments.
 */
export async function withServer({ program, words, env, address }, action) {
  const port = await freePort();
  const child = spawn(program, words(port), { env, stdio: "ignore", detached: true });
  try {
    await answers(address(port));
    return await action(address(port));
  } finally {
    process.kill(-child.pid, "SIGTERM");
  }
}

async function answers(address) {
  for (let turn = 0; turn < 240; turn++) {
    const isUp = await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await pause(250);
  }
  throw new Error(`nothing answers at ${address}`);
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer().on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
