/**
 * Who is told what is wrong, and when. A client that can ask is answered for the files it has open and told to ask
 * again when another file changed something for them; everything else is sent to it.
 */
import {
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  type Diagnostic as ProtocolDiagnostic,
  type PublishDiagnosticsParams,
  type ServerCapabilities,
} from "vscode-languageserver";
import { areSame, keptAlike } from "../src/alike.ts";
import type { Diagnostic } from "../src/diagnostic.ts";
import { type StatusParams, statusNotification } from "../src/language/requests.ts";
import { settingsName } from "../src/language/settings.ts";
import { Refreshing } from "./refreshing.ts";
import type { Environment, Session } from "./session.ts";

/** Milliseconds after which a change is judged however fast others follow. */
const longestWait = 500;
/** Milliseconds of judging after which requests are looked for: who types waits for completion, not for problems. */
const longestSlice = 1;

/** What was sent of a file, and what it was made from: the client's spelling of names, then our diagnostics. */
interface Sent {
  readonly from: readonly unknown[] | undefined;
  readonly problems: readonly ProtocolDiagnostic[];
}

type Time = Pick<Environment, "later" | "turn" | "now">;

const isSettings = (file: string) => file.endsWith(settingsName);

export class Diagnosing {
  readonly #session: Session;
  readonly #time: Time;
  readonly #sent = new Map<string, Sent>();
  readonly #asks: boolean;
  readonly #refreshes: boolean;
  readonly #refreshing: Refreshing;
  readonly #judged: () => Promise<void> | undefined;
  readonly #status = new Map<string, string>();
  #cancel: (() => void) | undefined;
  /** When the change came that has waited longest. */
  #since: number | undefined;
  #isJudging = false;
  /** Something is to be judged that came while judging. */
  #isStale = false;
  /** How many milliseconds the last judging took. */
  #took = 0;
  /** What the client was answered last about each open file, until it is told that this does not hold any more. */
  readonly #answered = new Map<string, readonly ProtocolDiagnostic[]>();

  /** `judged` is called whenever everything was judged and told. */
  constructor(session: Session, time: Time, judged: () => Promise<void> | undefined) {
    this.#session = session;
    this.#time = time;
    this.#judged = judged;
    this.#refreshing = new Refreshing(session, time.later);
    const { textDocument, workspace } = session.client.capabilities;
    this.#asks = textDocument?.diagnostic !== undefined;
    this.#refreshes = workspace?.diagnostics?.refreshSupport === true;
  }

  /** What the server offers for it. */
  offer(): ServerCapabilities {
    if (!this.#asks) return {};
    const { connection, uris, guard } = this.#session;
    connection.languages.diagnostics.on(({ textDocument }, token) => {
      const report = (items: ProtocolDiagnostic[]): DocumentDiagnosticReport => ({ kind: "full", items });
      const work = async () => {
        await this.#inTurns(() => !token.isCancellationRequested);
        return report(this.#answer(uris.fileOf(textDocument.uri)));
      };
      return guard.run("diagnostics", report([]), work, token);
    });
    return { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } };
  }

  /** A change is judged as soon as none waits behind it; changes that come faster than that are judged together. */
  schedule(): void {
    this.#since ??= this.#time.now();
    this.#cancel ??= this.#time.later(0, () => {
      this.#cancel = undefined;
      if (this.#isJudging) this.#isStale = true;
      else void this.#session.guard.behind("diagnostics", () => this.#judge());
    });
  }

  /** Nothing more is judged by itself. */
  end(): void {
    this.#cancel?.();
    this.#refreshing.end();
  }

  /** Whether a change waits for so many milliseconds, or longer than any should. */
  #hasWaited(milliseconds: number): boolean {
    const { now } = this.#time;
    return this.#since !== undefined && now() - this.#since >= Math.min(milliseconds, longestWait);
  }

  /** Judges everything, with turns for requests in between; tells whether it came to an end before it was to stop. */
  async #inTurns(goesOn: () => boolean): Promise<boolean> {
    const { now, turn } = this.#time;
    for (;;) {
      const end = now() + longestSlice;
      if (this.#session.workspace.judge(() => now() >= end)) return true;
      await turn();
      if (!goesOn()) return false;
    }
  }

  /** Judges everything unless something changes meanwhile, which has its own time; but not again and again. */
  async #judgeAll(): Promise<boolean> {
    const isOutdated = () => this.#isStale || this.#cancel !== undefined;
    const goesOn = () => !isOutdated() || this.#hasWaited(2 * this.#took);
    this.#isJudging = true;
    this.#isStale = false;
    try {
      // Right behind a change may wait the next one, or the completion that who types has asked for.
      await this.#time.turn();
      return goesOn() && (await this.#inTurns(goesOn));
    } finally {
      this.#isJudging = false;
      if (this.#isStale) this.schedule();
    }
  }

  async #judge(): Promise<void> {
    const begun = this.#time.now();
    if (!(await this.#judgeAll())) return;
    this.#since = undefined;
    // Put together before any of it is sent: the next change may come meanwhile, and what is asked for behind it would all
    // be judged in one go, while a completion waits. And sent without a pause, or the news of that change would overtake it.
    const [problems, asksAgain, statuses] = [this.#news(), this.#outdates(), this.#statusNews()];
    const { connection } = this.#session;
    await Promise.all([
      ...problems.map((each) => connection.sendDiagnostics(each)),
      ...statuses.map((each) => connection.sendNotification(statusNotification, each)),
    ]);
    this.#took = this.#time.now() - begun;
    if (asksAgain) await connection.sendRequest(DiagnosticRefreshRequest.type);
    this.#refreshing.schedule();
    await this.#judged();
  }

  /** The problems of each file in which the client does not know them yet. */
  #news(): readonly PublishDiagnosticsParams[] {
    const { workspace, uris } = this.#session;
    const open = workspace.openFiles();
    const settings = open.flatMap((file) => workspace.settingsFor(file)?.file ?? []);
    const files = new Set([...this.#sent.keys(), ...open, ...settings]);
    for (const { fleet } of workspace.clusters())
      for (const host of fleet.hosts) for (const { path } of host.sources) files.add(path);
    return [...files].flatMap((file) => {
      const isAsked = this.#asks && workspace.isOpen(file);
      const before = this.#sent.get(file);
      // After a keystroke the other hosts have the same mistakes, most often.
      const from = isAsked || isSettings(file) ? undefined : [uris.spelling, ...this.#told(file)];
      if (from && before?.from && areSame(from, before.from)) return [];
      const earlier = before?.problems ?? [];
      const problems = keptAlike(isAsked ? [] : this.#problemsOf(file), earlier);
      this.#sent.set(file, { from, problems });
      return areSame(problems, earlier) ? [] : { uri: uris.uriOf(file), diagnostics: [...problems] };
    });
  }

  #answer(file: string): ProtocolDiagnostic[] {
    const problems = this.#problemsOf(file);
    this.#answered.set(file, problems);
    return problems;
  }

  /** Whether the client is to ask again, because it would hear another answer than it got. It asks first by itself. */
  #outdates(): boolean {
    if (!this.#asks || !this.#refreshes) return false;
    const { workspace } = this.#session;
    const outdated = [...this.#answered].filter(
      ([file, told]) => !workspace.isOpen(file) || !areSame(told, keptAlike(this.#problemsOf(file), told)),
    );
    for (const [file] of outdated) this.#answered.delete(file);
    return outdated.some(([file]) => workspace.isOpen(file));
  }

  /** The state of each open file that the client does not know yet. */
  #statusNews(): readonly StatusParams[] {
    const { workspace, uris } = this.#session;
    for (const file of this.#status.keys()) if (!workspace.isOpen(file)) this.#status.delete(file);
    return workspace.openFiles().flatMap((file) => {
      const cluster = workspace.clusterOf(file);
      if (!cluster) return [];
      const { diagnostics } = cluster;
      const count = (severity: string) => diagnostics.filter((each) => each.severity === severity).length;
      const status: StatusParams = {
        uri: uris.uriOf(file),
        hosts: cluster.fleet.hosts.length,
        errors: count("error"),
        warnings: count("warning"),
      };
      const text = JSON.stringify(status);
      if (text === this.#status.get(file)) return [];
      this.#status.set(file, text);
      return status;
    });
  }

  #problemsOf(file: string): ProtocolDiagnostic[] {
    if (isSettings(file)) return this.#settingsProblem(file);
    return this.#told(file).map((each) => this.#session.convert.diagnostic(each));
  }

  /** What a client is told of a file; the very same objects as long as the file's hosts and their peers are the same. */
  #told(file: string): readonly Diagnostic[] {
    const { workspace } = this.#session;
    const { diagnostics = [] } = workspace.clusterOf(file) ?? {};
    const here = diagnostics.filter(({ at }) => at.file === file);
    return here.slice(0, workspace.clientSettingsFor(file).maxProblems);
  }

  #settingsProblem(file: string): ProtocolDiagnostic[] {
    const { workspace, convert } = this.#session;
    const found = workspace.settingsFor(file);
    if (!found?.problem || found.file !== file) return [];
    const { at, message } = found.problem;
    const range = convert.range({ file, span: { start: at, end: at + 1 } });
    return [{ range, severity: 1, source: "vrrp-lint", message }];
  }
}
