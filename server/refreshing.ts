/**
 * Lenses, hints and colours that depend on other files: a client asks for them anew when it edits a file itself, and has
 * to be told when something around that file changed.
 */
import {
  CodeLensRefreshRequest,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
} from "vscode-languageserver";
import { inlaysIn } from "../src/language/inlays.ts";
import { lensesIn } from "../src/language/lenses.ts";
import { isSameText, type Text } from "../src/text.ts";
import type { Environment, Session } from "./session.ts";

/** Milliseconds without a judgement after which the client is told: nobody looks while everything moves. */
const pause = 150;

/** What a client shows of a file beside its problems. */
interface Shown {
  readonly text: Text;
  readonly extras: string;
}

export class Refreshing {
  readonly #session: Session;
  readonly #later: Environment["later"];
  #shown = new Map<string, Shown>();
  #cancel: () => void = () => {};

  constructor(session: Session, later: Environment["later"]) {
    this.#session = session;
    this.#later = later;
  }

  /** Something was judged anew; whether that is news for the client is looked at after a pause. */
  schedule(): void {
    if (!this.#isWanted()) return;
    this.#cancel();
    this.#cancel = this.#later(pause, () => {
      void this.#session.guard.behind("refresh", () => this.#refresh());
    });
  }

  end(): void {
    this.#cancel();
  }

  #isWanted(): boolean {
    const { codeLens, inlayHint, semanticTokens } = this.#session.client.capabilities.workspace ?? {};
    return [codeLens, inlayHint, semanticTokens].some((each) => each?.refreshSupport === true);
  }

  async #refresh(): Promise<void> {
    const before = this.#shown;
    const now = this.#look();
    this.#shown = now;
    // The client has asked anew where the text itself changed, and asks first where it opened one.
    const isNews = [...now].some(([file, { text, extras }]) => {
      const old = before.get(file);
      return old !== undefined && isSameText(old.text, text) && old.extras !== extras;
    });
    if (!isNews) return;
    const { connection, client } = this.#session;
    const { codeLens, inlayHint, semanticTokens } = client.capabilities.workspace ?? {};
    if (codeLens?.refreshSupport) await connection.sendRequest(CodeLensRefreshRequest.type);
    if (inlayHint?.refreshSupport) await connection.sendRequest(InlayHintRefreshRequest.type);
    if (semanticTokens?.refreshSupport) await connection.sendRequest(SemanticTokensRefreshRequest.type);
  }

  #look(): Map<string, Shown> {
    const { workspace } = this.#session;
    const shown = new Map<string, Shown>();
    for (const file of workspace.openFiles()) {
      const view = workspace.view(file);
      if (!view) continue;
      const { codeLens, inlayHints } = workspace.clientSettingsFor(file);
      const extras = JSON.stringify([
        view.hosts.map(({ name }) => name),
        codeLens ? lensesIn(view) : [],
        inlayHints ? inlaysIn(view, { start: 0, end: view.text.length }) : [],
      ]);
      shown.set(file, { text: view.text, extras });
    }
    return shown;
  }
}
