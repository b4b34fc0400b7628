/** Pairing: which instances are one virtual router. The decisions are in docs/decisions/0010-pairing.md. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formFleet } from "../../src/model/fleet.ts";
import type { Fleet, Host } from "../../src/model/host.ts";
import { readHost } from "../../src/model/read.ts";

/** What a line of a table says of an instance. */
interface Sketch {
  readonly name?: string;
  readonly vrid?: number | undefined;
  readonly vips?: readonly string[];
  readonly excluded?: readonly string[];
  readonly interface?: string | undefined;
  readonly source?: string;
  readonly peers?: readonly string[];
  readonly password?: string;
  /** Further lines. */
  readonly more?: string;
}

function block(keyword: string, lines: readonly string[] | undefined): string {
  return lines ? `${keyword} {\n${lines.join("\n")}\n}` : "";
}

function textOf(sketch: Sketch): string {
  const { name = "VI_1", vrid = 51, interface: device = "eth0" } = { ...sketch };
  return [
    `vrrp_instance ${name} {`,
    "interface" in sketch && sketch.interface === undefined ? "" : `interface ${device}`,
    "vrid" in sketch && sketch.vrid === undefined ? "" : `virtual_router_id ${vrid}`,
    sketch.source ? `unicast_src_ip ${sketch.source}` : "",
    block("unicast_peer", sketch.peers),
    sketch.password ? `authentication {\nauth_type PASS\nauth_pass ${sketch.password}\n}` : "",
    block("virtual_ipaddress", sketch.vips),
    block("virtual_ipaddress_excluded", sketch.excluded),
    sketch.more ?? "",
    "}\n",
  ].join("\n");
}

type Sketches = Readonly<Record<string, readonly Sketch[]>>;

function hostsOf(sketches: Sketches): readonly Host[] {
  return Object.entries(sketches).map(([name, instances]) =>
    readHost({ path: `${name}.conf`, text: instances.map(textOf).join("") }),
  );
}

/** Routers as `a/VI_1 b/VI_1`, sorted, with how they were paired. */
function shown({ routers }: Fleet): string[] {
  return routers
    .map(({ members, pairedBy }) => {
      const names = members.map(({ host, instance }) => `${host.name}/${instance.name}`).sort();
      return `${pairedBy}: ${names.join(" ")}`;
    })
    .sort();
}

function paired(sketches: Sketches): string[] {
  return shown(formFleet(hostsOf(sketches), { complete: true }));
}

const web: Sketch = { name: "web", vrid: 51, vips: ["10.0.0.51/24"] };
const mail: Sketch = { name: "mail", vrid: 52, vips: ["10.0.0.52/24"] };

const gateway = (network: string, vrid: number): Sketch => ({
  name: "gw",
  vrid,
  vips: ["fe80::1/64", `${network}::1/64`],
});
const [east, west] = [gateway("2001:db8:e", 51), gateway("2001:db8:f", 51)];

const table: readonly (readonly [title: string, sketches: Sketches, routers: readonly string[]])[] = [
  ["nobody", {}, []],
  ["one host", { a: [web, mail] }, ["alone: a/mail", "alone: a/web"]],
  ["equal instances", { a: [web], b: [web] }, ["addresses: a/web b/web"]],
  [
    "two clusters with one link-local address on their own links",
    { a: [east], b: [east], c: [west], d: [west] },
    ["addresses: a/gw b/gw", "addresses: c/gw d/gw"],
  ],
  [
    "a link-local address, where nothing speaks against it",
    { a: [{ ...east, vips: ["fe80::1/64"] }], b: [gateway("2001:db8:e", 52)] },
    ["addresses: a/gw b/gw"],
  ],
  [
    "two routers of two hosts, in any order in the files",
    { a: [web, mail], b: [mail, web] },
    ["addresses: a/mail b/mail", "addresses: a/web b/web"],
  ],
  [
    "four hosts",
    { a: [web], b: [web], c: [web, mail], d: [web] },
    ["addresses: a/web b/web c/web d/web", "alone: c/mail"],
  ],
  ["another VRID, the same addresses", { a: [web], b: [{ ...web, vrid: 99 }] }, ["addresses: a/web b/web"]],
  [
    "another name and interface, the same addresses",
    { a: [web], b: [{ ...web, name: "www", interface: "ens3" }] },
    ["addresses: a/web b/www"],
  ],
  [
    "swapped VRIDs",
    {
      a: [web, mail],
      b: [
        { ...web, vrid: 52 },
        { ...mail, vrid: 51 },
      ],
    },
    ["addresses: a/mail b/mail", "addresses: a/web b/web"],
  ],
  [
    "swapped VRIDs and names",
    {
      a: [web, mail],
      b: [
        { ...web, vrid: 52, name: "mail" },
        { ...mail, vrid: 51, name: "web" },
      ],
    },
    ["addresses: a/mail b/web", "addresses: a/web b/mail"],
  ],
  [
    "partly different addresses",
    { a: [{ ...web, vips: ["10.0.0.51", "10.0.0.53"] }], b: [{ ...web, vips: ["10.0.0.51", "10.0.0.54"] }] },
    ["addresses: a/web b/web"],
  ],
  [
    "an address that one advertises and the other excludes",
    { a: [web], b: [{ ...web, vips: ["10.0.0.60"], excluded: ["10.0.0.51"] }] },
    ["addresses: a/web b/web"],
  ],
  [
    "two instances of one host share an address with one of the other: the larger share wins",
    {
      a: [
        { ...web, name: "x", vips: ["10.0.0.1"], vrid: 1 },
        { ...web, name: "y", vips: ["10.0.0.2", "10.0.0.3"], vrid: 2 },
      ],
      b: [{ ...web, name: "z", vips: ["10.0.0.1", "10.0.0.2", "10.0.0.3"], vrid: 3 }],
    },
    ["addresses: a/y b/z", "alone: a/x"],
  ],
  [
    "with equal shares the VRID decides",
    {
      a: [
        { ...web, name: "x", vips: ["10.0.0.1"], vrid: 1 },
        { ...web, name: "y", vips: ["10.0.0.2"], vrid: 2 },
      ],
      b: [{ ...web, name: "z", vips: ["10.0.0.1", "10.0.0.2"], vrid: 2 }],
    },
    ["addresses: a/y b/z", "alone: a/x"],
  ],
  [
    "dual stack with one VRID",
    {
      a: [web, { ...web, name: "web6", vips: ["fe80::51/64", "fd00::51/64"] }],
      b: [web, { ...web, name: "web6", vips: ["fe80::51/64", "fd00::51/64"] }],
    },
    ["addresses: a/web b/web", "addresses: a/web6 b/web6"],
  ],
  [
    "other addresses, same VRID and name on one network: one router with a mistake",
    { a: [web], b: [{ ...web, vips: ["10.0.0.61/24"] }] },
    ["vrid: a/web b/web"],
  ],
  [
    "the same with passwords that differ: two clusters",
    { a: [{ ...web, password: "one" }], b: [{ ...web, vips: ["10.0.0.61/24"], password: "two" }] },
    ["alone: a/web", "alone: b/web"],
  ],
  [
    "other addresses and name, same VRID: two clusters",
    { a: [web], b: [{ ...mail, vrid: 51 }] },
    ["alone: a/web", "alone: b/mail"],
  ],
  [
    "other addresses and name, same VRID, but unicast to each other",
    {
      a: [{ ...web, source: "10.0.0.1", peers: ["10.0.0.2"] }],
      b: [{ ...mail, vrid: 51, source: "10.0.0.2", peers: ["10.0.0.1"] }],
    },
    ["vrid: a/web b/mail"],
  ],
  [
    "same VRID and name, but networks far apart",
    { a: [web], b: [{ ...web, vips: ["192.168.7.1/24"] }] },
    ["alone: a/web", "alone: b/web"],
  ],
  [
    "no address on one side, same VRID and interface",
    { a: [web], b: [{ ...web, name: "other", vips: [] }] },
    ["vrid: a/web b/other"],
  ],
  [
    "no address on one side, same VRID, other interface and name",
    { a: [web], b: [{ ...web, name: "other", interface: "eth7", vips: [] }] },
    ["alone: a/web", "alone: b/other"],
  ],
  [
    "a lost VRID and lost addresses, the same name",
    { a: [web], b: [{ name: "web", vrid: undefined }] },
    ["name: a/web b/web"],
  ],
  [
    "no address on one side, and two clusters it could belong to",
    {
      a1: [{ vips: ["10.0.0.1"] }],
      b1: [{ vips: ["10.0.0.1"] }],
      a2: [{ vips: ["10.0.3.2"] }],
      b2: [{ vips: ["10.0.3.2"] }],
      x: [{ vips: [] }],
    },
    ["addresses: a1/VI_1 b1/VI_1", "addresses: a2/VI_1 b2/VI_1", "alone: x/VI_1"],
  ],
  [
    "the same, but unicast tells",
    {
      a1: [{ vips: ["10.0.0.1"], source: "10.0.0.7" }],
      b1: [{ vips: ["10.0.0.1"] }],
      a2: [{ vips: ["10.0.3.2"] }],
      b2: [{ vips: ["10.0.3.2"] }],
      x: [{ vips: [], peers: ["10.0.0.7"] }],
    },
    ["addresses: a2/VI_1 b2/VI_1", "vrid: a1/VI_1 b1/VI_1 x/VI_1"],
  ],
  [
    "no address anywhere",
    { a: [{ vips: [] }], b: [{ vips: [] }], c: [{ vips: [] }] },
    ["vrid: a/VI_1 b/VI_1 c/VI_1"],
  ],
  [
    "another VRID and other addresses, the same name: strangers",
    { a: [{ ...web, name: "VI_1" }], b: [{ ...mail, name: "VI_1" }] },
    ["alone: a/VI_1", "alone: b/VI_1"],
  ],
  [
    "another VRID and other addresses, the same name, hosts that are partners",
    { a: [web, { ...mail, vrid: 60 }], b: [web, { ...mail, vips: ["10.0.0.99/24"] }] },
    ["addresses: a/web b/web", "name: a/mail b/mail"],
  ],
  [
    "the first address is IPv4 here and IPv6 there",
    {
      a: [{ ...web, vips: ["10.0.0.51", "fd00::51"] }],
      b: [{ ...web, vips: ["fd00::51", "10.0.0.51"] }],
    },
    ["name: a/web b/web"],
  ],
  [
    "IPv4 and IPv6 instances of one name",
    { a: [{ ...web, vips: ["10.0.0.51"] }], b: [{ ...web, vips: ["fd00::51"] }] },
    ["alone: a/web", "alone: b/web"],
  ],
  [
    "many clusters that all copied the manual",
    {
      a1: [{ vips: ["10.0.0.1"] }],
      b1: [{ vips: ["10.0.0.1"] }],
      a2: [{ vips: ["10.0.0.2"] }],
      b2: [{ vips: ["10.0.0.2"] }],
      a3: [{ vips: ["10.0.3.3"] }],
      b3: [{ vips: ["10.0.3.3"] }],
    },
    ["addresses: a1/VI_1 b1/VI_1", "addresses: a2/VI_1 b2/VI_1", "addresses: a3/VI_1 b3/VI_1"],
  ],
  [
    "a third host that only copied the manual stays alone",
    { a: [{ vips: ["10.0.0.1"] }], b: [{ vips: ["10.0.0.1"] }], c: [{ vips: ["10.0.0.3"] }] },
    ["addresses: a/VI_1 b/VI_1", "alone: c/VI_1"],
  ],
  [
    "a third host that is a partner elsewhere joins",
    {
      a: [{ vips: ["10.0.0.1"] }, mail],
      b: [{ vips: ["10.0.0.1"] }],
      c: [{ vips: ["10.0.0.3"] }, mail],
    },
    ["addresses: a/mail c/mail", "vrid: a/VI_1 b/VI_1 c/VI_1"],
  ],
  [
    "a chain of shared addresses",
    {
      a: [{ ...web, vips: ["10.0.0.1", "10.0.0.2"] }],
      b: [{ ...web, vips: ["10.0.0.2", "10.0.0.3"] }],
      c: [{ ...web, vips: ["10.0.0.3", "10.0.0.4"] }],
    },
    ["addresses: a/web b/web c/web"],
  ],
];

describe("pairing", () => {
  it.each(table)("%s", (_, sketches, routers) => {
    expect(paired(sketches)).toEqual([...routers].sort());
  });

  it("of one file given as several hosts pairs each instance with itself", () => {
    const text = textOf({ ...web, more: "@a priority 150\n@b priority 100" }) + textOf(mail);
    const hosts = ["a", "b", "c"].map((id) => readHost({ path: "k.conf", text, name: id, configId: id }));
    const { routers } = formFleet(hosts, { complete: true });
    expect(routers.map(({ members }) => members.map(({ instance }) => instance.name))).toEqual([
      ["web", "web", "web"],
      ["mail", "mail", "mail"],
    ]);
    expect(routers[0]?.members.map(({ instance }) => instance.priority.value)).toEqual([150, 100, 100]);
  });

  it("of the same file given twice under one name still tells the hosts apart", () => {
    const hosts = [0, 1].map(() => readHost({ path: "a.conf", text: textOf(web) }));
    expect(shown(formFleet(hosts, { complete: true }))).toEqual(["addresses: a/web a/web"]);
  });

  it("joins nothing through an unreadable interface", () => {
    const unknown = "$" + "{_ENV DEVICE}";
    const sketches = {
      a: [{ vips: [], name: "x", interface: unknown }],
      b: [{ vips: [], interface: unknown }],
    };
    expect(paired(sketches)).toEqual(["alone: a/x", "alone: b/VI_1"]);
  });

  it("says what the router is", () => {
    const six = { ...web, vips: ["fd00::51/64"], vrid: 60 };
    const hosts = hostsOf({ a: [{ ...six, vrid: undefined }], b: [six], c: [web] });
    const { routers, complete } = formFleet(hosts, { complete: false });
    expect(routers.map(({ family, vrid }) => [family, vrid])).toEqual([
      [6, 60],
      [4, 51],
    ]);
    expect(complete).toBe(false);
  });

  it("of 800 instances that share VRID and name is done at once", () => {
    const sketches = Object.fromEntries(
      Array.from({ length: 800 }, (_, n) => [`h${n}`, [{ vips: [`10.${n >> 6}.${n & 63}.1/24`] }]]),
    );
    expect(paired(sketches)).toHaveLength(800);
  }, 20_000);
});

const sketch: fc.Arbitrary<Sketch> = fc.record({
  name: fc.constantFrom("VI_1", "VI_2", "web"),
  vrid: fc.constantFrom(51, 52, undefined),
  vips: fc.uniqueArray(
    fc.constantFrom("10.0.0.1/24", "10.0.0.2", "10.0.9.3/24", "fd00::1/64", "$" + "{_ENV X}"),
    {
      maxLength: 3,
    },
  ),
  interface: fc.constantFrom("eth0", "eth1"),
});

const fleetSketch: fc.Arbitrary<Sketches> = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d", "e"),
  fc.uniqueArray(sketch, { maxLength: 3, selector: ({ name }) => name }),
  { maxKeys: 5, noNullPrototype: true },
);

/** The same with what only later steps of pairing look at. */
const keptSketch: fc.Arbitrary<Sketch> = fc
  .tuple(sketch, fc.constantFrom("one", "other", undefined), fc.constantFrom("10.0.0.8", undefined))
  .map(([one, password, source]) => ({
    ...one,
    ...(password === undefined ? {} : { password }),
    ...(source === undefined ? {} : { source, peers: ["10.0.0.9"] }),
  }));

describe("pairing, whatever the files say,", () => {
  it("puts every instance into exactly one router, one per host", () => {
    fc.assert(
      fc.property(fleetSketch, (sketches) => {
        const hosts = hostsOf(sketches);
        const { routers } = formFleet(hosts, { complete: true });
        const members = routers.flatMap((router) => router.members);
        const instances = hosts.flatMap((host) => host.instances);
        expect(new Set(members.map(({ instance }) => instance))).toEqual(new Set(instances));
        expect(members).toHaveLength(instances.length);
        for (const router of routers)
          expect(new Set(router.members.map(({ host }) => host)).size).toBe(router.members.length);
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on the order of the hosts", () => {
    const shuffled = fleetSketch.chain((sketches) =>
      fc.tuple(
        fc.constant(sketches),
        fc.shuffledSubarray(Object.entries(sketches), { minLength: Object.keys(sketches).length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([sketches, entries]) => {
        expect(paired(Object.fromEntries(entries))).toEqual(paired(sketches));
      }),
      { numRuns: 500 },
    );
  });

  it("is the same whether the hosts were paired before in another state or not", () => {
    const changed = fleetSketch.chain((sketches) =>
      fc.tuple(
        fc.constant(sketches),
        fc.constantFrom(...Object.keys(sketches), "a"),
        fc.uniqueArray(keptSketch, { maxLength: 3, selector: ({ name }) => name }),
      ),
    );
    fc.assert(
      fc.property(changed, ([sketches, name, instances]) => {
        const after = { ...sketches, [name]: instances };
        const before = new Map(hostsOf(sketches).map((host) => [host.name, host]));
        formFleet([...before.values()], { complete: true });
        const hosts = hostsOf(after).map((host) =>
          host.name === name ? host : (before.get(host.name) ?? host),
        );
        const fleet = formFleet(hosts, { complete: true });
        expect(shown(fleet)).toEqual(paired(after));
        for (const { members } of fleet.routers)
          for (const { host } of members) expect(hosts).toContain(host);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps members and routers in the order of the hosts", () => {
    fc.assert(
      fc.property(fleetSketch, (sketches) => {
        const hosts = hostsOf(sketches);
        const place = new Map(hosts.flatMap((host) => host.instances).map((one, index) => [one, index]));
        const { routers } = formFleet(hosts, { complete: true });
        const places = routers.map(({ members }) => members.map(({ instance }) => place.get(instance) ?? -1));
        for (const inRouter of places) expect(inRouter).toEqual([...inRouter].sort((x, y) => x - y));
        const firsts = places.map(([first]) => first ?? -1);
        expect(firsts).toEqual([...firsts].sort((x, y) => x - y));
      }),
      { numRuns: 200 },
    );
  });
});
