/** Lenses, inlay hints and the client's own requests over a real connection. */
import { describe, expect, test } from "vitest";
import { requests } from "../../src/language/requests.ts";
import { withEditor } from "../support/editor.ts";
import { textOf } from "../support/project.ts";

const pair = {
  "host-a.conf": textOf("examples/tutorial/host-a.conf"),
  "host-b.conf": textOf("examples/tutorial/host-b.conf"),
};

describe("lenses and hints", () => {
  test("follow an edit of the peer that is not saved", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      await editor.open("host-b.conf");
      await editor.change("host-b.conf", pair["host-b.conf"].replace("priority 99", "priority 42"));
      const lenses = await editor.at<{ command: { title: string } }[]>(
        "textDocument/codeLens",
        "host-a.conf",
      );
      expect(lenses.map(({ command }) => command.title)).toContain("BACKUP on host-b, priority 42");
      const everywhere = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
      const hints = await editor.at<{ label: string }[]>("textDocument/inlayHint", "host-a.conf", {
        range: everywhere,
      });
      expect(hints.map(({ label }) => label)).toContain("host-b takes over after 3.836 s");
      expect(editor.log).toEqual([]);
    });
  });

  test("can be switched off", async () => {
    await withEditor(
      pair,
      async (editor) => {
        await editor.open("host-a.conf");
        await editor.problems("host-a.conf", (all) => all.length > 0);
        expect(await editor.at("textDocument/codeLens", "host-a.conf")).toEqual([]);
      },
      { settings: { codeLens: false } },
    );
  });
});

describe("requests of our own client", () => {
  test("are answered, or refused in words", async () => {
    await withEditor(pair, async ({ connection, open, uri }) => {
      await open("host-a.conf");
      const ask = (method: string, params: object) => connection.sendRequest(method, params);
      expect(await ask(requests.peers, { uri: uri("host-b.conf") })).toEqual({
        hosts: [
          { name: "host-b", uri: uri("host-b.conf") },
          { name: "host-a", uri: uri("host-a.conf") },
        ],
      });
      expect(await ask(requests.takeovers, { uri: uri("host-a.conf") })).toHaveProperty("routers");
      expect(await ask(requests.takeovers, { uri: uri("none.conf") })).toHaveProperty("reason");
      expect(await ask(requests.explain, { rule: "xh-vrid-mismatch" })).toHaveProperty("markdown");
    });
  });
});
