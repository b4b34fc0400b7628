/** What a host's file asks of the daemon, on the machine as it is. */
import type { Host, Instance, SyncGroup } from "../../model/host.ts";
import { machineConfig } from "../../model/machine-config.ts";
import { inside, named } from "../../schema/statement.ts";
import type { Ground } from "../ports.ts";
import { checkOf, definitionsOf } from "./checks.ts";
import { withFirewall } from "./firewall.ts";
import {
  delaysOf,
  fifosOf,
  mailOf,
  pausesOf,
  realTimeOf,
  scriptsOf,
  tellsStatesOnReload,
  umaskOf,
} from "./globals.ts";
import { instancePlan, sourceId, type Workshop } from "./instance.ts";
import { groupNotify, mails } from "./notify.ts";
import { has, Programs } from "./programs.ts";
import { Preferences, ruleResource } from "./rules.ts";
import { withKeysOfFiles } from "./signing-keys.ts";
import { sourceOf } from "./source.ts";
import { staticResources } from "./statics.ts";
import type { Surroundings } from "./surroundings.ts";
import type { CheckPlan, InstancePlan, PartPlan, Resource, RunPlan } from "./types.ts";
import { unexecutedIn } from "./unexecuted.ts";
import { VirtualInterfaces } from "./virtual-interfaces.ts";

/** An instance without a source waits with this one, which it never sends. */
const noSource = { 4: "0.0.0.0", 6: "::" };

/**
 * The plan of a host whose file has no errors. It is made again whenever the machine's network changes; the same
 * arguments give the same plan.
 */
export function planOf(host: Host, ground: Ground, surroundings: Surroundings): RunPlan {
  const programs = new Programs(host.globals, surroundings);
  const checks = allChecks(host, programs);
  const { rules, statics } = inOrderOfFile(host);
  const workshop: Workshop = {
    ...{ host, ground, programs, rules, statics },
    interfaces: new VirtualInterfaces(host, ground),
    refused: new Set(checks.filter(isRefused).map(({ id }) => id)),
  };
  const bare = host.instances.flatMap((instance) => plannedInstance(instance, workshop, surroundings) ?? []);
  const { instances, tables } = withFirewall(host, bare, surroundings);
  const used = new Set(instances.flatMap(({ config }) => config.trackers.map(({ id }) => id)));
  const plan = {
    name: host.name,
    parts: partsOf(host, instances, programs),
    ...{ tables, statics },
    checks: [...checks.filter((check) => used.has(check.id)), ...impliedChecks(host, instances)],
    mail: mailOf(host, surroundings),
    fifos: fifosOf(host, programs),
    ...scriptsOf(host, programs),
    settings: settingsOf(host),
    interfaceDelays: delaysOf(host, instances),
    tellsStatesOnReload: tellsStatesOnReload(host),
    realTime: realTimeOf(host, instances),
    umask: umaskOf(host),
    pauses: pausesOf(host),
  };
  return { ...plan, unexecuted: unexecutedIn(host, plan, checks, surroundings) };
}

function plannedInstance(
  instance: Instance,
  workshop: Workshop,
  surroundings: Surroundings,
): InstancePlan | undefined {
  const { release } = surroundings;
  const source = sourceOf(workshop.host, instance, workshop.ground);
  const address = "address" in source ? source.address : noSource[instance.family];
  const config = machineConfig(workshop.host, instance, { release, sourceOf: () => address });
  if (!config) return undefined;
  const read = withKeysOfFiles(config, surroundings);
  const plan = instancePlan(instance, read.config, source, workshop);
  return { ...plan, lacks: plan.lacks ?? read.lacks };
}

function allChecks(host: Host, programs: Programs): readonly CheckPlan[] {
  return [...definitionsOf(host).values()].flatMap((definition) => checkOf(definition, programs) ?? []);
}

/** keepalived forgets scripts that it may not run, and those who track them do not. */
function isRefused(check: CheckPlan): boolean {
  return check.kind === "script" && check.program.refused !== undefined;
}

/** Rules get their preferences in the order in which the file names them. */
function inOrderOfFile(host: Host): { rules: Workshop["rules"]; statics: readonly Resource[] } {
  const preferences = new Preferences();
  const byBlock = new Map(host.instances.map((instance) => [instance.block, instance]));
  const rules = new Map<Instance, readonly Resource[]>();
  const statics: Resource[] = [];
  for (const block of host.statements) {
    const instance = byBlock.get(block);
    if (instance)
      rules.set(
        instance,
        instance.virtualRules.map((line) => ruleResource(line, preferences)),
      );
    else statics.push(...staticResources(host, block, preferences));
  }
  const order = { firewall: 0, address: 1, route: 2, rule: 3 };
  return { rules, statics: statics.toSorted((one, other) => order[one.kind] - order[other.kind]) };
}

/** What trackers look at that no block defines: interfaces, and sources that are watched. */
function impliedChecks(host: Host, instances: readonly InstancePlan[]): readonly CheckPlan[] {
  const checks = new Map<string, CheckPlan>();
  for (const { config } of instances)
    for (const { id } of config.trackers)
      if (id.startsWith("interface "))
        checks.set(id, { kind: "interface", id, name: id.slice("interface ".length) });
  for (const instance of host.instances) {
    const id = sourceId(instance);
    const tracked = instances.some(({ config }) => config.trackers.some((tracker) => tracker.id === id));
    if (!tracked || !instance.source) continue;
    const { family, source } = instance;
    checks.set(id, {
      kind: "address",
      id,
      interface: instance.interface?.value,
      family,
      address: source.value,
    });
  }
  return [...checks.values()];
}

/** Sync groups with at least one member that runs, then every instance that is in none, in the order of the file. */
function partsOf(host: Host, instances: readonly InstancePlan[], programs: Programs): readonly PartPlan[] {
  const groupOf = new Map(host.instances.map(({ name, group }) => [name, group]));
  const made = new Set<string>();
  return instances.flatMap((instance): readonly PartPlan[] => {
    const group = host.groups.find(({ name }) => name === groupOf.get(instance.name));
    if (!group) return [{ group: undefined, instances: [instance], notify: undefined, mail: false }];
    if (made.has(group.name)) return [];
    made.add(group.name);
    return [groupPart(host, group, instances, programs)];
  });
}

function groupPart(
  host: Host,
  group: SyncGroup,
  instances: readonly InstancePlan[],
  programs: Programs,
): PartPlan {
  const lines = inside(group.block);
  const members = group.members.flatMap(({ name }) => instances.find((one) => one.name === name) ?? []);
  return {
    group: group.name,
    instances: [...new Set(members)],
    notify: groupNotify(lines, programs),
    mail: mails(lines, host.globals.statements),
  };
}

/** promote_secondaries on interfaces that instances use themselves; virtual ones have it anyway. */
function settingsOf(host: Host): RunPlan["settings"] {
  const names = host.instances.flatMap(({ block, interface: device, vmac }) => {
    const wanted = device && !vmac.value && has(inside(block), "promote_secondaries");
    return wanted && named(inside(block), "use_ipvlan").length === 0 ? [device.value] : [];
  });
  return [...new Set(names)].map((name) => [`net/ipv4/conf/${name}/promote_secondaries`, "1"] as const);
}
