/** A feature that fails answers empty and is logged once, so that the rest of the editor goes on. */
import {
  CancellationToken,
  ConnectionError,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";

export class Guard {
  readonly #log: (text: string) => void;
  readonly #told = new Set<string>();

  constructor(log: (text: string) => void) {
    this.#log = log;
  }

  /** Does work of a name; what it throws is logged once, and `empty` is the answer. */
  run<T>(name: string, empty: T, work: () => T | Promise<T>, token = CancellationToken.None): T | Promise<T> {
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    try {
      const result = work();
      return result instanceof Promise ? result.catch((error) => this.#failed(name, error, empty)) : result;
    } catch (error) {
      return this.#failed(name, error, empty);
    }
  }

  /** Does work that answers nobody; never rejects. Clients may refuse what they are asked on the way. */
  async behind(name: string, work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isOver(error)) this.#tell(name, error);
    }
  }

  #failed<T>(name: string, error: unknown, empty: T): T {
    // An answer to the user in words is no failure.
    if (error instanceof ResponseError) throw error;
    this.#tell(name, error);
    return empty;
  }

  #tell(name: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const first = text.split("\n").slice(0, 2).join("\n");
    if (!this.#told.has(`${name} ${first}`)) this.#log(`${name} failed and answers empty: ${text}`);
    this.#told.add(`${name} ${first}`);
  }
}

/** The client went away, before it answered or before it was told. */
function isOver(error: unknown): boolean {
  if (error instanceof ConnectionError) return true;
  return error instanceof ResponseError && error.code === ErrorCodes.PendingResponseRejected;
}
