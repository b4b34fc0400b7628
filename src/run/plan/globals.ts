/** What the whole daemon does, apart from its instances: mail, FIFOs, pauses, scripts at start and end. */
import type { Host } from "../../model/host.ts";
import { flagOf, numberOf, timeOf } from "../../model/machine-settings.ts";
import { readMicroseconds } from "../../model/numbers.ts";
import { readAnyBase } from "../../schema/line_values.ts";
import { inside, named, type Statement } from "../../schema/statement.ts";
import { type Micros, second } from "../../vrrp/time.ts";
import { lineOf, textsOf, wordOf } from "./lines.ts";
import { has, type Programs } from "./programs.ts";
import type { Surroundings } from "./surroundings.ts";
import type { FifoPlan, InstancePlan, MailPlan, RunPlan } from "./types.ts";

const smtpPort = 25;
/** Seconds. */
const usualConnectTimeout = 30;
const usualScriptTimeout = 10;

/** Undefined when there is nobody to write to or no server (keepalived, smtp.c, smtp_alert). */
export function mailOf({ globals }: Host, { hostname, self }: Surroundings): MailPlan | undefined {
  const lines = globals.statements;
  const to = named(lines, "notification_email").flatMap((block) => inside(block).flatMap(textsOf));
  const [, server, port] = textsOf(lineOf(lines, "smtp_server") ?? nothing);
  if (server === undefined || to.length === 0) return undefined;
  const seconds = numberOf(lines, "smtp_connect_timeout", 0) ?? usualConnectTimeout;
  return {
    server,
    port: port === undefined ? smtpPort : Number(port),
    from: wordOf(lines, "notification_email_from")?.text ?? `${self.user}@${hostname}`,
    to,
    helo: wordOf(lines, "smtp_helo_name")?.text ?? hostname,
    connectTimeout: Math.max(1, seconds) * second,
    routerId: globals.routerId?.value ?? hostname,
    faults: !has(lines, "no_email_faults"),
  };
}

const nothing = { words: [] } as unknown as Statement;

/** notify_fifo and vrrp_notify_fifo with their scripts, which get the path as their last word. */
export function fifosOf({ globals }: Host, programs: Programs): readonly FifoPlan[] {
  const lines = globals.statements;
  const kinds = [
    { of: "all", keyword: "notify_fifo" },
    { of: "vrrp", keyword: "vrrp_notify_fifo" },
  ] as const;
  return kinds.flatMap(({ of, keyword }): readonly FifoPlan[] => {
    const line = named(lines, keyword)[0];
    const path = line?.words[1]?.text;
    if (!line || path === undefined) return [];
    const owner = programs.ownerOf(line);
    if (typeof owner === "string") return [];
    const program = programs.of(lines, `${keyword}_script`);
    const words = program && [...program.words, path];
    return [{ of, path, owner: programs.asUser(owner), program: program && words && { ...program, words } }];
  });
}

/** startup_script and shutdown_script, and how long they may run. */
export function scriptsOf({ globals }: Host, programs: Programs) {
  const lines = globals.statements;
  const limit = (keyword: string) => (numberOf(lines, keyword, 1, 1000) ?? usualScriptTimeout) * second;
  const startup = programs.of(lines, "startup_script");
  const shutdown = programs.of(lines, "shutdown_script");
  return {
    startup,
    shutdown,
    startupTimeout: startup && limit("startup_script_timeout"),
    shutdownTimeout: shutdown && limit("shutdown_script_timeout"),
  };
}

/** A group without any pause is dropped; one that lacks one of the two has the global one. */
export function pausesOf({ globals, statements }: Host): RunPlan["pauses"] {
  const general = {
    arp: timeOf(globals.statements, "vrrp_garp_interval") ?? 0,
    neighbour: timeOf(globals.statements, "vrrp_gna_interval") ?? 0,
  };
  const groups = named(statements, "garp_group").flatMap((block) => {
    const lines = inside(block);
    const [arp, neighbour] = [timeOf(lines, "garp_interval"), timeOf(lines, "gna_interval")];
    if (arp === undefined && neighbour === undefined) return [];
    const alone = named(lines, "interface").flatMap((line) => textsOf(line).slice(1, 2));
    const together = named(lines, "interfaces").flatMap((list) => inside(list).flatMap(textsOf));
    const pauses = { arp: arp ?? general.arp, neighbour: neighbour ?? general.neighbour };
    return [{ interfaces: [...alone, ...together], ...pauses }];
  });
  return [...groups, { interfaces: "all", ...general }];
}

/**
 * How long an interface is down or up before that counts. keepalived keeps both below the adverts that an instance on
 * it may miss, so that a backup does not take over before this host gives up (vrrp.c, check_debounce_timers).
 */
export function delaysOf(
  { statements }: Host,
  instances: readonly InstancePlan[],
): RunPlan["interfaceDelays"] {
  const lines = named(statements, "interface_up_down_delays").flatMap(inside);
  const read = (text = "0") => readMicroseconds(text, { min: 0, max: 255 * second, tolerant: true }) ?? 0;
  const entries = lines.map((line) => {
    const [name = "", down, up] = textsOf(line);
    const longest = longestDelay(instances.filter((one) => one.interface === name));
    return [name, { up: Math.min(longest, read(up)), down: Math.min(longest, read(down)) }] as const;
  });
  return Object.fromEntries(entries);
}

function longestDelay(instances: readonly InstancePlan[]): Micros {
  const limits = instances.map(({ config: { advert, downTimerAdverts } }) => {
    if (downTimerAdverts === 1) return 0;
    return (downTimerAdverts - 1) * advert.interval - Math.floor(advert.interval / 256);
  });
  return Math.min(...limits, Number.MAX_SAFE_INTEGER);
}

/** Adverts that come more often ask for real-time scheduling, unless the file says how much of it. */
const unhurried = 0.1 * second;
/** The lowest priority that has one below it, for threads that help. */
const hasty = 2;

/** keepalived has it only where the file says so; Node shares its thread with more, so that haste asks for it too. */
export function realTimeOf({ globals }: Host, instances: readonly InstancePlan[]): number | undefined {
  const asked = numberOf(globals.statements, "vrrp_rt_priority", 1, 99);
  const hurries = instances.some(({ config }) => config.advert.interval < unhurried);
  return asked ?? (hurries ? hasty : undefined);
}

/** Whether states are written to FIFOs again after a reload. */
export function tellsStatesOnReload({ globals }: Host): boolean {
  return flagOf(globals.statements, "fifo_write_vrrp_states_on_reload") ?? false;
}

/** Nobody but the owner may read or write what is made, and nothing may be run. */
const usualUmask = 0o177;
const bits: Readonly<Record<string, number>> = {
  ...{ IRUSR: 0o400, IWUSR: 0o200, IXUSR: 0o100, IRGRP: 0o040, IWGRP: 0o020, IXGRP: 0o010 },
  ...{ IROTH: 0o004, IWOTH: 0o002, IXOTH: 0o001 },
};

/** A number in any base, or names of bits with `|` between them (keepalived, global_parser.c, umask_handler). */
export function umaskOf({ globals }: Host): number {
  const line = lineOf(globals.statements, "umask");
  const text = line ? textsOf(line).slice(1).join("") : "";
  if (/^\d/.test(text)) return readAnyBase(text) ?? usualUmask;
  const named = text.split("|").map((name) => bits[name]);
  return named.reduce<number>((all, bit) => all | (bit ?? 0), 0) || usualUmask;
}
