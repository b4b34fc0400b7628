/** The dialogue of vrrp-gen, with keys and screen as its user has them. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { askerAt } from "../../src/cli/asker.ts";
import { genDialogue } from "../../src/cli/gen-dialogue.ts";
import { parseGenOptions } from "../../src/cli/gen-options.ts";
import type { World } from "../../src/cli/world.ts";
import { runGen, runLint } from "../support/command.ts";
import { type Folder, folderOf } from "../support/folder.ts";
import { type Exchange, keys, Sitting } from "../support/sitting.ts";

const { enter, down, eraseLine, leave } = keys;

interface Talk {
  readonly code: number;
  readonly shown: string;
  readonly out: string;
  readonly err: string;
}

/** A whole dialogue in a folder. Words that never come up leave it waiting, and the test's time runs out. */
async function talk(
  exchanges: readonly Exchange[],
  folder: Folder,
  words: readonly string[] = [],
  environment: World["environment"] = {},
): Promise<Talk> {
  const sitting = new Sitting(exchanges);
  let [out, err] = ["", ""];
  const world: World = {
    cwd: folder.path,
    environment: { NO_COLOR: "1", ...environment },
    columns: 80,
    interactive: true,
    readInput: () => new Uint8Array(),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  };
  const options = parseGenOptions(words, world);
  if (typeof options === "number") throw new Error("there is no dialogue");
  expect(options.mode).toBe("dialogue");
  const code = await genDialogue(options, world, () => askerAt(sitting.terminal));
  expect(sitting.missed).toEqual([]);
  return { code, shown: sitting.shown, out, err };
}

const twoHosts: readonly Exchange[] = [
  ["Name of the first host", enter],
  ["Address of a", `10.101.1.185/22${enter}`],
  ["Interface of a", enter],
  ["Name of the second host", enter],
  ["Address of b", `10.101.1.186${enter}`],
  ["Interface of b", enter],
  ["Another host", enter],
];

const oneRouter: readonly Exchange[] = [
  ["Virtual addresses", `10.101.0.101${enter}`],
  ["Master", enter],
  ["Name of this virtual router", enter],
  ["Number", enter],
  ["Another virtual router", enter],
];

const plain: readonly Exchange[] = [
  ["hear each other", enter],
  ["What else", enter],
  ["Folder", enter],
];

/** Marks the extras with these numbers and goes on. */
const extras = (numbers: string): Exchange => ["What else", numbers + enter];

/** The words of the command that the dialogue ends with, as a shell without quotes reads them. */
function commandIn(out: string): readonly string[] {
  const [, command = ""] = /The same without questions:\n {2}vrrp-gen ((?:.*\\\n)*.*)\n/.exec(out) ?? [];
  return command.replaceAll("\\\n", " ").trim().split(/\s+/);
}

const withoutPasswords = (text: string) => text.replaceAll(/auth_pass .*/g, "auth_pass …");

/** The same files come from the command; random passwords aside. */
function expectSameFiles(folder: Folder, out: string, environment: World["environment"] = {}): void {
  const again = folderOf({});
  const { code, err } = runGen(commandIn(out), { cwd: again.path, environment });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  for (const file of readdirSync(path.join(folder.path, "cluster")))
    expect(withoutPasswords(again.read(`cluster/${file}`))).toBe(
      withoutPasswords(folder.read(`cluster/${file}`)),
    );
}

describe("the tutorial's pair", () => {
  const tutorial: readonly Exchange[] = [
    ...twoHosts,
    ["Virtual addresses", `10.101.0.101,10.101.0.102${enter}`],
    ["Master", enter],
    ["Name of this virtual router", `ha-internal-1${enter}`],
    ["Number", enter],
    ["Another virtual router", `y${enter}`],
    ["Virtual addresses", `10.101.0.107 10.101.0.108${enter}`],
    ["Master", enter],
    ["Name of this virtual router", `ha-internal-2${enter}`],
    ["Number", enter],
    ["Another virtual router", enter],
    ...plain,
  ];

  test("ends with files that lint clean, who takes over, and the command that writes the same", async () => {
    const folder = folderOf({});
    const { code, out, err } = await talk(tutorial, folder);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Written: cluster/a.conf, cluster/b.conf");
    expect(out).toMatch(/Virtual router 2, IPv4: 10\.101\.0\.107, 10\.101\.0\.108\n.*\n\s+1 {2}b /);
    expect(commandIn(out)).toEqual([
      ...["--pair", "--host", "a=10.101.1.185/22", "--host", "b=10.101.1.186/22", "--interface", "eth0"],
      ...["--router", "ha-internal-1:1@a=10.101.0.101,10.101.0.102"],
      ...["--router", "ha-internal-2:2@b=10.101.0.107,10.101.0.108"],
      ...["--out-dir", "cluster"],
    ]);
    expectSameFiles(folder, out);
    const files = ["cluster/a.conf", "cluster/b.conf"];
    expect(runLint(["--max-warnings", "0", ...files], { cwd: folder.path }).code).toBe(0);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("Ctrl-C leaves nothing behind, wherever it is pressed", async () => {
    for (const [index, [words]] of tutorial.entries()) {
      const folder = folderOf({});
      const { code, err } = await talk([...tutorial.slice(0, index), [words, leave]], folder);
      expect({ code, err }).toEqual({ code: 130, err: "\nNothing was written.\n" });
      expect(readdirSync(folder.path)).toEqual([]);
    }
  });
});

test("everything else that can be asked for", async () => {
  const folder = folderOf({});
  const { code, out } = await talk(
    [
      ["Name of the first host", enter],
      ["Address of a", `10.0.0.1/24, fd00::1/64${enter}`],
      ["Interface of a", enter],
      ["Name of the second host", enter],
      ["Address of b", `10.0.0.2, fd00::2${enter}`],
      ["Interface of b", `ens3${enter}`],
      ["Another host", `y${enter}`],
      ["Name of the third host", `lb-3${enter}`],
      ["Address of lb-3", `10.0.0.3,fd00::3${enter}`],
      ["Interface of lb-3", enter],
      ["Another host", enter],
      ["Virtual addresses", `10.0.0.100,fe80::100,fd00::100${enter}`],
      ["Master", `${down}${enter}`],
      ...oneRouter.slice(2, 3),
      ["Number", `${eraseLine}55${enter}`],
      ["Another virtual router", enter],
      ["move together", enter],
      ["hear each other", `${down}${enter}`],
      extras("1456"),
      ["How fast", enter],
      ["watched on every host", enter],
      ["Name of the process", `nginx${enter}`],
      ["Watch something else", `y${enter}`],
      ["watched on every host", `${down}${down}${enter}`],
      ["Interface of a", enter],
      ["Interface of b", `ens4${enter}`],
      ["Interface of lb-3", enter],
      ["Watch something else", enter],
      ["What does a failure do", `${down}${enter}`],
      ["how many points", enter],
      ["Mail to", `ops@example.org, b@example.org${enter}`],
      ["Mail server", `192.0.2.25${enter}`],
      ["Program to run", `/usr/local/bin/told${enter}`],
      ["Folder", enter],
    ],
    folder,
  );
  expect(code).toBe(0);
  const words = commandIn(out);
  for (const part of [
    "--interface a:eth0 --interface b:ens3 --interface lb-3:ens3",
    "--router VI_1:55@b=10.0.0.100,fe80::100,fd00::100 --sync-group --unicast",
    "--version 3 --advert-int 0.3 --track-process nginx",
    "--track-interface a:eth1 --track-interface b:ens4 --track-interface lb-3:ens4 --track-weight -20",
    "--mail ops@example.org --mail b@example.org --mail-server 192.0.2.25 --notify /usr/local/bin/told",
  ])
    expect(words.join(" ")).toContain(part);
  expectSameFiles(folder, out);
});

describe("an answer that cannot be is refused at once", () => {
  test.each<[string, readonly Exchange[], string]>([
    ["a name", [["Name of the first host", `../a${enter}`]], "../a is no name for a host"],
    ["no address", [twoHosts[0] as Exchange, ["Address of a", enter]], "Every host needs an address"],
    ["no prefix", [twoHosts[0] as Exchange, ["Address of a", `10.0.0.1${enter}`]], "Write the prefix"],
    ["no IP address", [twoHosts[0] as Exchange, ["Address of a", `lb1${enter}`]], "is no IP address"],
    [
      "an interface",
      [...twoHosts.slice(0, 2), ["Interface of a", `eth 0${enter}`]],
      "The name of an interface",
    ],
    ["a name twice", [...twoHosts.slice(0, 3), ["second host", `a${enter}`]], "There are two hosts with"],
    [
      "an address twice",
      [...twoHosts.slice(0, 4), ["Address of b", `10.101.1.185${enter}`]],
      "Hosts a and b have the same address",
    ],
    [
      "an address outside every network",
      [...twoHosts, ["Virtual addresses", `10.9.0.1${enter}`]],
      "10.9.0.1 is outside every network of a and b",
    ],
    [
      "a host's address",
      [...twoHosts, ["Virtual addresses", `10.101.1.186${enter}`]],
      "is host b's own address",
    ],
    [
      "the network's own address, by a rule of the linter",
      [...twoHosts, ["Virtual addresses", `10.101.0.0${enter}`]],
      "> 10.101.0.0",
    ],
    [
      "a router's name",
      [...twoHosts, ...oneRouter.slice(0, 2), ["Name of this", `a@b${enter}`]],
      "Neither blanks nor",
    ],
    [
      "a VRID",
      [...twoHosts, ...oneRouter.slice(0, 3), ["Number", `256${enter}`]],
      "Write a number from 1 to 255",
    ],
    [
      "an address of another virtual router",
      [
        ...twoHosts,
        ...oneRouter.slice(0, 4),
        ["Another virtual router", `y${enter}`],
        ["Virtual addresses", `10.101.0.101${enter}`],
      ],
      "> 10.101.0.101 also belongs to VI_1",
    ],
    [
      "its own interface, watched",
      [
        ...[...twoHosts, ...oneRouter, ...plain.slice(0, 1)],
        extras("4"),
        ["watched on every host", `${down}${down}${enter}`],
        ["Interface of a", `eth0${enter}`],
      ],
      "VI_1 is on eth0 of a itself",
    ],
    [
      "a weight that cannot change the master",
      [
        ...[...twoHosts, ...oneRouter, ...plain.slice(0, 1)],
        extras("4"),
        ["watched on every host", enter],
        ["Name of the process", `nginx${enter}`],
        ["Watch something else", enter],
        ["What does a failure do", `${down}${enter}`],
        ["how many points", `1${enter}`],
      ],
      "A backup takes over only from",
    ],
  ])("%s", async (_, exchanges, complaint) => {
    const folder = folderOf({});
    const { code } = await talk([...exchanges, [complaint, leave]], folder);
    expect(code).toBe(130);
  });
});

describe("a password of one's own", () => {
  const own: readonly Exchange[] = [
    ...twoHosts,
    ...oneRouter,
    ...plain.slice(0, 1),
    extras("2"),
    ["Which password", enter],
    ["Password:", `Xq7zW2vKp${enter}`],
    ["longer than the 8 bytes", `${eraseLine}Xq7 W2vK${enter}`],
    ["Folder", enter],
  ];

  test("is in the files and nowhere else", async () => {
    const folder = folderOf({});
    const { code, out, err, shown } = await talk(own, folder);
    expect(code).toBe(0);
    expect(folder.read("cluster/a.conf")).toContain('auth_pass "Xq7 W2vK"');
    for (const secret of ["Xq7", "W2v"]) expect(out + err + shown).not.toContain(secret);
    expect(out).toContain("VRRP_AUTH_PASS");
    expectSameFiles(folder, out, { VRRP_AUTH_PASS: "Xq7 W2vK" });
  });

  test("from the environment needs no question", async () => {
    const folder = folderOf({});
    const environment = { VRRP_AUTH_PASS: "fr0m-env" };
    const { out } = await talk([...twoHosts, ...oneRouter, ...plain], folder, [], environment);
    expect(folder.read("cluster/a.conf")).toContain("auth_pass fr0m-env\n");
    expect(out).toContain("VRRP_AUTH_PASS");
  });
});

describe("files that are there", () => {
  test("are written over only after a yes", async () => {
    const folder = folderOf({ "cluster/a.conf": "# mine\n" });
    const answers: readonly Exchange[] = [
      ...[...twoHosts, ...oneRouter, ...plain],
      ["cluster/a.conf exists. Write over it?", enter],
      ["Folder", `other${enter}`],
    ];
    expect((await talk(answers, folder)).code).toBe(0);
    expect(folder.read("cluster/a.conf")).toBe("# mine\n");
    expect(existsSync(path.join(folder.path, "other/b.conf"))).toBe(true);
    const again: readonly Exchange[] = [...twoHosts, ...oneRouter, ...plain, ["Write over it?", `y${enter}`]];
    const { out } = await talk(again, folder);
    expect(folder.read("cluster/a.conf")).toContain("vrrp_instance VI_1");
    expect(commandIn(out)).toContain("--force");
  });
});

test("options of the command line are not asked for again", async () => {
  const folder = folderOf({});
  const answers = [...twoHosts, ...oneRouter, ...plain.slice(0, 2)];
  const words = ["--out-dir", "there", "--one-file", "--no-comments", "--target", "2.2.7"];
  const { out } = await talk(answers, folder, words);
  expect(folder.read("there/keepalived.conf")).toContain("@b priority 100");
  expect(commandIn(out).join(" ")).toContain("--target 2.2.7 --out-dir there --no-comments --one-file");
});
