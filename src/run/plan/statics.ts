/** static_ipaddress, static_routes and static_rules: there as long as the daemon runs. */
import { readAddressLine } from "../../model/addresses.ts";
import type { Host } from "../../model/host.ts";
import { inside, named, type Statement } from "../../schema/statement.ts";
import { addressResource } from "./addresses.ts";
import { textsOf, wordOf } from "./lines.ts";
import { routeResource } from "./routes.ts";
import { type Preferences, ruleResource } from "./rules.ts";
import type { Resource } from "./types.ts";

/** The interface of a static address that names none, unless default_interface names another. */
const usualInterface = "eth0";

/** What a block of the top level puts on the machine; nothing when it is another one. */
export function staticResources(host: Host, block: Statement, preferences: Preferences): readonly Resource[] {
  const lines = inside(block);
  switch (block.data ? undefined : block.words[0]?.text) {
    case "static_ipaddress":
      return lines.flatMap((line) => staticAddress(host, line) ?? []);
    case "static_routes":
      return lines.flatMap((line) => routeResource(line, instancesOf(host, line)) ?? []);
    case "static_rules":
      return lines.map((line) => ruleResource(line, preferences, instancesOf(host, line)));
    default:
      return [];
  }
}

function staticAddress(host: Host, line: Statement): Resource | undefined {
  const given = readAddressLine(line)?.kept;
  if (!given) return undefined;
  const usual = wordOf(host.globals.statements, "default_interface")?.text ?? usualInterface;
  return addressResource(given, given.device ?? usual, instancesOf(host, line));
}

/** The instances of the track_group that a line names. */
function instancesOf(host: Host, line: Statement): readonly string[] {
  const words = textsOf(line);
  const at = words.indexOf("track_group");
  const name = at === -1 ? undefined : words[at + 1];
  const group = named(host.statements, "track_group").find(({ words: header }) => header[1]?.text === name);
  const list = group && named(inside(group), "group")[0];
  return list ? inside(list).flatMap(textsOf) : [];
}
