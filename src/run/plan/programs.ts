/** Programs that a file names: their words, whom they run as, and whether they may run (keepalived, lib/notify.c). */
import type { Place } from "../../diagnostic.ts";
import type { Globals } from "../../model/host.ts";
import { flagOf } from "../../model/machine-settings.ts";
import { named, type Statement } from "../../schema/statement.ts";
import { commandWords, splitCommand } from "../../syntax/command.ts";
import { lineOf } from "./lines.ts";
import type { Runner, Surroundings } from "./surroundings.ts";
import type { Program } from "./types.ts";

/** The user that keepalived looks for when none is named. */
const usualUser = "keepalived_script";

/** Makes programs of lines, all by the same settings. */
export class Programs {
  readonly #surroundings: Surroundings;
  readonly #secure: boolean;
  readonly #usual: Runner | string;

  constructor(globals: Globals, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#secure = flagOf(globals.statements, "enable_script_security") ?? false;
    this.#usual = this.#usualRunner(globals.statements);
  }

  /** The program of a line such as `notify_master "PROGRAM WORD…" [USER [GROUP]]`; undefined without line or command. */
  of(lines: readonly Statement[], keyword: string): Program | undefined {
    const line = lineOf(lines, keyword);
    const [command, user, group] = line ? commandWords(line.line) : [];
    if (!command) return undefined;
    const runner = user ? this.#runner(user.text, group?.text) : this.#usual;
    return this.#program(splitCommand(command.text), runner, command.at);
  }

  /** The program of a vrrp_script, whose user has a line of its own. */
  ofScript(lines: readonly Statement[]): Program | undefined {
    const line = lineOf(lines, "script");
    const command = line ? commandWords(line.line)[0] : undefined;
    if (!command) return undefined;
    const [, user, group] = lineOf(lines, "user")?.words ?? [];
    const runner = user ? this.#runner(user.text, group?.text) : this.#usual;
    return this.#program(splitCommand(command.text), runner, command.at);
  }

  /** The user and group of a line, behind its first value; the usual ones when it names none. */
  ownerOf(line: Statement): Runner | string {
    const [, , user, group] = line.words;
    return user ? this.#runner(user.text, group?.text) : this.#usual;
  }

  /** Undefined where it is the daemon itself. */
  asUser(runner: Runner): Runner | undefined {
    const { uid, gid } = this.#surroundings.self;
    return runner.uid === uid && runner.gid === gid ? undefined : runner;
  }

  /** A script_user that does not exist keeps every program from running that names no user of its own. */
  #usualRunner(globals: readonly Statement[]): Runner | string {
    const { self } = this.#surroundings;
    const [, user, group] = lineOf(globals, "script_user")?.words ?? [];
    if (user) return this.#runner(user.text, group?.text);
    const usual = this.#surroundings.runner(usualUser, undefined);
    if (usual || !this.#secure) return usual ?? { uid: self.uid, gid: self.gid };
    return `there is no user ${usualUser}, which enable_script_security needs unless script_user names another`;
  }

  #runner(user: string, group: string | undefined): Runner | string {
    const found = this.#surroundings.runner(user, group);
    if (found) return found;
    return group === undefined
      ? `there is no user ${user}`
      : `there is no user ${user} with a group ${group}`;
  }

  #program(words: readonly string[], runner: Runner | string, at: Place): Program | undefined {
    const [file, ...rest] = words;
    if (file === undefined) return undefined;
    if (typeof runner === "string") return { words, shell: false, user: undefined, refused: runner, at };
    const user = this.asUser(runner);
    if (/^<[ \t]*\//.test(file)) return { words, shell: true, user, refused: undefined, at };
    const found = this.#surroundings.inspect(file, runner, this.#secure);
    return { words: [found.path, ...rest], shell: false, user, refused: found.refused, at };
  }
}

/** Whether a keyword stands among lines, whatever its value. */
export function has(lines: readonly Statement[], keyword: string): boolean {
  return named(lines, keyword).length > 0;
}
