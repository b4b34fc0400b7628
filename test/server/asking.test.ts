/** Completion, hover and signature help over a real connection. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CompletionItem, Hover, SignatureHelp } from "vscode-languageserver-protocol";
import { type Editor, withEditor } from "../support/editor.ts";
import { anyText, configuration } from "../support/texts.ts";
import { edited, typed } from "../support/typing.ts";

const peer = `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 77
    priority 150
    authentication {
        auth_type PASS
        auth_pass "a b"
    }
    virtual_ipaddress {
        192.0.2.100/24
    }
}
`;

const own = (line: string) => `vrrp_instance VI_1 {
    interface eth0
    ${line}
    virtual_ipaddress {
        192.0.2.100/24
    }
}
`;

/** What VS Code says of itself. */
const rich = {
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: ["markdown" as const, "plaintext" as const],
        tagSupport: { valueSet: [1 as const] },
        insertReplaceSupport: true,
        insertTextModeSupport: { valueSet: [1 as const, 2 as const] },
      },
    },
    hover: { contentFormat: ["markdown" as const] },
    signatureHelp: { signatureInformation: { parameterInformation: { labelOffsetSupport: true } } },
  },
};

/** The items at the mark of `host-a.conf`, once the server knows both files. */
async function itemsIn(editor: Editor): Promise<readonly CompletionItem[]> {
  await editor.open("host-a.conf");
  await editor.problems("host-a.conf");
  return editor.at("textDocument/completion", "host-a.conf");
}

describe("completion", () => {
  test("brings the value of a peer that is not open, replacing the word around the cursor", async () => {
    await withEditor(
      { "host-a.conf": own("virtual_router_id 1‸2"), "host-b.conf": peer },
      async (editor) => {
        const [first] = await itemsIn(editor);
        expect(first?.label).toBe("77");
        expect(first?.textEdit).toEqual({
          newText: "77",
          insert: { start: { line: 2, character: 22 }, end: { line: 2, character: 23 } },
          replace: { start: { line: 2, character: 22 }, end: { line: 2, character: 24 } },
        });
        expect(editor.log).toEqual([]);
      },
      { capabilities: rich },
    );
  });

  test("fills snippets, and documents an item that is looked at", async () => {
    await withEditor(
      { "host-a.conf": own("‸"), "host-b.conf": peer },
      async (editor) => {
        const items = await itemsIn(editor);
        const item = items.find(({ label }) => label === "authentication");
        expect(item).toMatchObject({ insertTextFormat: 2, insertTextMode: 2 });
        expect(item?.documentation).toBeUndefined();
        expect(item?.textEdit?.newText).toBe(
          'authentication {\n\tauth_type ${1|PASS,AH|}\n\tauth_pass ${2:"a b"}\n}$0',
        );
        const resolved = await editor.connection.sendRequest<CompletionItem>("completionItem/resolve", item);
        expect(resolved.documentation).toMatchObject({
          kind: "markdown",
          value: expect.stringContaining("```keepalived\nauthentication { … }\n```"),
        });
        expect(items.find(({ label }) => label === "native_ipv6")?.tags).toEqual([1]);
        expect(editor.log).toEqual([]);
      },
      { capabilities: rich },
    );
  });

  test("is plain text for a client that knows no snippets and no Markdown", async () => {
    await withEditor({ "host-a.conf": own("auth‸"), "host-b.conf": peer }, async (editor) => {
      const item = (await itemsIn(editor)).find(({ label }) => label === "authentication");
      expect(item?.insertTextFormat).toBeUndefined();
      expect(item?.textEdit).toMatchObject({ newText: "authentication", range: { start: { character: 4 } } });
      const resolved = await editor.connection.sendRequest<CompletionItem>("completionItem/resolve", item);
      expect(resolved.documentation).toMatchObject({ kind: "plaintext" });
      expect(JSON.stringify(resolved.documentation)).not.toContain("```");
    });
  });

  test("is not opened by indentation, but by a blank behind a keyword", async () => {
    const typedBlank = { context: { triggerKind: 2, triggerCharacter: " " } };
    for (const [line, count] of [
      [" ‸", 0],
      ["state ‸", 2],
    ] as const)
      await withEditor({ "host-a.conf": own(line) }, async (editor) => {
        await editor.open("host-a.conf");
        const items = await editor.at<unknown[]>("textDocument/completion", "host-a.conf", typedBlank);
        expect(items).toHaveLength(count);
      });
  });
});

test("hover explains a word and shows its place", async () => {
  await withEditor(
    { "host-a.conf": own("prior‸ity 100"), "host-b.conf": peer },
    async (editor) => {
      await editor.open("host-a.conf");
      await editor.problems("host-a.conf");
      const found = await editor.at<Hover>("textDocument/hover", "host-a.conf");
      expect(found.range).toEqual({ start: { line: 2, character: 4 }, end: { line: 2, character: 12 } });
      expect(found.contents).toMatchObject({
        kind: "markdown",
        value: expect.stringContaining("| host-b | VI_1 | 150 | is master |"),
      });
    },
    { capabilities: rich },
  );
});

test("signature help points at the word that is being written", async () => {
  await withEditor(
    { "host-a.conf": own('notify_master "/bin/true" ‸') },
    async (editor) => {
      await editor.open("host-a.conf");
      const found = await editor.at<SignatureHelp>("textDocument/signatureHelp", "host-a.conf");
      const [signature] = found.signatures;
      expect(signature?.label).toBe("notify_master SCRIPT [USER] [GROUP]");
      expect(found.activeParameter).toBe(1);
      expect(signature?.parameters?.[1]?.label).toEqual([21, 27]);
    },
    { capabilities: rich },
  );
});

test("no place in any text makes a request fail", async () => {
  await withEditor({ "host-a.conf": "", "host-b.conf": peer, "part.inc": "priority 5\n" }, async (editor) => {
    await editor.open("host-a.conf");
    const text = fc.oneof(
      { weight: 3, arbitrary: configuration },
      { weight: 2, arbitrary: fc.array(typed, { maxLength: 3 }).map((edits) => edits.reduce(edited, peer)) },
      anyText,
    );
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(text, fc.array(share, { minLength: 5, maxLength: 5 }), async (content, shares) => {
        await editor.change("host-a.conf", content);
        for (const each of shares) {
          const lines = content.slice(0, Math.floor(each * (content.length + 1))).split("\n");
          const params = {
            textDocument: { uri: editor.uri("host-a.conf") },
            position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
          };
          for (const method of ["completion", "hover", "signatureHelp"])
            await editor.connection.sendRequest(`textDocument/${method}`, params);
        }
        expect(editor.log).toEqual([]);
      }),
    );
  });
});
