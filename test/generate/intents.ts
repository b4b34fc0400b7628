/** Wishes as people have them, with nothing wrong in them: every one of them can be fulfilled. */
import fc from "fast-check";
import type {
  HostIntent,
  Intent,
  RouterChoices,
  RouterIntent,
  TrackerIntent,
} from "../../src/generate/intent.ts";

/** Interfaces that the wishes name. */
export const interfaces = ["eth0", "eth1", "ens3"];

const hostNames = ["a", "b", "lb-1", "lb2.example.org", "c_3"];

/** What a set of hosts has in common. */
interface Surroundings {
  readonly hosts: readonly HostIntent[];
  readonly dualStack: boolean;
}

const surroundings: fc.Arbitrary<Surroundings> = fc
  .record({
    names: fc.shuffledSubarray(hostNames, { minLength: 2 }),
    dualStack: fc.boolean(),
    prefixes: fc.boolean(),
    odd: fc.boolean(),
  })
  .map(({ names, dualStack, prefixes, odd }) => ({
    dualStack,
    hosts: names.map((name, index) => ({
      name,
      addresses: [
        `10.0.0.${10 + index}${prefixes ? "/24" : ""}`,
        ...(dualStack ? [`2001:db8::${10 + index}${prefixes ? "/64" : ""}`] : []),
      ],
      ...(odd && index === 1 ? { interface: "ens3" } : {}),
    })),
  }));

/** Words that double quotes can hold. */
const password = fc
  .stringMatching(/^[!#-Z^-~][ !#-Z^-~]{0,6}[!#-Z^-~]$/)
  .filter((text) => !text.includes("$"));

const weight = fc.option(
  fc.integer({ min: 2, max: 30 }).map((size) => -size),
  { nil: undefined },
);

function trackers(weighted: boolean): fc.Arbitrary<readonly TrackerIntent[]> {
  const some = weighted ? weight : fc.constant(undefined);
  return fc.uniqueArray(
    fc.oneof(
      fc.record({
        track: fc.constant("script" as const),
        command: fc.constantFrom(
          "/usr/bin/true",
          "/usr/bin/test -e /run",
          "/usr/bin/sh -c 'exit 0'",
          '/usr/bin/test a = "a"',
        ),
        weight: some,
        interval: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
        extra: fc.constantFrom(undefined, undefined, "init_fail"),
      }),
      fc.record({
        track: fc.constant("process" as const),
        process: fc.constantFrom("nginx", "haproxy"),
        weight: some,
        extra: fc.constantFrom(undefined, undefined, "delay 1\nfull_command"),
      }),
      fc.record({ track: fc.constant("file" as const), file: fc.constant("/run/health"), weight: some }),
      fc.record({ track: fc.constant("interface" as const), interface: fc.constant("eth1"), weight: some }),
    ),
    { maxLength: 3, selector: ({ track }) => track },
  );
}

const choices: fc.Arbitrary<RouterChoices> = fc
  .record({
    how: fc.constantFrom("preempts", "waits", "stays" as const),
    version: fc.constantFrom(undefined, 2, 3 as const),
    slow: fc.integer({ min: 1, max: 5 }),
    quick: fc.integer({ min: 1, max: 300 }),
    unicast: fc.boolean(),
    vmac: fc.boolean(),
    syncGroup: fc.boolean(),
    delay: fc.integer({ min: 1, max: 1000 }),
    authentication: fc.oneof(
      fc.constantFrom(undefined, "none" as const),
      fc.constant("random" as const),
      password.map((text) => ({ password: text })),
    ),
    notify: fc.constantFrom(undefined, "/usr/bin/true", "/usr/bin/true with 'two words'"),
    byState: fc.record({
      notifyMaster: fc.constantFrom(undefined, undefined, "/usr/bin/true master"),
      notifyBackup: fc.constantFrom(undefined, undefined, '/usr/bin/true "backup"'),
      notifyFault: fc.constantFrom(undefined, undefined, "/usr/bin/true"),
      notifyStop: fc.constantFrom(undefined, undefined, "/usr/bin/true 'it stops'"),
    }),
    startAsBackup: fc.boolean(),
    alert: fc.constantFrom(undefined, undefined, false),
  })
  .chain((each) =>
    trackers(each.how === "preempts").map((tracked) => ({
      version: each.version,
      advertInterval: each.version === 3 ? each.quick / 100 : each.slow,
      authentication: each.version === 3 ? undefined : each.authentication,
      unicast: each.unicast,
      vmac: each.vmac,
      syncGroup: each.syncGroup,
      nopreempt: each.how === "stays",
      preemptDelay: each.how === "waits" ? each.delay : undefined,
      trackers: tracked,
      notify: each.notify,
      ...each.byState,
      startAsBackup: each.startAsBackup || undefined,
      alert: each.alert,
    })),
  );

function router(
  { hosts, dualStack }: Surroundings,
  index: number,
  asked: {
    readonly families: "4" | "6" | "46";
    readonly vrid: boolean;
    readonly master: number;
    readonly count: number;
    readonly bare: boolean;
    readonly broadcast: boolean;
    readonly extra: RouterIntent["extra"];
  },
): RouterIntent {
  const numbers = Array.from({ length: asked.count }, (_, nth) => 100 + index * 10 + nth);
  const prefixKnown = hosts.every((host) => host.addresses[0]?.includes("/"));
  const ending = (length: number) => (asked.bare && prefixKnown ? "" : `/${length}`);
  const families = dualStack ? asked.families : "4";
  return {
    name: `router-${index}`,
    vrid: asked.vrid ? 50 + index : undefined,
    master: asked.master < hosts.length ? hosts[asked.master]?.name : undefined,
    extra: families === "4" ? asked.extra : undefined,
    addresses: [
      ...(families.includes("4")
        ? numbers.map(
            (number) => `10.0.0.${number}${ending(24)}${asked.broadcast ? " brd + scope link" : ""}`,
          )
        : []),
      ...(families.includes("6")
        ? [`fe80::${index + 1}/64`, ...numbers.map((number) => `2001:db8::${number}${ending(64)}`)]
        : []),
    ],
  };
}

const asked = fc.record({
  families: fc.constantFrom("4" as const, "6" as const, "46" as const),
  vrid: fc.boolean(),
  master: fc.integer({ min: 0, max: 5 }),
  count: fc.integer({ min: 1, max: 3 }),
  bare: fc.boolean(),
  broadcast: fc.boolean(),
  extra: fc.constantFrom<RouterIntent["extra"]>(
    undefined,
    undefined,
    "garp_master_delay 7\n",
    "# a comment\nvirtual_routes {\n    198.51.100.0/24 dev eth1\n}\n",
  ),
});

/** A wish that can be fulfilled. */
export const intents: fc.Arbitrary<Intent> = fc
  .record({
    around: surroundings,
    common: choices,
    routers: fc.array(asked, { minLength: 1, maxLength: 4 }),
    mail: fc.constantFrom(
      undefined,
      { to: ["ops@example.org"] },
      { to: ["a@example.org", "b@example.org"], from: "ka@example.org", server: "192.0.2.25" },
    ),
    scriptUser: fc.constantFrom(undefined, "nobody"),
    target: fc.constantFrom(undefined, "2.2.7", "2.4.3"),
    reservedVrids: fc.constantFrom(undefined, [1, 2]),
    routerId: fc.constantFrom(undefined, false as const, "gate way"),
    unlike: fc.boolean(),
    globals: fc.constantFrom(undefined, "vrrp_garp_master_repeat 2\n"),
    extra: fc.constantFrom(undefined, "static_routes {\n    203.0.113.0/24 dev eth0\n}\n"),
  })
  .map(({ around, common, routers, routerId, unlike, globals, extra, ...rest }) => {
    const authentication = withoutVersion2(around, routers) ? undefined : common.authentication;
    const [first] = around.hosts;
    const lines = (text: string | undefined) =>
      unlike && text !== undefined && first ? new Map([[first.name, text]]) : text;
    const sources = new Map(around.hosts.map((host) => [host.name, host.addresses[0]?.split("/")[0] ?? ""]));
    const byHost = unlike && common.unicast && !around.dualStack;
    return {
      ...rest,
      globals: lines(globals),
      extra: lines(extra),
      hosts: around.hosts.map((host, index) =>
        index === 0 || routerId === false ? { ...host, routerId } : host,
      ),
      routers: routers.map((each, index) => router(around, index, each)),
      common: {
        ...common,
        interface: "eth0",
        authentication,
        unicast: byHost ? sources : common.unicast,
      },
    };
  });

/** A password that was asked for has no place in a router that only speaks IPv6. */
function withoutVersion2(
  { dualStack }: Surroundings,
  routers: readonly { readonly families: string }[],
): boolean {
  return dualStack && routers.some(({ families }) => families === "6");
}
