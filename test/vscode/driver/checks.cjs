/** What VS Code shall see: one entry each, in order; later ones go on where earlier ones left off. */
const assert = require("./assert.cjs");

/** The URI of a file of the opened folder. */
function uriOf({ vscode }, file) {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, file);
}

async function show(context, file) {
  const { vscode } = context;
  const document = await vscode.workspace.openTextDocument(uriOf(context, file));
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

/** The rules reported in a file, sorted, without doubles. */
function rulesIn(context, file) {
  const { vscode } = context;
  const found = vscode.languages.getDiagnostics(uriOf(context, file));
  return [...new Set(found.map(({ code }) => (typeof code === "object" ? code.value : code)))].sort();
}

/** The position behind a text in a document. */
function after(document, text, inside = 0) {
  const at = document.getText().indexOf(text);
  assert.ok(at !== -1, `${text} is not in ${document.fileName}`);
  return document.positionAt(at + (inside || text.length));
}

const tabs = ({ vscode }) => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

/**
 * Closes every editor without saving, and without the question that closing them at once would bring. VS Code opens what
 * an edit has changed by itself, perhaps after that: whatever is still unsaved is shown and taken back.
 */
async function closeAll({ vscode, until }) {
  const { commands, window, workspace } = vscode;
  const close = async () => {
    for (let left = 50; left > 0 && tabs({ vscode }).length > 0; left--) {
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
  };
  const unsaved = () => workspace.textDocuments.filter(({ isDirty, isUntitled }) => isDirty && !isUntitled);
  await close();
  for (const document of unsaved()) {
    await window.showTextDocument(document);
    await close();
  }
  await until(
    () => `everything to be as on disk, but not ${unsaved().map(({ fileName }) => fileName)}`,
    () => unsaved().length === 0,
  );
}

const tutorial = "tutorial/host-a.conf";
const peer = "tutorial/host-b.conf";

exports.checks = {
  "a .conf with a block of keepalived is keepalived's": async (context) => {
    await show(context, tutorial);
    await context.until(
      "the language",
      () => context.vscode.window.activeTextEditor?.document.languageId === "keepalived",
    );
  },

  "names and first lines tell the language": async (context) => {
    const expected = {
      "single/keepalived.conf": "keepalived",
      "names/keepalived/site.conf": "keepalived",
      "names/keepalived/conf.d/vips.conf": "keepalived",
      "names/fragment.keepalived": "keepalived",
      "names/keepalived-lb1.conf": "keepalived",
      "names/no-ending": "keepalived",
      "names/nginx.conf": "properties",
    };
    for (const [file, language] of Object.entries(expected)) {
      const { languageId } = await context.vscode.workspace.openTextDocument(uriOf(context, file));
      assert.equal(`${file}: ${languageId}`, `${file}: ${language}`);
    }
  },

  "problems in the open file": async (context) => {
    await context.until("problems", () => rulesIn(context, tutorial).length > 0, 60);
    const rules = rulesIn(context, tutorial);
    assert.ok(rules.includes("vrrp-auth-pass-too-long"), rules.join(" "));
  },

  "problems in the peer's file, which nobody opened": async (context) => {
    await context.until("problems", () => rulesIn(context, peer).length > 0);
    const isOpen = context.vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith(peer));
    assert.equal(isOpen, false);
  },

  "problems, seen": async (context) => {
    const { vscode, outside, until, pause } = context;
    await show(context, "two-masters/lb1.conf");
    const second = await vscode.workspace.openTextDocument(uriOf(context, "two-masters/lb2.conf"));
    await vscode.window.showTextDocument(second, vscode.ViewColumn.Two);
    await until("both", () => rulesIn(context, "two-masters/lb2.conf").includes("xh-vrid-mismatch"));
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    // The tree of files would take the room that the messages need.
    await vscode.commands.executeCommand("workbench.action.closeSidebar");
    await pause(1000);
    await outside({ do: "see", selector: ".monaco-editor .squiggly-error" });
    await outside({ do: "see", selector: '.statusbar-item:has-text("2 hosts")' });
    // Lenses move the lines below them, and come late where the panel took the focus: the picture has those of both files.
    await vscode.window.showTextDocument(second, vscode.ViewColumn.Two);
    for (const host of ["lb1", "lb2"])
      await outside({ do: "see", selector: `.codelens-decoration:has-text(" on ${host},")` });
    await outside({ do: "picture", name: "problems" });
  },

  "a problem leads to its place in the other host's file": async (context) => {
    const found = context.vscode.languages.getDiagnostics(uriOf(context, "two-masters/lb1.conf"));
    const mismatch = found.find(({ code }) => (code.value ?? code) === "xh-vrid-mismatch");
    const [related] = mismatch.relatedInformation;
    assert.ok(related.location.uri.path.endsWith("two-masters/lb2.conf"));
    assert.equal(related.location.range.start.line, 7);
  },

  "the rule beside a problem leads to its explanation": async (context) => {
    const { vscode, outside, until } = context;
    const [found] = vscode.languages.getDiagnostics(uriOf(context, "two-masters/lb1.conf"));
    assert.equal(found.code.target.scheme, "command");
    const clicked = await outside({ do: "click", selector: '.markers-panel a:has-text("xh-vrid-mismatch")' });
    if (!clicked) await vscode.commands.executeCommand(found.code.target.path, found.code.value);
    await until("the preview", () => tabs(context).some(({ label }) => /xh-vrid-mismatch/.test(label)));
  },

  "hover tells what a keyword means": async (context) => {
    const document = await show(context, tutorial);
    const at = after(document, "virtual_router_id", 3);
    const hovers = await context.vscode.commands.executeCommand(
      "vscode.executeHoverProvider",
      document.uri,
      at,
    );
    const text = hovers.flatMap(({ contents }) => contents.map((each) => each.value ?? each)).join("\n");
    assert.match(text, /255/);
  },

  "completion offers the keywords of the block": async (context) => {
    const document = await show(context, tutorial);
    const at = after(document, "advert_int 1");
    const line = document.lineAt(at.line + 1).range.start;
    const { items } = await context.vscode.commands.executeCommand(
      "vscode.executeCompletionItemProvider",
      document.uri,
      line,
    );
    const labels = items.map(({ label }) => label.label ?? label);
    for (const word of ["nopreempt", "track_script"]) assert.ok(labels.includes(word), `${word} is missing`);
    assert.ok(!labels.includes("lb_algo"));
  },

  "completion offers files to include": async (context) => {
    const document = await show(context, "including/keepalived.conf");
    const { items } = await context.vscode.commands.executeCommand(
      "vscode.executeCompletionItemProvider",
      document.uri,
      after(document, "include parts/"),
    );
    const labels = items.map(({ label }) => label.label ?? label);
    assert.equal(labels.join(" "), "parts/web.conf");
  },

  "the outline names the instances": async (context) => {
    const document = await show(context, tutorial);
    const symbols = await context.vscode.commands.executeCommand(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    const names = symbols.map(({ name }) => name).join(" ");
    assert.match(names, /ha-internal-1/);
  },

  "lenses, hints, colours, folding and formatting come from the server": async (context) => {
    const document = await show(context, "two-masters/lb1.conf");
    await context.until("problems", () => rulesIn(context, "two-masters/lb1.conf").length > 0);
    const { Range, commands } = context.vscode;
    const ask = (name, ...more) => commands.executeCommand(`vscode.${name}`, document.uri, ...more);
    const lenses = await ask("executeCodeLensProvider", 10);
    assert.match(lenses.map(({ command }) => command?.title).join(), /lb2/);
    const hints = await ask("executeInlayHintProvider", new Range(0, 0, document.lineCount, 0));
    assert.match(hints.map(({ label }) => JSON.stringify(label)).join(), /takes over/);
    const tokens = await ask("provideDocumentSemanticTokens");
    assert.ok(tokens.data.length > 0);
    const folds = await ask("executeFoldingRangeProvider");
    assert.ok(folds.some(({ start, end }) => start === 4 && end >= 13));
    const edits = await ask("executeFormatDocumentProvider", { tabSize: 2, insertSpaces: true });
    assert.ok(edits.length > 0);
  },

  "a quick fix changes the other host's file": async (context) => {
    const { vscode, until, pause } = context;
    const document = await show(context, "two-masters/lb1.conf");
    const at = after(document, "virtual_router_id 5");
    const actions = await vscode.commands.executeCommand(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(at, at),
    );
    const titles = actions.map(({ title }) => title);
    const fix = actions.find(({ title, edit }) => edit && /lb2\.conf/.test(title) && /51/.test(title));
    assert.ok(fix, titles.join("; "));
    assert.ok(titles.includes("Explain xh-vrid-mismatch"), titles.join("; "));
    await vscode.workspace.applyEdit(fix.edit);
    await until("both files to be sound", () =>
      ["two-masters/lb1.conf", "two-masters/lb2.conf"].every(
        (file) => !rulesIn(context, file).includes("xh-vrid-mismatch"),
      ),
    );
    const other = await vscode.workspace.openTextDocument(uriOf(context, "two-masters/lb2.conf"));
    assert.match(other.getText(), /virtual_router_id 51/);
    // Longer than VS Code for the Web waits before it saves by itself: nothing is written, unless somebody says so.
    await pause(1500);
    assert.ok(other.isDirty);
  },

  "everything that is safe is mended in both files": async (context) => {
    const { vscode, until } = context;
    const document = await show(context, tutorial);
    await until("problems", () => rulesIn(context, tutorial).length > 0);
    const before = rulesIn(context, tutorial);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await vscode.commands.executeCommand(
      "vscode.executeCodeActionProvider",
      document.uri,
      whole,
      undefined,
      // That many are asked for their edits.
      50,
    );
    const fix = actions.find(({ edit }) => edit && edit.entries().length === 2);
    assert.ok(fix, `no fix for two files among: ${actions.map(({ title }) => title).join("; ")}`);
    const files = fix.edit.entries().map(([uri]) => uri.path);
    assert.ok(
      files.some((file) => file.endsWith(peer)),
      files.join(" "),
    );
    await vscode.workspace.applyEdit(fix.edit);
    await until("fewer problems", () => rulesIn(context, tutorial).length < before.length);
    const other = vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith(peer));
    assert.ok(other?.isDirty);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  },

  "command: Compare with Peer": async (context) => {
    const { vscode, until } = context;
    await closeAll(context);
    await show(context, "two-masters/lb1.conf");
    await vscode.commands.executeCommand("keepalived.comparePeer");
    const input = await until("the diff editor", () =>
      tabs(context)
        .map((tab) => tab.input)
        .find((each) => each instanceof vscode.TabInputTextDiff),
    );
    assert.ok(input.original.path.endsWith("lb1.conf") && input.modified.path.endsWith("lb2.conf"));
  },

  "command: Show Who Takes Over": async (context) => {
    const { vscode, until, outside, pause } = context;
    await closeAll(context);
    await show(context, "pair/lb1.conf");
    await until("the language", () => vscode.window.activeTextEditor?.document.languageId === "keepalived");
    await vscode.commands.executeCommand("workbench.action.closePanel");
    await vscode.commands.executeCommand("workbench.action.closeSidebar");
    await vscode.commands.executeCommand("keepalived.showTakeover");
    await until("the page", () =>
      tabs(context).some(({ input }) => input?.viewType?.includes("keepalived.takeover")),
    );
    await outside({ do: "see in frame", text: "198.51.100.20" });
    await pause(500);
    await outside({ do: "picture", name: "takeover" });
  },

  "command: Explain This Finding": async (context) => {
    const { vscode, until } = context;
    await closeAll(context);
    await show(context, tutorial);
    await vscode.commands.executeCommand("keepalived.explain", "vrrp-auth-pass-too-long");
    await until("the preview", () =>
      tabs(context).some(({ input }) => input?.viewType?.includes("markdown.preview")),
    );
    const page = vscode.Uri.from({ scheme: "keepalived-rule", path: "/vrrp-auth-pass-too-long.md" });
    const text = (await vscode.workspace.openTextDocument(page)).getText();
    assert.match(text, /8/);
    assert.ok(text.length > 200, text);
  },

  "command: Explain This Finding, at the cursor": async (context) => {
    const { vscode, until } = context;
    await closeAll(context);
    const document = await show(context, "two-masters/lb1.conf");
    const files = ["two-masters/lb1.conf", "two-masters/lb2.conf"];
    const open = (file) => vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith(file));
    const stateOf = (file) => {
      const found = open(file);
      if (!found) return "closed";
      const [router] = /virtual_router_id .*/.exec(found.getText()) ?? [];
      return `${found.languageId}, ${found.isDirty ? "unsaved" : "as on disk"}, ${router}`;
    };
    const seen = () =>
      files.map((file) => `${file} (${stateOf(file)}): ${rulesIn(context, file).join(" ")}`).join("; ");
    await until(
      () => `problems; there are: ${seen()}`,
      () => rulesIn(context, "two-masters/lb1.conf").includes("xh-vrid-mismatch"),
    );
    const at = after(document, "virtual_router_id 5");
    vscode.window.activeTextEditor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand("keepalived.explain");
    await until("the preview of that rule", () =>
      tabs(context).some(
        ({ input, label }) => input?.viewType?.includes("preview") && /xh-vrid-mismatch/.test(label),
      ),
    );
  },

  "command: Generate Peer File": async (context) => {
    const { vscode, until } = context;
    await closeAll(context);
    await show(context, "single/keepalived.conf");
    await until("the language", () => vscode.window.activeTextEditor?.document.languageId === "keepalived");
    await vscode.commands.executeCommand("keepalived.generatePeer");
    const made = await until("the new document", () =>
      vscode.workspace.textDocuments.find(
        ({ isUntitled, languageId }) => isUntitled && languageId === "keepalived",
      ),
    );
    assert.match(made.getText(), /virtual_router_id 51/);
    assert.match(made.getText(), /unicast_src_ip 192\.0\.2\.12/);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  },

  "the walkthrough opens": async (context) => {
    const { vscode, outside, pause } = context;
    await closeAll(context);
    await vscode.commands.executeCommand(
      "workbench.action.openWalkthrough",
      "vrrpkit.vrrpkit#firstCluster",
      false,
    );
    await outside({
      do: "see",
      selector: '.gettingStartedContainer :text("Your first cluster with keepalived")',
    });
    await pause(1000);
    await outside({ do: "picture", name: "walkthrough", kept: false });
  },

  "a name leads to the other host, and is changed in both files": async (context) => {
    const { vscode } = context;
    await closeAll(context);
    const document = await show(context, tutorial);
    const at = after(document, "vrrp_instance ha-inter");
    const ask = (name, ...more) =>
      vscode.commands.executeCommand(`vscode.${name}`, document.uri, at, ...more);
    const [place] = await ask("executeDefinitionProvider");
    assert.ok((place.uri ?? place.targetUri).path.endsWith(peer));
    const edit = await ask("executeDocumentRenameProvider", "front");
    assert.equal(edit.entries().length, 2);
  },

  "command: Restart Server": async (context) => {
    const { vscode, until } = context;
    await closeAll(context);
    const document = await show(context, tutorial);
    await until("the language", () => document.isClosed || document.languageId === "keepalived");
    await vscode.commands.executeCommand("keepalived.restart");
    await until("problems", () => rulesIn(context, tutorial).length > 0);
  },

  "a folder that is deleted takes its host with it, and a new one brings it back": async (context) => {
    const { vscode, until } = context;
    const { fs } = vscode.workspace;
    await closeAll(context);
    const write = async (file, router) => {
      const text = new TextDecoder().decode(await fs.readFile(uriOf(context, "pair/lb1.conf")));
      const changed = text.replace("virtual_router_id 61", `virtual_router_id ${router}`);
      await fs.writeFile(uriOf(context, file), new TextEncoder().encode(changed));
    };
    const [one, two] = ["leaving/one/keepalived.conf", "leaving/two/keepalived.conf"];
    await write(one, 71);
    await write(two, 72);
    await show(context, one);
    const isWith = () => rulesIn(context, one).includes("xh-vrid-mismatch");
    await until("the problem with the other host", isWith);
    await fs.delete(uriOf(context, "leaving/two"), { recursive: true });
    await until("its end", () => !isWith());
    assert.equal(rulesIn(context, two).join(" "), "");
    await write(two, 73);
    await until("the problem again", isWith);
    await closeAll(context);
    await fs.delete(uriOf(context, "leaving"), { recursive: true });
    await until(
      "nothing to be left",
      () => rulesIn(context, one).length + rulesIn(context, two).length === 0,
    );
  },

  "what is typed is judged": async (context) => {
    const { vscode, until } = context;
    const document = await show(context, tutorial);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, "\nfrobnicate 7\n");
    await vscode.workspace.applyEdit(edit);
    await until("the new problem", () => rulesIn(context, tutorial).includes("lex-unknown-keyword"));
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await until("its end", () => !rulesIn(context, tutorial).includes("lex-unknown-keyword"));
  },

  "the setting of a rule's level counts": async (context) => {
    const { vscode, until } = context;
    const settings = vscode.workspace.getConfiguration("keepalived");
    const where = vscode.ConfigurationTarget.Global;
    await settings.update("rules", { "vrrp-auth-pass-too-long": "off" }, where);
    await until("silence", () => !rulesIn(context, tutorial).includes("vrrp-auth-pass-too-long"));
    await settings.update("rules", undefined, where);
    await until("the problem again", () => rulesIn(context, tutorial).includes("vrrp-auth-pass-too-long"));
  },
};
