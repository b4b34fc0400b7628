/** From a plan to the text of a keepalived.conf, in the order of the manual, with comments that explain the choices. */

import { listed } from "../rules/support.ts";
import {
  always,
  block,
  type LineNode,
  line,
  merge,
  type Node,
  once,
  type RenderOptions,
  raw,
  render,
} from "./document.ts";
import { inOrder, inRootOrder } from "./order.ts";
import type { GroupPlan, InstancePlan, NotifyPlan, Plan, TrackLine } from "./plan.ts";
import { definition } from "./print-definition.ts";
import { blocksOf } from "./raw.ts";
import { headTexts, placeText, rankText } from "./remarks.ts";
import { command, quoted } from "./words.ts";

/** The text of one host's file; the same plan gives the same bytes. */
export function printHost(plan: Plan, options: RenderOptions): string {
  const [first, compare] = headTexts(plan.host, plan.hosts);
  const head = [first, "All hosts' files belong together. After a change of one, compare them:", compare];
  return render(head, documentOf(plan), options);
}

/** The text of one file for all hosts: lines behind `@NAME` count on that host only. */
export function printOneFile(plans: readonly Plan[], options: RenderOptions): string {
  const ids = plans.map(({ host }) => configId(host));
  const head = [
    `keepalived on ${listed(plans.map(({ host }) => host))}: one file for all hosts.`,
    `A line that begins with @${ids[0]} counts on that host only. keepalived compares the name with the host's own up to its first dot, or with what option -i says.`,
  ];
  const documents = new Map(plans.map((plan) => [configId(plan.host), documentOf(plan)]));
  return render(head, merge(documents), options);
}

/** What keepalived calls a host in `@id` lines: its name up to the first dot. */
export function configId(host: string): string {
  return host.split(".")[0] ?? host;
}

function documentOf(plan: Plan): readonly Node[] {
  const { before, behind } = divided(plan.extra);
  return [
    block("global_defs", inOrder("global_defs", globals(plan))),
    raw(before),
    ...inRootOrder([...plan.definitions].map(([name, tracker]) => definition(name, tracker))),
    ...plan.groups.map((group) => groupBlock(group)),
    ...plan.instances.map((instance) => instanceBlock(instance)),
    raw(behind),
  ];
}

/** What instances may refer to comes before them, virtual servers behind them. */
function divided(extra: string): { readonly before: string; readonly behind: string } {
  const parts = { before: [] as string[], behind: [] as string[] };
  for (const { keyword, text } of blocksOf(extra))
    parts[/^(virtual_server|SSL$)/.test(keyword) ? "behind" : "before"].push(text);
  return { before: parts.before.join("\n\n"), behind: parts.behind.join("\n\n") };
}

function globals({ routerId, scriptUser, scriptSecurity, mail, globals: extra }: Plan): readonly Node[] {
  const scripts = [
    ...(scriptUser === undefined
      ? []
      : [
          line(
            `script_user ${scriptUser.trim().split(/\s+/).map(quoted).join(" ")}`,
            once("the account that checks and notify programs run as"),
          ),
        ]),
    ...(scriptSecurity
      ? [line("enable_script_security", once("programs that others than root may change are not run"))]
      : []),
  ];
  const letters = mail
    ? [
        block(
          "notification_email",
          mail.to.map((to) => line(quoted(to))),
        ),
        ...(mail.from === undefined ? [] : [line(`notification_email_from ${quoted(mail.from)}`)]),
        line(`smtp_server ${mail.server}`),
        line(`smtp_connect_timeout ${mail.timeout}`),
      ]
    : [];
  const id =
    routerId === undefined
      ? raw("", "router_id")
      : line(`router_id ${quoted(routerId)}`, once("the name of this host in mails"));
  return [id, ...scripts, ...letters, raw(extra)];
}

function groupBlock({ name, members, tracks, weighted, notify, mail, extra }: GroupPlan): Node {
  return block(
    `vrrp_sync_group ${quoted(name)}`,
    inOrder("vrrp_sync_group", [
      block(
        "group",
        members.map((member) => line(quoted(member))),
      ),
      ...trackBlocks(tracks),
      ...ending(notify, mail),
      ...(weighted ? [line("sync_group_tracking_weight", once("weights count for all members alike"))] : []),
      raw(extra),
    ]),
    always("These move to another host together or not at all."),
  );
}

function instanceBlock(instance: InstancePlan): Node {
  const { name, order } = instance;
  const lines = [
    ...election(instance),
    ...adverts(instance),
    block(
      "virtual_ipaddress",
      instance.addresses.map((address) => line(address)),
    ),
    ...trackBlocks(instance.tracks),
    ...ending(instance.notify, instance.mail),
    raw(instance.extra),
  ];
  return block(`vrrp_instance ${quoted(name)}`, inOrder("vrrp_instance", lines), always(placeText(order)));
}

function election(instance: InstancePlan): readonly Node[] {
  const { state, vrid, version, priority, order, advertInterval, nopreempt, preemptDelay, password } =
    instance;
  return [
    line(`state ${state}`, once("how it starts; the priorities decide what it becomes")),
    line(`interface ${instance.interface}`),
    line(`virtual_router_id ${vrid}`, once("the same on all hosts, and on no other cluster in this network")),
    ...(version === 3 ? [line("version 3")] : []),
    line(`priority ${priority}`, always(rankText(order))),
    line(
      `advert_int ${advertInterval}`,
      once("seconds between adverts; after three without one the next host takes over"),
    ),
    ...(nopreempt
      ? [line("nopreempt", once("a host that comes back waits until the present master fails"))]
      : []),
    ...(preemptDelay === undefined
      ? []
      : [
          line(
            `preempt_delay ${preemptDelay}`,
            once("seconds that a host which comes back waits before it takes over"),
          ),
        ]),
    ...(password === undefined
      ? []
      : [
          block(
            "authentication",
            [line("auth_type PASS"), line(`auth_pass ${quoted(password)}`)],
            once("keeps clusters apart; it is sent in clear and stops no attacker"),
          ),
        ]),
  ];
}

function adverts({ source, peers, vmac }: InstancePlan): readonly Node[] {
  const unicast =
    source === undefined
      ? []
      : [
          line(
            `unicast_src_ip ${source}`,
            once("adverts go to each of the other hosts, not to the multicast group"),
          ),
          block(
            "unicast_peer",
            peers.map((peer) => line(peer)),
          ),
        ];
  const ownMac = vmac
    ? [
        line("use_vmac", once("neighbours see one and the same MAC address, whichever host is master")),
        ...(source === undefined ? [] : [line("vmac_xmit_base")]),
      ]
    : [];
  return [...unicast, ...ownMac];
}

function trackBlocks(tracks: readonly TrackLine[]): readonly Node[] {
  return (["interface", "script", "file", "process"] as const).flatMap((kind) => {
    const lines = tracks
      .filter(({ track }) => track === kind)
      .map(({ name, weight }) =>
        line(weight === undefined ? quoted(name) : `${quoted(name)} weight ${weight}`),
      );
    return lines.length === 0 ? [] : [block(`track_${kind}`, lines)];
  });
}

function ending(notify: readonly NotifyPlan[], mail: boolean): readonly LineNode[] {
  return [
    ...notify.map((each) =>
      line(
        `${each.keyword} ${command(each.command)}`,
        each.keyword === "notify"
          ? once("runs at every change of state, with kind, name and new state")
          : undefined,
      ),
    ),
    ...(mail ? [line("smtp_alert")] : []),
  ];
}
