/** A description without what goes without saying: the same files come of it. */
import type { Intent, RouterChoices, RouterIntent } from "../intent.ts";
import { familyOf } from "../networks.ts";
import { orderOf } from "../plan.ts";

/** The intent with usual priorities left out and common choices said once. */
export function simplified(intent: Intent): Intent {
  const routers = intent.routers.map((router) => withUsualPriorities(intent, router));
  return withCommonChoices({ ...intent, routers });
}

/** Names the master instead of the priorities, where these are what the generator would choose anyway. */
function withUsualPriorities(intent: Intent, router: RouterIntent): RouterIntent {
  const { priorities } = router;
  const highest = Math.max(...(priorities?.values() ?? []));
  const master = intent.hosts.find(({ name }) => priorities?.get(name) === highest)?.name;
  const short = { ...router, priorities: undefined, master };
  const chosen = orderOf(intent, short);
  return chosen.every(({ host, priority }) => priorities?.get(host) === priority) ? short : router;
}

const choiceNames: readonly (keyof RouterChoices)[] = [
  "interface",
  "version",
  "advertInterval",
  "authentication",
  "unicast",
  "startAsBackup",
  "nopreempt",
  "preemptDelay",
  "vmac",
  "syncGroup",
  "trackers",
  "notify",
  "notifyMaster",
  "notifyBackup",
  "notifyFault",
  "notifyStop",
  "alert",
];

/** What all routers choose alike moves to the common choices. */
function withCommonChoices(intent: Intent): Intent {
  const common: Record<string, unknown> = { ...intent.common };
  let routers: readonly RouterIntent[] = intent.routers.map(withoutEmpty);
  for (const name of choiceNames) {
    const values = routers.filter((router) => !isIndifferent(router, name)).map((router) => router[name]);
    const [value] = values;
    if (value === undefined || values.some((other) => keyOf(other) !== keyOf(value))) continue;
    if (!mayBeCommon(name, value, routers)) continue;
    common[name] = value;
    routers = routers.map((router) => ({ ...router, [name]: undefined }));
  }
  return { ...intent, common: common as RouterChoices, routers };
}

function withoutEmpty(router: RouterIntent): RouterIntent {
  return { ...router, trackers: router.trackers?.length ? router.trackers : undefined };
}

/** Choices that mean nothing for a router: IPv6 has one version, and that has no password. */
function isIndifferent(router: RouterIntent, name: keyof RouterChoices): boolean {
  if (router[name] !== undefined) return false;
  if (name === "version") return isV6(router);
  return name === "authentication" && (isV6(router) || router.version === 3);
}

/** A password that holds for all is written everywhere, also where it cannot count. */
function mayBeCommon(name: keyof RouterChoices, value: unknown, routers: readonly RouterIntent[]): boolean {
  if (name !== "authentication" || value === "none") return true;
  return routers.every((router) => router.authentication !== undefined);
}

function isV6({ addresses }: RouterIntent): boolean {
  return addresses.every((address) => familyOf(address) === 6);
}

function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (each instanceof Map ? [...each] : each));
}
