/** Questions to a person at a terminal. */

import { wrap } from "./columns.ts";

/** What is wrong with an answer, in words for who gave it; undefined when it can be taken. */
export type Check = (answer: string) => string | undefined;

/** One of several answers. */
export interface Choice<T> {
  readonly name: string;
  /** What stands there once it was chosen; the name unless given. */
  readonly short?: string;
  readonly value: T;
}

/** A question that is answered with text. */
export interface TextQuestion {
  readonly message: string;
  /** What Enter alone means; without it something has to be typed unless an empty text passes the check. */
  readonly default?: string;
  readonly check: Check;
}

/** Asks until the answer can be taken. Every question throws Leave when the person does not want to go on. */
export interface Asker {
  text(question: TextQuestion): Promise<string>;
  /** Shows a sign for each character only. */
  secret(question: Omit<TextQuestion, "default">): Promise<string>;
  yes(message: string, otherwise: boolean): Promise<boolean>;
  /** The first choice is what Enter means unless another one is named. */
  one<T>(message: string, choices: readonly Choice<T>[], otherwise?: T): Promise<T>;
  /** Any of the choices, none at first. */
  some<T>(message: string, choices: readonly Choice<T>[]): Promise<readonly T[]>;
}

/** Somebody pressed Ctrl-C or closed the terminal instead of answering. */
export class Leave extends Error {}

/** Where the person sits; the process's own terminal unless given. */
export interface Terminal {
  readonly input?: NodeJS.ReadableStream;
  readonly output?: NodeJS.WritableStream;
}

/** Asks at a terminal. The library is loaded only now, because nothing else needs it. */
export async function askerAt(terminal: Terminal): Promise<Asker> {
  const { checkbox, confirm, input, password, select } = await import("@inquirer/prompts");
  const gone = new AbortController();
  // A terminal that is closed ends the last thing that could happen, and the question would wait for ever.
  const onEnd = () => gone.abort();
  const context = { ...terminal, signal: gone.signal };
  const answered = async <T>(prompt: () => Promise<T>): Promise<T> => {
    process.once("beforeExit", onEnd);
    try {
      return await prompt();
    } catch (error) {
      throw isLeaving(error) ? new Leave() : error;
    } finally {
      process.off("beforeExit", onEnd);
    }
  };
  const { columns = 80 } = (terminal.output ?? process.stdout) as { readonly columns?: number };
  // The library breaks long lines inside words; it writes a sign and a blank before the message.
  const validate = (check: Check) => (answer: string) => {
    const complaint = check(answer);
    return complaint === undefined ? true : wrap(complaint, columns - 1, 2);
  };
  return {
    text: async ({ message, check, ...more }) =>
      (
        await answered(() =>
          input({ message, ...more, validate: validate((answer) => check(answer.trim())) }, context),
        )
      ).trim(),
    secret: ({ message, check }) =>
      answered(() => password({ message, mask: true, validate: validate(check) }, context)),
    yes: (message, otherwise) => answered(() => confirm({ message, default: otherwise }, context)),
    one: (message, choices, otherwise) =>
      answered(() =>
        select({ message, choices, ...(otherwise === undefined ? {} : { default: otherwise }) }, context),
      ),
    some: (message, choices) =>
      answered(() => checkbox({ message, choices, pageSize: choices.length }, context)),
  };
}

function isLeaving(error: unknown): boolean {
  return error instanceof Error && ["ExitPromptError", "AbortPromptError"].includes(error.name);
}
