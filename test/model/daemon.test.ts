/** What the model says of an instance, held against what the running keepalived says of it. */
import { describe, expect, it } from "vitest";
import type { Instance, Tracker, VirtualAddress } from "../../src/model/host.ts";
import { type DumpSection, instancesOfDaemon } from "../support/daemon.ts";
import { hostOf } from "../support/instance.ts";
import { keepalivedRelease, needsPeer } from "../support/keepalived.ts";
import { oddFile, oddFiles } from "../support/odd-instances.ts";

/** An instance in the few words in which both sides can be put. */
type Facts = Readonly<Record<string, unknown>>;

const titles = ["Virtual IP", "Virtual IP Excluded", "Unicast Peer", "Tracked interfaces", "Tracked scripts"];
const title = new RegExp(
  `^(${titles.join("|")}|Tracked files|Tracked processes|Tracked BFDs|Virtual Routes|Virtual Rules)(?: \\(\\d+\\))? ?:$`,
);

/** The lines below a title of the dump. */
function listed({ lines }: DumpSection, name: string): readonly string[] {
  const start = lines.findIndex((line) => title.exec(line)?.[1] === name);
  if (start === -1) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(
    (line) => line.includes(" = ") || line.endsWith(":") || line === "No sockets allocated",
  );
  return rest.slice(0, end === -1 ? undefined : end);
}

function value({ lines }: DumpSection, name: string): string | undefined {
  return lines.find((line) => line.startsWith(`${name} = `))?.slice(name.length + 3);
}

/** `dev eth0` is always printed, so only another device says something; no prefix is /32 or /128. */
function shortAddress(line: string): string {
  const [address = "", ...options] = line.split(" ");
  const device = options[options.indexOf("dev") + 1];
  return device === "eth0" ? address : `${address} dev ${device}`;
}

function factsOfDump(section: DumpSection): Facts {
  const { lines } = section;
  const [interval = "", unit = ""] = (value(section, "Advert interval") ?? "").split(" ");
  const type = value(section, "Authentication type");
  return {
    family: lines.includes("Using Native IPv6") ? 6 : 4,
    version: Number(value(section, "VRRP Version")),
    // A sync group changes the state in which its members start.
    state: value(section, "Sync group") === undefined ? value(section, "Wantstate") : undefined,
    strict: lines.includes("Enforcing strict VRRP compliance"),
    source: /^(\S+) \(from configuration\)$/.exec(value(section, "Using src_ip") ?? "")?.[1],
    unicast: lines.some((line) => line.startsWith("Using unicast")),
    group: /^Multicast address ([^,\n]+)/m.exec(lines.join("\n"))?.[1],
    vrid: Number(value(section, "Virtual Router ID")),
    priority: Number(value(section, "Priority")),
    interval: Number(interval) / (unit === "sec" ? 1 : 1000),
    accept: value(section, "Accept") === "enabled",
    nopreempt: value(section, "Preempt") === "disabled",
    preemptDelay: Number.parseFloat(value(section, "Preempt delay") ?? "0"),
    adverts: Number(value(section, "Down timer adverts")),
    type: type === "SIMPLE_PASSWORD" ? "PASS" : type === "IPSEC_AH" ? "AH" : "none",
    password: value(section, "Password") ?? "",
    addresses: listed(section, "Virtual IP").map(shortAddress),
    excluded: listed(section, "Virtual IP Excluded").map(shortAddress),
    peers: listed(section, "Unicast Peer").map((line) => line.split(" ")[0]),
    check: lines.includes("Check unicast src : yes"),
    syncGroup: value(section, "Sync group"),
    trackers: ["interfaces", "scripts", "files", "processes", "BFDs"].flatMap((kind) =>
      listed(section, `Tracked ${kind}`).map((line) => line.replace(/[,:]/, "")),
    ),
  };
}

function factsOfModel(instance: Instance): Facts {
  const type = instance.authentication.value.type;
  return {
    family: instance.family,
    version: instance.version.value,
    state: instance.group === undefined ? instance.state.value : undefined,
    strict: instance.strict.value,
    source: instance.source?.value,
    unicast: instance.unicast,
    group: instance.unicast ? undefined : instance.multicastGroup.value,
    vrid: instance.vrid?.value,
    priority: instance.priority.value,
    interval: instance.advertInterval.value,
    accept: instance.accept.value,
    nopreempt: instance.nopreempt.value,
    preemptDelay: instance.preemptDelay.value,
    adverts: instance.downTimerAdverts.value,
    type,
    // keepalived does not print the key of AH.
    password: type === "PASS" ? instance.authentication.value.password : "",
    addresses: instance.addresses.map(textOf),
    excluded: instance.excluded.map(textOf),
    peers: instance.peers.map(({ address }) => address),
    check: instance.unicast && instance.checkUnicastSource.value,
    syncGroup: instance.group,
    trackers: ["interface", "script", "file", "process", "bfd"].flatMap((kind) =>
      instance.trackers.filter((tracker) => tracker.kind === kind && !tracker.ignored).map(trackerText),
    ),
  };
}

/** keepalived leaves a prefix of /32 and /128 out. */
function textOf({ address, prefix, device, family }: VirtualAddress): string {
  const whole =
    prefix === undefined || prefix === (family === 4 ? 32 : 128) ? address : `${address}/${prefix}`;
  return device === undefined || device === "eth0" ? whole : `${whole} dev ${device}`;
}

function trackerText({ name, weight, reverse }: Tracker): string {
  return `${name} weight ${weight.value}${reverse ? " reverse" : ""}`;
}

describe.runIf(needsPeer())("the model and the running keepalived agree", () => {
  async function compare(text: string): Promise<number> {
    const { instances } = hostOf(text, { target: keepalivedRelease() ?? "" });
    const dump = await instancesOfDaemon(text);
    const said = Object.fromEntries(dump.map((section) => [section.name, factsOfDump(section)]));
    const modelled = Object.fromEntries(instances.map((one) => [one.name, factsOfModel(one)]));
    expect(modelled).toEqual(said);
    return dump.length;
  }

  it("on every odd instance", async () => {
    expect(await compare(oddFile())).toBeGreaterThan(80);
  }, 30_000);

  it.each(Object.entries(oddFiles))(
    "on %s",
    async (_, text) => {
      expect(await compare(text)).toBeGreaterThan(0);
    },
    30_000,
  );
});
