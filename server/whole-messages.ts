/** Messages leave in one piece, where the protocol's library writes a head, waits until it is out, and writes the body. */
import { Writable } from "node:stream";

/**
 * What is to be written to a stream, head and body of each message together: one call of the system in the place of two,
 * and no turn of the event loop between them, in which the server may be busy with something else.
 */
export class WholeMessages extends Writable {
  readonly #out: Writable;
  #head = "";

  constructor(out: Writable) {
    // Heads come as strings and bodies as bytes, and have to be told apart.
    super({ decodeStrings: false });
    this.#out = out;
    out.on("error", (error) => this.destroy(error));
    out.on("close", () => this.destroy());
  }

  override _write(
    piece: string | Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    if (typeof piece === "string") {
      this.#head += piece;
      done();
      return;
    }
    const message = Buffer.concat([Buffer.from(this.#head, "ascii"), piece]);
    this.#head = "";
    this.#out.write(message, done);
  }
}
