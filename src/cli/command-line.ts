/** What the command lines of all commands have in common. */
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { isRelease } from "../language/settings.ts";
import { UsageError, type World } from "./world.ts";

/** A command without options: its help has 80 columns and goes to the world, its mistakes to the caller. */
export function commandFor(name: string, examples: string, world: World): Command {
  return new Command(name)
    .configureHelp({ helpWidth: 80, optionTerm: ({ flags }) => flags.replaceAll(/[<>]/g, "") })
    .helpOption("--help", "show this help")
    .addHelpText("after", examples)
    .exitOverride()
    .configureOutput({ writeOut: world.out, writeErr: () => {}, getOutHasColors: () => false });
}

/** Reads the words of a command line. False where nothing is left to do (--help, --version). Throws UsageError. */
export function readWords(program: Command, words: readonly string[]): boolean {
  try {
    program.parse([...words], { from: "user" });
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return false;
    throw new UsageError(ownWords(error.message));
  }
}

/** Commander's message without its frame: the option and what is wrong with it. */
function ownWords(message: string): string {
  return message
    .replace(/^error: /, "")
    .replaceAll("\n", " ")
    .replace(/^option '(--[\w-]+) <.*?>' argument '(.*)' is invalid\. (.*)$/s, "$1 $2: $3")
    .replace(/^option '(--[\w-]+) <(.*?)>' argument missing$/, "$1 needs a value: $1 $2");
}

/** Name and value of `NAME=VALUE`, where no one of `before` has the name. Throws InvalidArgumentError with the shape. */
export function readNamed(
  text: string,
  before: readonly { readonly name: string }[],
  shape: string,
): readonly [name: string, value: string] {
  const at = text.indexOf("=");
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || value === "") throw new InvalidArgumentError(`write ${shape}`);
  if (before.some((each) => each.name === name)) throw new InvalidArgumentError("this name was given before");
  return [name, value];
}

/** A release of keepalived without the `v` before it. Throws InvalidArgumentError with the shape. */
export function readRelease(text: string, shape: string): string {
  if (!isRelease(text)) throw new InvalidArgumentError(`write ${shape}`);
  return text.replace(/^v/, "");
}
