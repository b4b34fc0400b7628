/** What a client hears of mistakes, over a real connection. */
import { describe, expect, test } from "vitest";
import { withEditor } from "../support/editor.ts";
import { textOf } from "../support/project.ts";

const pair = {
  "host-a.conf": textOf("examples/tutorial/host-a.conf"),
  "host-b.conf": textOf("examples/tutorial/host-b.conf"),
};

const rulesOf = (problems: readonly { code?: unknown }[]) => problems.map(({ code }) => code);

describe("diagnostics", () => {
  test("of a peer that is not open are sent as well", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      expect(rulesOf(await editor.problems("host-a.conf", (all) => all.length > 0))).toContain(
        "vrrp-auth-pass-too-long",
      );
      expect(rulesOf(await editor.problems("host-b.conf", (all) => all.length > 0))).toContain(
        "vrrp-auth-pass-too-long",
      );
      expect(editor.log).toEqual([]);
    });
  });

  let time = 0;
  // On the first clock every rule takes longer than requests may wait, on the second everything is judged in no time.
  const clocks = [
    ["slowly", () => (time += 100)],
    ["at once", () => 0],
  ] as const;
  test.each(clocks)("that are found %s do not keep a completion waiting", async (_, now) => {
    await withEditor(
      { ...pair, "host-a.conf": pair["host-a.conf"].replace("virtual_router_id", "‸virtual_router_id") },
      async (editor) => {
        const heard: string[] = [];
        await editor.open("host-a.conf");
        await editor.problems("host-a.conf", (all) => all.length > 0);
        await editor.change("host-a.conf", pair["host-a.conf"].replace("state", "stat"));
        const told = editor
          .problems("host-a.conf", (all) => rulesOf(all).includes("lex-unknown-keyword"))
          .then(() => heard.push("problems"));
        await editor.at("textDocument/completion", "host-a.conf");
        heard.push("completion");
        await told;
        expect(heard).toEqual(["completion", "problems"]);
      },
      { now },
    );
  });

  test("follow an edit into the other host's file, with a place there", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      await editor.change(
        "host-a.conf",
        pair["host-a.conf"].replace("virtual_router_id 1", "virtual_router_id 7"),
      );
      const told = await editor.problems("host-a.conf", (all) => rulesOf(all).includes("xh-vrid-mismatch"));
      const [found] = told.filter(({ code }) => code === "xh-vrid-mismatch");
      expect(found?.relatedInformation?.map(({ location }) => location.uri)).toContain(
        editor.uri("host-b.conf"),
      );
      expect(found?.codeDescription?.href).toBe("file:///docs/rules.md#xh-vrid-mismatch");
      await editor.change("host-a.conf", pair["host-a.conf"]);
      await editor.problems("host-a.conf", (all) => !rulesOf(all).includes("xh-vrid-mismatch"));
    });
  });

  test("follow what happens on disk: a peer that changes, goes and comes, and the settings", async () => {
    await withEditor(pair, async (editor) => {
      await editor.open("host-a.conf");
      const says = (rule: string, is: boolean) =>
        editor.problems("host-a.conf", (all) => all.length > 0 && rulesOf(all).includes(rule) === is);
      await says("xh-vrid-mismatch", false);
      const other = pair["host-b.conf"].replace("virtual_router_id 1", "virtual_router_id 7");
      await editor.write("host-b.conf", other);
      await says("xh-vrid-mismatch", true);
      await editor.write("host-b.conf", undefined);
      await says("xh-vrid-mismatch", false);
      await editor.write("host-b.conf", other);
      await says("xh-vrid-mismatch", true);
      await editor.write(".vrrplintrc.json", '{ "rules": { "xh-vrid-mismatch": "off" } }');
      await says("xh-vrid-mismatch", false);
      expect(editor.log).toEqual([]);
    });
  });

  test("a client that can be asked to watch files is asked", async () => {
    const capabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
    await withEditor(
      pair,
      async (editor) => {
        await editor.open("host-a.conf");
        await editor.problems("host-a.conf", (all) => all.length > 0);
        expect(editor.registered).toContain("workspace/didChangeWatchedFiles");
      },
      { capabilities },
    );
  });

  test("a client that can ask is answered, and hears no open file twice", async () => {
    await withEditor(
      pair,
      async (editor) => {
        await editor.open("host-a.conf");
        await editor.problems("host-b.conf", (all) => all.length > 0);
        const report = await editor.at<{ items: { code: string }[] }>(
          "textDocument/diagnostic",
          "host-a.conf",
        );
        expect(rulesOf(report.items)).toContain("vrrp-auth-pass-too-long");
      },
      { capabilities: { textDocument: { diagnostic: {} } } },
    );
  });

  test("are marked as out of date or of no use for a client that shows that", async () => {
    const deprecated = "virtual_server 192.0.2.1 80 {\n    lb_algo rr\n}\n";
    const texts = { "a.conf": `# vrrp-lint-disable-next-line lex-bom\n${deprecated}` };
    const tagsFor = (valueSet: readonly (1 | 2)[]) =>
      withEditor(
        texts,
        async (editor) => {
          await editor.open("a.conf");
          const told = await editor.problems("a.conf", (all) => all.length > 1);
          const tags = Object.fromEntries(told.map((each) => [each.code, each.tags]));
          expect(tags["lex-deprecated-keyword"]).toEqual(valueSet.includes(2) ? [2] : undefined);
          expect(tags["lint-unused-silencer"]).toEqual(valueSet.includes(1) ? [1] : undefined);
        },
        {
          capabilities: { textDocument: { publishDiagnostics: { tagSupport: { valueSet: [...valueSet] } } } },
        },
      );
    await tagsFor([]);
    await tagsFor([1, 2]);
  });

  test("of files beside one that lies in no folder go when it is closed", async () => {
    const texts = { "in/x.conf": "", "out/a.conf": pair["host-a.conf"], "out/b.conf": pair["host-b.conf"] };
    await withEditor(
      texts,
      async (editor) => {
        await editor.open("out/a.conf");
        await editor.problems("out/b.conf", (all) => all.length > 0);
        const textDocument = { uri: editor.uri("out/a.conf") };
        await editor.connection.sendNotification("textDocument/didClose", { textDocument });
        await editor.problems("out/b.conf", (all) => all.length === 0);
        await editor.problems("out/a.conf", (all) => all.length === 0);
      },
      { folders: ["in"] },
    );
  });

  test("a settings file that can not be used says where, also while nobody has it open", async () => {
    await withEditor({ ...pair, ".vrrplintrc.json": '{ "ruless": {} }' }, async (editor) => {
      await editor.open("host-a.conf");
      const [problem] = await editor.problems(".vrrplintrc.json", (all) => all.length > 0);
      expect(problem?.message).toContain('did you mean "rules"');
      expect(problem?.range.start).toEqual({ line: 0, character: 2 });
      await editor.write(".vrrplintrc.json", "{}");
      await editor.problems(".vrrplintrc.json", (all) => all.length === 0);
    });
  });

  test("a settings file is answered nothing that is meant for configurations", async () => {
    await withEditor({ ...pair, ".vrrplintrc.json": '{"rules":{}}' }, async (editor) => {
      await editor.open(".vrrplintrc.json");
      const options = { tabSize: 4, insertSpaces: true };
      expect(await editor.at("textDocument/formatting", ".vrrplintrc.json", { options })).toEqual([]);
      expect(await editor.at("textDocument/semanticTokens/full", ".vrrplintrc.json")).toMatchObject({
        data: [],
      });
    });
  });
});
