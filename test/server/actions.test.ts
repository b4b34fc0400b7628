/** Code actions over a real connection. */
import { describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver-protocol";
import { type Editor, withEditor } from "../support/editor.ts";
import { textOf } from "../support/project.ts";

const pair = {
  "host-a.conf": textOf("examples/tutorial/host-a.conf").replace(
    "virtual_router_id 1",
    "virtual_router_id ‸7",
  ),
  "host-b.conf": textOf("examples/tutorial/host-b.conf"),
};

describe("code actions", () => {
  test("mend the peer's file as well, and say so", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      const actions = await actionsAt(editor, {});
      const found = actions.filter(({ diagnostics }) =>
        diagnostics?.some(({ code }) => code === "xh-vrid-mismatch"),
      );
      const touched = found.flatMap(({ edit }) => Object.keys(edit?.changes ?? {}));
      expect(touched).toContain(editor.uri("host-a.conf"));
      expect(touched).toContain(editor.uri("host-b.conf"));
      expect(found.filter(({ title }) => title.includes("host-b.conf")).length).toBeGreaterThan(0);
      expect(editor.log).toEqual([]);
    });
  });

  test("are only of the kind that is asked for", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      const here = await actionsAt(editor, { only: ["source.fixAll"] });
      expect(here.map(({ kind }) => kind)).toEqual(["source.fixAll"]);
      const all = await actionsAt(editor, { only: ["source"] });
      expect(all.map(({ kind }) => kind)).toEqual(["source.fixAll", "source.fixAllHosts"]);
    });
  });
});

/** What VS Code says of itself. */
const resolving = {
  capabilities: {
    textDocument: { codeAction: { resolveSupport: { properties: ["edit"] } } },
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create" as const] } },
  },
};

describe("for a client that asks for an edit when it is chosen", () => {
  test("everything at once is offered without its edit, but not at every movement of the cursor", async () => {
    await withEditor(
      pair,
      async (editor) => {
        await editor.open("host-a.conf");
        const chosen = await actionsAt(editor, { triggerKind: 1 });
        const [here, hosts] = chosen.filter(({ kind }) => kind?.startsWith("source"));
        expect([here?.kind, hosts?.kind]).toEqual(["source.fixAll", "source.fixAllHosts"]);
        expect(here?.edit ?? hosts?.edit).toBeUndefined();
        const files = async (action: CodeAction | undefined) =>
          Object.keys((await resolve(editor, action)).edit?.changes ?? {});
        expect(await files(here)).toEqual([editor.uri("host-a.conf")]);
        expect((await files(hosts)).sort()).toEqual([editor.uri("host-a.conf"), editor.uri("host-b.conf")]);
        const moved = await actionsAt(editor, { triggerKind: 2 });
        expect(moved.length).toBeGreaterThan(0);
        expect(moved.filter(({ kind }) => kind !== "quickfix")).toEqual([]);
        expect(editor.log).toEqual([]);
      },
      resolving,
    );
  });

  const single = (source: string) => `global_defs {
    router_id lb1
}
vrrp_instance web {
    state MASTER
    interface eth0
    virtual_router_id 51
    priority 150
${source}    virtual_ipaddress {
        192.0.2.9/24
    }
}
`;

  test("the peer's file is a new file with its text, which nobody has written", async () => {
    await withEditor(
      { "host-a.conf": single("") },
      async (editor) => {
        await editor.open("host-a.conf");
        const [action] = await actionsAt(editor, { only: ["source.generatePeer"] });
        const { edit } = await resolve(editor, action);
        const uri = editor.uri("host-b.conf");
        const [create, write] = edit?.documentChanges ?? [];
        expect(create).toMatchObject({ kind: "create", uri, options: { ignoreIfExists: false } });
        expect(write).toMatchObject({ textDocument: { uri, version: null } });
        expect(JSON.stringify(write)).toContain("state BACKUP");
      },
      resolving,
    );
  });

  test("a peer's file needs no answer where the file tells neither state nor priority", async () => {
    await withEditor(
      { "host-a.conf": single("").replace(/ +(state|priority) .*\n/g, "") },
      async (editor) => {
        await editor.open("host-a.conf");
        const [action] = await actionsAt(editor, { only: ["source.generatePeer"] });
        const { edit } = await resolve(editor, action);
        expect(JSON.stringify(edit?.documentChanges)).toContain("priority 50");
      },
      resolving,
    );
  });

  test("a peer's file that can not be made is refused in words", async () => {
    const source =
      "    unicast_src_ip 192.0.2.1\n    unicast_peer {\n        192.0.2.2\n        192.0.2.3\n    }\n";
    await withEditor(
      { "host-a.conf": single(source) },
      async (editor) => {
        await editor.open("host-a.conf");
        const [action] = await actionsAt(editor, { only: ["source.generatePeer"] });
        await expect(resolve(editor, action)).rejects.toThrow(/the partners of web are/);
        expect(editor.log).toEqual([]);
      },
      resolving,
    );
  });

  test("there is no peer's file to make where there is a peer", async () => {
    await withEditor(
      pair,
      async (editor) => {
        await editor.open("host-a.conf");
        expect(await actionsAt(editor, { only: ["source.generatePeer"] })).toEqual([]);
      },
      resolving,
    );
  });
});

function resolve(editor: Editor, action: CodeAction | undefined): Promise<CodeAction> {
  return editor.connection.sendRequest("codeAction/resolve", action);
}

async function actionsAt(editor: Editor, context: object): Promise<CodeAction[]> {
  const place = (pair["host-a.conf"].split("‸")[0] ?? "").split("\n");
  const position = { line: place.length - 1, character: place.at(-1)?.length ?? 0 };
  return editor.at("textDocument/codeAction", "host-a.conf", {
    range: { start: position, end: position },
    context: { diagnostics: [], ...context },
  });
}
