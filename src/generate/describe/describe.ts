/** From existing files to the description of their cluster: the way back of planning and printing. */
import type { Fleet, Host } from "../../model/host.ts";
import { readHost } from "../../model/read.ts";
import type { HostIntent, Intent, PerHost } from "../intent.ts";
import { planHosts } from "../plan.ts";
import { notifyOf } from "../plan-host.ts";
import { printHost } from "../print.ts";
import { clustersIn, sharedRouters } from "./cluster.ts";
import { isUsed } from "./definitions.ts";
import { differences } from "./differences.ts";
import { globalIntent } from "./globals.ts";
import { leftover, restOf } from "./leftover.ts";
import type { NamedRouter } from "./meaning.ts";
import { type Note, notesOn } from "./notes.ts";
import { isPlain, keywordIn, Reading } from "./reading.ts";
import { type Context, endingOf, groupsNamed, restsOf, routerIntent } from "./router.ts";
import { simplified } from "./simplify.ts";
import { withHostAddresses } from "./unicast.ts";
import { type Unit, watchedBy } from "./watch.ts";

export type Described =
  /** Hosts that have nothing to do with each other: each cluster needs a description of its own. */
  | { readonly is: "clusters"; readonly clusters: readonly (readonly Host[])[] }
  | {
      readonly is: "intent";
      readonly intent: Intent;
      /** What the files hold and the description does not, in the order of the files. */
      readonly notes: readonly Note[];
    };

/**
 * Describes the cluster of a fleet. Generating from the intent gives files that mean the same, but for what the notes
 * call lost. Passwords are in the intent as keepalived uses them.
 */
export function describeFleet(fleet: Fleet, target: string | undefined): Described {
  const clusters = clustersIn(fleet);
  const [hosts] = clusters;
  if (clusters.length !== 1 || !hosts) return { is: "clusters", clusters };
  const routers = sharedRouters(fleet, hosts);
  const intent = intentOf(hosts, routers, target);
  const notes = [...notesOn(hosts, routers), ...differences(hosts, routers, generatedHosts(intent))];
  const order = (file: string) => hosts.findIndex(({ sources }) => sources.some(({ path }) => path === file));
  return {
    is: "intent",
    intent,
    notes: notes.sort(
      (one, other) => order(one.at.file) - order(other.at.file) || one.at.span.start - other.at.span.start,
    ),
  };
}

/** The hosts as their files would be generated, read back. */
export function generatedHosts(intent: Intent): readonly Host[] {
  return planHosts(intent, { newPassword: () => "" }).map((plan) =>
    readHost({
      path: plan.host,
      text: printHost(plan, { comments: false }),
      name: plan.host,
      target: intent.target,
    }),
  );
}

function intentOf(
  hosts: readonly Host[],
  routers: readonly NamedRouter[],
  target: string | undefined,
): Intent {
  const readings = hosts.map((host) => new Reading(host));
  const units = unitsOf(hosts, routers);
  const watched = watchedBy(units, readings);
  const groups = new Set(units.flatMap(({ group }) => group ?? []));
  const mail = globalIntent(readings, false).mail !== undefined;
  const context: Context = { readings, watched, mail, groups };
  const described = routers.map((router) => routerIntent(router, context));
  const runs = described.some(
    (router) => notifyOf(router).length > 0 || router.trackers?.some(({ track }) => track === "script"),
  );
  const intent: Intent = {
    hosts: hosts.map(hostIntent),
    routers: described,
    common: {},
    ...globalIntent(readings, runs),
    target,
    groups: groupTexts([...groups], context),
    extra: extraOf(context),
  };
  return simplified(withHostAddresses(intent));
}

function hostIntent({ name, globals }: Host): HostIntent {
  const id = globals.routerId?.value || false;
  return { name, addresses: [], routerId: id === name ? undefined : id };
}

/** Routers that are in one sync group on all hosts, and the others alone. */
function unitsOf(hosts: readonly Host[], routers: readonly NamedRouter[]): readonly Unit[] {
  const names = [...new Set(hosts.flatMap(({ groups }) => groups.map(({ name }) => name)))];
  const groups = names.flatMap((group): readonly Unit[] => {
    const inside = routers.filter(({ members }) => members.every(({ instance }) => instance.group === group));
    const whole = hosts.every((host) => isWhole(host, group, inside));
    return whole && inside.length > 0 ? [{ group, routers: inside }] : [];
  });
  const grouped = new Set(groups.flatMap((unit) => unit.routers));
  const alone = routers.filter((router) => !grouped.has(router));
  return [...groups, ...alone.map((router): Unit => ({ group: undefined, routers: [router] }))];
}

/** The host's group has just these members. */
function isWhole(host: Host, name: string, routers: readonly NamedRouter[]): boolean {
  const [group] = host.groups.filter((each) => each.name === name);
  const members = host.instances.filter((instance) => instance.group === name);
  const listed = routers.filter((router) => router.members.some((each) => members.includes(each.instance)));
  return group !== undefined && listed.length === routers.length && members.length === routers.length;
}

function groupTexts(names: readonly string[], context: Context): Intent["groups"] {
  const texts = names.flatMap((name): [string, PerHost<string>][] => {
    const groups = groupsNamed(name, context);
    const weighted = groups.some(({ trackers }) =>
      trackers.some(({ statement, weight }) => weight.value !== 0 && context.watched.lines.has(statement)),
    );
    const { said } = endingOf(groups, context);
    const flags = weighted ? ["sync_group_tracking_weight", "global_tracking"] : [];
    const rests = groups.map((group, index) => {
      const reading = context.readings[index] as Reading;
      return [reading.host, restsOf(group, reading, ["group", ...said, ...flags], context)] as const;
    });
    const text = leftover("vrrp_sync_group", new Map(rests));
    return text === undefined ? [] : [[name, text]];
  });
  return texts.length === 0 ? undefined : new Map(texts);
}

/** Blocks that are neither virtual routers nor what belongs to them. */
function extraOf({ readings, watched, groups }: Context): Intent["extra"] {
  const rests = readings.map((reading) => {
    const { host } = reading;
    const left = host.statements.filter((statement) => {
      const keyword = keywordIn(statement);
      if (!isPlain(statement) || keyword === "global_defs" || keyword === "vrrp_instance") return false;
      if (keyword === "vrrp_sync_group") return !groups.has(statement.words[1]?.text ?? "");
      const definition = host.definitions.find(({ block }) => block === statement);
      return (
        !definition ||
        (!definition.ignored && isUsed(host, definition) && !watched.definitions.has(definition))
      );
    });
    return [host, left.map((statement) => restOf(reading, statement))] as const;
  });
  return leftover("", new Map(rests));
}
