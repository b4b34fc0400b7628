/** The command keepalived-language-server: speaks over standard input and output, a pipe, a socket or Node's own channel. */
import {
  type Connection,
  createConnection,
  type Message,
  ProposedFeatures,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { version } from "../src/cli/version.ts";
import { disk } from "./disk.ts";
import { messageText } from "./message-text.ts";
import { serve } from "./server.ts";
import { WholeMessages } from "./whole-messages.ts";

const help = `Usage: keepalived-language-server --stdio

The language server for keepalived.conf, for editors that speak the language
server protocol. README.md shows how Neovim, Helix, Emacs, Vim and others
start it.

Options:
  --stdio            speak over standard input and output
  --node-ipc         speak over the channel of a parent in Node
  --socket=PORT      connect to a port of this machine
  --pipe=NAME        connect to a pipe
  --version          print the version
  --help             print this text
`;

/** An editor runs for days beside much else: without these Node lets five times of what is in use pile up as garbage. */
const frugal = ["--heap-growing-percent=20", "--semi-space-growth-factor=1"];

const ways = /^--(stdio|node-ipc|socket|pipe)\b/;

main(process.argv.slice(2));

function main(words: readonly string[]): void {
  if (words.includes("--help")) process.stdout.write(help);
  else if (words.includes("--version")) process.stdout.write(`${version}\n`);
  else if (!words.some((word) => ways.test(word))) {
    process.stderr.write(
      "keepalived-language-server: how shall it speak? --stdio is what editors use; see --help\n",
    );
    process.exitCode = 2;
  } else start();
}

function start(): void {
  serve(connect(), {
    disk,
    later: (milliseconds, action) => {
      if (milliseconds === 0) {
        const soon = setImmediate(action);
        return () => clearImmediate(soon);
      }
      const timer = setTimeout(action, milliseconds);
      return () => clearTimeout(timer);
    },
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    // The first look at `performance` would load what measures all kinds of things.
    now: () => Number(process.hrtime.bigint()) / 1e6,
    greeted: () => void beFrugal(),
    version,
    // Beside the bundle in the package; editors open it like any file.
    rulesPage: new URL("../../docs/rules.md", import.meta.url).href,
  });
}

function connect(): Connection {
  if (!process.argv.includes("--stdio")) return createConnection(ProposedFeatures.all);
  // Whatever is written there beside messages would end the conversation.
  for (const way of ["log", "info", "debug"] as const) console[way] = console.error;
  const contentTypeEncoder = { name: "application/json", encode: encoded };
  const writer = new StreamMessageWriter(new WholeMessages(process.stdout), { contentTypeEncoder });
  // The library takes a stream and a writer together, and ends with the stream; its types know only two of a kind.
  return createConnection(ProposedFeatures.all, process.stdin, writer as unknown as NodeJS.WritableStream);
}

async function encoded(message: Message): Promise<Uint8Array> {
  return Buffer.from(messageText(message), "utf8");
}

/** To load what sets flags takes a moment, so it is not loaded before it is used. */
async function beFrugal(): Promise<void> {
  const v8 = await import("node:v8");
  for (const flag of frugal) v8.setFlagsFromString(flag);
  widen(v8);
}

/** By how much the room for what lives shortly grows, and how often objects are made to bring that about, at most. */
const [widening, mostRounds] = [3, 20];

/**
 * More room for what lives shortly, before the first file comes: what the reading of a large pair makes, and later one
 * keystroke in it, fits into it, instead of being copied and piling up among what lives long. V8 widens the room when
 * much of it outlives a collection, by a factor that can be set, but not to a size; without a limit it would take 32 MB.
 * Measured by test/bench/editor.ts.
 */
function widen({ setFlagsFromString, getHeapSpaceStatistics }: typeof import("node:v8")): void {
  const room = () =>
    getHeapSpaceStatistics().find((each) => each.space_name === "new_space")?.space_size ?? 0;
  const enough = widening * room();
  setFlagsFromString(`--semi-space-growth-factor=${widening}`);
  const alive: object[] = [];
  for (let round = 0; room() < enough && round < mostRounds; round++)
    for (let count = 0; count < 4000; count++) alive.push([count]);
  setFlagsFromString("--semi-space-growth-factor=1");
}
