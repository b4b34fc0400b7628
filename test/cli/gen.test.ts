/** vrrp-gen as its user meets it. */
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readHost } from "../../src/model/read.ts";
import { runGen, runLint } from "../support/command.ts";
import { type Folder, folderOf } from "../support/folder.ts";
import { root } from "../support/project.ts";

const hosts = ["--host", "a=10.101.1.185", "--host", "b=10.101.1.186"];
const tutorial = [
  "--pair",
  ...hosts,
  "--interface",
  "eth0",
  "--router",
  "ha-internal-1:1@a=10.101.0.101/22,10.101.0.102/22",
  "--router",
  "ha-internal-2:2@b=10.101.0.107/22",
];
const near = ["--host", "a=10.0.0.11/24", "--host", "b=10.0.0.12/24", "--interface", "eth0"];
const pair = ["--pair", ...near, "--router", "web=10.0.0.100"];
const out = ["--out-dir", "out"];

const empty = () => folderOf({});
const instancesOf = (folder: Folder, file: string) =>
  readHost({ path: file, text: folder.read(`out/${file}`) }).instances;

/** The text of host a's file for these words. */
function textOf(words: readonly string[], environment: Record<string, string> = {}): string {
  const folder = empty();
  const { code, err } = runGen([...words, ...out], { cwd: folder.path, environment });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return folder.read("out/a.conf");
}

/** The text without the blanks at the beginning of lines. */
const flat = (text: string) => text.replaceAll(/^ +/gm, "");

describe("the tutorial's pair", () => {
  test("is two files, each host master of one router", () => {
    const folder = empty();
    const { code, out: said, err } = runGen([...tutorial, ...out], { cwd: folder.path });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(readdirSync(path.join(folder.path, "out")).sort()).toEqual(["a.conf", "b.conf"]);
    for (const [file, first, second] of [
      ["a.conf", "MASTER", "BACKUP"],
      ["b.conf", "BACKUP", "MASTER"],
    ] as const)
      expect(
        instancesOf(folder, file).map(({ name, vrid, state }) => [name, vrid?.value, state.value]),
      ).toEqual([
        ["ha-internal-1", 1, first],
        ["ha-internal-2", 2, second],
      ]);
    expect(said).toContain("Written: out/a.conf, out/b.conf");
    expect(said).toContain("Virtual router 1, IPv4: 10.101.0.101, 10.101.0.102");
    expect(said).toContain("scp out/a.conf root@10.101.1.185:/etc/keepalived/keepalived.conf");
    expect(said).toContain("keepalived -t");
  });

  test("lints clean", () => {
    const folder = empty();
    runGen([...tutorial, ...out], { cwd: folder.path });
    const { code, out: said } = runLint(["--max-warnings", "0", "out/a.conf", "out/b.conf"], {
      cwd: folder.path,
    });
    expect({ code, said }).toEqual({ code: 0, said: "No problems in 2 hosts, 2 virtual routers.\n" });
  });
});

describe("a flag and what it writes", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["the network's prefix", [], ["10.0.0.100/24"]],
    ["the host's name", [], ["router_id a"]],
    [
      "the first free VRID",
      ["--router", "mail:1=10.0.0.101"],
      ["virtual_router_id 2", "virtual_router_id 1"],
    ],
    ["--interface HOST:NAME", ["--interface", "a:ens3"], ["interface ens3"]],
    ["--unicast", ["--unicast"], ["unicast_src_ip 10.0.0.11\n", "unicast_peer {\n10.0.0.12\n}"]],
    ["--version 3", ["--version", "3"], ["version 3"]],
    ["--advert-int", ["--version", "3", "--advert-int", "0.1"], ["advert_int 0.1\n"]],
    [
      "--track-script",
      ["--track-script", "/usr/local/bin/check_web --fast"],
      [
        'vrrp_script check_web {\nscript "/usr/local/bin/check_web --fast"',
        "enable_script_security",
        "script_user root",
        "track_script {\ncheck_web\n}",
      ],
    ],
    [
      "--script-user",
      ["--track-script", "/usr/bin/true", "--script-user", "checker"],
      ["script_user checker"],
    ],
    [
      "--script-user with its group",
      ["--notify", "/usr/bin/true", "--script-user", "checker daemon"],
      ["script_user checker daemon\n"],
    ],
    [
      "several receivers in one word",
      ["--mail", "a@example.org,b@example.org"],
      ["notification_email {\na@example.org\nb@example.org\n}"],
    ],
    [
      "the prefix of every link-local network",
      ["--router", "six=fe80::6"],
      ["virtual_ipaddress {\nfe80::6/64\n}"],
    ],
    [
      "--track-process",
      ["--track-process", "nginx"],
      ["vrrp_track_process nginx_runs {\nprocess nginx\n}", "track_process {\nnginx_runs\n}"],
    ],
    ["--track-interface", ["--track-interface", "eth1"], ["track_interface {\neth1\n}"]],
    [
      "--track-interface HOST:NAME",
      ["--track-interface", "a:eth1", "--track-interface", "b:ens4"],
      ["track_interface {\neth1\n}"],
    ],
    [
      "--track-file",
      ["--track-file", "/run/health"],
      ["track_file health {\nfile /run/health\nweight 0\n}", "track_file {\nhealth\n}"],
    ],
    [
      "--track-weight, and priorities that are nearer than it",
      ["--track-process", "nginx", "--track-weight", "-20", "--router", "mail@b=10.0.0.101"],
      ["process nginx\nweight -20", "priority 150", "priority 140"],
    ],
    [
      "--notify",
      ["--notify", "/usr/local/bin/told"],
      ['notify "/usr/local/bin/told"', "enable_script_security"],
    ],
    [
      "--mail",
      [
        "--mail",
        "ops@example.org",
        "--mail",
        "b@example.org",
        "--mail-from",
        "ka@example.org",
        "--mail-server",
        "192.0.2.25",
      ],
      [
        "notification_email {\nops@example.org\nb@example.org\n}",
        "notification_email_from ka@example.org",
        "smtp_server 192.0.2.25",
        "smtp_alert",
      ],
    ],
    ["--nopreempt", ["--nopreempt"], ["state BACKUP", "nopreempt"]],
    ["--preempt-delay", ["--preempt-delay", "30"], ["state BACKUP", "preempt_delay 30"]],
    ["--vmac", ["--vmac"], ["use_vmac"]],
    ["--vmac with unicast", ["--vmac", "--unicast"], ["use_vmac\nvmac_xmit_base"]],
    ["--auth random", ["--auth", "random"], ["authentication {\nauth_type PASS\nauth_pass "]],
    [
      "--sync-group",
      ["--sync-group", "--router", "both=10.0.0.105,fe80::5/64"],
      ["vrrp_sync_group both {\ngroup {\nboth-ipv4\nboth-ipv6\n}\n}"],
    ],
  ])("%s", (_, words, expected) => {
    const text = flat(textOf([...pair, ...words, "--no-comments"]));
    for (const each of expected) expect(text).toContain(each);
  });

  test("--auth none writes no password, nor does version 3", () => {
    expect(textOf([...pair, "--auth", "none"])).not.toContain("authentication");
    expect(textOf([...pair, "--version", "3"])).not.toContain("authentication");
  });

  test("without --auth there is a random password of 8 characters, another for each router", () => {
    const text = textOf([...pair, "--router", "mail=10.0.0.101"]);
    const passwords = [...text.matchAll(/auth_pass (\S+)/g)].map(([, password]) => password);
    expect(passwords).toEqual([expect.stringMatching(/^\w{8}$/), expect.stringMatching(/^\w{8}$/)]);
    expect(new Set(passwords).size).toBe(2);
  });

  test("--no-comments leaves no comment", () => {
    expect(textOf([...pair, "--no-comments"])).not.toMatch(/#/);
    expect(textOf(pair)).toMatch(/^# keepalived on a; its partner is b\.$/m);
  });

  test("--target is the release that the files are judged for", () => {
    const words = [...pair, "--track-script", "/bin/true", ...out];
    expect(runGen([...words, "--target", "2.2.7"], { cwd: empty().path }).code).toBe(0);
    const { code, err } = runGen([...words, "--target", "2.4.3"], { cwd: empty().path });
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining("vrrp-script-symlinked-directory"),
    });
  });
});

describe("a password of one's own", () => {
  test.each([
    ["plain", "s3cr3tpw\n", "auth_pass s3cr3tpw\n"],
    ["without line end", "s3cr3tpw", "auth_pass s3cr3tpw\n"],
    ["that looks like a variable", "$SECRET\n", 'auth_pass "$SECRET"\n'],
    ["with signs that need quotes", "a#b !c{}\r\n", 'auth_pass "a#b !c{}"\n'],
  ])("from a file: %s", (_, content, expected) => {
    const folder = folderOf({ secret: content });
    runGen([...pair, ...out, "--auth-pass-file", "secret"], { cwd: folder.path });
    expect(folder.read("out/a.conf")).toContain(expected);
    expect(folder.read("out/b.conf")).toContain(expected);
  });

  test("from the environment", () => {
    expect(textOf(pair, { VRRP_AUTH_PASS: "fr0m-env" })).toContain("auth_pass fr0m-env\n");
  });

  test.each([
    ["too long", "Xq7zW2vKp", /\[vrrp-auth-pass-too-long\]/],
    ["a double quote", 'X"q-7zW2', /.*/],
    ["a backslash at the end", "Xq7zW2v\\", /.*/],
  ])("is refused, and never shown: %s", (_, password, message) => {
    const folder = folderOf({ secret: password });
    const {
      code,
      out: said,
      err,
    } = runGen([...pair, ...out, "--auth-pass-file", "secret"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(err).toMatch(message);
    for (let at = 0; at + 3 <= password.length; at++)
      expect(said + err).not.toContain(password.slice(at, at + 3));
    expect(existsSync(path.join(folder.path, "out"))).toBe(false);
  });

  test("is not shown by a dry run or a report, and only the owner may read the files", () => {
    const folder = folderOf({ secret: "s3cr3tpw" });
    const words = [...pair, ...out, "--auth-pass-file", "secret"];
    const dry = runGen([...words, "--dry-run"], { cwd: folder.path });
    const wet = runGen(words, { cwd: folder.path });
    expect(dry.out).toContain("+        auth_pass (password 1, not shown)");
    expect([dry, wet].map(({ code }) => code)).toEqual([0, 0]);
    expect(dry.out + dry.err + wet.out + wet.err).not.toContain("s3cr3tpw");
    expect(statSync(path.join(folder.path, "out/a.conf")).mode & 0o777).toBe(0o600);
  });

  test("stays when files are written anew, unless a new one is asked for", () => {
    const folder = empty();
    const passwords = (...words: string[]) => {
      runGen([...pair, ...out, ...words], { cwd: folder.path });
      return ["a", "b"].map((host) => /auth_pass (\S+)/.exec(folder.read(`out/${host}.conf`))?.[1]);
    };
    const first = passwords();
    expect(first[0]).toBe(first[1]);
    expect(passwords("--force", "--vmac")).toEqual(first);
    expect(passwords("--force", "--auth", "random")).not.toEqual(first);
  });
});

describe("refused with the reason, exit code 1, nothing written", () => {
  test.each<[string, readonly string[], RegExp]>([
    [
      "an address outside every network",
      [...pair, "--router", "far=10.9.0.1/24"],
      /10\.9\.0\.1\/24 is outside every network of a and b/,
    ],
    [
      "one address on two hosts",
      [
        "--host",
        "a=10.0.0.1/24",
        "--host",
        "b=10.0.0.1/24",
        "--interface",
        "eth0",
        "--router",
        "web=10.0.0.9",
      ],
      /Hosts a and b have the same address 10\.0\.0\.1/,
    ],
    [
      "a host's address as virtual one",
      [...pair, "--router", "own=10.0.0.11"],
      /10\.0\.0\.11 is host a's own address/,
    ],
    [
      "a VRID twice",
      [...pair, "--router", "x:7=10.0.0.101", "--router", "y:7=10.0.0.102"],
      /vrrp-vrid-duplicate-on-interface/,
    ],
    ["an address twice", [...pair, "--router", "x=10.0.0.100"], /vrrp-vip-in-two-instances/],
    ["a name twice", [...pair, "--router", "web=10.0.0.101"], /two virtual routers with the name web/],
    [
      "a master that is no host",
      [...pair, "--router", "x@c=10.0.0.101"],
      /c, the master of x, is none of the hosts: a, b/,
    ],
    [
      "no address",
      [...pair, "--router", "x=web.example.org"],
      /web\.example\.org, an address of x, is no IP address/,
    ],
    [
      "the router's own interface, watched",
      [...pair, "--track-interface", "eth0"],
      /web is on eth0 of a itself/,
    ],
    [
      "a weight that cannot change the master",
      [...pair, "--track-process", "nginx", "--track-weight", "-1"],
      /xh-weight-cannot-change-master/,
    ],
    [
      "weights without room",
      [...pair, ...["a", "b"].flatMap((name) => ["--track-process", name]), "--track-weight", "-200"],
      /leave no room for 2 different priorities/,
    ],
    [
      "weights with nopreempt",
      [...pair, "--track-process", "nginx", "--track-weight", "-20", "--nopreempt"],
      /vrrp-weighted-track-with-nopreempt/,
    ],
    [
      "nopreempt with a delay",
      [...pair, "--nopreempt", "--preempt-delay", "5"],
      /vrrp-preempt-delay-with-nopreempt/,
    ],
    ["half seconds in version 2", [...pair, "--advert-int", "0.5"], /vrrp-advert-int-fraction-v2/],
    [
      "a shell command",
      [...pair, "--track-script", "/usr/bin/pgrep nginx | wc -l"],
      /vrrp-script-shell-syntax/,
    ],
    [
      "unicast without an address of the family",
      [...pair, "--unicast", "--router", "six=2001:db8::1/64"],
      /six need an IPv6 address of every host, and a has none/,
    ],
    [
      "a host's name that is a path",
      [
        "--host",
        "../a=10.0.0.1",
        "--host",
        "b=10.0.0.2",
        "--interface",
        "eth0",
        "--router",
        "web=10.0.0.9/24",
      ],
      /\.\.\/a is no name for a host/,
    ],
    ["a password for version 3", [...pair, "--version", "3", "--auth", "random"], /vrrp-auth-ignored-v3/],
    [
      "hosts that one file cannot tell apart",
      [
        "--host",
        "a.x=10.0.0.1",
        "--host",
        "a.y=10.0.0.2",
        "--interface",
        "eth0",
        "--router",
        "web=10.0.0.9/24",
        "--one-file",
      ],
      /both a up to the first dot/,
    ],
  ])("%s", (_, words, reason) => {
    const { path: cwd } = empty();
    const { code, out: said, err } = runGen([...words, ...out], { cwd, columns: 10_000 });
    expect(err.replaceAll(/\s+/g, " ")).toMatch(reason);
    expect(err).toContain("Nothing was written.");
    expect({ code, said, files: readdirSync(cwd) }).toEqual({ code: 1, said: "", files: [] });
  });
});

test("a reason is told once, although it holds for every host and router", () => {
  const { err } = runGen([...pair, "--router", "mail=10.0.0.101", "--advert-int", "0.5", ...out], {
    cwd: empty().path,
  });
  expect(err.match(/refused/g)).toHaveLength(1);
});

describe("a wrong call is one line on standard error and exit code 2", () => {
  test.each<[string, readonly string[], RegExp]>([
    ["nothing", [], /what is wanted\?.*--help/],
    ["one host", ["--pair", "--host", "a=10.0.0.1", ...out], /at least twice/],
    ["no router", ["--pair", ...near, ...out], /name a virtual router/],
    [
      "all of it",
      ["--pair", ...hosts.slice(2)],
      /name the hosts.*; name the interface of b.*; name a virtual/,
    ],
    [
      "no interface",
      ["--pair", ...hosts, "--router", "web=10.101.0.9/22", ...out],
      /name the interface of a and b/,
    ],
    ["an interface for a stranger", [...pair, "--interface", "c:eth0", ...out], /c is none of the hosts/],
    ["two interfaces for all", [...pair, "--interface", "eth1", ...out], /given twice/],
    ["no place", pair, /where to\?/],
    ["two places", [...pair, ...out, "--stdout"], /exclude each other/],
    ["a host twice", [...pair, "--host", "a=10.0.0.13", ...out], /given before/],
    ["a host without address", [...pair, "--host", "c", ...out], /write NAME=ADDRESS/],
    ["a router without address", [...pair, "--router", "mail", ...out], /write NAME\[:VRID\]/],
    ["a VRID that is none", [...pair, "--router", "mail:256=10.0.0.101", ...out], /from 1 to 255/],
    ["two passwords", [...pair, "--auth", "none", "--auth-pass-file", "x", ...out], /exclude each other/],
    [
      "a password on the command line",
      [...pair, "--auth", "s3cr3t", ...out],
      /--auth-pass-file or VRRP_AUTH_PASS/,
    ],
    [
      "a password where one would expect it",
      [...pair, "--auth-pass", "s3cr3t", ...out],
      /there is no --auth-pass:/,
    ],
    [
      "and with an equals sign",
      [...pair, "--auth-pass=s3cr3t", ...out],
      /^(?!.*s3cr3t).*--auth-pass-file FILE/,
    ],
    ["no password file", [...pair, "--auth-pass-file", "gone", ...out], /gone: no such file/],
    ["a mail address that is none", [...pair, "--mail", "a@b, ", ...out], /--mail a@b, : write ADDRESS/],
    ["a weight for nothing", [...pair, "--track-weight", "-9", ...out], /needs something to track/],
    ["a weight that is none", [...pair, "--track-weight", "much", ...out], /from -253 to 253/],
    ["a version that is none", [...pair, "--version", "4", ...out], /there are: 2, 3/],
    ["a release that is none", [...pair, "--target", "new", ...out], /such as 2\.2\.7/],
    ["a sender without receiver", [...pair, "--mail-from", "a@example.org", ...out], /--mail ADDRESS/],
    ["an unknown option", [...pair, "--nope", ...out], /unknown option '--nope'/],
  ])("%s", (_, words, message) => {
    const { path: cwd } = empty();
    const { code, out: said, err } = runGen(words, { cwd });
    expect(err).toMatch(message);
    expect(err.match(/\n/g)).toHaveLength(1);
    expect({ code, said, files: readdirSync(cwd) }).toEqual({ code: 2, said: "", files: [] });
  });
});

describe("files that exist", () => {
  const there = () => folderOf({ "out/b.conf": "# mine\n" });

  test("are not overwritten, and the others are not written either", () => {
    const folder = there();
    const { code, err } = runGen([...pair, ...out], { cwd: folder.path });
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^vrrp-gen: out\/b\.conf exists; nothing was written\..*--force/),
    });
    expect(folder.read("out/b.conf")).toBe("# mine\n");
    expect(readdirSync(path.join(folder.path, "out"))).toEqual(["b.conf"]);
  });

  test("are replaced with --force and keep their mode", () => {
    const folder = there();
    chmodSync(path.join(folder.path, "out/b.conf"), 0o640);
    expect(runGen([...pair, ...out, "--force"], { cwd: folder.path }).code).toBe(0);
    expect(folder.read("out/b.conf")).toContain("vrrp_instance web");
    expect(statSync(path.join(folder.path, "out/b.conf")).mode & 0o777).toBe(0o640);
    expect(readdirSync(path.join(folder.path, "out")).sort()).toEqual(["a.conf", "b.conf"]);
  });

  test("behind a link are replaced, not the link", () => {
    const folder = folderOf({ "real.conf": "# mine\n", "out/a.conf": "" });
    symlinkSync("../real.conf", path.join(folder.path, "out/b.conf"));
    expect(runGen([...pair, ...out, "--force"], { cwd: folder.path }).code).toBe(0);
    expect(folder.read("real.conf")).toContain("vrrp_instance web");
  });

  test("all or none: when one cannot be replaced, the others are as before", () => {
    const folder = folderOf({ "out/a.conf": "# mine\n" });
    mkdirSync(path.join(folder.path, "out/b.conf"));
    const { code, err } = runGen([...pair, ...out, "--force", "--auth", "none"], { cwd: folder.path });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("out/b.conf") });
    expect(folder.read("out/a.conf")).toBe("# mine\n");
    expect(readdirSync(path.join(folder.path, "out")).sort()).toEqual(["a.conf", "b.conf"]);
  });
});

describe("--dry-run", () => {
  test("shows every line of new files and writes nothing", () => {
    const { path: cwd } = empty();
    const { code, out: said } = runGen([...pair, ...out, "--dry-run"], { cwd });
    expect(said).toContain("--- /dev/null\n+++ out/a.conf\n");
    expect(said).toContain("+vrrp_instance web {\n");
    expect(said).toContain("Nothing was written (--dry-run).\n");
    expect({ code, files: readdirSync(cwd) }).toEqual({ code: 0, files: [] });
  });

  test("shows what would change in files that exist", () => {
    const folder = empty();
    runGen([...pair, ...out], { cwd: folder.path });
    const before = folder.read("out/a.conf");
    const same = runGen([...pair, ...out, "--dry-run"], { cwd: folder.path });
    expect(same).toEqual({ code: 0, out: "Nothing would change.\n", err: "" });
    const { out: said } = runGen([...pair, "--nopreempt", ...out, "--dry-run"], { cwd: folder.path });
    expect(said).toContain("-    state MASTER\n+    state BACKUP\n");
    expect(folder.read("out/a.conf")).toBe(before);
  });
});

describe("--stdout", () => {
  test("writes the files there and the report beside it", () => {
    const { path: cwd } = empty();
    const { code, out: said, err } = runGen([...pair, "--stdout"], { cwd });
    expect({ code, files: readdirSync(cwd) }).toEqual({ code: 0, files: [] });
    expect(said).toMatch(/^# ----- a\.conf\n[\s\S]*\n# ----- b\.conf\n/);
    expect(err).toContain("Virtual router 1, IPv4: 10.0.0.100");
  });

  test("one file alone can be piped on", () => {
    const { out: said } = runGen([...pair, "--one-file", "--stdout"], { cwd: empty().path });
    expect(runLint(["-"], { input: said })).toMatchObject({
      code: 0,
      out: "No problems in 2 hosts, 1 virtual router.\n",
    });
  });
});

test("--one-file writes one keepalived.conf in which lines for one host begin with its name", () => {
  const folder = empty();
  expect(runGen([...pair, ...out, "--one-file"], { cwd: folder.path }).code).toBe(0);
  expect(readdirSync(path.join(folder.path, "out"))).toEqual(["keepalived.conf"]);
  const text = flat(folder.read("out/keepalived.conf"));
  expect(text).toContain("@a priority 150\n@b priority 100\n");
  expect(text).toContain("\nvirtual_router_id 1\n");
});

describe("--spec", () => {
  const sound = `hosts: {a: 10.0.0.11/24, b: 10.0.0.12/24}
interface: eth0
routers:
  web: {addresses: [10.0.0.100]}
`;
  const withSpec = (text: string, more: readonly string[] = [], environment: Record<string, string> = {}) => {
    const folder = folderOf({ "in/cluster.yaml": text, "in/secret": "fr0mf1le\n" });
    const words = ["--spec", "in/cluster.yaml", ...out, ...more];
    const outcome = runGen(words, { cwd: folder.path, environment, columns: 10_000 });
    return { folder, ...outcome };
  };

  test("writes what the same options write", () => {
    const folder = empty();
    runGen([...pair, "--auth", "none", ...out], { cwd: folder.path });
    const { code, folder: described } = withSpec(`${sound}auth: none\n`);
    expect(code).toBe(0);
    for (const file of ["out/a.conf", "out/b.conf"]) expect(described.read(file)).toBe(folder.read(file));
  });

  test("the password file lies beside the description; options and environment come from outside", () => {
    const inside = `${sound}auth: {password_file: secret}\n`;
    const passwordOf = ({ folder }: { folder: Folder }) =>
      /auth_pass (\S+)/.exec(folder.read("out/a.conf"))?.[1];
    expect(passwordOf(withSpec(inside))).toBe("fr0mf1le");
    expect(passwordOf(withSpec(inside, [], { VRRP_AUTH_PASS: "fr0m-env" }))).toBe("fr0mf1le");
    expect(passwordOf(withSpec(sound, [], { VRRP_AUTH_PASS: "fr0m-env" }))).toBe("fr0m-env");
    expect(passwordOf(withSpec(inside, ["--auth", "none"]))).toBeUndefined();
  });

  test("a fault in it is a wrong call, with file, line and column", () => {
    const { code, err } = withSpec(`${sound}version: 4\nvmac: maybe\n`);
    expect({ code, err }).toEqual({
      code: 2,
      err: "vrrp-gen: in/cluster.yaml:5:10: expected is 2 or 3\nvrrp-gen: in/cluster.yaml:6:7: expected is true or false\n",
    });
  });

  test("what is refused is refused where it stands", () => {
    const { code, err } = withSpec(sound.replace("10.0.0.100", "10.0.0.100, 10.9.0.1"));
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^in\/cluster\.yaml:4:33: refused: 10\.9\.0\.1 is outside every network/),
    });
    expect(withSpec(`${sound}reserved_vrids: [7]\n`.replace("web: {", "web: {vrid: 7, ")).err).toMatch(
      /^in\/cluster\.yaml:4:15: refused: VRID 7 of web is taken/,
    );
    expect(withSpec(`${sound}advert_int: 0.5\n`).err).toMatch(/^in\/cluster\.yaml:5:13: refused: a\.conf: /);
  });

  test.each([["--host", "c=10.0.0.13"], ["--unicast"], ["--track-process", "nginx"]])(
    "%s belongs into it",
    (...words) => {
      const { code, err } = withSpec(sound, words);
      expect({ code, err }).toEqual({
        code: 2,
        err: expect.stringContaining(`${words[0]} and --spec exclude each other`),
      });
    },
  );

  test("a file that is not there", () => {
    expect(runGen(["--spec", "gone.yaml", ...out], { cwd: empty().path })).toEqual({
      code: 2,
      out: "",
      err: "vrrp-gen: gone.yaml: no such file or directory\n",
    });
  });

  test("the example is sound, and --ansible puts it into an inventory's folder", () => {
    const folder = empty();
    const file = path.join(root, "examples/cluster/cluster.yaml");
    const words = ["--spec", file, "--ansible", ...out];
    expect(runGen(words, { cwd: folder.path })).toMatchObject({ code: 0, err: "" });
    expect(readdirSync(path.join(folder.path, "out/files")).sort()).toEqual(["lb1.conf", "lb2.conf"]);
    expect(parse(folder.read("out/inventory.yml"))).toEqual({
      keepalived: { hosts: { lb1: { ansible_host: "192.0.2.11" }, lb2: { ansible_host: "192.0.2.12" } } },
    });
    const variables = folder.read("out/group_vars/keepalived.yml");
    expect(parse(variables)).toMatchObject({
      keepalived_conf: "files/{{ inventory_hostname }}.conf",
      keepalived_virtual_routers: [
        { name: "web", vrid: 1, hosts: ["lb1", "lb2"], addresses: ["192.0.2.100/24", "192.0.2.101/24"] },
        { name: "mail", vrid: 2, hosts: ["lb2", "lb1"] },
      ],
    });
    const password = /auth_pass (\S+)/.exec(folder.read("out/files/lb1.conf"))?.[1] ?? "";
    expect(password).toHaveLength(8);
    expect(variables).not.toContain(password);
    runGen([...words, "--force"], { cwd: folder.path });
    expect(folder.read("out/files/lb1.conf")).toContain(password);
  });
});

test("three hosts: the others follow in their order", () => {
  const folder = empty();
  runGen([...pair, "--host", "c=10.0.0.13/24", "--router", "mail@b=10.0.0.101", "--unicast", ...out], {
    cwd: folder.path,
  });
  const priorities = ["a", "b", "c"].map((host) =>
    instancesOf(folder, `${host}.conf`).map(({ priority, peers }) => [priority.value, peers.length]),
  );
  expect(priorities).toEqual([
    [
      [150, 2],
      [50, 2],
    ],
    [
      [100, 2],
      [150, 2],
    ],
    [
      [50, 2],
      [100, 2],
    ],
  ]);
});

test("the help teaches with examples, in 80 columns", () => {
  const { code, out: help } = runGen(["--help"]);
  expect(code).toBe(0);
  expect(help.split("\n").filter((line) => line.length > 80)).toEqual([]);
  for (const option of [
    "--pair",
    "--host",
    "--interface",
    "--router",
    "--auth-pass-file",
    "--auth",
    "--unicast",
    "--version",
    "--advert-int",
    "--track-script",
    "--nopreempt",
    "--target",
    "--stdout",
    "--dry-run",
    "--force",
    "--out-dir",
  ])
    expect(help).toContain(`${option} `);
});
