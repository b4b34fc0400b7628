/** Files that the server hears of: included ones, unsaved ones, several folders, names that change. */
import { describe, expect, test } from "vitest";
import { CancellationTokenSource, type Diagnostic } from "vscode-languageserver-protocol";
import { folder, withEditor } from "../support/editor.ts";

const instance = (vrid: number, priority: number) => `vrrp_instance web {
    interface eth0
    virtual_router_id ${vrid}
    priority ${priority}
    virtual_ipaddress {
        192.0.2.9/24
    }
}
`;

const watches = {
  capabilities: {
    workspace: { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } },
  },
};

const has = (rule: string) => (problems: readonly Diagnostic[]) => problems.some(({ code }) => code === rule);
const hasNot = (rule: string) => (problems: readonly Diagnostic[]) => !has(rule)(problems);

describe("an included file", () => {
  const texts = {
    "host-a.conf": "include vips.inc\n",
    "vips.inc": instance(7, 150),
    "host-b.conf": instance(7, 100),
  };

  test("of any name is watched, as long as something includes it, and its change is seen", async () => {
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("host-a.conf");
        await editor.write("vips.inc", instance(9, 150));
        await editor.problems("host-b.conf", has("xh-vrid-mismatch"));
        await editor.problems("vips.inc", has("xh-vrid-mismatch"));
        await editor.until(() => editor.watched().includes(`${folder.slice(0, -1)}: vips.inc`));
        await editor.change("host-a.conf", "include /etc/keepalived/vips.*\ninclude ../x.conf\n");
        await editor.until(() => !editor.watched().includes(`${folder.slice(0, -1)}: vips.inc`));
        await editor.until(() => editor.watched().length > 3);
        expect(editor.watched().slice(3)).toEqual(["file:///etc/keepalived: vips.*", "file://: x.conf"]);
        expect(editor.log).toEqual([]);
      },
      watches,
    );
  });

  test("that changes after it was read and before it is watched is seen", async () => {
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("host-a.conf");
        await editor.problems("host-b.conf", has("xh-vrid-mismatch"));
        await editor.problems("vips.inc", has("xh-vrid-mismatch"));
      },
      {
        ...watches,
        watching: (pattern, onDisk) => {
          if (pattern.endsWith("vips.inc")) onDisk.set(`${folder}vips.inc`, instance(9, 150));
        },
      },
    );
  });

  test("counts as it is in the editor before it is saved", async () => {
    await withEditor(texts, async (editor) => {
      await editor.open("host-a.conf");
      await editor.open("vips.inc");
      await editor.change("vips.inc", instance(9, 150));
      await editor.problems("host-b.conf", has("xh-vrid-mismatch"));
      await editor.connection.sendNotification("textDocument/didClose", {
        textDocument: { uri: editor.uri("vips.inc") },
      });
      await editor.problems("host-b.conf", hasNot("xh-vrid-mismatch"));
    });
  });
});

test("an unsaved peer counts, and so does one that is only in the editor", async () => {
  await withEditor({ "host-a.conf": instance(7, 150) }, async (editor) => {
    await editor.open("host-a.conf");
    await editor.open("host-b.conf");
    await editor.change("host-b.conf", instance(8, 100));
    await editor.problems("host-a.conf", has("xh-vrid-mismatch"));
    await editor.change("host-b.conf", instance(7, 100));
    await editor.problems("host-a.conf", hasNot("xh-vrid-mismatch"));
  });
});

test("a peer that gets another name leaves nothing behind under the old one", async () => {
  await withEditor({ "host-a.conf": instance(7, 150), "host-b.conf": instance(8, 100) }, async (editor) => {
    await editor.open("host-a.conf");
    await editor.problems("host-b.conf", has("xh-vrid-mismatch"));
    await editor.write("lb-b.conf", instance(8, 100));
    await editor.write("host-b.conf", undefined);
    const moved = await editor.problems("lb-b.conf", has("xh-vrid-mismatch"));
    expect(JSON.stringify(moved)).toContain("host-a.conf");
    expect(await editor.problems("host-b.conf", (all) => all.length === 0)).toEqual([]);
    const names = (all: readonly Diagnostic[]) => JSON.stringify(all).includes("lb-b.conf");
    await editor.problems("host-a.conf", names);
  });
});

describe("a folder of which alone the client tells", () => {
  const texts = {
    "host-a.conf": "include parts/web.conf\n",
    "parts/web.conf": instance(7, 150),
    "b/host-b.conf": instance(8, 100),
  };

  test("takes with it what was read from it when it goes", async () => {
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("host-a.conf");
        await editor.problems("b/host-b.conf", has("xh-vrid-mismatch"));
        await editor.remove("b");
        await editor.problems("b/host-b.conf", (all) => all.length === 0);
        await editor.remove("parts");
        await editor.problems("host-a.conf", has("lex-include-not-found"));
        expect(editor.log).toEqual([]);
      },
      watches,
    );
  });

  test("brings what is in it when it comes, and nothing is looked for because of any other file", async () => {
    await withEditor(
      { "host-a.conf": instance(7, 150) },
      async (editor) => {
        await editor.open("host-a.conf");
        await editor.until(() => editor.progress.at(-1) === "end");
        const searches = editor.progress.length;
        const others = ["notes.txt", "node_modules/some", ".git/refs"];
        for (const name of others)
          await editor.bring(name, { "sample.conf": name === "notes.txt" ? "notes" : instance(8, 100) });
        let turns = 0;
        await editor.until(() => ++turns > 20);
        expect(editor.progress.length).toBe(searches);
        for (const name of others) await editor.remove(name);
        await editor.bring("b", { "host-b.conf": instance(8, 100) });
        await editor.problems("b/host-b.conf", has("xh-vrid-mismatch"));
        expect(editor.progress.length).toBe(searches + 2);
        await editor.remove("b");
        await editor.problems("host-a.conf", hasNot("xh-vrid-mismatch"));
        await editor.bring("b", { "host-b.conf": instance(9, 100) });
        await editor.problems("b/host-b.conf", has("xh-vrid-mismatch"));
        expect(editor.log).toEqual([]);
      },
      { capabilities: { ...watches.capabilities, window: { workDoneProgress: true } } },
    );
  });

  test("is searched when it comes or gets another name in the editor", async () => {
    const told = { didRename: true, didCreate: true, didDelete: true };
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("host-a.conf");
        await editor.problems("b/host-b.conf", has("xh-vrid-mismatch"));
        const { workspace } = editor.server.capabilities;
        expect(Object.keys(workspace?.fileOperations ?? {}).sort()).toEqual(Object.keys(told).sort());
        await editor.move("b", "c");
        await editor.problems("c/host-b.conf", has("xh-vrid-mismatch"));
        await editor.problems("b/host-b.conf", (all) => all.length === 0);
        expect(editor.log).toEqual([]);
      },
      { capabilities: { workspace: { fileOperations: told } } },
    );
  });
});

test("folders that join and leave the workspace bring and take their hosts", async () => {
  const texts = { "one/host-a.conf": instance(7, 150), "two/host-b.conf": instance(8, 100) };
  const change = (added: string[], removed: string[]) => {
    const each = (name: string) => ({ uri: `${folder}${name}`, name });
    return { event: { added: added.map(each), removed: removed.map(each) } };
  };
  await withEditor(
    texts,
    async (editor) => {
      await editor.open("one/host-a.conf");
      const notify = (params: object) =>
        editor.connection.sendNotification("workspace/didChangeWorkspaceFolders", params);
      await notify(change(["two"], []));
      await editor.problems("one/host-a.conf", has("xh-vrid-mismatch"));
      await notify(change([], ["two"]));
      await editor.problems("one/host-a.conf", hasNot("xh-vrid-mismatch"));
      expect(editor.log).toEqual([]);
    },
    { folders: ["one"] },
  );
});

test("what is shown beside the text of one host is asked for anew when the other one changes", async () => {
  const capabilities = {
    workspace: {
      codeLens: { refreshSupport: true },
      inlayHint: { refreshSupport: true },
      semanticTokens: { refreshSupport: true },
    },
  };
  await withEditor(
    { "host-a.conf": instance(7, 150), "host-b.conf": instance(7, 100) },
    async (editor) => {
      await editor.open("host-a.conf");
      const pause = async () => {
        let turns = 0;
        await editor.until(() => ++turns > 20);
        return editor.refreshed.length;
      };
      const before = await pause();
      await editor.change("host-a.conf", `frobnicate 1\n${instance(7, 150)}`);
      await editor.problems("host-a.conf", has("lex-unknown-keyword"));
      expect(await pause()).toBe(before);
      await editor.write("host-b.conf", instance(7, 42));
      await editor.until(() => editor.refreshed.length === before + 3);
      expect(new Set(editor.refreshed)).toEqual(new Set(["codeLens", "inlayHint", "semanticTokens"]));
    },
    { capabilities },
  );
});

test("looking for configurations tells of its beginning and its end", async () => {
  await withEditor(
    { "host-a.conf": instance(7, 150) },
    async (editor) => {
      await editor.open("host-a.conf");
      await editor.until(() => editor.progress.includes("end"));
      await editor.write("host-b.conf", instance(8, 100));
      await editor.problems("host-b.conf", has("xh-vrid-mismatch"));
      await editor.until(() => editor.progress.length === 4);
      expect(editor.progress).toEqual(["begin", "end", "begin", "end"]);
    },
    { capabilities: { window: { workDoneProgress: true } } },
  );
});

test("a request that is cancelled before its turn is not worked on", async () => {
  await withEditor({ "host-a.conf": instance(7, 150) }, async ({ connection, open, uri }) => {
    await open("host-a.conf");
    const textDocument = { uri: uri("host-a.conf") };
    const answer = connection.sendRequest("textDocument/documentSymbol", { textDocument });
    const source = new CancellationTokenSource();
    const late = connection.sendRequest(
      "textDocument/hover",
      { textDocument, position: { line: 0, character: 1 } },
      source.token,
    );
    source.cancel();
    await expect(late).rejects.toThrow(/cancel/i);
    expect(await answer).toHaveLength(1);
  });
});
