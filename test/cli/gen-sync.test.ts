/** `vrrp-gen --sync` as its user meets it. */
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runGen, runLint } from "../support/command.ts";
import { type Folder, folderOf } from "../support/folder.ts";

const host = (priority: number, vrid: number, more = "") => `# host ${priority}
vrrp_instance web {
    interface eth0          # the first network
    virtual_router_id ${vrid}
    priority ${priority}
${more}    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;

const drifted = () => folderOf({ "a.conf": host(150, 51), "b.conf": host(100, 52) });
const both = ["--sync", "a.conf", "b.conf"];
const run = (folder: Folder, ...words: readonly string[]) => runGen(words, { cwd: folder.path });

describe("looking", () => {
  test("shows the difference and the reason, and writes nothing", () => {
    const folder = drifted();
    const { code, out, err } = run(folder, ...both);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("-    virtual_router_id 52\n+    virtual_router_id 51\n");
    expect(out).toContain("What must be equal is taken from a.conf, the first file named.");
    expect(out).toContain("web: virtual_router_id 52 becomes 51, as in a.conf");
    expect(out).toContain("Nothing was written; --write changes b.conf.");
    expect(folder.read("b.conf")).toBe(host(100, 52));
  });

  test("follows the file that is named first", () => {
    expect(run(drifted(), "--sync", "b.conf", "a.conf").out).toContain("51 becomes 52, as in b.conf");
  });

  test("says that files fit", () => {
    const folder = folderOf({ "a.conf": host(150, 51), "b.conf": host(100, 51) });
    expect(run(folder, ...both)).toEqual({ code: 0, out: "a.conf and b.conf fit.\n", err: "" });
  });

  test("hides passwords", () => {
    const auth = (password: string) =>
      `    authentication {\n        auth_type PASS\n        auth_pass ${password}\n    }\n`;
    const folder = folderOf({
      "a.conf": host(150, 51, auth("first-one")),
      "b.conf": host(100, 51, auth("second")),
    });
    const { out } = run(folder, ...both);
    expect(out).toContain("authentication changes");
    expect(out).not.toMatch(/first-one|second/);
    run(folder, ...both, "--write");
    expect(folder.read("b.conf")).toBe(host(100, 51, auth("first-one")));
  });
});

describe("writing", () => {
  test("changes only the line, keeps mode and comments, and the result lints clean", () => {
    const folder = drifted();
    const file = path.join(folder.path, "b.conf");
    chmodSync(file, 0o640);
    const { code, out } = run(folder, ...both, "--write");
    expect(code).toBe(0);
    expect(out).toContain("Changed: b.conf.");
    expect(folder.read("b.conf")).toBe(host(100, 51));
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(runLint(["--max-warnings", "0", "."], { cwd: folder.path }).code).toBe(0);
    expect(run(folder, ...both).out).toBe("a.conf and b.conf fit.\n");
  });

  test("keeps the file's own encoding and line ends", () => {
    const folder = drifted();
    const file = path.join(folder.path, "b.conf");
    const bytes = (vrid: number) =>
      Buffer.from(host(100, vrid).replace("# host", "# h\xf6st").replaceAll("\n", "\r\n"), "latin1");
    writeFileSync(file, bytes(52));
    run(folder, ...both, "--write");
    expect(readFileSync(file)).toEqual(bytes(51));
  });

  test("changes an included file where the line stands there", () => {
    const folder = folderOf({
      "a.conf": host(150, 51),
      "b.conf": "include parts/web.conf\n",
      "parts/web.conf": host(100, 52),
    });
    expect(run(folder, ...both, "--write").out).toContain("Changed: parts/web.conf.");
    expect(folder.read("parts/web.conf")).toBe(host(100, 51));
  });

  test("does what can be done, and tells the rest at its place in the new file", () => {
    const routes =
      "    unicast_src_ip 10.0.0.5\n    unicast_peer {\n        10.0.0.9\n        10.0.0.8\n    }\n";
    const folder = folderOf({
      "a.conf": host(150, 51, routes),
      "b.conf": host(100, 52, "    unicast_src_ip 10.0.0.5\n    unicast_peer {\n        10.0.0.9\n    }\n"),
    });
    const { code, out } = run(folder, ...both, "--write");
    expect(code).toBe(1);
    expect(folder.read("b.conf")).toContain("virtual_router_id 51");
    expect(out).toContain("Left for you to decide:");
    expect(out).toContain("[xh-unicast-src-swapped]");
    expect(out).toMatch(/a\.conf:6:20: /);
  });
});

describe("what nobody can settle", () => {
  test("is told, with code 1", () => {
    const folder = folderOf({
      "a.conf": host(150, 51),
      "b.conf": host(100, 52).replace("10.0.0.100", "10.0.0.200"),
    });
    const { code, out } = run(folder, ...both);
    expect(code).toBe(1);
    expect(out).toContain("web was not compared");
    expect(out).toContain("a.conf:2:1");
  });

  test("a mistake of the file to follow is named", () => {
    const folder = folderOf({
      "a.conf": host(150, 51, "    advert_int 3s\n"),
      "b.conf": host(100, 51, "    advert_int 3\n"),
    });
    const { code, out } = run(folder, ...both);
    expect(code).toBe(1);
    expect(out).toContain("a.conf:6:16 [vrrp-advert-int-unparsable]");
    expect(out).toContain("Nothing was changed.");
  });
});

describe("a wrong call", () => {
  test.each<[string, readonly string[], string]>([
    ["one file", ["--sync", "a.conf"], "--sync needs the hosts' files"],
    ["a file that is not there", [...both, "c.conf"], "c.conf: no such file"],
    ["a file twice", ["--sync", "a.conf", "./a.conf"], "./a.conf is named twice"],
    ["writing and not writing", [...both, "--write", "--dry-run"], "exclude each other"],
  ])("%s", (_, words, message) => {
    const { code, out, err } = run(drifted(), ...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});
