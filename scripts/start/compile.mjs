/** What V8 makes of the commands' code, for the launcher (launch.cjs): of all that a usual call needs. */
import { spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../steps.mjs";
import { judgePair } from "./judge-pair.mjs";

const dist = inRoot("dist");
const { version, platform, arch } = process;

const pair = ["lb1", "lb2"].map((name) => inRoot("examples", "two-masters", `${name}.conf`));
const wish = ["--pair", "--host", "a=10.0.0.1", "--host", "b=10.0.0.2", "--interface", "eth0", "--stdout"];

/** Calls whose code is kept, by command: with their words, or with somebody who talks to it. */
const calls = {
  "cli/vrrp-lint": { words: pair },
  "cli/vrrp-gen": { words: [...wish, "--router", "web:1=10.0.0.100/24"] },
  // A daemon needs rights and a network; most of its code is what comes before that.
  "cli/vrrp-run": { words: ["--check", "-f", pair[0]] },
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

async function compile(command, { words, talk = listen }) {
  const keep = ["--require", inRoot("scripts", "start", "keep-compiled.cjs")];
  const child = spawn(process.execPath, [...keep, `${command}.js`, ...words], {
    stdio: "pipe",
    timeout: 60_000,
    // Only what is compiled under the flags of a plain start is taken over at one.
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      KEEP_COMPILED_IN: `${command}-${version}-${platform}-${arch}.compiled`,
    },
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
