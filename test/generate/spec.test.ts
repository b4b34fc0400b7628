/** Cluster descriptions: what they mean, and where their faults are told. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { Intent } from "../../src/generate/intent.ts";
import { planHosts } from "../../src/generate/plan.ts";
import { printHost } from "../../src/generate/print.ts";
import { readSpec } from "../../src/generate/spec.ts";
import { lineMap } from "../../src/lines.ts";
import { intents } from "./intents.ts";
import { specOf } from "./spec-of.ts";

/** The texts of the files, as they are printed. */
const files = (intent: Intent): readonly string[] =>
  planHosts(intent, { newPassword: () => "kx7Rm2Qp" }).map((plan) => printHost(plan, { comments: false }));

/** The file of a password is the password, which is all the same here. */
const read = (text: string) => readSpec(text, { readPassword: (file) => file });

function intentIn(text: string, readPassword = (file: string) => file): Intent {
  const result = readSpec(text, { readPassword });
  if (result.is === "faults") throw new Error(result.faults.map(({ message }) => message).join("\n"));
  return result.intent;
}

describe("a description means the same as what it describes", () => {
  test.each<[string, (value: unknown) => string]>([
    ["YAML", (value) => stringify(value)],
    ["YAML in one line", (value) => stringify(value, { collectionStyle: "flow", lineWidth: 0 })],
    ["JSON", (value) => JSON.stringify(value)],
    ["JSON with tabs", (value) => JSON.stringify(value, undefined, "\t")],
  ])("%s", (_, write) => {
    fc.assert(
      fc.property(intents, (intent) => {
        const { value, readPassword } = specOf(intent);
        expect(files(intentIn(write(value), readPassword))).toEqual(files(intent));
      }),
      { numRuns: 50 },
    );
  });

  test("hosts and routers keep their order, also when their names are numbers", () => {
    const { hosts, routers } = intentIn(
      "hosts: {b: 10.0.0.1, 20: 10.0.0.2, 3: 10.0.0.3}\nrouters: {9: {addresses: []}, 1: {addresses: []}}",
    );
    expect(hosts.map(({ name }) => name)).toEqual(["b", "20", "3"]);
    expect(routers.map(({ name }) => name)).toEqual(["9", "1"]);
  });

  test("what a router says wins over what holds for all", () => {
    const [a] = files(
      intentIn(`hosts: {a: 10.0.0.1/24, b: 10.0.0.2/24}
interface: eth0
advert_int: 1
track: [{process: nginx}]
routers:
  web: {addresses: [10.0.0.100]}
  quick: {addresses: [10.0.0.101], version: 3, advert_int: 0.1, interface: {a: eth1, b: ens4}, track: [], priorities: {a: 20, b: 90}}
`),
    );
    const [web, quick] = (a ?? "").split("vrrp_instance ").slice(1);
    expect(web).toMatch(/interface eth0[\s\S]*priority 150\n {4}advert_int 1\n[\s\S]*track_process/);
    expect(quick).toMatch(
      /state BACKUP\n {4}interface eth1[\s\S]*version 3\n {4}priority 20\n {4}advert_int 0.1\n/,
    );
    expect(quick).not.toContain("track_process");
  });

  test("routers with one sync_group name move together", () => {
    const [a] = files(
      intentIn(`hosts: {a: 10.0.0.1/24, b: 10.0.0.2/24}
interface: eth0
sync_group: gateway
routers:
  inside: {addresses: [10.0.0.100]}
  outside: {addresses: [192.0.2.100/24], interface: eth1}
`),
    );
    expect(a).toContain("vrrp_sync_group gateway {\n    group {\n        inside\n        outside\n    }\n");
  });
});

const sound = `hosts:
  a: 10.0.0.1/24
  b: 10.0.0.2/24
interface: eth0
routers:
  web:
    addresses: [10.0.0.100]
`;

describe("a fault is told with its line and column", () => {
  test.each<[string, string, readonly string[]]>([
    ["no YAML", "hosts: [a\nrouters: }", ["2:1 this is neither YAML nor JSON"]],
    ["an empty text", "", ["1:1 expected is an object with hosts, routers"]],
    ["what is missing", "hosts: {}\n", ['1:1 "routers" is missing']],
    ["an unknown member", sound.replace("interface", "interfaces"), ['4:1 there is no "interfaces" here']],
    ["a wrong kind", sound.replace("eth0", "[eth0]"), ["4:12 expected is a name, or names"]],
    [
      "an address that is none",
      sound.replace("10.0.0.100", "10.0.0.100, web"),
      ["7:29 expected is an IP address"],
    ],
    ["a number out of range", `${sound}    vrid: 256\n`, ["8:11 expected is a whole number from 1 to 255"]],
    ["a word for a number", `${sound}version: two\n`, ["8:10 expected is 2 or 3"]],
    ["a release without quotes", `${sound}target: 2.4\n`, ["8:9 expected is a release in quotes"]],
    [
      "a member twice",
      `${sound}interface: eth1\n`,
      ["8:1 this is neither YAML nor JSON: Map keys must be unique"],
    ],
    [
      "nothing to track",
      `${sound}track:\n  - weight: -20\n`,
      ["9:5 expected is exactly one of script, process"],
    ],
    ["two things to track", `${sound}track: [{process: a, file: /b}]\n`, ["8:9 expected is exactly one of"]],
    [
      "an interval of a process",
      `${sound}track: [{process: a, interval: 2}]\n`,
      ['8:22 "interval" has a meaning only with "script"'],
    ],
    [
      "a password in the description",
      `${sound}auth: s3cr3t\n`,
      ["8:7 expected is none or random, or an object with password_file"],
    ],
    [
      "several at once",
      `${sound}version: 9\nunicast: maybe\n`,
      ["8:10 expected", "9:10 expected is true or false"],
    ],
    [
      "a member mistyped",
      `${sound}advert_itn: 2\n`,
      ['8:1 there is no "advert_itn" here; did you mean "advert_int"?'],
    ],
    [
      "a member unlike any other",
      `${sound}colour: red\n`,
      ['8:1 there is no "colour" here, but: hosts, routers'],
    ],
    ["a second document", `${sound}---\n${sound}`, ["8:1 a second document begins here"]],
    ["an alias of nothing", sound.replace("[10.0.0.100]", "*y"), ["7:16 nothing above"]],
    ["in JSON", '{\n  "hosts": {},\n  "routers": {"web": {}}\n}', ['3:22 "addresses" is missing']],
  ])("%s", (_, text, expected) => {
    const result = read(text);
    const lines = lineMap(text);
    const told = (result.is === "faults" ? result.faults : []).map(({ span, message }) => {
      const { line, column } = lines.positionAt(span.start);
      return `${line}:${column} ${message}`;
    });
    expect(told).toEqual(expected.map((each) => expect.stringContaining(each)));
  });

  test("what stands elsewhere can be taken over, and is told where it was written anew", () => {
    const text = `${sound.replace("web:", "web: &web")}  mail: {<<: *web, vrid: 9, advert_int: 4}\n`;
    expect(intentIn(text).routers).toMatchObject([
      { name: "web", addresses: ["10.0.0.100"] },
      { name: "mail", addresses: ["10.0.0.100"], vrid: 9, advertInterval: 4 },
    ]);
    expect(read(text.replace("vrid: 9", "vrid: 999"))).toMatchObject({
      faults: [{ span: { start: text.indexOf("9, advert") } }],
    });
  });

  test("references that multiply without end are no way to hang", () => {
    const bomb = Array.from(
      { length: 12 },
      (_, depth) => `k${depth}: &k${depth} [${depth ? `*k${depth - 1},`.repeat(9) : "x"}]`,
    );
    expect(read(bomb.join("\n"))).toMatchObject({ is: "faults" });
  });

  test("any text is read or told to be wrong", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json(), fc.string({ unit: fc.constantFrom(..."ab:-[]{},&*!|>#'\" \n") })),
        (text) => {
          expect(["faults", "intent"]).toContain(read(text).is);
        },
      ),
    );
  });
});

test("a part of the intent is found again in the text", () => {
  const result = read(sound);
  if (result.is === "faults") throw new Error("the description is sound");
  const at = (...path: (string | number)[]) =>
    sound.slice(result.placeOf(path).start, result.placeOf(path).end);
  expect(at("routers", "web", "addresses", 0)).toBe("10.0.0.100");
  expect(at("hosts", "b")).toBe("10.0.0.2/24");
  expect(at("routers", "web", "vrid")).toContain("addresses: [10.0.0.100]");
});
