/** From a plan to the text of a keepalived.conf, in the order of the manual, with comments that explain the choices. */
import { findKeyword } from "../schema/index.ts";
import {
  always,
  block,
  type LineNode,
  line,
  merge,
  type Node,
  once,
  type RenderOptions,
  render,
} from "./document.ts";
import type { ScriptIntent } from "./intent.ts";
import type { GroupPlan, InstancePlan, Plan, TrackLine } from "./plan.ts";
import type { DefinedTracker } from "./trackers.ts";
import { command, quoted } from "./words.ts";

/** The text of one host's file; the same plan gives the same bytes. */
export function printHost(plan: Plan, options: RenderOptions): string {
  const others = plan.hosts.filter((host) => host !== plan.host);
  const head = [
    `keepalived on ${plan.host}; its ${others.length > 1 ? "partners are" : "partner is"} ${inWords(others)}.`,
    "All hosts' files belong together. After a change of one, compare them:",
    `  vrrp-lint ${plan.hosts.map((host) => `${host}.conf`).join(" ")}`,
  ];
  return render(head, documentOf(plan), options);
}

/** The text of one file for all hosts: lines behind `@NAME` count on that host only. */
export function printOneFile(plans: readonly Plan[], options: RenderOptions): string {
  const ids = plans.map(({ host }) => configId(host));
  const head = [
    `keepalived on ${inWords(plans.map(({ host }) => host))}: one file for all hosts.`,
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
  return [
    block("global_defs", inOrder("global_defs", globals(plan))),
    ...inRootOrder([...plan.definitions].map(([name, tracker]) => definition(name, tracker))),
    ...plan.groups.map((group) => groupBlock(group)),
    ...plan.instances.map((instance) => instanceBlock(instance)),
  ];
}

function globals({ host, scriptUser, mail }: Plan): readonly Node[] {
  const scripts =
    scriptUser === undefined
      ? []
      : [
          line(
            `script_user ${quoted(scriptUser)}`,
            once("the account that checks and notify programs run as"),
          ),
          line("enable_script_security", once("programs that others than root may change are not run")),
        ];
  const letters = mail
    ? [
        block(
          "notification_email",
          mail.to.map((to) => line(quoted(to))),
        ),
        ...(mail.from === undefined ? [] : [line(`notification_email_from ${quoted(mail.from)}`)]),
        line(`smtp_server ${mail.server}`),
        line("smtp_connect_timeout 30"),
      ]
    : [];
  return [line(`router_id ${quoted(host)}`, once("the name of this host in mails")), ...scripts, ...letters];
}

function definition(name: string, tracker: DefinedTracker): Node {
  const { weight = 0 } = tracker;
  const weightLine = weight === 0 ? [] : [line(`weight ${weight}`)];
  switch (tracker.track) {
    case "script":
      return block(
        `vrrp_script ${quoted(name)}`,
        inOrder("vrrp_script", [...scriptLines(tracker), ...weightLine]),
        always(`Exit code 0 means that all is well. ${weightRemark(weight)}`),
      );
    case "process":
      return block(
        `vrrp_track_process ${quoted(name)}`,
        [line(`process ${tracker.process.trim().split(/\s+/).map(quoted).join(" ")}`), ...weightLine],
        always(`The process has to run. ${weightRemark(weight)}`),
      );
    case "file":
      return block(
        `track_file ${quoted(name)}`,
        [line(`file ${quoted(tracker.file)}`), line(`weight ${weight}`)],
        always(
          weight === 0
            ? "Any number but 0 in the file takes this host out."
            : "The number in the file, times weight, is added to the priority.",
        ),
      );
  }
}

function scriptLines({ command: program, interval = 2, timeout, rise = 2, fall = 2 }: ScriptIntent): Node[] {
  return [
    line(`script ${command(program)}`),
    line(
      `interval ${interval}`,
      once("seconds from run to run; a run that takes longer than timeout has failed"),
    ),
    line(`timeout ${timeout ?? interval}`),
    line(`rise ${rise}`, once("so many results in a row change the verdict")),
    line(`fall ${fall}`),
  ];
}

function weightRemark(weight: number): string {
  if (weight === 0) return "A failure takes this host out at once.";
  return weight < 0
    ? `A failure lowers the priority by ${-weight}.`
    : `While it passes, it adds ${weight} to the priority.`;
}

function groupBlock({ name, members, tracks, weighted, notify, mail }: GroupPlan): Node {
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
    ]),
    always("These move to another host together or not at all."),
  );
}

function instanceBlock(instance: InstancePlan): Node {
  const { name, order } = instance;
  const [first, ...then] = order.map(({ host }) => host);
  const lines = [
    ...election(instance),
    ...adverts(instance),
    block(
      "virtual_ipaddress",
      instance.addresses.map((address) => line(address)),
    ),
    ...trackBlocks(instance.tracks),
    ...ending(instance.notify, instance.mail),
  ];
  return block(
    `vrrp_instance ${quoted(name)}`,
    inOrder("vrrp_instance", lines),
    always(`The addresses are on ${first}; should it fail, on ${then.join(", then ")}.`),
  );
}

function election(instance: InstancePlan): readonly Node[] {
  const { state, vrid, version, priority, order, advertInterval, nopreempt, preemptDelay, password } =
    instance;
  const ranks = order.map((each) => `${each.host} ${each.priority}`).join(", ");
  return [
    line(`state ${state}`, once("how it starts; the priorities decide what it becomes")),
    line(`interface ${instance.interface}`),
    line(`virtual_router_id ${vrid}`, once("the same on all hosts, and on no other cluster in this network")),
    ...(version === 3 ? [line("version 3")] : []),
    line(`priority ${priority}`, always(`the highest wins: ${ranks}`)),
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

function ending(notify: string | undefined, mail: boolean): readonly LineNode[] {
  return [
    ...(notify === undefined
      ? []
      : [
          line(
            `notify ${command(notify)}`,
            once("runs at every change of state, with kind, name and new state"),
          ),
        ]),
    ...(mail ? [line("smtp_alert")] : []),
  ];
}

/** The nodes in the schema's order of a block's keywords, which is the manual's. */
function inOrder(path: string, nodes: readonly Node[]): readonly Node[] {
  const names = (findKeyword(path)?.keywords ?? []).map(({ name }) => name);
  return sortedBy(nodes, (node) => names.indexOf(keywordOf(node)));
}

const rootOrder = ["track_file", "vrrp_track_process", "vrrp_script"];

function inRootOrder(nodes: readonly Node[]): readonly Node[] {
  return sortedBy(nodes, (node) => rootOrder.indexOf(keywordOf(node)));
}

function sortedBy(nodes: readonly Node[], rank: (node: Node) => number): readonly Node[] {
  return [...nodes].sort((one, other) => rank(one) - rank(other));
}

function keywordOf(node: Node): string {
  const text = node.is === "line" ? node.text : node.header;
  return text.split(" ")[0] ?? text;
}

function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
