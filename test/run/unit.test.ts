/** The systemd unit of the package, judged by systemd where there is one. */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { folderOf } from "../support/folder.ts";
import { textOf } from "../support/project.ts";

const unit = textOf("systemd/vrrp-run.service");
const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;
/** The command is where npm puts it, which may be nowhere here. */
const runnable = unit.replace("ExecStart=vrrp-run", `ExecStart=${process.execPath}`);

function verify(text: string): string {
  const { path } = folderOf({ "vrrp-run.service": text });
  const { status, stderr } = spawnSync(
    "systemd-analyze",
    ["verify", "--man=no", `${path}/vrrp-run.service`],
    {
      encoding: "utf8",
    },
  );
  // Complaints about other units of the machine are not about this one.
  const own = stderr.split("\n").filter((line) => line.includes("vrrp-run.service"));
  return [...own, ...(own.length > 0 && status !== 0 ? [`status ${status}`] : [])].join("\n");
}

describe.runIf(hasSystemd)("systemd", () => {
  test("has nothing to say against the unit", () => {
    expect(verify(runnable)).toBe("");
  });

  test("would have", () => {
    expect(verify(runnable.replace("Type=notify", "Type=maybe"))).toContain("maybe");
  });
});

test("it has two capabilities and a user of its own", () => {
  const two = "CAP_NET_ADMIN CAP_NET_RAW";
  expect(unit).toContain(`\nAmbientCapabilities=${two}\n`);
  expect(unit).toContain(`\nCapabilityBoundingSet=${two}\n`);
  const [, user] = /^User=(.+)$/m.exec(unit) ?? [];
  expect(textOf("systemd/vrrp-run.sysusers.conf")).toMatch(new RegExp(`^u ${user} `));
});
