/** Which part of an intent a place in a generated file comes from. */
import type { Place } from "../diagnostic.ts";
import type { Host } from "../model/host.ts";
import { inside, type Statement } from "../schema/statement.ts";
import { contains, extentOf } from "./extent.ts";
import {
  choicesOf,
  type Intent,
  type IntentPath,
  onHost,
  type RouterChoices,
  type RouterIntent,
  type TrackerIntent,
} from "./intent.ts";
import { bare } from "./networks.ts";
import type { Plan } from "./plan.ts";
import { definitionKey } from "./trackers.ts";

/** A generated file read back as one of its hosts. */
export interface ReadBack {
  readonly plan: Plan;
  readonly host: Host;
}

/** The member of a description that writes a keyword of an instance, and its name in the intent. */
const members: Readonly<Record<string, readonly [member: string, choice: keyof RouterIntent]>> = {
  state: ["start_as_backup", "startAsBackup"],
  interface: ["interface", "interface"],
  virtual_router_id: ["vrid", "vrid"],
  version: ["version", "version"],
  priority: ["priorities", "priorities"],
  advert_int: ["advert_int", "advertInterval"],
  nopreempt: ["nopreempt", "nopreempt"],
  preempt_delay: ["preempt_delay", "preemptDelay"],
  authentication: ["auth", "authentication"],
  unicast_src_ip: ["unicast", "unicast"],
  unicast_peer: ["unicast", "unicast"],
  use_vmac: ["vmac", "vmac"],
  vmac_xmit_base: ["vmac", "vmac"],
  virtual_ipaddress: ["addresses", "addresses"],
  notify_master: ["notify_master", "notifyMaster"],
  notify_backup: ["notify_backup", "notifyBackup"],
  notify_fault: ["notify_fault", "notifyFault"],
  notify_stop: ["notify_stop", "notifyStop"],
  notify: ["notify", "notify"],
  smtp_alert: ["mail_alert", "alert"],
};

/** The part of the intent that a place in generated files is made from; undefined where no single part is. */
export function partAt(at: Place, all: readonly ReadBack[], intent: Intent): IntentPath | undefined {
  const parts = all
    .filter(({ host }) => host.sources.some(({ path }) => path === at.file))
    .flatMap((read): readonly Part[] => {
      const block = blockAt(read.host, at);
      return block ? [{ ...read, at, block, intent }] : [];
    });
  // In a common file each host has lines that the others do not.
  const part = parts.find((each) => keywordAt(each) !== "") ?? parts[0];
  return part && partOf(part);
}

/** The block at the top level in which a place is, or the one before it: a brace too many stands behind its block. */
function blockAt({ statements }: Host, at: Place): Statement | undefined {
  return (
    statements.find((statement) => covers(statement, at)) ??
    statements.findLast(({ line }) => line.at.file === at.file && line.at.span.start < at.span.start)
  );
}

function partOf(part: Part): IntentPath | undefined {
  switch (part.block.words[0]?.text) {
    case "global_defs":
      return globalPart(part);
    case "vrrp_script":
    case "vrrp_track_process":
    case "track_process":
    case "vrrp_track_file":
    case "track_file":
      return definitionPart(part);
    case "vrrp_sync_group":
      return groupPart(part);
    case "vrrp_instance":
      return instancePart(part);
    default:
      return part.intent.extra === undefined ? undefined : ["extra"];
  }
}

interface Part extends ReadBack {
  readonly at: Place;
  /** The block at the top level in which the place is. */
  readonly block: Statement;
  readonly intent: Intent;
}

function covers(statement: Statement, at: Place): boolean {
  const extent = extentOf(statement);
  return extent !== undefined && contains(extent, at);
}

function keywordAt({ block, at }: Part): string {
  return inside(block).find((statement) => covers(statement, at))?.words[0]?.text ?? "";
}

function globalPart(part: Part): IntentPath | undefined {
  const keyword = keywordAt(part);
  if (keyword === "router_id") return ["hosts", part.plan.host];
  if (keyword === "script_user") return ["script_user"];
  if (/^(notification_email|smtp_)/.test(keyword) && part.intent.mail) return ["mail"];
  return part.intent.globals === undefined ? undefined : ["global_defs"];
}

/** Where the first router that tracks it says so. */
function definitionPart({ plan, block, intent }: Part): IntentPath | undefined {
  const name = block.words[1]?.text ?? "";
  const tracker = plan.definitions.get(name);
  const found = intent.routers.flatMap((router) => (tracker ? trackPart(intent, router, tracker) : []));
  return found[0];
}

function groupPart({ block, intent }: Part): IntentPath | undefined {
  const name = block.words[1]?.text ?? "";
  if (intent.groups?.has(name)) return ["sync_groups", name];
  const router = intent.routers.find(
    (each) => each.name === name || choicesOf(intent, each).syncGroup === name,
  );
  return router && choicePart(intent, router, "sync_group", "syncGroup");
}

function instancePart(part: Part): IntentPath | undefined {
  const { block, intent, host, at } = part;
  const router = routerOf(intent, block.words[1]?.text ?? "");
  if (!router) return undefined;
  const keyword = keywordAt(part);
  if (keyword === "virtual_ipaddress") {
    const address = host.instances
      .flatMap((instance) => [...instance.addresses, ...instance.refused])
      .find(({ statement }) => covers(statement, at))?.address;
    const index = router.addresses.findIndex((each) => address !== undefined && bare(each) === address);
    return ["routers", router.name, "addresses", ...(index === -1 ? [] : [index])];
  }
  if (keyword.startsWith("track_")) return lineTracked(part, router);
  const [member, choice] = members[keyword] ?? ["extra", "extra"];
  return keyword === "" && covers(block, at)
    ? ["routers", router.name]
    : choicePart(intent, router, member, choice);
}

/** The router whose instance has this name, alone or as one of its two families. */
export function routerOf({ routers }: Intent, instance: string): RouterIntent | undefined {
  return (
    routers.find(({ name }) => name === instance) ??
    routers.find(({ name }) => instance === `${name}-ipv4` || instance === `${name}-ipv6`)
  );
}

/** What a line of a track block tracks. */
function lineTracked({ plan, host, at, intent }: Part, router: RouterIntent): IntentPath {
  const line = host.instances
    .flatMap(({ trackers }) => trackers)
    .find(({ statement }) => covers(statement, at));
  const tracker =
    line?.kind === "interface"
      ? choicesOf(intent, router).trackers?.find(
          (each) => each.track === "interface" && onHost(each.interface, plan.host) === line.name,
        )
      : plan.definitions.get(line?.name ?? "");
  const [found] = tracker ? trackPart(intent, router, tracker) : [];
  return found ?? choicePart(intent, router, "track", "trackers");
}

/** Where a router, or all of them, say that something is tracked. */
function trackPart(intent: Intent, router: RouterIntent, tracker: TrackerIntent): readonly IntentPath[] {
  const index = (choicesOf(intent, router).trackers ?? []).findIndex(
    (each) => definitionKey(each) === definitionKey(tracker),
  );
  return index === -1 ? [] : [[...choicePart(intent, router, "track", "trackers"), index]];
}

/** A choice where it is made: in the router, else for all; the router where nobody made it. */
function choicePart(
  { common }: Intent,
  router: RouterIntent,
  member: string,
  choice: keyof RouterIntent,
): IntentPath {
  const own = ["routers", router.name];
  if (router[choice] !== undefined) return [...own, member];
  return common[choice as keyof RouterChoices] === undefined ? own : [member];
}
