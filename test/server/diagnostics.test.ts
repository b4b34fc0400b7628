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

  test("do not keep a completion waiting until everything is judged", async () => {
    let time = 0;
    // On this clock every rule takes longer than requests may wait.
    const slow = { now: () => (time += 100) };
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
      slow,
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

  test("a settings file that can not be used says where", async () => {
    await withEditor({ ...pair, ".vrrplintrc.json": '{ "ruless": {} }' }, async (editor) => {
      await editor.open(".vrrplintrc.json");
      const [problem] = await editor.problems(".vrrplintrc.json", (all) => all.length > 0);
      expect(problem?.message).toContain('did you mean "rules"');
      expect(problem?.range.start).toEqual({ line: 0, character: 2 });
    });
  });
});
