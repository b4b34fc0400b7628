/** What the client uses of a browser's workers; the browser's own declarations would hide mistakes elsewhere. */
declare class Worker {
  constructor(script: string);
  terminate(): void;
  postMessage(message: unknown): void;
}
