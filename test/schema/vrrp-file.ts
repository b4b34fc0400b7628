/** Whole files around one line or block, and sample words, so that keepalived can judge a schema entry. */
import type { Keyword, Option, Value } from "../../src/schema/types.ts";

export interface Entry {
  readonly path: string;
  readonly keyword: Keyword;
}

/** What the examples refer to. */
const definitions = `global_defs {
    enable_script_security
    script_user root
}
vrrp_script check_service {
    script "/usr/bin/true"
}
track_file service_health {
    file /run/service.health
}
vrrp_track_process haproxy_runs {
    process haproxy
}
bfd_instance to_router {
    neighbor_ip 192.0.2.254
}
`;

function instance(name: string, vrid: number, inside: string, addresses = "192.0.2.90/24"): string {
  const block = `virtual_ipaddress {\n${addresses}\n}`;
  return `vrrp_instance ${name} {\nstate BACKUP\ninterface eth0\nvirtual_router_id ${vrid}\n${inside}\n${block}\n}\n`;
}

function hmacKey(id: number): string {
  return `key ${id} ${"k".repeat(32)}\n`;
}

/** What some keywords need beside themselves to be accepted. */
const companions: Readonly<Record<string, string>> = {
  auth_type: "auth_pass s3cret42",
  auth_pass: "auth_type PASS",
  quorum_max: "quorum 1",
  unicast_src_ip: "unicast_peer {\n192.0.2.12\n}",
  unicast_ttl: "unicast_peer {\n192.0.2.12\n}",
  unicast_fault_no_peer: "unicast_peer {\n192.0.2.12\n}",
  check_unicast_src: "unicast_peer {\n192.0.2.12\n}",
  old_unicast_checksum: "unicast_peer {\n192.0.2.12\n}",
  advert_int: "version 3",
  vmac_xmit_base: "use_vmac",
  timer_expired_backup: "nopreempt",
  owner_ignore_adverts: "priority 255",
  active_key: hmacKey(1) + hmacKey(255),
  anti_replay: `${hmacKey(1)}active_key 1`,
  time_window: `${hmacKey(1)}active_key 1`,
  mode: `${hmacKey(1)}active_key 1`,
  key: "active_key 1",
};

/** A file in which `text`, a line or block of the entry's keyword, stands where it belongs. */
export function fileWith({ path, keyword }: Entry, text: string): string {
  const [block = ""] = path.split("/");
  const lines = text.replaceAll(/\/usr\/local\/bin\/\w+/g, "/usr/bin/true");
  const inside = [companions[keyword.name] ?? "", lines].join("\n");
  const members = instance("VI_1", 52, "", "192.0.2.91/24") + instance("VI_2", 53, "", "192.0.2.92/24");
  switch (block) {
    case "vrrp_instance":
      if (path === block) return definitions + lines;
      return (
        definitions +
        instance("VI_1", 51, path.split("/").length > 2 ? `${path.split("/")[1]} {\n${inside}\n}` : inside)
      );
    case "vrrp_sync_group": {
      if (path === block) return `${definitions}${lines}\n${members}`;
      const group = keyword.name === "group" ? "" : "group {\nVI_1\nVI_2\n}";
      return `${definitions}vrrp_sync_group gateway {\n${group}\n${inside}\n}\n${members}`;
    }
    case "track_group":
      if (path === block) return `${definitions}${lines}\n${members}`;
      return `${definitions}track_group uplink {\n${lines}\n}\n${members}`;
    case "vrrp_script":
      return within(
        path,
        "vrrp_script one",
        keyword.name === "script" ? "" : 'script "/usr/bin/true"',
        inside,
        lines,
      );
    case "track_file":
    case "vrrp_track_file":
      return within(path, `${block} one`, keyword.name === "file" ? "" : "file /run/one", inside, lines);
    case "vrrp_track_process":
      return within(path, `${block} one`, keyword.name === "process" ? "" : "process one", inside, lines);
    default:
      return `${definitions}${lines}\n${members}`;
  }
}

function within(path: string, header: string, needed: string, inside: string, lines: string): string {
  const other = instance("VI_1", 51, "");
  return path.includes("/")
    ? `${definitions}${header} {\n${needed}\n${inside}\n}\n${other}`
    : `${definitions}${lines}\n${other}`;
}

/** A line or block that shows one word, and the value that should judge it. */
export interface Sample {
  readonly word: string;
  readonly value: Value;
  readonly text: string;
}

/** Words at and beyond the ends of ranges, the words of lists and one that is in none, good and bad addresses. */
function sampleWords(value: Value): readonly string[] {
  switch (value.is) {
    case "either":
      if (value.of.some(({ is }) => is === "text")) return [];
      // Another host may know a name that this one does not.
      return value.of
        .flatMap(sampleWords)
        .filter((word) => word !== "bogus" || !value.of.some(({ is }) => is === "named-number"));
    case "named-number":
      return [value.min ?? 0, value.max, value.max + 1].map(String);
    case "int":
      return [value.min, value.max, value.min - 1, value.max + 1, `${value.min}x`].map(String);
    case "seconds": {
      const below = value.min === 0 ? "-1" : (value.min / 10).toFixed(7).replace(/0+$/, "");
      return [decimal(value.min), decimal(value.max), below, String(value.max + 1), "1s"];
    }
    case "word":
      return [...value.of.map(({ word }) => word), "bogus"];
    case "bool":
      return ["on", "off", "true", "false", "yes", "no", "1", "On"];
    case "address":
      return [
        "192.0.2.77",
        "192.0.2.77/25",
        "224.0.0.77",
        "192.0.2.300",
        "192.0.2.077",
        "name.example",
        "192.0.2.77/33",
      ];
    case "interface":
      return ["eth1", "a-name-far-too-long"];
    case "text":
      return value.maxBytes === undefined ? [] : ["x".repeat(value.maxBytes), "x".repeat(value.maxBytes + 1)];
    default:
      return [];
  }
}

function decimal(number: number): string {
  return Number.isInteger(number) ? String(number) : number.toFixed(6).replace(/0+$/, "");
}

function samplesOf(value: Value, textOf: (word: string) => string): readonly Sample[] {
  return sampleWords(value).map((word) => ({ word, value, text: textOf(word) }));
}

/** Samples of a keyword's first word, of the first word of its data lines and of their options' first words. */
export function sampleLines({ keyword }: Entry): readonly Sample[] {
  const { name, args, lines } = keyword;
  const own = args[0] ? samplesOf(args[0].value, (word) => `${name} ${word}`) : [];
  // Lines in any order are the matter of data-lines.test.ts.
  if (!lines || lines.anyOrder) return own;
  const block = (line: string) => `${name} {\n    ${line}\n}`;
  const data = lines.args[0] ? samplesOf(lines.args[0].value, block) : [];
  const options = (lines.options ?? []).flatMap((option) => {
    const datum = datumFor(keyword, option);
    const [arg] = option.args;
    return arg ? samplesOf(arg.value, (word) => block(`${datum} ${option.name} ${word}`)) : [];
  });
  return [...own, ...data, ...options];
}

/** What an option stands after: labels and broadcasts need an IPv4 address, a peer one without prefix. */
function datumFor({ lines, example }: Keyword, option: Option): string {
  if (lines?.what === "address") return option.name === "peer" ? "192.0.2.100" : "192.0.2.100/24";
  return example.split("\n")[1]?.trim() ?? "";
}
