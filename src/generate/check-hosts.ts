/** What can be said against the host names of an intent: values for a host that there is not would be lost. */
import type { Intent, IntentPath, PerHost, Refusal, RouterChoices, RouterIntent } from "./intent.ts";
import { choicesOf } from "./intent.ts";

/** Refuses values by host for names that no host has, and lines for sync groups that there are not. */
export function strayNames(intent: Intent): readonly Refusal[] {
  const hosts = intent.hosts.map(({ name }) => name);
  const stray = (value: ByHost, about: IntentPath): readonly Refusal[] =>
    value instanceof Map
      ? [...value.keys()]
          .filter((name) => !hosts.includes(name))
          .map((name) => unknownHost(name, about, hosts))
      : [];
  const groups = [...(intent.groups ?? [])];
  return [
    ...choiceValues(intent.common, []).flatMap(([value, about]) => stray(value, about)),
    ...intent.routers.flatMap((router) =>
      routerValues(router).flatMap(([value, about]) => stray(value, about)),
    ),
    ...stray(intent.globals, ["global_defs"]),
    ...stray(intent.extra, ["extra"]),
    ...groups.flatMap(([name, extra]) => stray(extra, ["sync_groups", name, "extra"])),
    ...groups.flatMap(([name]) => unknownGroup(intent, name)),
  ];
}

type ByHost = PerHost<string> | ReadonlyMap<string, unknown> | boolean | undefined;

function routerValues(router: RouterIntent): readonly (readonly [ByHost, IntentPath])[] {
  const about = ["routers", router.name];
  return [
    ...choiceValues(router, about),
    [router.priorities, [...about, "priorities"]],
    [router.extra, [...about, "extra"]],
  ];
}

function choiceValues(
  { interface: own, unicast, trackers = [] }: RouterChoices,
  about: IntentPath,
): readonly (readonly [ByHost, IntentPath])[] {
  return [
    [own, [...about, "interface"]],
    [unicast, [...about, "unicast"]],
    ...trackers.map((tracker, index): readonly [ByHost, IntentPath] => [
      tracker.track === "interface" ? tracker.interface : undefined,
      [...about, "track", index],
    ]),
  ];
}

function unknownHost(name: string, about: IntentPath, hosts: readonly string[]): Refusal {
  return {
    about: [...about, name],
    message: `${name} is none of the hosts: ${hosts.join(", ")}. What is written for it would be in no file.`,
  };
}

/** Groups come of routers: of their choice by name, or of their own when both families move together. */
function unknownGroup(intent: Intent, name: string): readonly Refusal[] {
  const isIn = (router: RouterIntent) => {
    const { syncGroup } = choicesOf(intent, router);
    return syncGroup === name || (syncGroup === true && router.name === name);
  };
  if (intent.routers.some(isIn)) return [];
  const message = `No virtual router is in a sync group ${name}, so its lines would be in no file. Give routers sync_group: ${name}.`;
  return [{ about: ["sync_groups", name], message }];
}
