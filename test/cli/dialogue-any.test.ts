/** Any answers at all: the dialogue ends with files that lint clean, and its command writes the same ones. */
import { readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Asker } from "../../src/cli/asker.ts";
import { genDialogue } from "../../src/cli/gen-dialogue.ts";
import { parseGenOptions } from "../../src/cli/gen-options.ts";
import type { World } from "../../src/cli/world.ts";
import { runGen, runLint } from "../support/command.ts";
import { type Folder, folderOf } from "../support/folder.ts";

/** What somebody may type, good or bad, by a part of the question. */
const typed: readonly (readonly [question: string, answers: readonly string[]])[] = [
  ["first host", ["", "lb1", "-x", "a.example.org"]],
  ["Name of t", ["", "lb1", "VI_1", "web server", "web", "back-up"]],
  [
    "Address of",
    ["10.0.0.7", "10.0.0.8/24", "10.0.0.9/24,fd00::9/64", "fd00::5/64", "10.0.0.10/24", "10.0.0.11/24"],
  ],
  ["Interface of", ["", "eth1", "ens3", "eth 0", "eth0.100"]],
  [
    "Virtual addresses",
    ["10.0.0.100", "10.0.0.101/24, 10.0.0.102", "10.0.0.103,fe80::1,fd00::100", "fe80::2,fd00::2"],
  ],
  ["Number", ["", "0", "7", "255"]],
  ["Password", ["", "Xq7zW2vK", "much too long", 'a"b']],
  ["seconds", ["", "5", "soon", "2000"]],
  ["process", ["nginx", "haproxy", ""]],
  ["Program", ["/usr/bin/true", "/usr/bin/sh -c 'exit 0'", "true | false", '/usr/bin/test a = "a b"']],
  ["The file", ["/run/health", "/run/other"]],
  ["points", ["", "1", "20", "300", "x"]],
  ["Mail to", ["ops@example.org", "a@example.org b@example.org", "nobody"]],
  ["Mail server", ["", "192.0.2.25"]],
  ["Folder", [""]],
];

/** How often somebody tries before giving up. */
const patience = 40;

class GaveUp extends Error {}

/** Answers by chance; what is refused is answered anew. */
function anyone(chance: fc.GeneratorValue, secrets: string[]): Asker {
  const pick = <T>(all: readonly T[]): T => chance(fc.constantFrom, ...all);
  const answer = (message: string, check: (text: string) => string | undefined, otherwise = ""): string => {
    const answers = typed.find(([question]) => message.includes(question))?.[1];
    if (!answers) throw new Error(`What is to be said to this? ${message}`);
    for (let tries = 0; tries < patience; tries++) {
      const text = pick(answers) || otherwise;
      if (check(text) === undefined) return text;
    }
    throw new GaveUp(message);
  };
  return {
    text: async ({ message, check, default: otherwise }) => answer(message, check, otherwise),
    secret: async ({ message, check }) => {
      const secret = answer(message, check);
      secrets.push(secret);
      return secret;
    },
    yes: async (message, otherwise) =>
      message.startsWith("Another") ? pick([true, false, false, false]) : otherwise,
    one: async (_, choices) => pick(choices).value,
    some: async (_, choices) => choices.filter(() => pick([true, false, false])).map(({ value }) => value),
  };
}

/** The command at the end of the dialogue, with the shell's quotes taken away. */
function commandIn(out: string): readonly string[] {
  const [, command = ""] = /The same without questions:\n {2}vrrp-gen ((?:.*\\\n)*.*)\n/.exec(out) ?? [];
  const words = command.replaceAll("\\\n", " ").match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  return words.map((word) => word.replaceAll(/^(['"])(.*)\1$/g, "$2"));
}

const withoutPasswords = (text: string) => text.replaceAll(/auth_pass .*/g, "auth_pass …");

function filesIn(folder: Folder): Readonly<Record<string, string>> {
  const files = readdirSync(path.join(folder.path, "cluster")).sort();
  return Object.fromEntries(files.map((file) => [file, withoutPasswords(folder.read(`cluster/${file}`))]));
}

test("every dialogue ends with sound files and a command that writes them again", async () => {
  let finished = 0;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (chance) => {
      const [folder, again] = [folderOf({}), folderOf({})];
      const secrets: string[] = [];
      let out = "";
      const world: World = {
        cwd: folder.path,
        environment: { NO_COLOR: "1" },
        columns: 80,
        interactive: true,
        readInput: () => new Uint8Array(),
        out: (text) => {
          out += text;
        },
        err: (text) => expect(text).toBe(""),
      };
      const options = parseGenOptions([], world);
      if (typeof options === "number") throw new Error("there is no dialogue");
      try {
        expect(await genDialogue(options, world, async () => anyone(chance, secrets))).toBe(0);
      } catch (error) {
        // Some hosts have no address that would fit any of the answers.
        if (error instanceof GaveUp) return;
        throw error;
      }
      finished += 1;
      const [secret] = secrets;
      const environment = secret === undefined ? {} : { VRRP_AUTH_PASS: secret };
      const { code, err } = runGen(commandIn(out), { cwd: again.path, environment });
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(filesIn(again)).toEqual(filesIn(folder));
      const files = Object.keys(filesIn(folder)).map((file) => `cluster/${file}`);
      expect(runLint(["--max-warnings", "0", ...files], { cwd: folder.path }).code).toBe(0);
      if (secret !== undefined) expect(out).not.toContain(secret);
    }),
    { numRuns: 50 },
  );
  expect(finished).toBeGreaterThan(25);
});
