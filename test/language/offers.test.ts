/** What the other hosts make likely for a finding, as a fix in the editor. */
import { expect, test } from "vitest";
import { applyEdits } from "../../src/edits.ts";
import { fixesAt } from "../../src/language/actions.ts";
import { folder, viewOf, workspaceOf } from "../support/workspace.ts";

const instance = (name: string, lines: readonly string[], vip: string) =>
  `vrrp_instance ${name} {\n${lines.map((line) => `    ${line}\n`).join("")}    virtual_ipaddress {\n        ${vip}/24\n    }\n}\n`;

const one = (...lines: string[]) => instance("VI_1", lines, "10.0.0.100");
const vrid = (id: string, priority: number) =>
  one("interface eth0", ...(id ? [`virtual_router_id ${id}`] : []), `priority ${priority}`);
const peer = (address: string) => `unicast_peer {\n        ${address}\n    }`;

const security = "global_defs {\n    enable_script_security\n    script_user root\n}\n\n";
const script = 'vrrp_script chk {\n    script "/usr/bin/true"\n    interval 2\n}\n\n';
const trackingFile = "    track_file {\n        load weight 2\n    }\n    virtual_ip";
const tracking = "    track_script {\n        chk\n    }\n    virtual_ip";

type Row = readonly [string, string, Readonly<Record<string, string>>, readonly string[]];

const rows: readonly Row[] = [
  [
    "the usual VRID where there is none",
    "vrrp-vrid-missing-or-invalid",
    { "a.conf": vrid("", 150) },
    ["Write virtual_router_id 51: free on eth0 of all hosts"],
  ],
  [
    "free VRIDs",
    "vrrp-vrid-missing-or-invalid",
    {
      "a.conf":
        vrid("300", 150) +
        instance("VI_2", ["interface eth0", "virtual_router_id 7", "priority 150"], "10.0.0.101"),
      "b.conf": instance("VI_2", ["interface eth0", "virtual_router_id 7", "priority 100"], "10.0.0.101"),
    },
    [
      "Write virtual_router_id 8: free on eth0 of all hosts",
      "Write virtual_router_id 1: free on eth0 of all hosts",
    ],
  ],
  [
    "the partner's VRID and no other",
    "vrrp-vrid-missing-or-invalid",
    { "a.conf": vrid("0", 150), "b.conf": vrid("42", 100) },
    ["Write virtual_router_id 42: VI_1 on b"],
  ],
  [
    "one VRID for both hosts",
    "vrrp-vrid-missing-or-invalid",
    { "a.conf": vrid("300", 150), "b.conf": vrid("", 100) },
    ["Write virtual_router_id 51: free on eth0 of all hosts (here and in b.conf)"],
  ],
  [
    "nothing where the partner's VRID is not known",
    "vrrp-vrid-missing-or-invalid",
    { "a.conf": vrid("300", 150), "b.conf": vrid("$ID", 100) },
    [],
  ],
  [
    "the partner's interface",
    "vrrp-interface-missing",
    {
      "a.conf": one("virtual_router_id 51", "priority 150"),
      "b.conf": vrid("51", 100).replace("eth0", "eth7"),
    },
    ["Write interface eth7: as on b"],
  ],
  [
    "the interface of the host's other instances",
    "vrrp-interface-missing",
    {
      "a.conf":
        one("interface lo", "virtual_router_id 51", "priority 150") +
        instance("VI_2", ["interface eth1", "virtual_router_id 7"], "10.0.0.101"),
    },
    ["Write interface eth1: as in VI_2"],
  ],
  [
    "the script that the partner defines",
    "vrrp-track-undefined",
    {
      "a.conf": `${security}${vrid("51", 150).replace("    virtual_ip", tracking)}`,
      "b.conf": `${security}${script}${vrid("51", 100).replace("    virtual_ip", tracking)}`,
    },
    ["Copy vrrp_script chk from b", "Go without chk: delete it here"],
  ],
  [
    "a name like it, then the file that the partner defines",
    "vrrp-track-file-undefined",
    {
      "a.conf": `track_file load1 {\n    file /run/load1\n}\n${vrid("51", 150).replace("    virtual_ip", trackingFile)}`,
      "b.conf": `track_file load {\n    file /run/load\n}\n${vrid("51", 100).replace("    virtual_ip", trackingFile)}`,
    },
    ["Copy track_file load from b", "Write load1", "Go without load: delete it here"],
  ],
  [
    "no script that nobody would run",
    "vrrp-track-undefined",
    {
      "a.conf": `global_defs {\n    enable_script_security\n}\n${vrid("51", 150).replace("    virtual_ip", tracking)}`,
      "b.conf": `${security}${script}${vrid("51", 100).replace("    virtual_ip", tracking)}`,
    },
    ["Go without chk: delete it here"],
  ],
  [
    "no script that depends on the partner's variables",
    "vrrp-track-undefined",
    {
      "a.conf": `${security}${vrid("51", 150).replace("    virtual_ip", tracking)}`,
      "b.conf": `$N=2\n${security}${script.replace("interval 2", "interval $N")}${vrid("51", 100).replace("    virtual_ip", tracking)}`,
    },
    ["Go without chk: delete it here"],
  ],
  [
    "the partner's password",
    "vrrp-auth-pass-missing",
    {
      "a.conf": vrid("51", 150).replace(
        "    virtual_ip",
        "    authentication {\n        auth_type PASS\n    }\n    virtual_ip",
      ),
      "b.conf": vrid("51", 100).replace(
        "    virtual_ip",
        '    authentication {\n        auth_type PASS\n        auth_pass "a #b"\n    }\n    virtual_ip',
      ),
    },
    ["Write auth_pass a #b: as on b"],
  ],
  [
    "the address that the partner lists",
    "vrrp-unicast-src-missing",
    {
      "a.conf": one("interface eth0", "virtual_router_id 51", "priority 150", peer("10.0.0.2")),
      "b.conf": one(
        "interface eth0",
        "virtual_router_id 51",
        "priority 100",
        "unicast_src_ip 10.0.0.2",
        peer("10.0.0.1"),
      ),
    },
    ["Write unicast_src_ip 10.0.0.1: b lists it as its peer"],
  ],
];

test.each(rows)("%s: without the finding and with no new error", (_, rule, texts, titles) => {
  const workspace = workspaceOf(texts);
  const found = viewOf(workspace, "a.conf").diagnostics.filter((each) => each.rule === rule);
  expect(found).toHaveLength(1);
  const view = viewOf(workspace, "a.conf");
  const offered = found
    .flatMap(({ at }) => fixesAt(view, at.span))
    .filter((each) => each.diagnostic === found[0]);
  expect(offered.map(({ title }) => title)).toEqual(titles);
  const before = errorsIn(texts);
  for (const { edits, preferred } of offered) {
    expect(preferred).toBe(false);
    const later = Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        name,
        applyEdits(
          text,
          edits.filter(({ at }) => at.file === folder + name),
        ),
      ]),
    );
    expect(viewOf(workspaceOf(later), "a.conf").diagnostics.map((each) => each.rule)).not.toContain(rule);
    expect(before).toEqual(expect.arrayContaining([...errorsIn(later)]));
  }
});

/** The rules that find errors in the files of all hosts. */
function errorsIn(texts: Readonly<Record<string, string>>): readonly string[] {
  const workspace = workspaceOf(texts);
  const all = Object.keys(texts).flatMap((name) => viewOf(workspace, name).diagnostics);
  return all.filter(({ severity }) => severity === "error").map(({ rule }) => rule);
}
