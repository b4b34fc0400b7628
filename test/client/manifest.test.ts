/** The manifest and what it points to: files, commands, settings, and the words that begin a configuration. */
import { describe, expect, test } from "vitest";
import { looksLike } from "../../client/first-lines.ts";
import { packedManifest } from "../../scripts/editor/manifest.ts";
import { defaultClientSettings } from "../../src/language/requests.ts";
import { rules } from "../../src/rules/index.ts";
import { blocksWith, rootKeywords } from "../../src/schema/index.ts";
import { filesBelow, importsOf, textOf } from "../support/project.ts";

const manifest = JSON.parse(textOf("client/package.json"));
const { contributes } = manifest;
const [language] = contributes.languages;
const settings: Record<string, { default: unknown; description?: string; markdownDescription?: string }> =
  contributes.configuration.properties;
const sources = filesBelow("client").filter((file) => file.endsWith(".ts"));

describe("the manifest", () => {
  test("names files that are packed", () => {
    const named = [...JSON.stringify(contributes).matchAll(/"\.?\/?([\w./-]+\.(?:json|md|png))"/g)];
    const packed = textOf("scripts/package.mjs");
    const missing = named.flatMap(([whole, file = ""]) => {
      if (whole === '".vrrplintrc.json"') return [];
      const known = packed.includes(`"${file}"`) || packed.includes(`"${file.split("/")[0]}"`);
      return known ? [] : [file];
    });
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(6);
  });

  test("offers every command that the client registers, and no other", () => {
    const offered = contributes.commands.map(({ command }: { command: string }) => command);
    const code = sources.map(textOf).join("\n");
    const registered = [
      ...[...code.matchAll(/\bcommand\("(\w+)"/g)].map(([, name]) => `keepalived.${name}`),
      ...[...code.matchAll(/registerCommand\("(keepalived\.\w+)"/g)].map(([, name]) => name),
    ];
    // A link of a page, with arguments; nobody calls it by name.
    expect(offered.toSorted()).toEqual(
      registered.filter((name) => name !== "keepalived.openPlace").toSorted(),
    );
    const used = [
      ...JSON.stringify(contributes).matchAll(/(?:command:|onCommand:|"command":")(keepalived\.\w+)/g),
    ];
    expect(used.flatMap(([, name = ""]) => (offered.includes(name) ? [] : [name]))).toEqual([]);
  });

  test("runs in folders that nobody trusts, on no disk, and in a browser", () => {
    expect(manifest.capabilities).toEqual({
      untrustedWorkspaces: { supported: true },
      virtualWorkspaces: true,
    });
    expect(manifest.browser).toBeDefined();
  });
});

test("the client talks with VS Code and the server only, and shares with the server what they say", () => {
  const allowed =
    /^(vscode|vscode-languageclient(\/(node|browser))?|\.\/[\w-]+\.ts|\.\.\/src\/language\/requests\.ts)$/;
  const imported = sources.flatMap((file) => importsOf(textOf(file)).map((name) => `${file}: ${name}`));
  expect(imported.filter((each) => !allowed.test(each.replace(/^.*?: /, "")))).toEqual([]);
  expect(imported.length).toBeGreaterThan(20);
});

describe("settings", () => {
  const flat = (value: object, prefix: string): [string, unknown][] =>
    Object.entries(value).flatMap(([name, each]) =>
      name === "format" ? flat(each, `${prefix}format.`) : [[prefix + name, each] as [string, unknown]],
    );

  test("have the defaults of the server", () => {
    const known = flat(defaultClientSettings, "keepalived.");
    expect(known.map(([name]) => [name, settings[name]?.default])).toEqual(known);
    const ofClient = ["keepalived.recognize", "keepalived.trace.server"];
    const names = [...known.map(([name]) => name), ...ofClient];
    expect(Object.keys(settings).toSorted()).toEqual(names.toSorted());
  });

  test("are all explained, and none twice", () => {
    const words = Object.values(settings).map((each) => each.description ?? each.markdownDescription ?? "");
    expect(words.filter((text) => text.length < 20)).toEqual([]);
    expect(new Set(words).size).toBe(words.length);
  });

  test("know every rule once packed", () => {
    const packed = packedManifest(manifest, "1.2.3");
    const text = JSON.stringify(packed);
    expect(rules.filter(({ id }) => !text.includes(`"${id}":{"enum":`))).toEqual([]);
    expect(packed["version"]).toBe("1.2.3");
    expect(packed["private"]).toBeUndefined();
    expect(() => packedManifest({}, "1.2.3")).toThrow(/has no contributes/);
  });
});

describe("what a configuration begins with", () => {
  const firstLine = new RegExp(language.firstLine);
  const blocks = rootKeywords.filter(
    ({ name, keywords, lines }) => name.includes("_") && (keywords ?? lines) && blocksWith(name).includes(""),
  );

  test.each(blocks.map(({ name }) => name))("%s", (name) => {
    expect(firstLine.test(`${name} {`)).toBe(true);
    expect(firstLine.test(`  @main ${name} {`)).toBe(true);
    expect(firstLine.test(`${name}_x {`)).toBe(false);
    expect(looksLike(`# a comment\n\n$X=1\n${name} a\n{\n`, firstLine)).toBe(true);
  });

  test.each<[line: string, first: boolean, below: boolean]>([
    ["! Configuration File for keepalived", true, false],
    ["# keepalived.conf of lb1", true, false],
    ["# a Keepalived file", true, false],
    ["# keepalivedd", false, false],
    ["server { listen 80; }", false, false],
    ["SSL {", false, false],
    ["x = vrrp_instance", false, false],
    ["\uFEFFglobal_defs {", true, true],
    ["", false, false],
  ])("%j", (line, first, below) => {
    expect(firstLine.test(line)).toBe(first);
    expect(looksLike(`\n${line}\n`, firstLine)).toBe(below);
  });
});
