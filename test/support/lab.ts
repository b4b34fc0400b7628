/**
 * A lab: hosts in network namespaces, joined by a switch, on which real keepalived daemons run. Nothing of it touches
 * the machine's own network, and nothing of it stays. More in test/lab/README.md.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { canRun, whyNoPeer } from "./keepalived.ts";
import { Bell } from "./lab/bell.ts";
import { type HostPlan, layCables, makeNamespaces, portsOf } from "./lab/cabling.ts";
import { claimGround, type Ground } from "./lab/ground.ts";
import { LabHost, ownFiles } from "./lab/host.ts";
import { Lab } from "./lab/lab.ts";
import { watchPackets, whyNoCapture } from "./lab/watch.ts";

export type { HostPlan } from "./lab/cabling.ts";
export type { LabHost } from "./lab/host.ts";
export type { Holders, Lab } from "./lab/lab.ts";

/** What hosts a lab has, by name. */
export type LabPlan = Readonly<Record<string, HostPlan>>;

/**
 * Builds a lab, hands it over, and takes it down whatever happens. When something goes wrong, the error tells the last
 * log lines of every host.
 */
export async function withLab<Result>(plan: LabPlan, body: (lab: Lab) => Promise<Result>): Promise<Result> {
  const ground = claimGround();
  let lab: Lab | undefined;
  try {
    lab = await build(ground, plan);
    return await body(lab);
  } catch (error) {
    if (lab && error instanceof Error) error.message += `\n${lab.story()}`;
    throw error;
  } finally {
    await ground.end();
  }
}

async function build(ground: Ground, plan: LabPlan): Promise<Lab> {
  const bell = new Bell();
  const switchNamespace = `${ground.name}-switch`;
  const sites = Object.entries(plan).map(([name, hostPlan], index) => {
    const directory = join(ground.directory, name);
    mkdirSync(directory, { mode: 0o755 });
    const namespace = `${ground.name}-host-${name}`;
    return { name, namespace, directory, ports: portsOf(hostPlan, index) };
  });
  await makeNamespaces([switchNamespace, ...sites.map(({ namespace }) => namespace)]);
  await layCables(sites, switchNamespace);
  const hosts = sites.map((site) => new LabHost(site, switchNamespace, bell));
  const lab = new Lab(ground.name, hosts, switchNamespace, bell);
  await Promise.all([
    watchPackets(lab, bell, switchNamespace, ground.directory),
    ...hosts.map((host) => host.watch()),
  ]);
  return lab;
}

/** Why there can be no lab here, in a few words; undefined when there can. */
export function whyNoLab(): string | undefined {
  const noPeer = whyNoPeer();
  if (noPeer !== undefined) return noPeer;
  if (process.getuid?.() !== 0) return "only root may make named network namespaces";
  return whyNoCapture() ?? whyNoNetwork();
}

function whyNoNetwork(): string | undefined {
  const cables = "ip link add net0 type bridge && ip link add eth0 type veth peer name eth1";
  const home = `echo a > /proc/sys/kernel/hostname && mount --bind / ${ownFiles}`;
  const run = spawnSync("unshare", ["--net", "--uts", "--mount", "sh", "-c", `${cables} && ${home}`]);
  return run.status === 0 ? undefined : "this kernel makes no bridges, cables and hosts";
}

/**
 * For `describe.runIf(needsLab())`: true when there can be a lab. Otherwise says so in one line and the tests are
 * skipped; with CI=true it throws, because there the lab must not be missing.
 */
export function needsLab(): boolean {
  return canRun("tests in the lab", whyNoLab());
}
