/** `vrrp-gen --from` and `--join` as their user meets them. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runGen, runLint } from "../support/command.ts";
import { type Folder, folderOf } from "../support/folder.ts";

/** One of a unicast pair, as somebody wrote it. */
const lb1 = `! Load balancer of rack 1
global_defs {
	router_id lb1   # as in the inventory
	notification_email_from keepalived@lb1.example.org
	enable_script_security
}

vrrp_instance web {
	state MASTER # the better machine
	interface eth0
	virtual_router_id 51
	priority 150
	unicast_src_ip 10.0.0.11
	unicast_peer {
		10.0.0.12   # lb2
	}
	authentication {
		auth_type PASS
		auth_pass k7Xm2Qpa
	}
	virtual_ipaddress {
		10.0.0.100/24 dev eth0 label eth0:web
	}
	notify "/usr/local/bin/told lb1"
}
`;
const lb2 = lb1
  .replace("router_id lb1", "router_id lb2")
  .replace("@lb1", "@lb2")
  .replace("state MASTER", "state BACKUP")
  .replace("priority 150", "priority 100")
  .replace("10.0.0.11", "10.0.0.X")
  .replace("10.0.0.12", "10.0.0.11")
  .replace("10.0.0.X", "10.0.0.12");
const rack = () => folderOf({ "lb1.conf": lb1 });
const run = (folder: Folder, ...words: string[]) => runGen(words, { cwd: folder.path });

describe("--from", () => {
  test("writes the partner: everything shared word for word, what is the host's own turned round", () => {
    const folder = rack();
    const { code, out, err } = run(folder, "--from", "lb1.conf", "--as", "lb2", "--out-dir", "out");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(folder.read("out/lb2.conf")).toBe(lb2);
    expect(out).toContain("Written: out/lb2.conf\n");
    expect(out).toMatch(/1 {2}lb1 {3}web +150 {2}is master\n {2}2 {2}lb2 {3}web +100/);
    expect(out).toContain("scp out/lb2.conf root@lb2:/etc/keepalived/keepalived.conf");
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(statSync(path.join(folder.path, "out/lb2.conf")).mode & 0o777).toBe(0o600);
  });

  test("says which copied lines speak of the old host", () => {
    const { out } = run(rack(), "--from", "lb1.conf", "--as", "lb2", "--out-dir", "out");
    expect(out).toContain("out/lb2.conf:15:3: 10.0.0.11 # lb2\n");
    expect(out).toContain('out/lb2.conf:24:2: notify "/usr/local/bin/told lb1"\n');
    expect(out).not.toContain("router_id");
  });

  test("without a folder the file goes to standard output alone, the report beside it", () => {
    const folder = rack();
    const { code, out, err } = run(folder, "--from", "lb1.conf", "--as", "lb2");
    expect({ code, out, files: readdirSync(folder.path) }).toEqual({
      code: 0,
      out: lb2,
      files: ["lb1.conf"],
    });
    expect(err).toContain("Virtual router 51, IPv4: 10.0.0.100");
  });

  test("both files lint without a word", () => {
    const folder = rack();
    run(folder, "--from", "lb1.conf", "--as", "lb2", "--out-dir", ".");
    const { out } = runLint(["--max-warnings", "0", "lb1.conf", "lb2.conf"], { cwd: folder.path });
    expect(out).toContain("in 2 hosts, 1 virtual router.");
  });

  test("the partner of the partner is the host", () => {
    const folder = rack();
    run(folder, "--from", "lb1.conf", "--as", "lb2", "--out-dir", "out");
    const { out } = run(folder, "--from", "out/lb2.conf", "--as", "lb1", "--address", "10.0.0.11");
    expect(out).toBe(lb1);
  });

  test("--dry-run shows the difference from the given file, without the password", () => {
    const folder = rack();
    const { out } = run(folder, "--from", "lb1.conf", "--as", "lb2", "--out-dir", "out", "--dry-run");
    expect(out).toContain("--- lb1.conf\n+++ out/lb2.conf\n");
    expect(out).toContain("-\tstate MASTER # the better machine\n+\tstate BACKUP # the better machine\n");
    expect(out).toContain("Nothing was written (--dry-run).");
    expect(out).not.toContain("k7Xm2Qpa");
    expect(readdirSync(folder.path)).toEqual(["lb1.conf"]);
  });

  test("a file that is there is not overwritten without --force", () => {
    const folder = folderOf({ "lb1.conf": lb1, "lb2.conf": "# mine\n" });
    const words = ["--from", "lb1.conf", "--as", "lb2", "--out-dir", "."];
    expect(run(folder, ...words)).toMatchObject({ code: 2, err: expect.stringContaining("lb2.conf exists") });
    expect(folder.read("lb2.conf")).toBe("# mine\n");
    expect(run(folder, ...words, "--force").code).toBe(0);
    expect(folder.read("lb2.conf")).toBe(lb2);
  });

  test.each<[string, readonly string[], string]>([
    ["--interface NEW", ["--interface", "ens3"], "10.0.0.100/24 dev ens3 label ens3:web"],
    ["--interface OLD:NEW", ["--interface", "eth0:ens3"], "\tinterface ens3\n"],
    ["--interface HOST:NEW", ["--interface", "lb2:ens3"], "\tinterface ens3\n"],
    ["--priority N", ["--priority", "149"], "\tpriority 149\n"],
    [
      "--priority INSTANCE:N above the other",
      ["--priority", "web:200"],
      "\tstate MASTER # the better machine\n",
    ],
    ["--address of the only partner", ["--address", "10.0.0.12/24"], "\tunicast_src_ip 10.0.0.12\n"],
  ])("%s", (_, words, expected) => {
    const state = words.includes("web:200") ? lb1.replace("state MASTER", "state BACKUP") : lb1;
    const folder = folderOf({ "lb1.conf": state });
    const { code, out, err } = run(folder, "--from", "lb1.conf", "--as", "lb2", ...words);
    expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(expected);
  });

  test("--host NAME=ADDRESS is a name and an address; the given host's own may be said, too", () => {
    const bare = lb1.replace("\tunicast_src_ip 10.0.0.11\n", "");
    const folder = folderOf({ "lb1.conf": bare });
    const words = ["--from", "lb1.conf", "--host", "lb2=10.0.0.12"];
    const { err } = run(folder, ...words);
    expect(err).toMatch(/lb1\.conf:13:2: web has partners and no unicast_src_ip.*--host lb1=ADDRESS/);
    expect(run(folder, ...words, "--host", "lb1=10.0.0.11").out).toContain("\t\t10.0.0.11   # lb2\n");
  });

  test.each<[string, string, readonly string[], RegExp]>([
    ["a name for router_id", lb1, [], /^vrrp-gen: lb1\.conf:3:12: router_id lb1 .*--as NAME/],
    ["a name for the file", lb1, ["--out-dir", "out"], /--as NAME/],
    ["another name", lb1, ["--as", "lb1", "--out-dir", "out"], /router_id of the host/],
    ["a name that is one", lb1, ["--as", "../lb2"], /no name for a host/],
    ["an address that is one", lb1, ["--as", "lb2", "--address", "lb2"], /no IP address/],
    [
      "an address of a partner",
      lb1,
      ["--as", "lb2", "--address", "10.0.0.13"],
      /partner 10\.0\.0\.12; .*--join/,
    ],
    ["another address", lb1, ["--as", "lb2", "--address", "10.0.0.11"], /address of lb1\.conf itself/],
    [
      "which of two partners",
      lb1.replace("\t}\n\tauth", "\t\t10.0.0.13\n\t}\n\tauth"),
      ["--as", "lb2"],
      /lb1\.conf:14:2: the partners of web are 10\.0\.0\.12 and 10\.0\.0\.13: --address/,
    ],
    [
      "an instance that is there",
      lb1,
      ["--as", "lb2", "--priority", "mail:9"],
      /no vrrp_instance mail in lb1\.conf, only web/,
    ],
    [
      "an interface that is there",
      lb1,
      ["--as", "lb2", "--interface", "eth1:ens3"],
      /uses no eth1, only eth0/,
    ],
    ["one new host", lb1, ["--as", "lb2", "--host", "lb3=10.0.0.12"], /name one new host/],
    [
      "an address for a static one",
      `${lb1}static_ipaddress {\n\t192.168.7.11/24 dev eth1\n}\n`,
      ["--as", "lb2"],
      /lb1\.conf:27:2: static_ipaddress 192\.168\.7\.11 .*--address/,
    ],
  ])("asks for %s, exit code 2", (_, text, words, message) => {
    const folder = folderOf({ "lb1.conf": text });
    const { code, out, err } = run(folder, "--from", "lb1.conf", ...words);
    expect(err).toMatch(message);
    expect({ code, out, files: readdirSync(folder.path) }).toEqual({ code: 2, out: "", files: ["lb1.conf"] });
  });

  test.each<[string, string, RegExp]>([
    [
      "an error",
      lb1.replace("state MASTER", "stat MASTER"),
      /^lb1\.conf:9:2: refused: .*\[lex-unknown-keyword\]/,
    ],
    [
      "what --fix mends in part",
      lb1.replace("interface eth0", "interface eth0\n\t// all\n\tunheard of"),
      /vrrp-lint --fix lb1\.conf mends 1 of these 2/,
    ],
    [
      "no virtual router",
      "global_defs {\n    router_id lb1\n}\n",
      /refused: There is no vrrp_instance in lb1\.conf/,
    ],
    ["an include that is not here", `${lb1}include more.conf\n`, /refused: /],
    ["no priority left", lb1.replace("150", "1"), /refused: There is no priority below the 1 of web/],
  ])("refuses a file with %s, exit code 1", (_, text, message) => {
    const folder = folderOf({ "lb1.conf": text });
    const { code, out, err } = run(folder, "--from", "lb1.conf", "--as", "lb2");
    expect(err.replaceAll(/\s+/g, " ")).toMatch(message);
    expect({ code, out }).toEqual({ code: 1, out: "" });
  });

  test("errors that --fix mends are mended in the copy, and told", () => {
    const text = lb1.replace("interface eth0", "interface eth0 // uplink\n\t// all");
    const folder = folderOf({ "lb1.conf": text });
    const { code, out } = run(folder, "--from", "lb1.conf", "--as", "lb2", "--out-dir", ".");
    expect(code).toBe(0);
    expect(folder.read("lb2.conf")).toBe(lb2.replace("interface eth0", "interface eth0 # uplink\n\t# all"));
    expect(out.replaceAll(/\s+/g, " ")).toMatch(/Errors of the given file, .*lb1\.conf:11:2: /);
    expect(folder.read("lb1.conf")).toBe(text);
  });

  test("warnings of the file are no reason, and are told", () => {
    const folder = folderOf({ "lb1.conf": lb1.replace("k7Xm2Qpa", "k7Xm2Qpa-too-long") });
    const { code, out } = run(folder, "--from", "lb1.conf", "--as", "lb2", "--out-dir", ".");
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(
      /Warnings that the new file has .*lb2\.conf:19:13: .*\[vrrp-auth-pass-too-long\]/,
    );
  });

  test("what was concluded is told", () => {
    const folder = folderOf({ "lb1.conf": lb1.replace("state MASTER", "state BACKUP") });
    const { out } = run(folder, "--from", "lb1.conf", "--as", "lb2", "--out-dir", ".");
    expect(out.replaceAll(/\s+/g, " ")).toContain(
      "lb1.conf starts as BACKUP in web, so the new host is master there.",
    );
    expect(folder.read("lb2.conf")).toContain("\tstate MASTER # the better machine\n");
    expect(folder.read("lb2.conf")).toContain("\tpriority 200\n");
  });

  test("included files with values of the host go along, where they find each other", () => {
    const [top = "", instance = ""] = lb1.split("\n\n");
    const folder = folderOf({
      "lb1/keepalived.conf": `${top}\ninclude conf.d/*.conf\n`,
      "lb1/conf.d/web.conf": instance,
    });
    const words = ["--from", "lb1/keepalived.conf", "--as", "lb2"];
    expect(run(folder, ...words)).toMatchObject({ code: 2, err: expect.stringContaining("--out-dir") });
    const { code, out } = run(folder, ...words, "--out-dir", "lb2");
    expect(code).toBe(0);
    expect(out).toContain("Written: lb2/lb2.conf, lb2/conf.d/web.conf\n");
    expect(folder.read("lb2/conf.d/web.conf")).toBe(lb2.split("\n\n")[1]);
    expect(folder.read("lb2/lb2.conf")).toBe(`${lb2.split("\n\n")[0]}\ninclude conf.d/*.conf\n`);
  });
});

test("a file in an old encoding keeps its bytes", () => {
  const bytes = Buffer.from(lb1.replace("Load balancer", "Verteiler f\u00fcr"), "latin1");
  const folder = folderOf({ "lb1.conf": "" });
  writeFileSync(path.join(folder.path, "lb1.conf"), bytes);
  expect(run(folder, "--from", "lb1.conf", "--as", "lb2", "--out-dir", ".").code).toBe(0);
  const written = readFileSync(path.join(folder.path, "lb2.conf"));
  expect(written.subarray(0, 30)).toEqual(bytes.subarray(0, 30));
});

describe("--join", () => {
  const both = () => folderOf({ "lb1.conf": lb1, "lb2.conf": lb2 });
  const words = ["--join", "lb1.conf", "lb2.conf", "--as", "lb3", "--address", "10.0.0.13"];

  test("writes the new file and changes the others, all or none", () => {
    const folder = both();
    const refused = run(folder, ...words);
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringMatching(/lb1\.conf, lb2\.conf exist.*--force/),
    });
    expect(readdirSync(folder.path).sort()).toEqual(["lb1.conf", "lb2.conf"]);
    const { code, out } = run(folder, ...words, "--force");
    expect(code).toBe(0);
    expect(out).toContain("Written: lb1.conf, lb2.conf, lb3.conf\n");
    expect(folder.read("lb2.conf")).toBe(lb2.replace("# lb2\n", "# lb2\n\t\t10.0.0.13\n"));
    expect(folder.read("lb3.conf")).toContain("\tunicast_src_ip 10.0.0.13\n");
    expect(folder.read("lb3.conf")).toContain("\tpriority 50\n");
    const lint = runLint(["--max-warnings", "0", "lb1.conf", "lb2.conf", "lb3.conf"], { cwd: folder.path });
    expect(lint.out).toContain("in 3 hosts, 1 virtual router.");
  });

  test("--dry-run shows every file's difference; --out-dir leaves the given ones alone", () => {
    const folder = both();
    const { out } = run(folder, ...words, "--dry-run");
    expect(out).toContain("--- lb2.conf\n+++ lb2.conf\n");
    expect(out).toContain("--- lb1.conf\n+++ lb3.conf\n");
    expect(run(folder, ...words, "--out-dir", "out").code).toBe(0);
    expect(folder.read("lb1.conf")).toBe(lb1);
    expect(readdirSync(path.join(folder.path, "out")).sort()).toEqual(["lb1.conf", "lb2.conf", "lb3.conf"]);
  });

  test("hosts with a folder each: the new one gets one, too", () => {
    const folder = folderOf({ "lb1/keepalived.conf": lb1, "lb2/keepalived.conf": lb2 });
    const files = ["lb1/keepalived.conf", "lb2/keepalived.conf"];
    const { code, out } = run(folder, "--join", ...files, "--as", "lb3", "--address", "10.0.0.13", "--force");
    expect({ code, written: out.split("\n")[0] }).toEqual({
      code: 0,
      written: `Written: ${files.join(", ")}, lb3/keepalived.conf`,
    });
  });

  test.each<[string, readonly string[], RegExp]>([
    ["a name", ["--join", "lb1.conf", "lb2.conf"], /--as NAME/],
    [
      "an address",
      ["--join", "lb1.conf", "lb2.conf", "--as", "lb3"],
      /lb1\.conf:13:17: unicast_src_ip of web .*--address/,
    ],
    [
      "a name of its own",
      ["--join", "lb1.conf", "lb2.conf", "--as", "lb2", "--address", "10.0.0.13"],
      /file of another host/,
    ],
    ["different files", ["--join", "lb1.conf", "./lb1.conf", "--as", "lb3"], /lb1\.conf is named twice/],
    ["files that are there", ["--join", "gone.conf", "lb2.conf", "--as", "lb3"], /gone\.conf: no such file/],
  ])("asks for %s", (_, call, message) => {
    const { code, out, err } = run(both(), ...call);
    expect(err).toMatch(message);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});
