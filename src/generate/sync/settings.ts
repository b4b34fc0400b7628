/** The settings that must be equal on all hosts of a virtual router. */
import type { Member, Spot } from "../../model/host.ts";
import { agree } from "../../rules/across/teams.ts";
import { keywordPlace, lineOf } from "../../rules/support.ts";
import { vrrpVridMissingOrInvalid } from "../../rules/vrrp-vrid-missing-or-invalid.ts";
import { xhAcceptOrStrictMismatch } from "../../rules/xh-accept-or-strict-mismatch.ts";
import { xhAdvertIntMismatchV2 } from "../../rules/xh-advert-int-mismatch-v2.ts";
import { xhAdvertIntMismatchV3 } from "../../rules/xh-advert-int-mismatch-v3.ts";
import { xhAuthOneSided } from "../../rules/xh-auth-one-sided.ts";
import { xhDownTimerAdvertsMismatch } from "../../rules/xh-down-timer-adverts-mismatch.ts";
import { xhMulticastGroupMismatch } from "../../rules/xh-multicast-group-mismatch.ts";
import { xhV3ChecksumModeMismatch } from "../../rules/xh-v3-checksum-mode-mismatch.ts";
import { xhVersionMismatch } from "../../rules/xh-version-mismatch.ts";
import { xhVmacMismatch } from "../../rules/xh-vmac-mismatch.ts";
import { xhVridMismatch } from "../../rules/xh-vrid-mismatch.ts";
import { xhVridSwapped } from "../../rules/xh-vrid-swapped.ts";
import { named, type Statement } from "../../schema/statement.ts";
import { readBoolean } from "../../schema/values.ts";
import { copied, removal, setWord } from "./edits.ts";
import { type Setting, settle, type Wish } from "./setting.ts";

/** A keyword with one value. */
function valued(
  keyword: string,
  settles: Setting["settles"],
  why: string,
  spotOf: Setting["spotOf"],
  more: Partial<Setting> = {},
): Setting {
  return {
    name: keyword,
    settles,
    why,
    spotOf,
    change: ({ host }, line, wanted) => [setWord(host, line.words[1], wanted)],
    line: (wanted) => `${keyword} ${wanted}`,
    ...more,
  };
}

const onOff = (value: unknown) => (String(value) === "true" ? "on" : "off");
const isOn = (wanted: string) => wanted === "true";

/** A keyword that switches something on, with a word behind it that may switch it off. */
function switched(
  keyword: string,
  settles: Setting["settles"],
  why: string,
  spotOf: Setting["spotOf"],
  more: Partial<Setting> = {},
): Setting {
  return {
    name: keyword,
    settles,
    why,
    spotOf,
    show: onOff,
    change: ({ host }, line, wanted) =>
      line.words[1] ? [setWord(host, line.words[1], onOff(wanted))] : isOn(wanted) ? [] : removal(host, line),
    line: (wanted) => `${keyword} ${onOff(wanted)}`,
    ...more,
  };
}

const version = valued(
  "version",
  [xhVersionMismatch],
  "hosts drop adverts of another version",
  ({ instance }) => instance.version,
);

const none = "none";

/** The number, also where it is missing or no number from 1 to 255, so that it can be put right. */
function vridSpot({ instance }: Member): Spot<number | typeof none> {
  if (instance.vrid) return instance.vrid;
  const statement = lineOf(instance, "virtual_router_id");
  if (!statement) return { value: none, at: instance.at, written: false };
  const spot = { value: none, at: keywordPlace(statement), written: true, statement } as const;
  return statement.words[1]?.unknown ? { ...spot, unknown: true } : spot;
}

/** A number that another instance of the host has and keeps on that interface cannot be taken. */
function isTaken({ member, wanted }: Wish, wishes: readonly Wish[]): boolean {
  const { host, instance } = member;
  if (wanted.key === none) return true;
  return host.instances.some((other) => {
    if (other === instance || String(other.vrid?.value) !== wanted.key) return false;
    const leaves = wishes.some((wish) => wish.member.instance === other && wish.wanted.key !== wanted.key);
    return (
      !leaves && other.family === instance.family && other.interface?.value === instance.interface?.value
    );
  });
}

const vrid = valued(
  "virtual_router_id",
  [xhVridMismatch, xhVridSwapped, vrrpVridMissingOrInvalid],
  "hosts with two numbers do not know each other's adverts",
  vridSpot,
  { hinders: isTaken },
);

const advertInterval = valued(
  "advert_int",
  [xhAdvertIntMismatchV2, xhAdvertIntMismatchV3],
  "with two intervals hosts drop each other's adverts, or count with the wrong time",
  ({ instance }) => instance.advertInterval,
  { counts: (team) => agree(team, ({ instance }) => instance.version.value) },
);

const downTimerAdverts = valued(
  "down_timer_adverts",
  [xhDownTimerAdvertsMismatch],
  "the host that waits for fewer adverts takes over first, whatever the priorities",
  ({ instance }) => instance.downTimerAdverts,
);

const multicastGroup = valued(
  "mcast_dst_ip",
  [xhMulticastGroupMismatch],
  "a host hears its own multicast group only",
  ({ instance }) => instance.multicastGroup,
  { name: "the multicast group", counts: (team) => !team.some(({ instance }) => instance.unicast) },
);

const strict = switched(
  "strict_mode",
  [xhAcceptOrStrictMismatch, xhAuthOneSided],
  "strict mode drops traffic to the addresses and switches passwords off",
  ({ instance }) => instance.strict,
  { name: "strict mode" },
);

const accept: Setting = {
  name: "traffic to the addresses",
  settles: [xhAcceptOrStrictMismatch],
  why: "otherwise the service is dead after a takeover",
  spotOf: ({ instance }) => instance.accept,
  show: (value) => (String(value) === "true" ? "accepted" : "dropped"),
  counts: (team) =>
    agree(team, ({ instance }) => instance.strict.value) &&
    team.every(({ instance }) => instance.priority.value !== 255),
  change: ({ host }, line, wanted, model) => {
    if (isOn(wanted)) return [setWord(host, line.words[0], "accept")];
    return model ? [setWord(host, line.words[0], "no_accept")] : removal(host, line);
  },
  line: (wanted) => (isOn(wanted) ? "accept" : "no_accept"),
};

const vmac: Setting = {
  name: "use_vmac",
  settles: [xhVmacMismatch],
  why: "else the MAC address of the virtual addresses changes at a takeover",
  spotOf: ({ instance }) => instance.vmac,
  show: onOff,
  change: ({ host, instance }, line) => {
    const sender = lineOf(instance, "vmac_xmit_base");
    return [...removal(host, line), ...(sender ? removal(host, sender) : [])];
  },
  line: (_, model) => model && copied(model),
  removes: (wanted) => !isOn(wanted),
};

const checksumKeyword = "v3_checksum_as_v2";

function checksumSpot({ host, instance }: Member): Spot<boolean> {
  const statement =
    lineOf(instance, checksumKeyword) ?? named(host.globals.statements, checksumKeyword).at(-1);
  const keyword = statement?.words[0];
  if (!statement || !keyword) return { value: false, at: instance.at, written: false };
  const value = saysYes(statement);
  const spot = { value: value ?? false, at: keyword.at, written: true, statement };
  return statement.words[1]?.unknown ? { ...spot, unknown: true } : spot;
}

function saysYes({ words }: Statement): boolean | undefined {
  return words[1] === undefined || readBoolean(words[1].text);
}

const checksum = switched(
  checksumKeyword,
  [xhV3ChecksumModeMismatch],
  "with two kinds of checksum hosts drop each other's adverts",
  checksumSpot,
  {
    counts: (team) => team.every(({ instance: { version, family } }) => version.value === 3 && family === 4),
  },
);

/** In the order in which they are settled: the version decides what the others mean. */
export const settingFacets = [
  vrid,
  version,
  strict,
  accept,
  advertInterval,
  downTimerAdverts,
  multicastGroup,
  checksum,
  vmac,
].map(settle);
