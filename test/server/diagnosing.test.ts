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

/** Two open files with a mistake; `meanwhile` happens once, while the first message leaves. */
function twoFiles(meanwhile: (change: (file: string) => void, diagnosing: Diagnosing) => unknown) {
  const workspace = workspaceOf({});
  for (const file of files) workspace.setOpen(file, wrong("first"));
  const uris = new Uris();
  const sent: (string | undefined)[][] = [];
  const sendDiagnostics = async ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    sent.push([uri, /first|second/.exec(String(diagnostics[0]?.message))?.[0]]);
    if (sent.length === 1) await meanwhile((file) => workspace.setOpen(file, wrong("second")), diagnosing);
  };
  const session = {
    workspace,
    uris,
    connection: { sendDiagnostics, sendNotification: async () => {} },
    convert: new Converter(workspace, uris, () => undefined, []),
    guard: { behind: (_: string, work: () => Promise<void>) => work() },
    client: { capabilities: {} },
  } as unknown as Session;
  const later = (_: number, action: () => void) => {
    queueMicrotask(action);
    return () => {};
  };
  const waiting: (() => void)[] = [];
  const time = { later, turn: async () => {}, now: () => 0 };
  const diagnosing = new Diagnosing(session, time, async () => {
    for (const tell of waiting.splice(0)) tell();
  });
  return { diagnosing, sent, judged: () => new Promise<void>((done) => waiting.push(done)) };
}

test("all is put together before any of it is sent: what comes meanwhile is not judged at once", async () => {
  const { diagnosing, sent, judged } = twoFiles((change) => files.forEach(change));
  diagnosing.schedule();
  await judged();
  expect(sent).toEqual(files.map((file) => [file, "first"]));
});

test("what is judged while earlier news leaves does not overtake it", async () => {
  const two = twoFiles(async (change, diagnosing) => {
    change(files[1]);
    diagnosing.schedule();
    await two.judged();
  });
  two.diagnosing.schedule();
  await two.judged();
  await two.judged();
  expect(two.sent).toEqual([
    [files[0], "first"],
    [files[1], "first"],
    [files[1], "second"],
  ]);
});
