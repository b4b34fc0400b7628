/**
 * What the running keepalived makes of a file: it is started for a moment in a network namespace of its own and tells
 * its configuration in force (`-d`). Needs what needsPeer() of keepalived.ts asks for.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The lines of one section of the dump, such as one instance, without the date. */
export interface DumpSection {
  readonly name: string;
  readonly lines: readonly string[];
}

/** The BFD process would print its part in between; the VRRP process reads bfd_instance all the same. */
const script = `
ulimit -c 0
ip link set lo up
for name in eth0 eth1; do
  ip link add $name type veth peer name $name-peer || exit 1
  ip link set $name up
  ip link set $name-peer up
done
ip address add 10.0.0.1/24 dev eth0
ip address add fd00::1/64 dev eth0 nodad
cd "$1"
exec keepalived -n -l -d --vrrp --no_bfd -f keepalived.conf -p "$1/main" -r "$1/vrrp" -c "$1/check" 2>&1
`;

/** The section that follows the instances; by then all of them were printed. */
const endOfInstances = "------< Interfaces >------";

/**
 * Starts keepalived on a text and returns the instances it prints, in order. It lives on 10.0.0.1/24 and fd00::1/64 at
 * eth0, with an eth1 beside it. Rejects when it ends before it has printed them.
 */
export async function instancesOfDaemon(text: string): Promise<readonly DumpSection[]> {
  const directory = mkdtempSync(join(tmpdir(), "daemon-"));
  try {
    writeFileSync(join(directory, "keepalived.conf"), text);
    writeFileSync(join(directory, "start.sh"), script);
    return sectionsOf(await dumpOf(directory));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs keepalived as the first process of a process namespace, so that nothing outlives the namespace. */
function dumpOf(directory: string): Promise<string> {
  const start = ["sh", join(directory, "start.sh"), directory];
  return new Promise((done, fail) => {
    const child = spawn("unshare", ["-n", "-p", "--fork", "--kill-child", ...start]);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      output += piece;
      if (output.includes(endOfInstances)) child.kill("SIGKILL");
    });
    child.on("error", fail);
    child.on("close", () => {
      if (output.includes(endOfInstances)) done(output);
      else fail(new Error(`keepalived ended without telling its configuration:\n${output}`));
    });
  });
}

function sectionsOf(output: string): readonly DumpSection[] {
  const sections: { name: string; lines: string[] }[] = [];
  let inInstances = false;
  for (const line of output.split("\n").map((one) => one.replace(/^\w{3} \w{3} +\d+ [\d:]+ \d{4}: /, ""))) {
    if (line.startsWith("------<")) inInstances = line.includes("VRRP Topology");
    if (!inInstances) continue;
    const name = /^ VRRP Instance = (.*)$/.exec(line)?.[1];
    if (name !== undefined) sections.push({ name, lines: [] });
    else sections.at(-1)?.lines.push(line.trim());
  }
  return sections;
}
