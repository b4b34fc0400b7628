/** The language server in a browser's worker: it reads no files, the client hands over what it may see. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import description from "../package.json" with { type: "json" };
import { serve } from "./server.ts";

/** What a worker is to itself; TypeScript knows it only together with the names of a browser's page. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

serve(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  disk: { read: () => undefined, matches: () => undefined, find: async () => [] },
  later: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
  turn: () => new Promise((resolve) => setTimeout(resolve)),
  now: () => performance.now(),
  version: description.version,
  rulesPage: undefined,
});
