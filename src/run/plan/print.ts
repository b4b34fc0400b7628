/** A plan in words, and as the commands it comes to: lines that may be as long as they need to be. */
import { type Micros, second } from "../../vrrp/time.ts";
import { destinationsOf } from "../../vrrp/wire.ts";
import { acceptsNothing } from "./firewall.ts";
import type {
  CheckPlan,
  InstancePlan,
  MailPlan,
  NotifyPlan,
  PartPlan,
  Program,
  Resource,
  RunPlan,
} from "./types.ts";

/** What the daemon would do, in words. A line that begins with blanks belongs to the one above it. */
export function planWords(plan: RunPlan): readonly string[] {
  const { statics, checks, fifos, mail, startup, shutdown } = plan;
  return [
    ...plan.parts.flatMap(partWords),
    ...statics.map(({ add }) => `As long as it runs: ip ${add}`),
    ...checks.flatMap(checkWords),
    ...fifos.map(
      ({ path, program }) =>
        `Tells every change to the FIFO ${path}${program ? `, which ${words(program)} reads` : ""}.`,
    ),
    ...(mail ? [mailWords(plan, mail)] : []),
    ...(startup ? [`Runs ${words(startup)} first, for ${time(plan.startupTimeout ?? 0)} at most.`] : []),
    ...(shutdown
      ? [`Runs ${words(shutdown)} at the end, for ${time(plan.shutdownTimeout ?? 0)} at most.`]
      : []),
    ...plan.settings.map(([path, value]) => `Sets ${path} to ${value} as long as it runs.`),
    ...(plan.realTime === undefined ? [] : [`Runs with the real-time priority ${plan.realTime}.`]),
    ...delayWords(plan),
  ];
}

function mailWords({ parts }: RunPlan, { to, server, port, from }: MailPlan): string {
  if (parts.some((part) => part.mail || part.instances.some((instance) => instance.mail)))
    return `Mails changes to ${to.join(", ")} through ${server} port ${port}, as ${from}.`;
  return `Mails nothing to ${to.join(", ")}: no line says smtp_alert.`;
}

function partWords({ group, instances, notify, mail }: PartPlan): readonly string[] {
  const members = instances.flatMap((instance) => instanceWords(instance));
  if (group === undefined) return members;
  const names = instances.map(({ name }) => name).join(", ");
  const own = [...notifyWords(notify), ...(mail ? ["mails its changes"] : [])];
  return [`Sync group ${group}: ${names} move together.`, ...own.map(inner), ...members];
}

function instanceWords(instance: InstancePlan): readonly string[] {
  const { name, config, resources, virtuals, lacks, notify, mail } = instance;
  const { vrid, family, version, interval } = config.advert;
  const { wire, peers } = config.reception;
  const on = instance.interface === undefined ? "" : ` on ${instance.interface}`;
  const to = destinationsOf(wire, peers).join(", ");
  const adverts = `sends adverts from ${config.source} to ${to} every ${time(interval)} as master, priority ${config.priority}`;
  // A file may have one twice, such as with a label.
  const things = [...new Set(resources.filter(({ kind }) => kind !== "firewall").map(thing))];
  return [
    `${name}: virtual router ${vrid}${on}, IPv${family}, VRRP version ${version}.`,
    ...[
      lacks === undefined ? adverts : `stays in FAULT for now: ${lacks}`,
      ...virtuals.map(
        (each) => `makes the interface ${each.name} on ${each.base}, with the MAC address ${each.mac}`,
      ),
      `as master has ${things.length === 0 ? "nothing" : things.join("; ")}`,
      ...(acceptsNothing(instance) ? ["takes no packets to these addresses (no_accept or strict mode)"] : []),
      ...extraWords(instance),
      ...trackerWords(instance),
      ...notifyWords(notify),
      ...(mail ? ["mails its changes"] : []),
    ].map(inner),
  ];
}

/** An address with its interface; a route or rule as `ip` writes it. */
function thing({ kind, key }: Resource): string {
  return kind === "address" ? key.replace(/^address /, "").replace(/ dev (\S+)$/, " on $1") : key;
}

function extraWords({ extra }: InstancePlan): readonly string[] {
  const where = extra?.announcements.map((each) => each.interface).join(", ");
  return extra ? [`announces itself on ${where} every ${time(extra.interval)} as master`] : [];
}

function trackerWords({ config: { trackers } }: InstancePlan): readonly string[] {
  if (trackers.length === 0) return [];
  const told = trackers.map(({ id, weight, reverse }) => {
    const counts = weight === 0 ? "" : ` (weight ${weight}${reverse ? " reverse" : ""})`;
    return `${id}${counts}`;
  });
  return [`depends on ${told.join(", ")}`];
}

function notifyWords(notify: NotifyPlan | undefined): readonly string[] {
  if (!notify) return [];
  const { master, backup, fault, stop, deleted, masterReceivedLower, any } = notify;
  const programs = { MASTER: master, BACKUP: backup, FAULT: fault, STOP: stop, DELETED: deleted };
  const states = Object.entries(programs).flatMap(([state, program]) => runs(program, `on ${state}`));
  return [
    ...states,
    ...runs(any, "on every change"),
    ...runs(masterReceivedLower, "on a lower priority as master"),
  ];
}

function runs(program: Program | undefined, when: string): readonly string[] {
  if (!program) return [];
  const { refused } = program;
  return [
    refused === undefined
      ? `runs ${words(program)} ${when}`
      : `does not run ${words(program)} ${when}: ${refused}`,
  ];
}

function checkWords(check: CheckPlan): readonly string[] {
  switch (check.kind) {
    case "script":
      return [
        `Script ${check.name}: runs ${words(check.program)} every ${time(check.interval)}, for ${time(check.timeout)} at most; fails after ${check.fall}, passes after ${check.rise}.`,
      ];
    case "process":
      return [
        `Process ${check.name}: looks for ${[check.process, ...(check.parameters ?? [])].join(" ")}, ${amount(check)}.`,
      ];
    case "file":
      return [`File ${check.name}: reads the number in ${check.path}.`];
    case "bfd":
      return [`BFD session ${check.name}: is taken as up.`];
    case "interface":
    case "address":
      return [];
  }
}

function amount({ quorum, quorumMax }: Extract<CheckPlan, { readonly kind: "process" }>): string {
  if (quorumMax === 0) return "which must not run";
  return quorumMax === undefined ? `${quorum} of it at least` : `${quorum} to ${quorumMax} of it`;
}

function delayWords({ interfaceDelays, pauses }: RunPlan): readonly string[] {
  const delays = Object.entries(interfaceDelays).map(([name, { up, down }]) => {
    return `${name} counts as down after ${time(down)}, as up after ${time(up)}.`;
  });
  const slow = pauses.filter(({ arp, neighbour }) => arp > 0 || neighbour > 0);
  const told = slow.map(({ interfaces, arp, neighbour }) => {
    const where = interfaces === "all" ? "each interface" : interfaces.join(", ");
    return `Between announcements on ${where}: ${time(arp)} for IPv4, ${time(neighbour)} for IPv6.`;
  });
  return [...delays, ...told];
}

/** Everything the daemon would put on the machine, as commands, each under the occasion for it. */
export function planCommands(plan: RunPlan): readonly string[] {
  const all = plan.parts.flatMap(({ instances }) => instances);
  const virtuals = all.flatMap((instance) => instance.virtuals);
  return [
    ...occasion("At the start:", [
      ...plan.tables.map(({ add }) => command(add)),
      ...virtuals.flatMap(({ add }) => add.map(command)),
      ...[...virtuals.flatMap(({ settings }) => settings), ...plan.settings].map(setting),
      ...plan.statics.map(({ add }) => command(add)),
    ]),
    ...all.flatMap(({ name, resources }) => [
      ...occasion(
        `When ${name} becomes master:`,
        resources.map(({ add }) => command(add)),
      ),
      ...occasion(
        `When ${name} is master no more:`,
        resources.toReversed().map(({ remove }) => command(remove)),
      ),
    ]),
    ...occasion("At the end:", [
      ...plan.statics.toReversed().map(({ remove }) => command(remove)),
      ...virtuals.toReversed().map(({ remove }) => command(remove)),
      ...plan.tables.map(({ remove }) => command(remove)),
    ]),
  ];
}

function occasion(title: string, commands: readonly string[]): readonly string[] {
  return commands.length === 0 ? [] : ["", title, ...commands];
}

/** The lines of nft have signs that a shell would take for its own. */
function command(line: string): string {
  return line.startsWith("nft ") ? `nft '${line.slice("nft ".length)}'` : `ip ${line}`;
}

function setting([path, value]: readonly [path: string, value: string]): string {
  return `sysctl -w ${path.replaceAll(".", "%").replaceAll("/", ".").replaceAll("%", "/")}=${value}`;
}

function inner(text: string): string {
  return `  ${text}`;
}

/** A program's words, as a shell would take them. */
function words({ words: all }: Program): string {
  return all.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word}'`)).join(" ");
}

function time(micros: Micros): string {
  return micros < second ? `${micros / 1000} ms` : `${micros / second} s`;
}
