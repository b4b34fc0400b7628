/** `vrrp-gen` on a terminal: a dialogue that ends with the files and the command line that writes the same. */
import { existsSync } from "node:fs";
import type { Intent } from "../generate/intent.ts";
import { type Asker, askerAt, Leave } from "./asker.ts";
import { wrap } from "./columns.ts";
import { outputWords, wishOf, wordsOf } from "./gen-answers.ts";
import { configFiles, genCluster } from "./gen-cluster.ts";
import { askMore } from "./gen-extras.ts";
import { passwordVariable } from "./gen-intent.ts";
import type { GenOptions, OutputOptions } from "./gen-options.ts";
import { checkOutput } from "./gen-output.ts";
import { askHosts, askRouters, type Interview } from "./gen-questions.ts";
import { pageFor } from "./report.ts";
import { shellLines } from "./shell.ts";
import { Texts } from "./texts.ts";
import type { World } from "./world.ts";

/** What a shell says of a command that Ctrl-C ended. */
const interrupted = 130;

/**
 * Asks for a cluster and writes its files: 0 written, 1 refused, 130 when the person left, and then nothing is written.
 * Throws UsageError and WriteError.
 */
export async function genDialogue(
  { output, target }: GenOptions,
  world: World,
  wayToAsk: () => Promise<Asker> = () => askerAt({}),
): Promise<number> {
  checkOutput(output);
  const given = target === undefined ? [] : ["--target", target];
  const asker = await wayToAsk();
  try {
    return await dialogue({ asker, output, given, world });
  } catch (error) {
    if (!(error instanceof Leave)) throw error;
    world.err("\nNothing was written.\n");
    return interrupted;
  }
}

const greeting = `A few questions, then the keepalived.conf of every host. Enter takes what is suggested; Ctrl-C ends \
and leaves nothing behind.`;

async function dialogue(interview: Interview): Promise<number> {
  const { world } = interview;
  world.out(`${wrap(greeting, pageFor(world).width)}\n`);
  const hosts = await askHosts(interview);
  const routers = await askRouters(interview, hosts);
  const answers = await askMore(interview, { hosts, routers, more: interview.given });
  const wish = wishOf(answers, world);
  const output = await askPlace(interview, wish.intent);
  world.out("\n");
  try {
    return genCluster(wish, output, world);
  } finally {
    // Whatever becomes of the files, the answers are not lost.
    world.out(`\n${commandText([...wordsOf(answers), ...outputWords(output)], wish.intent, world)}`);
  }
}

/** Where the files go; where some are already, only after a yes. */
async function askPlace({ asker, output, world }: Interview, intent: Intent): Promise<OutputOptions> {
  if (output.toOut) return output;
  const texts = new Texts(world);
  let { folder } = output;
  for (;;) {
    folder ??= await asker.text({
      message: "Folder for the files:",
      default: "cluster",
      check: (answer) => (answer === "" ? "Write the name of a folder." : undefined),
    });
    const place = { ...output, folder };
    const there = configFiles(intent, place).filter((file) => existsSync(texts.resolve(file)));
    if (there.length === 0 || output.force || output.dryRun) return place;
    const replace = `${there.join(", ")} ${there.length > 1 ? "exist" : "exists"}. Write over ${there.length > 1 ? "them" : "it"}?`;
    if (await asker.yes(replace, false)) return { ...place, force: true };
    folder = undefined;
  }
}

const withPassword = `The password never stands on a command line: this one takes it from the environment variable \
${passwordVariable}, or with --auth-pass-file from a file.`;

function commandText(words: readonly string[], { common }: Intent, world: World): string {
  const { width } = pageFor(world);
  const columns = Math.min(width, 80);
  const command = `The same without questions:\n${shellLines(["vrrp-gen", ...words], columns, "  ")}\n`;
  return typeof common.authentication === "object" ? `${command}${wrap(withPassword, columns)}\n` : command;
}
