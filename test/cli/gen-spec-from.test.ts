/** vrrp-gen --spec-from as its user meets it. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runGen, runLint } from "../support/command.ts";
import { folderOf } from "../support/folder.ts";
import { textOf } from "../support/project.ts";

const host = (priority: number, more = "") => `vrrp_instance web {
    interface eth0
    virtual_router_id 51
    priority ${priority}
    authentication {
        auth_type PASS
        auth_pass s3cr3t77
    }
    virtual_ipaddress {
        10.0.0.100/24
    }
${more}}
`;
const pair = { "a.conf": host(150), "b.conf": host(100) };

/** Runs --spec-from with these words in a folder with these files. */
function specFrom(files: Readonly<Record<string, string>>, words: readonly string[]) {
  const folder = folderOf(files);
  const run = (all: readonly string[]) => runGen(all, { cwd: folder.path });
  const outcome = run(["--spec-from", ...words]);
  expect(outcome.err + outcome.out).not.toContain("s3cr3t");
  return { ...outcome, folder, run };
}

describe("on standard output", () => {
  test("is the description alone; what to do with the password is told beside", () => {
    const { code, out, err } = specFrom(pair, ["a.conf", "b.conf"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^# A VRRP cluster[\s\S]*\nhosts:\n {2}a:\n[\s\S]*password_file: vrrp\.pass\n/);
    expect(err).toBe(`vrrp-gen: Passwords do not stand in a description but in files beside it, which
  only you may read: that of web in vrrp.pass. Write them, or let --out-dir DIR
  write everything.
`);
  });

  test("can be read by --spec", () => {
    const { out, folder } = specFrom(pair, ["a.conf", "b.conf", "--stdout"]);
    const other = folderOf({ "c.yaml": out, "vrrp.pass": "s3cr3t77\n" });
    const { code } = runGen(["--spec", "c.yaml", "--out-dir", "new"], { cwd: other.path });
    expect(code).toBe(0);
    expect(other.read("new/b.conf")).toContain("auth_pass s3cr3t77");
    expect(folder.read("b.conf")).toContain("auth_pass s3cr3t77");
  });
});

describe("in a folder", () => {
  test("are description and password, and the way on leads to the same files", () => {
    const { code, out, err, folder, run } = specFrom(pair, ["a.conf", "b.conf", "--out-dir", "c"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(
      "Written: c/cluster.yaml, c/vrrp.pass\n\nNext: vrrp-gen --spec c/cluster.yaml --out-dir DIR writes the hosts' files from it.\n",
    );
    const mode = (file: string) => statSync(path.join(folder.path, "c", file)).mode & 0o777;
    expect([mode("cluster.yaml"), mode("vrrp.pass")]).toEqual([0o644, 0o600]);
    expect(folder.read("c/vrrp.pass")).toBe("s3cr3t77\n");
    expect(run(["--spec", "c/cluster.yaml", "--out-dir", "c"]).code).toBe(0);
    expect(runLint(["c"], { cwd: folder.path }).code).toBe(0);
    const again = run(["--spec-from", "c/a.conf", "c/b.conf", "--out-dir", "d"]);
    expect(again.code).toBe(0);
    expect(folder.read("d/cluster.yaml")).toBe(folder.read("c/cluster.yaml"));
  });

  test("nothing is overwritten unasked, and a difference shows no password", () => {
    const { folder, run } = specFrom({ ...pair, "c/cluster.yaml": "mine\n" }, ["a.conf"]);
    const words = ["--spec-from", "a.conf", "b.conf", "--out-dir", "c"];
    expect(run(words)).toMatchObject({ code: 2, err: expect.stringContaining("c/cluster.yaml exists") });
    const { code, out, err } = run([...words, "--dry-run"]);
    expect(code).toBe(0);
    expect(out).toContain("-mine\n");
    expect(err).toBe("c/vrrp.pass would change, too; it holds a password.\n");
    expect(out).not.toContain("s3cr3t");
    expect(readdirSync(path.join(folder.path, "c"))).toEqual(["cluster.yaml"]);
    expect(run([...words, "--force"]).code).toBe(0);
    expect(folder.read("c/cluster.yaml")).toContain("routers:");
    expect(run([...words, "--dry-run"])).toMatchObject({
      code: 0,
      out: "Nothing would change.\n",
      err: "",
    });
  });
});

describe("hosts", () => {
  const names = (out: string) => [...out.matchAll(/^ {2}([\w.-]+):/gm)].map(([, name]) => name).slice(0, 2);

  test.each<[string, Readonly<Record<string, string>>, readonly string[], readonly string[]]>([
    ["are called as their files", pair, ["a.conf", "b.conf"], ["a", "b"]],
    [
      "or as their folders",
      { "x/k.conf": host(150), "y/k.conf": host(100) },
      ["x/k.conf", "y/k.conf"],
      ["x", "y"],
    ],
    ["or as the user says", pair, ["lb1=a.conf", "lb2=b.conf"], ["lb1", "lb2"]],
    [
      "in signs that file names may have",
      { "+a b.conf": host(150), "c.conf": host(100) },
      ["+a b.conf", "c.conf"],
      ["a-b", "c"],
    ],
  ])("%s", (_, files, words, expected) => {
    const { code, out } = specFrom(files, words);
    expect({ code, names: names(out) }).toEqual({ code: 0, names: expected });
  });

  test("of one file are those that its conditions name", () => {
    const text = host(100).replace("    priority 100", "@one priority 150\n@two priority 100");
    const { code, out, err } = specFrom({ "all.conf": text }, ["all.conf"]);
    expect({ code, names: names(out) }).toEqual({ code: 0, names: ["one", "two"] });
    expect(err).not.toContain("lost");
  });

  test("need names of their own", () => {
    const { code, err } = specFrom(pair, ["x=a.conf", "x=b.conf"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: "vrrp-gen: two hosts would be called x; name them: --spec-from NAME=FILE …\n",
    });
  });

  test("include files", () => {
    const files = {
      ...pair,
      "a.conf": "include parts/*.conf\n",
      "parts/web.conf": host(150, "    nopriority\n"),
    };
    const { code, err } = specFrom(files, ["a.conf", "b.conf"]);
    expect(code).toBe(0);
    expect(err).toContain("parts/web.conf:12:5: note: keepalived does not read this;");
  });
});

describe("what cannot be said or done", () => {
  test("is told with its place, and counts", () => {
    const files = { ...pair, "b.conf": host(100, "    virtual_router_id 52\n") };
    const { code, out, err } = specFrom(files, ["a.conf", "b.conf"]);
    expect(code).toBe(1);
    expect(out).toContain("vrid: 51\n");
    expect(err).toContain("b.conf:12:23: lost: The description cannot hold web: virtual_router_id 52.\n");
  });

  test("files with mistakes are described, and it is told what --spec will refuse", () => {
    const files = { "a.conf": host(150), "b.conf": host(150) };
    const { code, out, err } = specFrom(files, ["a.conf", "b.conf"]);
    expect(code).toBe(1);
    expect(out).toContain("    priorities:\n      a: 150\n      b: 150\n");
    expect(err).toContain("--spec will refuse the description until");
    expect(err).toContain("[xh-priority-tie]");
    expect(err).not.toContain("lost");
  });

  test("several clusters", () => {
    const other = (text: string) => text.replace("51", "52").replace(".100/", ".110/").replace("web", "mail");
    const files = { ...pair, "c.conf": other(host(150)), "d.conf": other(host(100)) };
    const { code, out, err } = specFrom(files, Object.keys(files));
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("  vrrp-gen --spec-from a.conf b.conf\n  vrrp-gen --spec-from c.conf d.conf\n");
    const strangers = specFrom(files, ["a.conf", "c.conf"]);
    expect(strangers).toMatchObject({ code: 1, err: expect.stringContaining("no virtual router in common") });
  });

  test.each<[string, readonly string[], string]>([
    ["no file", [], "--spec-from needs the hosts' files"],
    ["a file that is not there", ["a.conf", "x.conf"], "x.conf"],
    ["a difference from nothing", ["a.conf", "b.conf", "--dry-run"], "--out-dir DIR"],
    ["two places", ["a.conf", "b.conf", "--stdout", "--out-dir", "c"], "exclude each other"],
  ])("%s is a wrong call", (_, words, expected) => {
    expect(specFrom(pair, words)).toMatchObject({ code: 2, err: expect.stringContaining(expected) });
  });
});

test("the tutorial's files: passwords as keepalived uses them, comments that are none left out", () => {
  const files = Object.fromEntries(
    ["host-a.conf", "host-b.conf"].map((file) => [file, textOf(`examples/tutorial/${file}`)]),
  );
  const { code, err, folder, run } = specFrom(files, [...Object.keys(files), "--out-dir", "c"]);
  expect(code).toBe(0);
  expect(folder.read("c/ha-internal-1.pass")).toBe("1-intern\n");
  expect(err).toMatch(/^host-a\.conf:10:47: note: keepalived does not read this, nor 7 more/);
  expect(err.match(/only the first 8 bytes/g)?.length ?? 0).toBe(4);
  expect(run(["--spec", "c/cluster.yaml", "--out-dir", "c"]).code).toBe(0);
  expect(runLint(["c"], { cwd: folder.path })).toMatchObject({ code: 0 });
});
