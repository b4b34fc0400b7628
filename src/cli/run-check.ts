/** `vrrp-run --check` and `--dry-run`: what running a file on this machine would do. */
import type { Place } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { linuxNetwork } from "../run/linux/network.ts";
import { linuxSockets } from "../run/linux/sockets.ts";
import { planOf } from "../run/plan/plan.ts";
import type { InstancePlan, Resource, RunPlan } from "../run/plan/types.ts";
import { surroundings } from "../run/programs/surroundings.ts";
import { second } from "../vrrp/time.ts";
import { destinationsOf } from "../vrrp/wire.ts";
import { harmless, wrap } from "./columns.ts";
import { pageFor } from "./report.ts";
import type { RunOptions } from "./run-options.ts";
import { reason } from "./texts.ts";
import type { World } from "./world.ts";

/** Prints it. 1 when the machine cannot run it, or with --require-all not all of it. */
export async function checkFile(
  host: Host,
  where: (at: Place) => string,
  options: RunOptions,
  world: World,
): Promise<number> {
  const network = linuxNetwork();
  try {
    const plan = planOf(host, await network.ground(), await surroundings(options.target));
    const { width } = pageFor(world);
    const lines = [
      ...plan.parts.flatMap(({ group, instances }) =>
        instances.flatMap((each) => instanceLines(each, group)),
      ),
      ...(options.mode === "dry-run" ? commandLines(plan) : []),
      ...unexecutedLines(plan, where),
      `Adverts are sent and received with ${backend()}.`,
    ];
    world.out(lines.map((line) => `${shown(line, width)}\n`).join(""));
    return options.requireAll && plan.unexecuted.length > 0 ? 1 : 0;
  } catch (error) {
    world.err(`vrrp-run: ${reason(error)}\n`);
    return 1;
  } finally {
    network.close();
  }
}

/** Commands stay as they are, so that they can be copied. */
function shown(line: string, width: number): string {
  if (line.startsWith("ip ")) return line;
  const [indent = ""] = /^ */.exec(line) ?? [];
  return indent + wrap(harmless(line.trimStart()), width, indent.length + 2, indent.length);
}

function backend(): string {
  try {
    return linuxSockets().backend;
  } catch (error) {
    return `nothing: ${reason(error)}`;
  }
}

function instanceLines(instance: InstancePlan, group: string | undefined): readonly string[] {
  const { name, config, resources, lacks } = instance;
  const { vrid, family, version, interval } = config.advert;
  const { wire, peers } = config.reception;
  const on = instance.interface === undefined ? "" : ` on ${instance.interface}`;
  const to = destinationsOf(wire, peers).join(", ");
  return [
    `${name}: virtual router ${vrid}${on}, IPv${family}, VRRP version ${version}${group === undefined ? "" : `, in sync group ${group}`}`,
    lacks === undefined
      ? `  sends adverts from ${config.source} to ${to} every ${interval / second} s as master, priority ${config.priority}`
      : `  stays in FAULT for now: ${lacks}`,
    `  as master has ${resources.map(thing).join(", ") || "nothing"}`,
  ];
}

/** The address with its interface; a route or rule as `ip` writes it. */
function thing({ add }: Resource): string {
  const [, address, device] = /^address \w+ (\S+) .*dev (\S+)/.exec(add) ?? [];
  return address === undefined ? add.replace(/ (add|replace|append)/, "") : `${address} on ${device}`;
}

function commandLines(plan: RunPlan): readonly string[] {
  const all = plan.parts.flatMap(({ instances }) => instances);
  const ip = (line: string) => `ip ${line}`;
  const block = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", title, ...lines.map(ip)];
  return [
    ...block("At the start:", [
      ...all.flatMap(({ virtuals }) => virtuals.flatMap(({ add }) => add)),
      ...plan.statics.map(({ add }) => add),
    ]),
    ...all.flatMap(({ name, resources }) => [
      ...block(
        `When ${name} becomes master:`,
        resources.map(({ add }) => add),
      ),
      ...block(`When it stops being master:`, resources.map(({ remove }) => remove).reverse()),
    ]),
    ...block("At the end:", [
      ...plan.statics.map(({ remove }) => remove).reverse(),
      ...all.flatMap(({ virtuals }) => virtuals.map(({ remove }) => remove)),
    ]),
    "",
  ];
}

/** What is valid and not carried out, for people. */
export function unexecutedLines(plan: RunPlan, where: (at: Place) => string): readonly string[] {
  return plan.unexecuted.map(({ keyword, why, at }) => `${where(at)}: ${keyword} is not carried out: ${why}`);
}
