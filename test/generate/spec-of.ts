/** A cluster description for an intent, for tests that compare the two. */
import { type Intent, onHost, type RouterChoices, type TrackerIntent } from "../../src/generate/intent.ts";

/** A description as plain objects; passwords are in files of their own name. */
export function specOf(intent: Intent): unknown {
  return plain({
    hosts: Object.fromEntries(
      intent.hosts.map(({ name, addresses, interface: own }) => [
        name,
        addresses.length === 1 && !own ? addresses[0] : { addresses, interface: own },
      ]),
    ),
    routers: Object.fromEntries(
      intent.routers.map((router) => [
        router.name,
        {
          vrid: router.vrid,
          master: router.master,
          addresses: router.addresses,
          priorities: router.priorities && Object.fromEntries(router.priorities),
          ...choicesOf(router),
        },
      ]),
    ),
    ...choicesOf(intent.common),
    script_user: intent.scriptUser,
    mail: intent.mail,
    target: intent.target,
    reserved_vrids: intent.reservedVrids,
  });
}

function choicesOf(choices: RouterChoices): Record<string, unknown> {
  const { authentication } = choices;
  return {
    interface: choices.interface instanceof Map ? Object.fromEntries(choices.interface) : choices.interface,
    version: choices.version,
    advert_int: choices.advertInterval,
    auth: typeof authentication === "object" ? { password_file: authentication.password } : authentication,
    unicast: choices.unicast,
    nopreempt: choices.nopreempt,
    preempt_delay: choices.preemptDelay,
    vmac: choices.vmac,
    sync_group: choices.syncGroup,
    track: choices.trackers?.map(trackOf),
    notify: choices.notify,
  };
}

function trackOf(tracker: TrackerIntent): Record<string, unknown> {
  if (tracker.track === "script") {
    const { track: _, command, ...more } = tracker;
    return { script: command, ...more };
  }
  if (tracker.track === "interface")
    return { interface: onHost(tracker.interface, ""), weight: tracker.weight };
  const { track: _, ...more } = tracker;
  return more;
}

/** Without members that are undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
