/** Settings of the client: for all, for single folders, changed later, and wrong ones. */
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { folder, withEditor } from "../support/editor.ts";

const text =
  "vrrp_instance VI {\n    interface eth0\n    virtual_router_id 7\n    priority 100\n    frobnicate 1\n}\n";
const texts = {
  "one/a.conf": text,
  "two/b.conf": text.replace("VI", "OTHER").replace("router_id 7", "router_id 8"),
};
const rule = "lex-unknown-keyword";

const says = (level: number | undefined) => (problems: readonly Diagnostic[]) =>
  problems.length > 0 && problems.find(({ code }) => code === rule)?.severity === level;

describe("settings", () => {
  test("are those of the folder around a file", async () => {
    const settings = (scope: string | undefined) =>
      scope === `${folder}two` ? { rules: { [rule]: "hint" } } : { rules: { [rule]: "info" } };
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("one/a.conf");
        await editor.open("two/b.conf");
        await editor.problems("one/a.conf", says(3));
        await editor.problems("two/b.conf", says(4));
        expect(editor.log).toEqual([]);
      },
      { settings, folders: ["one", "two"] },
    );
  });

  test("count as soon as they change, for what is shown beside the text as well", async () => {
    const capabilities = {
      workspace: { codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } },
    };
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("one/a.conf");
        await editor.problems("one/a.conf", says(1));
        expect(await editor.at("textDocument/codeLens", "one/a.conf")).not.toEqual([]);
        await editor.configure({ rules: { [rule]: "hint" }, codeLens: false });
        await editor.problems("one/a.conf", says(4));
        expect(await editor.at("textDocument/codeLens", "one/a.conf")).toEqual([]);
        await editor.until(() => editor.refreshed.includes("codeLens"));
      },
      { settings: {}, capabilities },
    );
  });

  test("of a client that can not be asked are those it sends, else those of its start", async () => {
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("one/a.conf");
        await editor.problems("one/a.conf", says(4));
        const sent = { settings: { keepalived: { rules: { [rule]: "error" } } } };
        await editor.connection.sendNotification("workspace/didChangeConfiguration", sent);
        await editor.problems("one/a.conf", says(1));
        await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
        await editor.problems("one/a.conf", says(4));
      },
      { initializationOptions: { rules: { [rule]: "hint" } } },
    );
  });

  test("that are wrong are named once, and the others count", async () => {
    const wrong = {
      target: 7,
      hosts: null,
      format: null,
      maxProblems: 0,
      rules: { [rule]: "hint", "no-rule": "off" },
    };
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("one/a.conf");
        await editor.problems("one/a.conf", says(4));
        await editor.configure(wrong);
        await editor.configure({ ...wrong, rules: { [rule]: "error", "no-rule": "off" } });
        await editor.problems("one/a.conf", says(1));
        expect(editor.log.map((line) => line.split(" must")[0])).toEqual([
          "The setting keepalived.target",
          "The setting keepalived.hosts",
          'The setting keepalived.rules["no-rule"]',
          "The setting keepalived.maxProblems",
        ]);
      },
      { settings: wrong },
    );
  });
});
