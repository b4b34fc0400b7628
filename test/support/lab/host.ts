/** One host of the lab: a network namespace in which programs run, with the host's own name and its own files. */
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bell } from "./bell.ts";
import { type Port, setUp } from "./cabling.ts";
import { addressesIn, ip, ipLines } from "./commands.ts";
import { Daemon, type Ending, type LogLine } from "./daemon.ts";
import { type Program, wordsOf } from "./programs.ts";

/** Where a host lives. */
export interface Site {
  readonly name: string;
  readonly namespace: string;
  /** For its configuration and whatever its programs write. */
  readonly directory: string;
  readonly ports: readonly Port[];
}

/** Where the programs of a host see its directory, each host its own. */
export const ownFiles = "/mnt";

/** Gives a program the host's name (`$0`) and its directory (`$1`), seen by nobody else, then becomes it. */
const atHome = `echo "$0" > /proc/sys/kernel/hostname && mount --bind "$1" ${ownFiles} && shift && exec "$@"`;

/** A host has its machine for itself; what else runs on this one comes after it. */
export const first = ["nice", "-n", "-10"] as const;

export class LabHost {
  readonly name: string;
  /** Every line that the host's programs printed, oldest first. */
  readonly log: LogLine[] = [];
  /** How often an address came or went. */
  changes = 0;
  /** Every address that came or went, oldest first; `at` in ms since 1970. */
  readonly moves: { readonly at: number; readonly address: string; readonly held: boolean }[] = [];
  readonly ports: readonly Port[];
  /** What `start` starts. */
  program: Program = "keepalived";
  /** Variables that programs find in their environment. */
  environment: Readonly<Record<string, string>> = {};
  readonly #namespace: string;
  readonly #switch: string;
  readonly #directory: string;
  readonly #bell: Bell;
  #daemon: Daemon | undefined;
  #addresses: Promise<ReadonlySet<string>> | undefined;
  #text = "";

  /** The namespace and the directory exist and the cables are plugged in. */
  constructor(site: Site, switchNamespace: string, bell: Bell) {
    this.name = site.name;
    this.ports = site.ports;
    this.#namespace = site.namespace;
    this.#switch = switchNamespace;
    this.#directory = site.directory;
    this.#bell = bell;
    const watch = ["ip", "-n", this.#namespace, "-o", "monitor", "address"];
    new Daemon(
      watch,
      this.#directory,
      (line) => {
        this.#noteMove(line);
        this.#addressesChanged();
      },
      () => {},
    );
  }

  /** Makes sure that changes of addresses are seen from now on: the monitor says nothing when it is ready. */
  async watch(): Promise<void> {
    const [add, remove] = ["add", "delete"].map((verb) => `address ${verb} 127.0.0.2/8 dev lo`) as [
      string,
      string,
    ];
    for (let tries = 0; this.changes === 0; tries += 1) {
      if (tries === 1000) throw new Error(`Changes of addresses cannot be seen on ${this.name}.`);
      await ipLines([add, remove], this.#namespace);
    }
  }

  /** The host's addresses at this moment, its own and those it holds, without prefix. */
  addresses(): Promise<ReadonlySet<string>> {
    this.#addresses ??= addressesIn(this.#namespace);
    return this.#addresses;
  }

  /** Is the program that was started last still there? */
  get running(): boolean {
    return this.#daemon !== undefined && this.#daemon.ending === undefined;
  }

  /** How the program that was started last ended; undefined while it runs. */
  get ending(): Ending | undefined {
    return this.#daemon?.ending;
  }

  /** What is wrong with the program that was started last: it ended although nobody asked it to. */
  get failure(): string | undefined {
    const daemon = this.#daemon;
    if (!daemon?.wanted || !daemon.ending) return undefined;
    const { status, signal } = daemon.ending;
    return `The program on ${this.name} ended by itself (${signal ?? `status ${status}`}).`;
  }

  /** Starts the host's program (keepalived, unless told otherwise) on a text, or on the text it had before. */
  start(text: string = this.#text): void {
    this.configure(text);
    this.run(...wordsOf(this.program, this.configuration, this.#directory));
  }

  /** Gives the program another text, which it reads when it starts again or is told to (SIGHUP). */
  configure(text: string): void {
    this.#text = text;
    writeFileSync(this.configuration, text);
  }

  /** The file with the host's text. */
  get configuration(): string {
    return join(this.#directory, "keepalived.conf");
  }

  /** Starts a program on the host, in the host's directory; it is then what stop, kill and crash end. */
  run(...words: readonly string[]): void {
    if (this.running) throw new Error(`A program is running on ${this.name} already.`);
    this.#daemon = new Daemon(
      [...first, ...this.inside(...words)],
      this.#directory,
      (line) => {
        this.log.push(line);
        this.#bell.ring();
      },
      () => this.#bell.ring(),
    );
  }

  /** Writes a file that the host's programs find in `/mnt`; other hosts have others there. */
  write(file: string, text: string): void {
    writeFileSync(join(this.#directory, file), text);
  }

  /** Writes a program, which everybody may run. */
  writeProgram(file: string, text: string): void {
    this.write(file, text);
    chmodSync(join(this.#directory, file), 0o755);
  }

  /** Removes a file that was written, if it is there. */
  remove(file: string): void {
    rmSync(join(this.#directory, file), { force: true });
  }

  /** The text of a file that the host's programs have in `/mnt`; empty when there is none. */
  read(file: string): string {
    const path = join(this.#directory, file);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  /** Asks the program to end (SIGTERM unless told otherwise) and waits until it has. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.#daemon?.end(signal);
    await this.#ended();
  }

  /** SIGKILL for the program and its children: nothing is tidied up, the addresses stay where they are. */
  async kill(): Promise<void> {
    this.#daemon?.kill();
    await this.#ended();
  }

  /** SIGKILL for the program alone: what it started sees its end and may act. */
  async strike(): Promise<void> {
    this.#daemon?.end("SIGKILL");
    await this.#ended();
  }

  /** Sends the program a signal that does not end it. */
  signal(name: NodeJS.Signals): void {
    this.#daemon?.tell(name);
  }

  /** The program and all it started stand still (SIGSTOP), until `resume`. */
  stall(): void {
    this.#daemon?.stall();
  }

  /** The opposite of stall. */
  resume(): void {
    this.#daemon?.resume();
  }

  /** The number of the program's process; undefined when none was started. */
  get pid(): number | undefined {
    return this.#daemon?.pid;
  }

  /** Switches the host off: the cables are dead at once, the program is gone, no address is left. */
  async crash(): Promise<void> {
    // What the program still did on seeing its cables dead would depend on chance.
    this.#daemon?.freeze();
    await this.#cables("down");
    await this.kill();
    // A killed daemon leaves the interface of a virtual MAC behind, with the addresses on it.
    const made = JSON.parse((await this.ip("-json", "link", "show", "type", "macvlan")) || "[]");
    const names = (made as { ifname?: string }[]).flatMap(({ ifname }) => ifname ?? []);
    await ipLines(
      [
        ...names.map((name) => `link delete ${name}`),
        ...this.#onEach((port) => [`address flush dev ${port.interface}`]),
      ],
      this.#namespace,
    );
    this.#addressesChanged();
  }

  /** Switches the host on again, with its own addresses and no program. */
  async boot(): Promise<void> {
    // An interface that comes up gets its link-local address again.
    const lines = this.#onEach((port) => [`link set ${port.interface} down`, ...setUp(port)]);
    await ipLines(lines, this.#namespace);
    await this.#cables("up");
  }

  /** Takes an interface down as an administrator does, the first one unless named. */
  linkDown(interfaceName = this.#first): Promise<void> {
    return ipLines([`link set ${interfaceName} down`], this.#namespace);
  }

  /** The opposite of linkDown; Linux has removed the interface's IPv6 addresses, so they are put back. */
  linkUp(interfaceName = this.#first): Promise<void> {
    const port = this.ports.find((each) => each.interface === interfaceName);
    if (!port) throw new Error(`${this.name} has no interface ${interfaceName}.`);
    return ipLines(setUp(port), this.#namespace);
  }

  /** Pulls all cables: the host sees its links without carrier. */
  unplug(): Promise<void> {
    return this.#cables("down");
  }

  /** Plugs all cables in again. */
  plug(): Promise<void> {
    return this.#cables("up");
  }

  /** Runs `ip` on the host and returns what it prints, for what the lab has no word for. */
  ip(...words: readonly string[]): Promise<string> {
    return ip(["-n", this.#namespace, ...words]);
  }

  /** The words that run a command on this host, beside its program. */
  inside(...words: readonly string[]): readonly string[] {
    const network = ["ip", "netns", "exec", this.#namespace];
    const variables = Object.entries(this.environment).map(([name, value]) => `${name}=${value}`);
    const home = ["unshare", "--uts", "sh", "-c", atHome, this.name, this.#directory];
    return [...network, ...home, ...(variables.length > 0 ? ["env", ...variables] : []), ...words];
  }

  get #first(): string {
    return this.ports[0]?.interface ?? "eth0";
  }

  #onEach(lines: (port: Port) => readonly string[]): readonly string[] {
    return this.ports.flatMap(lines);
  }

  #cables(state: "up" | "down"): Promise<void> {
    return ipLines(
      this.#onEach(({ name }) => [`link set ${name} ${state}`]),
      this.#switch,
    );
  }

  #noteMove({ at, text }: LogLine): void {
    const address = / inet6? ([^/ ]+)/.exec(text)?.[1];
    if (address !== undefined) this.moves.push({ at, address, held: !text.startsWith("Deleted") });
  }

  #addressesChanged(): void {
    this.changes += 1;
    this.#addresses = undefined;
    this.#bell.ring();
  }

  async #ended(): Promise<void> {
    await this.#bell.until(
      () => !this.running,
      60,
      () => new Error(`The program on ${this.name} does not end.`),
    );
  }
}
