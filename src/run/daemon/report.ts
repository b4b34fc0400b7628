/** The status in words: for SIGUSR1, for `vrrp-run status`. */
import { reasons } from "../../vrrp/reasons.ts";
import type { InstanceStatus, Status } from "./status.ts";

/** A few lines for each instance. */
export function statusText({ instances }: Status): string {
  if (instances.length === 0) return "No instance runs.\n";
  return instances.map((instance) => `${instanceLines(instance).join("\n")}\n`).join("\n");
}

function instanceLines(instance: InstanceStatus): readonly string[] {
  const { name, state, since, group, vrid, family, version, addresses, priority, source } = instance;
  const where = instance.interface ?? "any interface";
  const inForce = priority.inForce === priority.base ? "" : `, ${priority.inForce} in force`;
  return [
    `${name}: ${state} since ${since}`,
    ...(group === null ? [] : [`  sync group     ${group}`]),
    `  router         ${vrid} on ${where}, IPv${family}, VRRP version ${version}`,
    `  priority       ${priority.base}${inForce}`,
    `  adverts        from ${source} every ${instance.advertInterval} s`,
    ...masterLine(instance),
    ...addresses.map((address, index) => `  ${(index === 0 ? "addresses" : "").padEnd(15)}${address}`),
    ...(instance.lacks === null ? [] : [`  lacks          ${instance.lacks}`]),
    ...trackerLines(instance),
  ];
}

function masterLine({ master }: InstanceStatus): readonly string[] {
  if (!master) return [];
  const { address, priority, secondsAgo } = master;
  return [`  master         ${address} with priority ${priority}, heard ${secondsAgo.toFixed(1)} s ago`];
}

function trackerLines({ trackers }: InstanceStatus): readonly string[] {
  return Object.entries(trackers).map(([id, status], index) => {
    const word = status === true ? "works" : status === false ? "fails" : String(status);
    return `  ${(index === 0 ? "depends on" : "").padEnd(15)}${id}: ${word}`;
  });
}

/** What each instance has counted. */
export function statisticsText({ instances }: Status): string {
  return instances.map((instance) => `${countLines(instance).join("\n")}\n`).join("\n");
}

function countLines({ name, statistics }: InstanceStatus): readonly string[] {
  const refused = Object.entries(statistics.refused).map(
    ([reason, times]) => `    ${String(times).padStart(8)}  ${reasons[reason as keyof typeof reasons]}`,
  );
  return [
    `${name}:`,
    `  adverts        ${statistics.sent} sent, ${statistics.received} received`,
    `  master         ${times(statistics.becameMaster)}, given up ${times(statistics.releasedMaster)}`,
    `  priority 0     ${statistics.priorityZeroSent} sent, ${statistics.priorityZeroReceived} received`,
    ...(refused.length > 0 ? ["  refused adverts:", ...refused] : []),
  ];
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
