import type { Fix } from "../diagnostic.ts";
import { parseAddress } from "../schema/address.ts";
import type { Finding } from "../schema/statement.ts";
import type { Word } from "../syntax/tree.ts";
import { fix, replaceWord } from "./edits.ts";
import { block, file, instance } from "./examples.ts";
import { findingsFor } from "./lexical.ts";
import { spanOf } from "./support.ts";
import type { FileRule, Report } from "./types.ts";

const id = "vrrp-vip-invalid";
const address = (text: string) => file(instance(block("virtual_ipaddress", text)));

export const vrrpVipInvalid: FileRule = {
  id,
  severity: "error",
  over: "file",
  summary: "Something that is not an address stands where a virtual address should.",
  why: "keepalived skips the line and runs without the address, or takes it with another prefix length: it is on no host, or the routes of the new master are wrong.",
  basis: "keepalived/vrrp/vrrp_ipaddress.c, alloc_ipaddress (v2.2.7); keepalived -t.",
  bad: () => [
    { input: address("«10.0.0.256/24»") },
    { input: address("«10.0.0.010/24»"), fixed: address("10.0.0.10/24") },
    { input: address("«10.0.0.100/255.255.255.0»"), fixed: address("10.0.0.100/24") },
    { input: address("«10.0.0.100,»"), fixed: address("10.0.0.100") },
    { input: address("«10.0.0.100:80»"), fixed: address("10.0.0.100") },
    { input: address("«10.0.0.100/33»") },
    { input: address("10.0.0.100/24 «lable» eth0:1"), fixed: address("10.0.0.100/24 label eth0:1") },
    { input: address("10.0.0.100/24 «dev»") },
    {
      input: address("fe80::1/64 dev eth0 «scope link» no_track"),
      fixed: address("fe80::1/64 dev eth0 no_track"),
    },
    { input: address("fe80::1/64 «brd 10.0.0.255»"), fixed: address("fe80::1/64") },
    { input: address("fe80::1 «peer 10.0.0.2»") },
  ],
  good: () => [
    address("fe80::1/64 dev eth0 scope global"),
    address("10.0.0.100/24 dev eth0 label eth0:1"),
    address("10.0.0.100"),
    address("fe80::1/64"),
  ],
  check(host, report) {
    for (const finding of findingsFor(host, id)) {
      const { word, at, kind } = finding;
      // A label that is too long has a rule of its own.
      if (!word || kind === "too-long") continue;
      if (kind === "mixed-families") {
        reportFamily(finding, word, report);
      } else if (kind === "bad-address" && word === finding.statement?.words[0])
        report(at, message(word.text), { fixes: repair(finding) });
      else report(at, optionMessage(finding), { fixes: optionRepair(finding) });
    }
  },
};

/** An option that another family than the address's has: its name and its value. */
function reportFamily({ statement, at }: Finding, word: Word, report: Report): void {
  const words = statement?.words ?? [];
  const index = words.indexOf(word);
  const start = withValue.has(word.text) ? index : index - 1;
  const [before, name, value] = words.slice(start - 1, start + 2);
  if (!before || !name || !value) return;
  const ignored = name.text === "scope" || name.text === "label";
  const effect = ignored
    ? `keepalived ignores ${name.text} on an IPv6 address and reports it, so its configuration test fails`
    : name.text === "peer"
      ? `${value.text} is of another family than the address, and keepalived ignores it`
      : `IPv6 has no broadcast address, and keepalived drops the whole address: it is on no host`;
  const advice =
    name.text === "peer" ? "Write an address of the same family." : `Delete ${name.text} and its value.`;
  const fixes = name.text === "peer" ? [] : deletion(before, value, name.text);
  const where = spanOf([name, value], at);
  report(where, `${effect}. ${advice}`, { fixes, ...(ignored && { severity: "warning" as const }) });
}

const withValue = new Set(["scope", "label", "brd", "broadcast", "peer"]);

/** Deletes from behind one word to the end of another. */
function deletion(before: Word, last: Word, what: string): readonly Fix[] {
  if (!before.exact || !last.exact || before.via || last.via || before.at.file !== last.at.file) return [];
  const span = { start: before.at.span.end, end: last.at.span.end };
  return fix(`Delete ${what}`, true, { at: { file: last.at.file, span }, text: "" });
}

function message(text: string): string {
  const [plain = "", prefix] = text.split("/");
  const valid = parseAddress(plain);
  if (!valid)
    return `${text} is not an IP address, so keepalived skips the line and the address is on no host. Write it in plain decimal, with the prefix length behind a slash: 192.0.2.1/24.`;
  const all = valid.family === 4 ? 32 : 128;
  if (prefix?.trim() === "")
    return `The prefix length behind the slash is missing, and keepalived uses /0, so the whole world counts as the address's own network. Write a number up to ${all}.`;
  return `${prefix} is not a prefix length, so keepalived uses /${all}: the route to the subnet that the mask asks for is missing. Write a number up to ${all}.`;
}

function optionMessage({ word, kind, expected, suggestion }: Finding): string {
  const text = word?.text ?? "";
  if (kind === "bad-option" && suggestion !== undefined)
    return `keepalived does not know the option ${text} of an address and ignores it, so the address is not set up as written. Is ${suggestion} meant?`;
  if (kind === "bad-option" && expected?.includes(" after "))
    return `The value of ${text} is missing, and keepalived drops the whole address: it is on no host. Add the value or delete ${text}.`;
  return `keepalived does not take ${text} here, only ${expected}. It ignores the option or drops the whole address. Correct it.`;
}

function optionRepair({ word, kind, suggestion }: Finding): readonly Fix[] {
  return kind === "bad-option" && suggestion !== undefined
    ? fix(`Write ${suggestion}`, false, replaceWord(word, suggestion))
    : [];
}

function repair({ word }: Finding): readonly Fix[] {
  const text = word?.text ?? "";
  const without = text.replace(/[,;]+$/, "");
  const [host = "", mask] = without.split("/");
  const meant = `${withoutPort(withoutZeros(host))}${mask === undefined ? "" : `/${prefixOf(mask)}`}`;
  if (meant === text || !parseAddress(meant)) return [];
  // A leading zero may have been meant as an octal number.
  return fix(`Write ${meant}`, withoutZeros(host) === host, replaceWord(word, meant));
}

const withoutZeros = (host: string) => (host.includes(":") ? host : host.replace(/(^|\.)0+(?=\d)/g, "$1"));
const withoutPort = (host: string) => host.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");

/** The length of a dotted mask; anything else stays as it is. */
function prefixOf(mask: string): string {
  const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(mask)?.slice(1).map(Number);
  if (!octets || octets.some((octet) => octet > 255)) return mask;
  const bits = octets.map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? String(bits.lastIndexOf("1") + 1) : mask;
}
