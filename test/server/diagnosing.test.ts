/** What is told when the next change comes while it is told. */
import { expect, test } from "vitest";
import type { PublishDiagnosticsParams } from "vscode-languageserver";
import { Converter, Uris } from "../../server/convert.ts";
import { Diagnosing } from "../../server/diagnosing.ts";
import type { Session } from "../../server/session.ts";
import { EditedText } from "../../src/text.ts";
import { workspaceOf } from "../support/workspace.ts";

const files = ["file:///a.conf", "file:///b.conf"] as const;
const wrong = (word: string) => EditedText.of(`${word} 1\n`);

test("all is put together before any of it is sent: what comes meanwhile is not judged at once", async () => {
  const workspace = workspaceOf({});
  for (const file of files) workspace.setOpen(file, wrong("first"));
  const uris = new Uris();
  const sent: PublishDiagnosticsParams[] = [];
  const connection = {
    sendDiagnostics: async (problems: PublishDiagnosticsParams) => {
      sent.push(problems);
      for (const file of files) workspace.setOpen(file, wrong("second"));
    },
    sendNotification: async () => {},
  };
  const session = {
    workspace,
    uris,
    connection,
    convert: new Converter(workspace, uris, () => undefined, []),
    guard: { behind: (_: string, work: () => Promise<void>) => work() },
    client: { capabilities: {} },
  } as unknown as Session;
  await new Promise<void>((judged) => {
    const soon = (_: number, action: () => void) => {
      queueMicrotask(action);
      return () => {};
    };
    const time = { later: soon, turn: async () => {}, now: () => 0 };
    new Diagnosing(session, time, async () => judged()).schedule();
  });
  const said = sent.map(({ uri, diagnostics }) => [
    uri,
    /first|second/.exec(String(diagnostics[0]?.message))?.[0],
  ]);
  expect(said).toEqual(files.map((file) => [file, "first"]));
});
