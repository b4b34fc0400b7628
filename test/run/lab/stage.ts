/** A lab while a scenario is played in it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import type { Program } from "../../support/lab/programs.ts";
import type { Lab, LabHost } from "../../support/lab.ts";

export class Stage {
  readonly lab: Lab;
  /** The program of each host, by name; hosts that only look on have none. */
  readonly programs: Readonly<Record<string, Program>>;
  /** Lists that the scenario adds to what is compared with the reference, by what they are. */
  readonly told: Record<string, string[]> = {};
  /** Figures that are only shown. */
  readonly figures: Record<string, string> = {};
  /** Hosts that have lost their power, and with it even their own addresses. */
  readonly off = new Set<string>();
  /** Addresses and frames before this moment belong to earlier chapters. */
  chapterBegins = 0;

  readonly #asides = new Map<string, readonly ChildProcess[]>();

  constructor(lab: Lab, programs: Readonly<Record<string, Program>>) {
    this.lab = lab;
    this.programs = programs;
  }

  host(name: string): LabHost {
    return this.lab.host(name);
  }

  /** Four hexadecimal digits that no other lab of this machine has. */
  get tag(): string {
    return this.lab.name.slice(-4);
  }

  /** Did the host hold the address when the chapter began? By what its kernel told until then. */
  heldBefore(name: string, address: string): boolean {
    const last = this.host(name).moves.findLast(
      (move) => move.address === address && move.at <= this.chapterBegins,
    );
    return last?.held === true;
  }

  runs(name: string): Program | undefined {
    return this.programs[name];
  }

  /** Adds lines to what is compared with the reference. */
  tell(list: string, ...lines: readonly string[]): void {
    const lists = this.told;
    lists[list] = [...(lists[list] ?? []), ...lines];
  }

  /** Notes a figure that is shown in the table. */
  show(name: string, figure: string): void {
    const { figures } = this;
    figures[name] = figure;
  }

  /** Starts a program beside the host's own; it ends with the lab at the latest. */
  aside(host: string, ...words: readonly string[]): void {
    const [program = "", ...rest] = this.host(host).inside(...words);
    this.#asides.set(host, [...(this.#asides.get(host) ?? []), spawn(program, rest, { stdio: "ignore" })]);
  }

  /** Ends what was started beside (SIGKILL) and waits until it is gone. */
  async endAside(host: string): Promise<void> {
    const programs = this.#asides.get(host) ?? [];
    this.#asides.delete(host);
    await Promise.all(
      programs.map((program) => {
        const ended = new Promise((done) => program.once("close", done));
        program.kill("SIGKILL");
        return program.exitCode === null ? ended : undefined;
      }),
    );
  }

  /** Runs a command on a host to its end. */
  command(host: string, ...words: readonly string[]): Promise<{ status: number; out: string }> {
    const [program = "", ...rest] = this.host(host).inside(...words);
    return new Promise((done) => {
      execFile(program, rest, { maxBuffer: 1 << 24 }, (error, out, err) => {
        done({ status: error ? Number(error.code ?? 1) : 0, out: out + err });
      });
    });
  }

  /** The same, but its failure is an error. */
  async must(host: string, ...words: readonly string[]): Promise<string> {
    const { status, out } = await this.command(host, ...words);
    if (status !== 0) throw new Error(`${words.join(" ")} on ${host}: status ${status}\n${out}`);
    return out;
  }

  /** Resolves once a file of the host has these words in it. */
  async wrote(host: string, file: string, words: RegExp): Promise<void> {
    await this.until(`${file} on ${host} says ${words}`, () => words.test(this.host(host).read(file)));
  }

  /** Looks again and again, at what the lab tells nothing of, until it is true or a minute has passed. */
  async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    await this.lab.until(what, async () => {
      if (await condition()) return true;
      this.lab.lookAgain(0.05);
      return false;
    });
  }
}
