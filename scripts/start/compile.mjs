/** What V8 makes of the commands' code, for the launcher (launch.cjs): of all that a usual call needs. */
import { spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../steps.mjs";
import { judgePair } from "./judge-pair.mjs";
import { takeOver } from "./take-over.mjs";

const dist = inRoot("dist");
const { version, platform, arch } = process;

const pair = ["lb1", "lb2"].map((name) => inRoot("examples", "two-masters", `${name}.conf`));
const wish = ["--pair", "--host", "a=10.0.0.1", "--host", "b=10.0.0.2", "--interface", "eth0", "--stdout"];

/** Calls whose code is kept, by command: with their words, or with somebody who talks to it. */
const calls = {
  "cli/vrrp-lint": { words: pair },
  "cli/vrrp-gen": { words: [...wish, "--router", "web:1=10.0.0.100/24"] },
  // Where a build may not run a daemon: most of its code is what comes before that.
  "cli/vrrp-run": { words: ["--check", "-f", pair[0]], rather: takeOver },
  "server/keepalived-language-server": { words: ["--stdio"], talk: judgePair },
};

/** Lets the built commands do a bit of their work and keeps what was compiled for it; throws when one does not. */
export async function compileAll() {
  for (const folder of new Set(Object.keys(calls).map((command) => path.dirname(command)))) {
    for (const name of readdirSync(path.join(dist, folder))) {
      if (name.endsWith(".compiled")) rmSync(path.join(dist, folder, name));
    }
  }
  await Promise.all(Object.entries(calls).map(([command, call]) => compile(path.join(dist, command), call)));
}

async function compile(command, { words, talk = listen, rather }) {
  const node = [process.execPath, "--require", inRoot("scripts", "start", "keep-compiled.cjs")];
  // Only what is compiled under the flags of a plain start is taken over at one.
  const env = {
    ...process.env,
    NODE_OPTIONS: "",
    KEEP_COMPILED_IN: `${command}-${version}-${platform}-${arch}.compiled`,
  };
  if (await rather?.([...node, `${command}.js`], env)) return;
  const [program, ...before] = node;
  const child = spawn(program, [...before, `${command}.js`, ...words], {
    stdio: "pipe",
    timeout: 60_000,
    env,
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (more) => {
    said += more;
  });
  const answered = await talk(child);
  await ended;
  if (!answered) throw new Error(`The built ${path.basename(command)} does not work:\n${said}`);
}

/** Whether it says anything. Not how it ends: files with errors are a failure of theirs. */
async function listen({ stdout }) {
  let length = 0;
  for await (const words of stdout) length += words.length;
  return length > 0;
}
