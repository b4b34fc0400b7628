/** A virtual router as a description says it. */
import type { Host, Instance, Member, SyncGroup, VirtualAddress } from "../../model/host.ts";
import { bitsOf } from "../../schema/address.ts";
import { named, type Statement } from "../../schema/statement.ts";
import { commandWords } from "../../syntax/command.ts";
import type { AuthenticationIntent, RouterIntent } from "../intent.ts";
import { leftover, type Rest, restOf, restOfBlock } from "./leftover.ts";
import { masterOf, type NamedRouter } from "./meaning.ts";
import { isKnown, keywordIn, type Reading } from "./reading.ts";
import { meshOf } from "./unicast.ts";
import { commonly, type Watched } from "./watch.ts";

/** What the router is described with. */
export interface Context {
  readonly readings: readonly Reading[];
  readonly watched: Watched;
  /** The description names receivers of mail. */
  readonly mail: boolean;
  /** The names of sync groups that the description can say. */
  readonly groups: ReadonlySet<string>;
}

/** What a block holds that a description says in its own words, and the keywords of that. */
interface Partial {
  readonly choices: Omit<RouterIntent, "name" | "addresses">;
  readonly said: readonly string[];
}

/** The router with everything written out; simplify.ts makes it shorter. */
export function routerIntent(router: NamedRouter, context: Context): RouterIntent {
  const { name, members } = router;
  const master = masterOf(members) as Member;
  const { instance } = master;
  const inGroup = instance.group !== undefined && context.groups.has(instance.group);
  const group = inGroup ? instance.group : undefined;
  const blocks = inGroup ? groupsNamed(group, context) : members.map((member) => member.instance);
  const ending = endingOf(blocks, context);
  const parts = [electionOf(members, instance), advertsOf(router), vmacOf(members, router)];
  const said = [...parts, ...(inGroup ? [] : [ending])].flatMap((part) => part.said);
  const rests = members.map((member): readonly [Host, readonly Rest[]] => [
    member.host,
    [...unlikeLines(members, member), ...restsOf(member.instance, readingOf(member, context), said, context)],
  ]);
  return {
    name,
    vrid: instance.vrid?.value,
    addresses: instance.addresses.map((address) => addressText(instance, address)),
    priorities: new Map(members.map((member) => [member.host.name, member.instance.priority.value])),
    interface: interfaceOf(members),
    ...Object.assign({}, ...parts.map(({ choices }) => choices)),
    authentication: authenticationOf(instance),
    syncGroup: group,
    trackers: context.watched.trackers.get(name),
    ...ending.choices,
    extra: leftover("vrrp_instance", new Map(rests)),
  };
}

/** The interface on all hosts; undefined where nobody names one. */
function interfaceOf(members: readonly Member[]): RouterIntent["interface"] {
  const named = members.flatMap(({ host, instance }): readonly [string, string][] =>
    instance.interface?.value ? [[host.name, instance.interface.value]] : [],
  );
  if (named.length === 0) return undefined;
  return named.length === members.length ? commonly(new Map(named)) : new Map(named);
}

function readingOf({ host }: Member, { readings }: Context): Reading {
  return readings.find((reading) => reading.host === host) as Reading;
}

/** The sync groups of this name on all hosts. */
export function groupsNamed(
  name: string | undefined,
  { readings }: Pick<Context, "readings">,
): readonly SyncGroup[] {
  return readings.flatMap(({ host }) => host.groups.filter((group) => group.name === name));
}

const alwaysSaid = [
  "state",
  "interface",
  "virtual_router_id",
  "priority",
  "advert_int",
  "version",
  "authentication",
  "virtual_ipaddress",
  "nopreempt",
  "preempt",
  "preempt_delay",
  "native_ipv6",
];

function electionOf(members: readonly Member[], master: Instance): Partial {
  const { family, version, advertInterval, state } = master;
  const nopreempt = isCommon(members, (each) => each.nopreempt.value) && master.nopreempt.value;
  const delay = isCommon(members, (each) => each.preemptDelay.value) && master.preemptDelay.value > 0;
  return {
    choices: {
      version: family === 4 && version.value === 3 ? 3 : undefined,
      advertInterval: advertInterval.value === 1 ? undefined : advertInterval.value,
      nopreempt: nopreempt || undefined,
      preemptDelay: delay ? master.preemptDelay.value : undefined,
      startAsBackup: (state.value === "BACKUP" && !nopreempt && !delay) || undefined,
    },
    said: alwaysSaid,
  };
}

function isCommon(members: readonly Member[], factOf: (instance: Instance) => unknown): boolean {
  return new Set(members.map(({ instance }) => factOf(instance))).size === 1;
}

/** What of preemption holds on some hosts only. */
function unlikeLines(members: readonly Member[], { instance }: Member): readonly Rest[] {
  const { nopreempt, preemptDelay } = instance;
  const stays = nopreempt.value && !isCommon(members, (each) => each.nopreempt.value);
  const waits = preemptDelay.value > 0 && !isCommon(members, (each) => each.preemptDelay.value);
  return [
    ...(stays ? [{ keyword: "nopreempt", text: "nopreempt" }] : []),
    ...(waits ? [{ keyword: "preempt_delay", text: `preempt_delay ${preemptDelay.value}` }] : []),
  ];
}

function advertsOf(router: NamedRouter): Partial {
  const unicast = meshOf(router);
  return { choices: { unicast }, said: unicast ? ["unicast_src_ip", "mcast_src_ip", "unicast_peer"] : [] };
}

/** A virtual MAC just as a generated file has it; with a name or other ways of sending the lines stay. */
function vmacOf(members: readonly Member[], router: NamedRouter): Partial {
  const base = meshOf(router) !== undefined;
  const usual = members.every(({ instance }) => {
    const lines = instance.block.body?.statements ?? [];
    const [own, ...others] = named(lines, "use_vmac");
    return (
      own?.words.length === 1 && others.length === 0 && named(lines, "vmac_xmit_base").length === Number(base)
    );
  });
  return usual
    ? { choices: { vmac: true }, said: ["use_vmac", "vmac_xmit_base"] }
    : { choices: {}, said: [] };
}

function authenticationOf({ authentication, version }: Instance): AuthenticationIntent | undefined {
  const { type, password } = authentication.value;
  if (type === "PASS") return { password };
  return version.value === 2 ? "none" : undefined;
}

function addressText(
  instance: Instance,
  { address, prefix, family, device, statement }: VirtualAddress,
): string {
  const options = statement.words.slice(1).map(({ text }) => text);
  const at = options.indexOf("dev");
  if (at !== -1 && device === instance.interface?.value && !instance.vmac.value) options.splice(at, 2);
  return [`${address}/${prefix ?? bitsOf(family)}`, ...options].join(" ");
}

const programs = {
  notify: "notify",
  notifyMaster: "notify_master",
  notifyBackup: "notify_backup",
  notifyFault: "notify_fault",
  notifyStop: "notify_stop",
} as const;

/** Programs and mails at changes of state, of an instance or of its group, where all hosts have the same. */
export function endingOf(
  blocks: readonly { readonly block: Statement }[],
  { mail }: Pick<Context, "mail">,
): Partial {
  const linesOf = ({ block }: { readonly block: Statement }, keyword: string) =>
    named(block.body?.statements ?? [], keyword);
  const found = Object.entries(programs).flatMap(([choice, keyword]) => {
    const commands = blocks.map((each) => {
      const lines = linesOf(each, keyword);
      const words = lines[0] ? commandWords(lines[0].line) : [];
      const [word] = words;
      return lines.length === 1 && words.length === 1 && !word?.unknown ? word?.text : undefined;
    });
    const [command] = commands;
    return command && commands.every((each) => each === command) ? [{ choice, keyword, command }] : [];
  });
  const alerts =
    mail && blocks.every((each) => linesOf(each, "smtp_alert").some(({ words }) => words.length === 1));
  return {
    choices: {
      ...Object.fromEntries(found.map(({ choice, command }) => [choice, command])),
      ...(mail && !alerts ? { alert: false } : {}),
    },
    said: [...found.map(({ keyword }) => keyword), ...(alerts ? ["smtp_alert"] : [])],
  };
}

const trackBlocks: ReadonlySet<string> = new Set([
  "track_script",
  "track_process",
  "track_file",
  "track_bfd",
  "track_interface",
]);

/** What is left of an instance or a group. */
export function restsOf(
  { block }: { readonly block: Statement },
  reading: Reading,
  said: readonly string[],
  { watched }: Pick<Context, "watched">,
): readonly Rest[] {
  return reading.inside(block).flatMap((statement): readonly Rest[] => {
    const keyword = keywordIn(statement);
    if (said.includes(keyword) || holdsSecret(statement)) return [];
    if (!trackBlocks.has(keyword)) return [restOf(reading, statement)];
    const counts = (line: Statement) =>
      isKnown(line) && !watched.lines.has(line) && !isWithoutEffect(reading.host, line);
    const rest = restOfBlock(reading, statement, counts);
    return rest ? [rest] : [];
  });
}

/** A description holds no secrets; a key may be in a file. */
function holdsSecret(statement: Statement): boolean {
  const keys = named(statement.body?.statements ?? [], "key");
  return (
    keywordIn(statement) === "auth_hmac" && !keys.every(({ words }) => words[2]?.text.startsWith("file:"))
  );
}

function isWithoutEffect({ instances, groups }: Host, line: Statement): boolean {
  return [...instances, ...groups].some(({ trackers }) =>
    trackers.some((tracker) => tracker.statement === line && tracker.ignored !== undefined),
  );
}
