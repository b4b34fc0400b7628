/** Whether an event of the machine is about something that the daemon has put there. */
import type { Resource } from "../plan/types.ts";
import type { GroundEvent, RouteOrRule } from "../ports.ts";

/** By family, interface and address; by what tells a route from others; by a rule's preference. */
export function isAbout(
  event: Exclude<GroundEvent, { readonly what: "interface" | "interface-gone" | "missed" }> | RouteOrRule,
  { kind, family, announcement, remove }: Resource,
): boolean {
  if (event.what !== kind || event.family !== family) return false;
  if (event.what === "address") {
    return announcement?.address === event.address && announcement.interface === event.interface;
  }
  const [ours, theirs] = [remove.replace(/^(-\d )?\w+ delete /, ""), event.text];
  return event.what === "route" ? isRoute(ours, theirs) : isRule(ours, theirs);
}

/** What `ip` shows of a route that was not said: kinds of routes, the main table, a protocol by its name. */
function isRoute(ours: string, theirs: string): boolean {
  if (destinationOf(ours) !== destinationOf(theirs)) return false;
  if (protocolOf(ours) !== protocolOf(theirs) || tableOf(ours) !== tableOf(theirs)) return false;
  return ["via", "dev", "metric", "tos"].every((name) => {
    const said = wordAfter(name, ours);
    return said === undefined || said === wordAfter(name, theirs);
  });
}

const kinds = /^(unicast|local|broadcast|anycast|multicast|blackhole|unreachable|prohibit|throw) /;

function destinationOf(route: string): string {
  const [first = ""] = route.replace(kinds, "").split(" ");
  if (first === "0.0.0.0/0" || first === "::/0") return "default";
  return first.replace(first.includes(":") ? /\/128$/ : /\/32$/, "");
}

function tableOf(route: string): string {
  const table = wordAfter("table", route) ?? "main";
  return table === "254" ? "main" : table;
}

/** RTPROT_KEEPALIVED has a name where iproute2 knows it. */
function protocolOf(line: string): string | undefined {
  const protocol = wordAfter("proto", line) ?? wordAfter("protocol", line);
  return protocol === "keepalived" ? "18" : protocol;
}

function isRule(ours: string, theirs: string): boolean {
  const preference = ["preference", "pref", "priority", "order"]
    .map((name) => wordAfter(name, ours))
    .find((each) => each !== undefined);
  return (
    preference !== undefined && theirs.startsWith(`${preference}:`) && protocolOf(ours) === protocolOf(theirs)
  );
}

function wordAfter(name: string, line: string): string | undefined {
  const words = line.split(" ");
  const at = words.indexOf(name);
  return at === -1 ? undefined : words[at + 1];
}
