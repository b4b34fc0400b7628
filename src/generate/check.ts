/** What can be said against an intent before any file is planned: things that the files alone do not show. */
import { strayNames } from "./check-hosts.ts";
import {
  choicesOf,
  type HostIntent,
  type Intent,
  type IntentPath,
  interfaceOf,
  onHost,
  type Refusal,
  type RouterIntent,
} from "./intent.ts";
import { bare, familyOf, isOutside, sourceOf } from "./networks.ts";
import { groupWeights } from "./plan.ts";
import { configId } from "./print.ts";
import { choosePriorities } from "./priorities.ts";

/** Why the intent cannot become files; empty when planHosts() may go on. */
export function checkIntent(intent: Intent): readonly Refusal[] {
  const refusals = [
    ...hostRefusals(intent),
    ...intent.routers.flatMap((router) => routerRefusals(intent, router)),
  ];
  if (intent.routers.length === 0)
    refusals.push(refusal(["routers"], "There is no virtual router: name at least one."));
  return withoutRepeats([
    ...refusals,
    ...repeatedNames(intent.routers, "routers", "virtual router"),
    ...vridRefusals(intent),
    ...strayNames(intent),
  ]);
}

/** Each reason once: what is chosen for all routers is wrong for each of them. */
export function withoutRepeats(refusals: readonly Refusal[]): readonly Refusal[] {
  const messages = refusals.map(({ message }) => message);
  return refusals.filter(({ message }, index) => messages.indexOf(message) === index);
}

/** Why one file for all hosts is impossible. */
export function checkOneFile({ hosts }: Intent): readonly Refusal[] {
  return hosts.flatMap(({ name }, index) => {
    const same = hosts.slice(0, index).find((other) => configId(other.name) === configId(name));
    if (!same) return [];
    return refusal(
      ["hosts", name],
      `Hosts ${same.name} and ${name} are both ${configId(name)} up to the first dot, and that is the name by which keepalived chooses their lines in a common file. Write one file for each host.`,
    );
  });
}

function refusal(about: IntentPath, message: string): Refusal {
  return { message, about };
}

function hostRefusals(intent: Intent): Refusal[] {
  const { hosts } = intent;
  const few =
    hosts.length < 2
      ? [
          refusal(
            ["hosts"],
            "A virtual router needs two hosts at least: with one there is nobody to take over.",
          ),
        ]
      : [];
  return [
    ...few,
    ...repeatedNames(hosts, "hosts", "host"),
    ...hosts.flatMap((host, index) => hostRefusal(host, hosts.slice(0, index))),
  ];
}

/** Host names become file names and words of the files. */
const hostName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const routerName = /^[^\s"'{}#!$\\]+$/;

function hostRefusal({ name, addresses }: HostIntent, before: readonly HostIntent[]): Refusal[] {
  const about = ["hosts", name];
  const badName = hostName.test(name)
    ? []
    : [refusal(about, `${name} is no name for a host: letters, digits, dots, - and _ may be in it.`)];
  return [
    ...badName,
    ...addresses.flatMap((address) => {
      const plain = bare(address);
      if (plain === undefined)
        return refusal(about, `${address}, an address of host ${name}, is no IP address.`);
      const same = before.find((other) => other.addresses.some((each) => bare(each) === plain));
      if (!same) return [];
      return refusal(
        about,
        `Hosts ${same.name} and ${name} have the same address ${plain}. Each host needs its own; a shared one belongs to a virtual router.`,
      );
    }),
  ];
}

function repeatedNames(
  items: readonly { readonly name: string }[],
  member: string,
  what: string,
): readonly Refusal[] {
  return items.flatMap(({ name }, index) =>
    items.findIndex((other) => other.name === name) < index
      ? refusal([member, name], `There are two ${what}s with the name ${name}; each needs its own.`)
      : [],
  );
}

function routerRefusals(intent: Intent, router: RouterIntent): readonly Refusal[] {
  const { name } = router;
  const about = ["routers", name];
  const names = intent.hosts.map((host) => host.name);
  const found: Refusal[] = [];
  if (!routerName.test(name))
    found.push(
      refusal(
        about,
        `${name} is no name for a virtual router: blanks, quotes, braces, #, !, $ and \\ may not be in it.`,
      ),
    );
  if (router.master !== undefined && !names.includes(router.master))
    found.push(
      refusal(
        [...about, "master"],
        `${router.master}, the master of ${name}, is none of the hosts: ${names.join(", ")}.`,
      ),
    );
  if (router.addresses.length === 0)
    found.push(refusal([...about, "addresses"], `${name} has no address: there is nothing to take over.`));
  return [
    ...found,
    ...router.addresses.flatMap((address, index) => addressRefusal(intent, router, address, index)),
    ...interfaceRefusals(intent, router),
    ...passwordRefusals(intent, router),
    ...sourceRefusals(intent, router),
    ...priorityRefusals(intent, router),
  ];
}

function addressRefusal(intent: Intent, router: RouterIntent, written: string, index: number): Refusal[] {
  const about = ["routers", router.name, "addresses", index];
  const plain = bare(written);
  if (plain === undefined)
    return [refusal(about, `${written}, an address of ${router.name}, is no IP address.`)];
  const owner = intent.hosts.find((host) => host.addresses.some((each) => bare(each) === plain));
  if (owner)
    return [
      refusal(
        about,
        `${plain} is host ${owner.name}'s own address. A virtual address moves between hosts, so it has to be another one.`,
      ),
    ];
  if (router.interface !== undefined) return [];
  const far = intent.hosts.filter((host) => isOutside(host, written)).map((host) => host.name);
  if (far.length === 0) return [];
  return [
    refusal(
      about,
      `${written} is outside every network of ${far.join(" and ")}: neighbours there would not find it. Correct the address or its prefix, give the hosts' addresses in that network, or write /${familyOf(written) === 6 ? 128 : 32} if the address is routed to the hosts.`,
    ),
  ];
}

function interfaceRefusals(intent: Intent, router: RouterIntent): readonly Refusal[] {
  const { trackers = [], syncGroup } = choicesOf(intent, router);
  const about = ["routers", router.name];
  return intent.hosts.flatMap((host) => {
    const own = interfaceOf(intent, router, host);
    const watched = trackers.flatMap((tracker) =>
      tracker.track === "interface" ? [onHost(tracker.interface, host.name)] : [],
    );
    return [
      ...(own ? [] : [refusal(about, `On which interface of ${host.name} is ${router.name}? Name it.`)]),
      ...(own && !syncGroup && watched.includes(own)
        ? [
            refusal(
              about,
              `${router.name} is on ${own} of ${host.name} itself, and goes to another host when ${own} fails anyway; keepalived does not read a second wish for it. Watch another interface, or none.`,
            ),
          ]
        : []),
      ...(watched.includes(undefined)
        ? [
            refusal(
              about,
              `Interfaces are tracked, but none is named for ${host.name}. Every host has to watch its own.`,
            ),
          ]
        : []),
    ];
  });
}

/** What double quotes cannot hold. */
const unwritable = /["\p{Cc}]/u;

function passwordRefusals(intent: Intent, router: RouterIntent): readonly Refusal[] {
  const { authentication } = choicesOf(intent, router);
  if (typeof authentication !== "object" || !unwritable.test(authentication.password)) return [];
  const about = router.authentication ? ["routers", router.name, "auth"] : ["auth"];
  return [
    refusal(
      about,
      "The password has a double quote or a control character in it, which keepalived.conf cannot hold. Choose one without.",
    ),
  ];
}

function sourceRefusals(intent: Intent, router: RouterIntent): readonly Refusal[] {
  const { unicast } = choicesOf(intent, router);
  if (!unicast) return [];
  const families = new Set(router.addresses.flatMap((each) => familyOf(each) ?? []));
  const hasSource = (host: HostIntent, family: 4 | 6) =>
    unicast === true
      ? sourceOf(host, family, undefined) !== undefined
      : familyOf(unicast.get(host.name) ?? "") === family;
  return intent.hosts.flatMap((host) =>
    [...families]
      .filter((family) => !hasSource(host, family))
      .map((family) =>
        refusal(
          ["hosts", host.name],
          `Unicast adverts of ${router.name} need an IPv${family} address of every host, and ${host.name} has none. Add it.`,
        ),
      ),
  );
}

function priorityRefusals(intent: Intent, router: RouterIntent): readonly Refusal[] {
  const { priorities, name } = router;
  const about = ["routers", name];
  const { length } = intent.hosts;
  if (priorities) {
    const without = intent.hosts.filter((host) => !priorities.has(host.name)).map((host) => host.name);
    if (without.length === 0) return [];
    return [
      refusal(
        [...about, "priorities"],
        `${name} has priorities, but none for ${without.join(" and ")}. Give one to every host, or none.`,
      ),
    ];
  }
  const weights = groupWeights(intent, router).filter((weight) => weight !== 0);
  if (length < 2 || choosePriorities(length, weights)) return [];
  return [
    refusal(
      about,
      weights.length > 0
        ? `The weights of ${name}'s trackers (${weights.join(", ")}) leave no room for ${length} different priorities between 1 and 254. Use smaller weights, or none: then a failure takes the host out at once.`
        : `${length} hosts are too many for one virtual router.`,
    ),
  ];
}

function vridRefusals({ routers, reservedVrids = [] }: Intent): readonly Refusal[] {
  const taken = routers.flatMap(({ name, vrid }) =>
    vrid !== undefined && reservedVrids.includes(vrid)
      ? refusal(
          ["routers", name, "vrid"],
          `VRID ${vrid} of ${name} is taken by another cluster in this network: both would hear each other's adverts. Choose another, or leave it out.`,
        )
      : [],
  );
  const used = new Set([...reservedVrids, ...routers.flatMap(({ vrid }) => vrid ?? [])]);
  const open = routers.filter(({ vrid }) => vrid === undefined).length;
  if (used.size + open <= 255) return taken;
  return [...taken, refusal(["routers"], "There are only 255 VRIDs, and these virtual routers need more.")];
}
