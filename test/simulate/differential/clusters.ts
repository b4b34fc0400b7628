/** Clusters by chance: files of two or three hosts, and faults that happen to them. */
import fc from "fast-check";
import { block, file } from "../../../src/rules/examples.ts";
import { address } from "./addresses.ts";
import type { Cluster } from "./observation.ts";

type Lines = readonly string[];

/** Lines that every instance of a cluster has, and how long a takeover takes with them in seconds. */
interface Pace {
  readonly lines: Lines;
  readonly interval: number;
}

const v3 = (interval: number): Pace => ({ lines: ["version 3", `advert_int ${interval}`], interval });
const paces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(v3(0.3), v3(0.4), v3(0.5), v3(0.6)) },
  { weight: 2, arbitrary: fc.constantFrom<Pace>({ lines: [], interval: 1 }, v3(1)) },
);

const maybe = <T>(weight: number, some: fc.Arbitrary<T>, otherwise: T) =>
  fc.oneof({ weight: 10 - weight, arbitrary: fc.constant(otherwise) }, { weight, arbitrary: some });

/** Lines of which every host has its own. */
const ownLines: fc.Arbitrary<Lines> = fc
  .tuple(
    maybe(2, fc.constantFrom<Lines>(["nopreempt"], ["preempt_delay 1"], ["preempt_delay 2.5"]), []),
    maybe(2, fc.constantFrom<Lines>(["state MASTER"], ["state BACKUP"]), []),
    maybe(1, fc.constantFrom<Lines>(["down_timer_adverts 2"], ["down_timer_adverts 5"]), []),
    maybe(
      1,
      fc.constantFrom<Lines>(["lower_prio_no_advert"], ["higher_prio_send_advert"], ["skip_check_adv_addr"]),
      [],
    ),
    maybe(
      1,
      fc.constantFrom<Lines>(["garp_master_delay 1", "garp_master_refresh 2"], ["garp_master_repeat 1"]),
      [],
    ),
  )
  .map((parts) => parts.flat());

/** Something that an instance tracks: a definition outside, a line inside, the name that faults use. */
interface Tracking {
  readonly outside: string;
  readonly inside: string;
  readonly name: string;
}

const weights = fc.constantFrom(0, 0, -60, 60, -20, 20);
const trackings: fc.Arbitrary<Tracking> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(weights, fc.constantFrom(1, 1, 2), fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2), fc.boolean())
      .map(([weight, interval, fall, rise, first]) => ({
        outside: block(
          "vrrp_script chk",
          'script "/usr/bin/test ! -e /mnt/chk"',
          `interval ${interval}`,
          ...(fall > 1 ? [`fall ${fall}`] : []),
          ...(rise > 1 ? [`rise ${rise}`] : []),
          ...(weight === 0 ? [] : [`weight ${weight}`]),
          ...(first ? ["init_fail"] : []),
        ),
        inside: block("track_script", "chk"),
        name: "chk",
      })),
  },
  {
    weight: 1,
    arbitrary: weights.map((weight) => ({
      outside: block("vrrp_track_file num", "file /mnt/num", `weight ${Math.sign(weight) * 30}`),
      inside: block("track_file", "num"),
      name: "num",
    })),
  },
  {
    weight: 2,
    arbitrary: weights.map((weight) => ({
      outside: "",
      inside: block("track_interface", weight === 0 ? "eth1" : `eth1 weight ${weight}`),
      name: "eth1",
    })),
  },
);

const globals = (...lines: Lines) =>
  block("global_defs", "enable_script_security", "script_user root", ...lines);

/** What is wrong between the hosts, if anything. */
type Mismatch = "none" | "vrid" | "password" | "addresses" | "interval" | "version" | "unicast";

interface Plan {
  readonly hosts: number;
  readonly pace: Pace;
  readonly priorities: readonly number[];
  readonly own: readonly Lines[];
  readonly tracking: readonly (Tracking | undefined)[];
  readonly shape: "one" | "two" | "synced" | "synced-weights" | "synced-same-net";
  readonly family: 4 | 6;
  readonly unicast: boolean;
  readonly mismatch: Mismatch;
  readonly delay: number;
}

const names = ["a", "b", "c"] as const;
const priority = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(50, 90, 100, 100, 110, 150, 150, 200) },
  { weight: 1, arbitrary: fc.constantFrom(255, 254, 1) },
);

const plans: fc.Arbitrary<Plan> = fc.record({
  hosts: fc.constantFrom(2, 2, 2, 3),
  pace: paces,
  priorities: fc.array(priority, { minLength: 3, maxLength: 3 }),
  own: fc.oneof(
    ownLines.map((lines) => [lines, lines, lines]),
    fc.array(ownLines, { minLength: 3, maxLength: 3 }),
  ),
  tracking: fc.array(maybe(4, trackings, undefined), { minLength: 3, maxLength: 3 }),
  shape: fc.constantFrom("one", "one", "one", "one", "two", "synced", "synced-weights", "synced-same-net"),
  family: fc.constantFrom(4, 4, 4, 6),
  unicast: fc.constantFrom(false, false, false, true),
  mismatch: maybe<Mismatch>(
    2,
    fc.constantFrom("vrid", "password", "addresses", "interval", "version", "unicast"),
    "none",
  ),
  delay: fc.constantFrom(0, 0, 0, 0, 0, 0, 1.5),
});

function textFor(plan: Plan, host: number): string {
  const { pace, tracking, shape, family } = plan;
  // Three hosts of which two are deaf to each other are in chaos: milliseconds decide.
  const mismatch = plan.hosts === 2 || plan.mismatch === "vrid" ? plan.mismatch : "none";
  const odd = host === 1 ? mismatch : "none";
  const vrid = odd === "vrid" ? 77 : 51;
  const track = tracking[host];
  const vip = (net: number, last: number) =>
    family === 4 ? [`10.${net}.0.${last}/24`] : [`fe80::${net}:${last}`, `fd0${net}::${last}/64`];
  const timed =
    odd === "version"
      ? pace.lines.length === 0
        ? ["version 3"]
        : []
      : odd === "interval"
        ? pace.lines.length === 0
          ? ["advert_int 2"]
          : ["version 3", "advert_int 0.7"]
        : pace.lines;
  const lines = (net: number, id: number, last: number, more: Lines): Lines => {
    const list = odd === "addresses" ? [...vip(net, last), ...vip(net, last + 5)] : vip(net, last);
    const isTwo = timed.every((line) => line !== "version 3");
    return [
      `interface eth${net}`,
      `virtual_router_id ${id}`,
      `priority ${plan.priorities[host]}`,
      ...(isTwo && family === 6 ? ["version 2"] : timed),
      ...(plan.own[host] ?? []).filter(
        (line) => !(line.startsWith("nopreempt") && plan.own[host]?.includes("state MASTER")),
      ),
      ...(plan.unicast && odd !== "unicast"
        ? unicast(plan, host, net)
        : family === 6
          ? [`mcast_src_ip ${address(6, net, host)}`]
          : []),
      ...(isTwo && mismatch === "password"
        ? [block("authentication", "auth_type PASS", `auth_pass ${odd === "password" ? "other" : "s3cret"}`)]
        : []),
      ...more,
      block("virtual_ipaddress", ...list),
    ];
  };
  const inner = track ? [track.inside] : [];
  const first = (more: Lines) => block("vrrp_instance VI_1", ...lines(0, vrid, 100, more));
  const second = (net: number, more: Lines) =>
    block("vrrp_instance VI_2", ...lines(net, vrid + 1, net === 0 ? 120 : 100, more));
  const parts = {
    one: () => [first(inner)],
    two: () => [
      first(inner),
      second(0, []).replace(
        `priority ${plan.priorities[host]}`,
        `priority ${plan.priorities[(host + 1) % plan.hosts]}`,
      ),
    ],
    synced: () => [group([], track), first(inner), second(1, [])],
    "synced-weights": () => [group(["sync_group_tracking_weight"], track), first(inner), second(1, inner)],
    "synced-same-net": () => [group(inner, track), first([]), second(0, [])],
  }[shape]();
  return file(
    globals(...(plan.delay > 0 && host === 0 ? [`vrrp_startup_delay ${plan.delay}`] : [])),
    ...(track?.outside ? [track.outside] : []),
    ...parts,
  );
}

function group(lines: Lines, track: Tracking | undefined): string {
  // A group's list of interfaces cannot be read as an instance's can when there is none.
  return block(
    "vrrp_sync_group G",
    block("group", "VI_1", "VI_2"),
    ...(track ? lines : lines.filter((line) => !line.includes("track_"))),
  );
}

function unicast({ family, hosts }: Plan, host: number, net: number): Lines {
  const others = Array.from({ length: hosts }, (_, index) => index).filter((index) => index !== host);
  return [
    `unicast_src_ip ${address(family, net, host)}`,
    block("unicast_peer", ...others.map((other) => address(family, net, other))),
  ];
}

/** How long a takeover takes at most, in seconds, when nothing slows it down that is not usual. */
function takeoverOf({ pace, tracking, hosts }: Plan): number {
  return 4 * pace.interval + (tracking.slice(0, hosts).some((track) => track?.name === "chk") ? 2 : 0.3);
}

/** Deeds with what undoes them. */
function deedsFor(plan: Plan): fc.Arbitrary<readonly [string, string?]> {
  const host = fc.constantFrom(...names.slice(0, plan.hosts));
  const twoNets = plan.shape === "synced" || plan.shape === "synced-weights";
  const net = fc.constantFrom(...(twoNets ? ["eth0", "eth1"] : ["eth0"]));
  const tracked = plan.tracking.slice(0, plan.hosts).flatMap((track, index) => {
    const [name, what] = [names[index], track?.name];
    if (what === undefined) return [];
    const isLink = what.startsWith("eth");
    return [
      [
        `${isLink ? "link-down" : "fail"} ${name} ${what}`,
        `${isLink ? "link-up" : "pass"} ${name} ${what}`,
      ] as const,
    ];
  });
  const two = fc.constantFrom(...(plan.hosts === 2 ? ["a b", "b a"] : ["a b", "b c", "c a"]));
  const cases: fc.WeightedArbitrary<readonly [string, string?]>[] = [
    { weight: 3, arbitrary: host.map((name) => [`kill ${name}`, `start ${name}`]) },
    { weight: 3, arbitrary: host.map((name) => [`stop ${name}`, `start ${name}`]) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(host, net)
        .map(([name, on]) => [`link-down ${name} ${on}`, `link-up ${name} ${on}`]),
    },
    { weight: 1, arbitrary: two.map((names) => [`cut ${names}`, "heal"]) },
    { weight: 1, arbitrary: two.map((names) => [`cut-one-way ${names}`, "heal"]) },
    { weight: 1, arbitrary: host.map((name) => [`isolate ${name}`, "heal"]) },
    {
      weight: 1,
      arbitrary: fc.tuple(host, fc.constantFrom(1, 3)).map(([name, length]) => [`stall ${name} ${length}s`]),
    },
  ];
  if (tracked.length > 0) cases.push({ weight: 6, arbitrary: fc.constantFrom(...tracked) });
  return fc.oneof(...cases);
}

/** Faults some time apart from each other: mostly long enough for a takeover, sometimes in the middle of one. */
function faultsFor(plan: Plan): fc.Arbitrary<Pick<Cluster, "faults" | "duration">> {
  const takeover = takeoverOf(plan);
  const gap = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.integer({ min: 100, max: 140 }).map((percent) => (percent / 100) * takeover + 0.5),
    },
    { weight: 1, arbitrary: fc.integer({ min: 30, max: 100 }).map((percent) => (percent / 100) * takeover) },
  );
  const late = maybe(3, fc.constantFrom(...names.slice(0, plan.hosts)), undefined);
  const deeds = fc.array(fc.tuple(deedsFor(plan), gap, gap), { minLength: 1, maxLength: 4 });
  return fc.tuple(late, deeds).map(([later, list]) => {
    const faults: string[] = [];
    let at = 0;
    const add = (text: string, wait: number) => {
      at += wait;
      faults.push(`${at.toFixed(2)}s ${text}`);
    };
    if (later) add(`start ${later}`, takeover + 0.7);
    for (const [[deed, undone], before, after] of list) {
      add(deed, before);
      if (deed.startsWith("stall")) at += Number.parseFloat(deed.split(" ")[2] ?? "");
      if (undone) add(undone, after);
    }
    return { faults, duration: Math.ceil(at + takeover + plan.delay + 1.5) };
  });
}

export const clusters: fc.Arbitrary<Cluster> = plans.chain((plan) =>
  faultsFor(plan).map((happening) => ({
    texts: Object.fromEntries(names.slice(0, plan.hosts).map((name, index) => [name, textFor(plan, index)])),
    ...happening,
  })),
);

/** The cluster of a seed. */
export function clusterOf(seed: number): Cluster {
  const [cluster] = fc.sample(clusters, { seed, numRuns: 1 });
  if (!cluster) throw new Error(`There is no cluster ${seed}.`);
  return cluster;
}
