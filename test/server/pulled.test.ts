/** Clients that ask for problems: they get all that is known, and hear when that changes. */
import { expect, test } from "vitest";
import { type Editor, withEditor } from "../support/editor.ts";

const instance = (vrid: number, priority: number) =>
  `vrrp_instance web {\n interface eth0\n virtual_router_id ${vrid}\n priority ${priority}\n virtual_ipaddress {\n 192.0.2.9/24\n }\n}\n`;
const pair = { "host-a.conf": instance(7, 150), "host-b.conf": instance(8, 100) };
const mismatch = "xh-vrid-mismatch";

const capabilities = {
  textDocument: { diagnostic: {} },
  window: { workDoneProgress: true },
  workspace: { diagnostics: { refreshSupport: true } },
};

async function rulesOf(editor: Editor, name: string): Promise<readonly string[]> {
  const report = await editor.at<{ items: { code: string }[] }>("textDocument/diagnostic", name);
  return report.items.map(({ code }) => code);
}

test("while the folders are searched anew, what was found before counts", async () => {
  let isHeld = false;
  const held: (() => void)[] = [];
  const progressing = () => new Promise<void>((resolve) => (isHeld ? held.push(resolve) : resolve()));
  await withEditor(
    { ...pair, "other.conf": "global_defs {\n}\n" },
    async (editor) => {
      await editor.open("host-a.conf");
      await editor.problems("host-b.conf", (all) => all.some(({ code }) => code === mismatch));
      isHeld = true;
      await editor.write("new.conf", "global_defs {\n}\n");
      await editor.until(() => held.length > 0);
      await editor.open("other.conf");
      expect(await rulesOf(editor, "host-a.conf")).toContain(mismatch);
      for (const go of held) go();
    },
    { capabilities, progressing },
  );
});

test("a client is told to ask again as soon as it would hear something else, and not before", async () => {
  await withEditor(
    pair,
    async (editor) => {
      const refreshed = () => editor.refreshed.filter((what) => what === "diagnostic").length;
      await editor.open("host-a.conf");
      await editor.problems("host-b.conf", (all) => all.length > 0);
      expect(await rulesOf(editor, "host-a.conf")).toContain(mismatch);
      const before = refreshed();
      await editor.write("host-b.conf", instance(7, 100));
      await editor.problems("host-b.conf", (all) => all.every(({ code }) => code !== mismatch));
      await editor.until(() => refreshed() > before);
      expect(await rulesOf(editor, "host-a.conf")).not.toContain(mismatch);
      const after = refreshed();
      await editor.write("host-b.conf", `! nothing new\n${instance(7, 100)}`);
      await editor.write("third.conf", instance(9, 100).replace("192.0.2.9", "192.0.2.10"));
      await editor.open("third.conf");
      await rulesOf(editor, "third.conf");
      expect(refreshed()).toBe(after);
    },
    { capabilities },
  );
});
