/** What V8 makes of the daemon's code, and would throw away again. */
import { setFlagsFromString } from "node:v8";

/**
 * Keeps compiled what is seldom run: V8 throws the code of a function away that was not called between a few collections of
 * garbage, and a backup would compile again what makes it master when it has to be one. To be called once all is loaded:
 * code that was compiled under other flags is not taken over.
 */
export function keepCompiled(): void {
  setFlagsFromString("--no-flush-bytecode");
}
