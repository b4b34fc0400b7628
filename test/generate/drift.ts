/** Ways in which one host's file drifts away from the others', as edits of what the generator writes. */
import fc from "fast-check";

/** Where chance picks a line, an instance, a number. */
export interface Draw {
  readonly instance: number;
  readonly line: number;
  readonly number: number;
}

/** A text that drifted; the same text where there is nothing of the kind to change. */
export type Drift = (text: string, draw: Draw, others: readonly string[]) => string;

/** Changes one instance of a text. */
function inInstance(change: (block: string, draw: Draw, others: readonly string[]) => string): Drift {
  return (text, draw, others) => {
    const blocks = [...text.matchAll(/^vrrp_instance [\s\S]*?^\}/gm)].map(([block]) => block);
    const block = blocks[draw.instance % blocks.length];
    return block === undefined ? text : text.replace(block, () => change(block, draw, others));
  };
}

const keyword = (name: string, value: (old: string, draw: Draw) => string): Drift =>
  inInstance((block, draw) =>
    block.replace(new RegExp(`^( +${name}) (\\S+)$`, "m"), (_, start: string, old: string) => {
      return `${start} ${value(old, draw)}`;
    }),
  );

const without = (pattern: RegExp): Drift => inInstance((block) => block.replace(pattern, ""));

const added = (...lines: readonly string[]): Drift =>
  inInstance((block) => block.replace("{\n", () => `{\n${lines.map((line) => `    ${line}\n`).join("")}`));

/** Changes one data line of a block. */
function dataLine(name: string, change: (line: string, draw: Draw, count: number) => string): Drift {
  return inInstance((block, draw) =>
    block.replace(new RegExp(`(^    ${name} \\{\n)([\\s\\S]*?)(^    \\})`, "m"), (_, open, inner, close) => {
      const lines = (inner as string).split(/(?<=\n)/);
      const at = draw.line % lines.length;
      return (
        open +
        lines.map((line, index) => (index === at ? change(line, draw, lines.length) : line)).join("") +
        close
      );
    }),
  );
}

/** The line's address with another last number. */
const lastNumber = (line: string, number: string) =>
  line.replace(/^( *[\da-f.:]*[.:])[\da-f]+/, (_, start: string) => start + number);

/** By name: each changes one thing that must be equal on all hosts, or that decides who is master. */
export const drifts: Readonly<Record<string, Drift>> = {
  vrid: keyword("virtual_router_id", (_, { number }) => String(100 + number)),
  "no vrid": without(/^ +virtual_router_id .*\n/m),
  interval: keyword("advert_int", (old, { number }) => String(Number(old) + 1 + number)),
  version: inInstance((block) =>
    block.includes("    version 3\n")
      ? block.replace("    version 3\n", "")
      : block.replace("{\n", "{\n    version 3\n"),
  ),
  "version for all": (text) => text.replace("global_defs {\n", "global_defs {\n    vrrp_version 3\n"),
  password: keyword("auth_pass", () => "another"),
  "no password": without(/^ +auth_pass .*\n/m),
  "no auth_type": without(/^ +auth_type .*\n/m),
  "auth_type AH": keyword("auth_type", () => "AH"),
  "no authentication": without(/^ +authentication \{[\s\S]*?\}\n/m),
  "new authentication": inInstance((block) =>
    block.includes("authentication") || block.includes("version 3")
      ? block
      : block.replace(
          "{\n",
          "{\n    authentication {\n        auth_type PASS\n        auth_pass new\n    }\n",
        ),
  ),
  "address mistyped": dataLine("virtual_ipaddress", (line, { number }, count) =>
    // With its only address changed an instance looks like another cluster's.
    count > 1 ? lastNumber(line, String(200 + number)) : line,
  ),
  "address lost": inInstance((block, draw) => {
    const lines = block.match(/(?<=virtual_ipaddress \{\n)[\s\S]*?(?=^ +\})/m)?.[0].split("\n") ?? [];
    const line = lines[draw.line % Math.max(1, lines.length - 1)];
    return lines.length > 2 && line !== undefined && !line.includes("fe80")
      ? block.replace(`${line}\n`, "")
      : block;
  }),
  "address too many": dataLine(
    "virtual_ipaddress",
    (line, { number }) => line + lastNumber(line, String(200 + number)),
  ),
  "prefix of another length": dataLine("virtual_ipaddress", (line) => line.replace(/\/\d+/, "/20")),
  "address excluded": inInstance((block) => {
    const [all = "", first = ""] = /^ +virtual_ipaddress \{\n.*\n( +[\d.a-f:/]+\n)/m.exec(block) ?? [];
    const moved = `${all.replace(first, "")}    }\n    virtual_ipaddress_excluded {\n${first}`;
    return first === "" ? block : block.replace(all, () => moved);
  }),
  "excluded address": added("virtual_ipaddress_excluded {", "    192.0.2.77/32", "}"),
  "peer lost": inInstance((block) =>
    block.replace(/(unicast_peer \{\n.*\n) +[\da-f.:]+\n/, (_, kept: string) => kept),
  ),
  "peer mistyped": dataLine("unicast_peer", (line, { number }) => lastNumber(line, String(200 + number))),
  "peer of itself": inInstance((block) => {
    const own = /unicast_src_ip (\S+)/.exec(block)?.[1];
    return own === undefined
      ? block
      : block.replace(/(unicast_peer \{\n +)\S+/, (_, open: string) => open + own);
  }),
  "no peers": without(/^ +unicast_peer \{[\s\S]*?\}\n/m),
  "peers emptied": inInstance((block) => block.replace(/(unicast_peer \{\n)[\s\S]*?( +\})/, "$1$2")),
  "new peers": inInstance((block) =>
    block.includes("unicast_peer")
      ? block
      : block.replace(
          "{\n",
          `{\n    unicast_peer {\n        ${block.includes("fe80") ? "2001:db8::99" : "10.0.0.99"}\n    }\n`,
        ),
  ),
  "multicast group": inInstance((block) =>
    block.includes("fe80") ? block : block.replace("{\n", "{\n    mcast_dst_ip 224.0.0.99\n"),
  ),
  "adverts to miss": added("down_timer_adverts 5"),
  "adverts to miss for all": (text) =>
    text.replace("global_defs {\n", "global_defs {\n    vrrp_down_timer_adverts 5\n"),
  strict: added("strict_mode on"),
  "strict for all": (text) => text.replace("global_defs {\n", "global_defs {\n    vrrp_strict\n"),
  vmac: inInstance((block) =>
    block.includes("use_vmac")
      ? block.replace(/^ +use_vmac.*\n/m, "")
      : block.replace("{\n", "{\n    use_vmac\n"),
  ),
  checksum: added("v3_checksum_as_v2"),
  priority: keyword("priority", (_, { number }) => String(10 + number)),
  "same priority": inInstance((block, _, others) => {
    const [header = ""] = /^vrrp_instance \S+/.exec(block) ?? [];
    const [theirs] = others.filter((text) => text.includes(`${header} {`));
    const value = theirs && new RegExp(`${header} \\{[\\s\\S]*?priority (\\d+)`).exec(theirs)?.[1];
    return value === undefined ? block : block.replace(/priority \d+/, `priority ${value}`);
  }),
  owner: keyword("priority", () => "255"),
  nopreempt: inInstance((block) =>
    block.includes("nopreempt")
      ? block.replace(/^ +nopreempt\n/m, "")
      : block.replace("{\n", "{\n    nopreempt\n"),
  ),
  "check lost": inInstance((block) => block.replace(/^ +track_(script|file|process) \{[\s\S]*?\}\n/m, "")),
  "check and definition lost": (text) =>
    text
      .replace(/^vrrp_track_process [\s\S]*?^\}\n\n/m, "")
      .replaceAll(/^ +track_process \{[\s\S]*?\}\n/gm, ""),
  "weight changed": (text) => text.replace(/weight -\d+/, "weight 90"),
  "member renamed": (text) => text.replace(/(^ +group \{\n +)\S+/m, "$1no-such-instance"),
  "member lost": (text) => text.replace(/(^ +group \{\n) +\S+\n/m, "$1"),
  "instance lost": (text, { instance }, others) => {
    const blocks = [...text.matchAll(/^vrrp_instance [\s\S]*?^\}\n\n?/gm)].map(([block]) => block);
    const block = blocks[instance % blocks.length] ?? "";
    const rest = text.replace(block, "");
    const source = /unicast_src_ip \S+/.exec(block)?.[0] ?? "";
    // A router on two of three hosts may be meant so. Interface and address have to be known from other instances.
    return others.length > 1 || blocks.length < 2 || block.includes("eth1") || !rest.includes(source)
      ? text
      : rest;
  },
  "group lost": (text) =>
    // Which interface another host would watch cannot be known where names differ.
    text.replace(/^vrrp_sync_group [\s\S]*?^\}\n\n/m, (group) => (group.includes("eth1") ? group : "")),
  routes: inInstance((block) =>
    block.includes("virtual_routes")
      ? block
      : block.replace("{\n", "{\n    virtual_routes {\n        198.51.100.0/24 via 10.0.0.1\n    }\n"),
  ),
};

export const draws: fc.Arbitrary<Draw> = fc.record({
  instance: fc.nat(7),
  line: fc.nat(7),
  number: fc.nat(40),
});
