/** What hover says about a virtual router over all hosts: its order, its times, its password, its addresses. */
import type { Member, VirtualRouter } from "../../model/host.ts";
import { type Takeover, type Turn, takeover } from "../../model/takeover.ts";
import { byteLength } from "../../schema/values.ts";
import type { Routed } from "../neighbours.ts";
import { inSeconds, sumOf, whenFailing } from "../standing.ts";

/** What the keyword of a name path does in the cluster; undefined for keywords that say nothing across hosts. */
export function routerText(path: string, routed: Routed): string | undefined {
  return texts[path]?.(routed);
}

const texts: Readonly<Record<string, (routed: Routed) => string | undefined>> = {
  "vrrp_instance/priority": priorityText,
  "vrrp_instance/virtual_router_id": membersText,
  "vrrp_instance/advert_int": waitingText,
  "vrrp_instance/authentication/auth_pass": passwordText,
};

/** A virtual router as a table: the hosts in the order in which they become master. */
export function takeoverTable(router: VirtualRouter): string {
  const { turns, addresses } = takeover(router);
  const title = `Virtual router ${router.vrid ?? "without number"}, IPv${router.family}`;
  const rows = turns.map(({ member, priority }, index) => {
    const cells = [member.host.name, member.instance.name, `${priority}`, whenOf(turns, index)];
    return `| ${cells.map(cell).join(" | ")} |`;
  });
  return [
    `**${title}**: ${addresses.join(", ") || "no address"}`,
    ["| host | instance | priority | takes over |", "| --- | --- | --: | --- |", ...rows].join("\n"),
    ...cautions(turns),
  ].join("\n\n");
}

function whenOf(turns: readonly Turn[], index: number): string {
  const turn = turns[index];
  if (!turn) return "";
  return index === 0 ? "is master" : `after ${waitOf(turn)}`;
}

/** `3.613 s = 3 × 1 s + 0.613 s`. */
function waitOf(turn: Turn): string {
  return `${inSeconds(turn.seconds)} = ${sumOf(turn)}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function cautions(turns: readonly Turn[]): readonly string[] {
  const hosts = (test: (turn: Turn) => boolean) => turns.filter(test).map(({ member }) => member.host.name);
  const tied = hosts((turn) => turn.tied);
  const uncertain = hosts((turn) => turn.uncertain);
  return [
    ...(tied.length > 0 ? [`${tied.join(", ")}: the same priority, so the higher address wins.`] : []),
    ...(uncertain.length > 0 ? [`${uncertain.join(", ")}: not all that decides this is in the files.`] : []),
  ];
}

function priorityText({ router }: Routed): string {
  const { turns } = takeover(router);
  const failures = router.members.flatMap((member) =>
    whenFailing(member).map(({ check, priority }) => {
      const to = priority === "fault" ? "FAULT" : `${priority}`;
      return `- ${check} fails on ${member.host.name}: ${to}${afterwards(turns, member, priority)}`;
    }),
  );
  return [takeoverTable(router), ...(failures.length > 0 ? [failures.join("\n")] : [])].join("\n\n");
}

/** Who is master when one host's priority has become another; empty where that changes nothing for the others. */
function afterwards(turns: readonly Turn[], member: Member, priority: number | "fault"): string {
  const [master] = turns;
  const running = turns
    .map((turn) => ({ who: turn.member, priority: turn.member === member ? priority : turn.priority }))
    .filter((each): each is { who: Member; priority: number } => each.priority !== "fault");
  const highest = Math.max(...running.map((each) => each.priority));
  const [best, ...equals] = running.filter((each) => each.priority === highest);
  if (!best) return ", no host is left";
  if (equals.length > 0) {
    const names = [best, ...equals].map(({ who }) => who.host.name);
    return `, as high as ${names.filter((name) => name !== member.host.name).join(", ")}: the address decides`;
  }
  const { host, instance } = best.who;
  if (best.who === master?.member) return member === best.who ? `, ${host.name} stays master` : "";
  const masterIsGone = member === master?.member && priority === "fault";
  return instance.nopreempt.value && !masterIsGone
    ? `, but ${host.name} has nopreempt and does not take over`
    : `, ${host.name} becomes master`;
}

function membersText({ router }: Routed): string {
  const lines = router.members.map(({ host, instance }) => {
    const vrid = instance.vrid?.value;
    const device = instance.interface ? ` on ${instance.interface.value}` : "";
    return `- ${host.name}: ${instance.name}${device}, VRID ${vrid ?? "missing"}`;
  });
  const alone = router.members.length < 2 ? ["No other host has this virtual router."] : [];
  return [["Members of this virtual router:", ...lines].join("\n"), ...alone].join("\n\n");
}

function waitingText({ router }: Routed): string {
  const { turns } = takeover(router);
  const lines = turns.map(
    (turn, index) =>
      `- ${turn.member.host.name}: ${waitOf(turn)}${index === 0 ? " (while it waits for the others at its start)" : ""}`,
  );
  return ["A host takes over when it has heard no advert for:", ...lines].join("\n");
}

/** Only what stands in the own file is shown; of the other hosts, whether they use the same. */
function passwordText({ member, partners }: Routed): string | undefined {
  const { password, written, ignored } = member.instance.authentication.value;
  if (ignored !== undefined) return `The password is not used: ${ignored}.`;
  if (member.instance.authentication.unknown) return undefined;
  const length = byteLength(written);
  const used =
    password === written
      ? `keepalived uses all ${length} bytes.`
      : `keepalived uses the first 8 of ${length} bytes: \`${password}\`.`;
  const others = partners.flatMap(({ host, instance: { authentication } }) => {
    if (authentication.unknown) return [];
    const theirs = authentication.value;
    if (theirs.type === "none") return [`- ${host.name} uses no password`];
    return [`- ${host.name} uses ${theirs.password === password ? "the same" : "another one"}`];
  });
  return [used, ...(others.length > 0 ? [others.join("\n")] : [])].join("\n\n");
}

/** Who holds an address of an instance, and who takes it over. */
export function addressText(address: string, { router }: Routed): string {
  const has = ({ instance }: Member) =>
    [...instance.addresses, ...instance.excluded].some((each) => each.address === address);
  const all: Takeover = takeover(router);
  const holders = all.turns.filter(({ member }) => has(member));
  const lacking = all.turns.filter(({ member }) => !has(member)).map(({ member }) => member.host.name);
  const lines = holders.map((turn, index) => {
    const { host, instance } = turn.member;
    const who = `${host.name} (${instance.name}, priority ${turn.priority})`;
    const isMaster = turn === all.turns[0];
    return isMaster
      ? `- **${who}** holds it while all hosts work`
      : `- ${who} takes over after ${waitOf(turn)}${index === 0 ? ", though a host without it is before" : ""}`;
  });
  const without =
    lacking.length > 0 ? [`${lacking.join(", ")}: not in the file, the address is lost there.`] : [];
  return [`**${address}**`, lines.join("\n"), ...without, ...cautions(holders)].join("\n\n");
}
