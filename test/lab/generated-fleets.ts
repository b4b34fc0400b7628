/** What people ask the generator for, and what the hosts then have to do. */
import type { Intent } from "../../src/generate/intent.ts";
import type { Lab, LabHost, LabPlan } from "../support/lab.ts";

/** Which virtual addresses each host holds; what no host is said to hold, nobody may hold. */
export type Holdings = Readonly<Record<string, readonly string[]>>;

/** Something happens, and afterwards the addresses are here. */
export type Chapter = readonly [what: string, deed: (lab: Lab) => unknown, then: Holdings];

/** A cluster as it is asked for, and as it has to behave. */
export interface GeneratedFleet {
  readonly fleet: string;
  /** The words of vrrp-gen, or what they would mean where options cannot say it. */
  readonly wish: readonly string[] | Intent;
  /** For vrrp-gen: standard input and environment. */
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly hosts: LabPlan;
  /** Files of every host that are there from the start. */
  readonly files?: Readonly<Record<string, string>>;
  /** Prefix and interface of every virtual address, such as `/24 eth0`; by host where they differ. */
  readonly places: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** What every advert in the network looks like: version, interval and destinations. */
  readonly adverts: { readonly version: number; readonly interval: number; readonly to: readonly string[] };
  /** Starts before the others and then holds all addresses: with nopreempt, whoever is first stays master. */
  readonly first?: string;
  readonly well: Holdings;
  readonly story: readonly Chapter[];
  /** What else can be seen at the end. */
  readonly inTheEnd?: (lab: Lab) => void;
}

const multicast = ["224.0.0.18"];
const [web, mail] = ["10.0.0.100", "10.0.0.110"];
const webOn = (host: string): Holdings => ({ [host]: [web] });

const pair: LabPlan = { a: { eth0: ["10.0.0.1/24"] }, b: { eth0: ["10.0.0.2/24"] } };
const pairWords = ["--pair", "--host", "a=10.0.0.1/24", "--host", "b=10.0.0.2/24", "--interface", "eth0"];
const three: LabPlan = { ...pair, c: { eth0: ["10.0.0.3/24"] } };
const threeWords = [...pairWords, "--host", "c=10.0.0.3/24"];
const router = (words: string) => ["--router", words];
const quick = ["--version", "3", "--advert-int", "0.3"];
const quickly = { version: 3, interval: 0.3, to: multicast };
const slowly = { version: 2, interval: 1, to: multicast };

/** Does something on a host and waits until keepalived there says so. */
async function heard(lab: Lab, host: LabHost, words: RegExp, deed: () => unknown): Promise<void> {
  const before = host.log.length;
  await deed();
  await lab.until(`${host.name} says ${words}`, () =>
    host.log.slice(before).some(({ text }) => words.test(text)),
  );
}

/** A host that has made up its mind; before that, nothing on it could be seen to stay as it is. */
const decided = /Entering (BACKUP|MASTER) STATE/;

function losesPower(name: string, then: Holdings): Chapter {
  return [`${name} loses its power`, (lab) => lab.host(name).crash(), then];
}

function returns(name: string, then: Holdings): Chapter {
  const deed = async (lab: Lab) => {
    const host = lab.host(name);
    await host.boot();
    await heard(lab, host, decided, () => host.start());
  };
  return [`${name} has power again`, deed, then];
}

function ends(name: string, how: "stop" | "kill", then: Holdings): Chapter {
  const signal = how === "stop" ? "SIGTERM" : "SIGKILL";
  return [`keepalived on ${name} gets ${signal}`, (lab) => lab.host(name)[how](), then];
}

function starts(name: string, then: Holdings): Chapter {
  const deed = (lab: Lab) => heard(lab, lab.host(name), decided, () => lab.host(name).start());
  return [`keepalived on ${name} is started again`, deed, then];
}

function writes(name: string, file: string, text: string, then: Holdings): Chapter {
  return [`${file} on ${name} says ${text}`, (lab) => lab.host(name).write(file, text), then];
}

function misses(name: string, file: string, then: Holdings): Chapter {
  return [`${name} has no ${file}`, (lab) => lab.host(name).remove(file), then];
}

const tutorialWords = [
  "--pair",
  ...["--host", "a=10.101.1.185", "--host", "b=10.101.1.186", "--interface", "eth0"],
  ...router("ha-internal-1:1@a=10.101.0.101/22,10.101.0.102/22"),
  ...router("ha-internal-2:2@b=10.101.0.107/22,10.101.0.108/22"),
];
const [first, second] = [
  ["10.101.0.101", "10.101.0.102"],
  ["10.101.0.107", "10.101.0.108"],
];

const tutorial: GeneratedFleet = {
  fleet: "the tutorial's pair, active and active",
  wish: tutorialWords,
  hosts: { a: { eth0: ["10.101.1.185/22"] }, b: { eth0: ["10.101.1.186/22"] } },
  places: Object.fromEntries([...first, ...second].map((address) => [address, "/22 eth0"])),
  adverts: slowly,
  well: { a: first, b: second },
  story: [
    losesPower("a", { b: [...first, ...second] }),
    returns("a", { a: first, b: second }),
    ends("b", "stop", { a: [...first, ...second] }),
  ],
};

const unicast: GeneratedFleet = {
  fleet: "unicast with a password of one's own, and an address outside the network",
  wish: [...pairWords, "--unicast", ...router(`web:33=${web},203.0.113.9/32`)],
  environment: { VRRP_AUTH_PASS: "kx7 Rm#p" },
  hosts: pair,
  places: { [web]: "/24 eth0", "203.0.113.9": "/32 eth0" },
  adverts: { version: 2, interval: 1, to: ["10.0.0.1", "10.0.0.2"] },
  well: { a: [web, "203.0.113.9"] },
  story: [
    // Nobody is left who would take them away.
    ends("a", "kill", { a: [web, "203.0.113.9"], b: [web, "203.0.113.9"] }),
    starts("a", { a: [web, "203.0.113.9"] }),
  ],
};

const tenth: GeneratedFleet = {
  fleet: "version 3, ten adverts a second",
  wish: [...pairWords, "--version", "3", "--advert-int", "0.1", ...router(`web@b=${web}`)],
  hosts: pair,
  places: { [web]: "/24 eth0" },
  adverts: { version: 3, interval: 0.1, to: multicast },
  well: webOn("b"),
  story: [losesPower("b", webOn("a")), returns("b", webOn("b")), ends("b", "stop", webOn("a"))],
};

const six = ["fe80::100", "fd00::100"];

const ipv6: GeneratedFleet = {
  fleet: "IPv6, unicast",
  wish: [
    "--pair",
    ...["--host", "a=fd00::1/64", "--host", "b=fd00::2/64", "--interface", "eth0", "--unicast"],
    ...router("web=fe80::100/64,fd00::100"),
  ],
  hosts: { a: { eth0: ["fd00::1/64"] }, b: { eth0: ["fd00::2/64"] } },
  places: { "fe80::100": "/64 eth0", "fd00::100": "/64 eth0" },
  adverts: { version: 3, interval: 1, to: ["fd00::1", "fd00::2"] },
  well: { a: six },
  story: [losesPower("a", { b: six }), returns("a", { a: six })],
};

const dualStack: GeneratedFleet = {
  fleet: "IPv4 and IPv6 in a group: without IPv6 both go",
  wish: [
    "--pair",
    ...["--host", "a=10.0.0.1/24,fd00::1/64", "--host", "b=10.0.0.2/24,fd00::2/64", "--interface", "eth0"],
    ...["--sync-group", ...quick, ...router(`web=${web},fe80::100/64,fd00::100`)],
  ],
  hosts: {
    a: { eth0: ["10.0.0.1/24", "fd00::1/64"] },
    b: { eth0: ["10.0.0.2/24", "fd00::2/64"] },
  },
  places: { [web]: "/24 eth0", "fe80::100": "/64 eth0", "fd00::100": "/64 eth0" },
  adverts: { version: 3, interval: 0.3, to: [...multicast, "ff02::12"] },
  well: { a: [web, ...six] },
  story: [
    losesPower("a", { b: [web, ...six] }),
    returns("a", { a: [web, ...six] }),
    [
      "a loses its link-local IPv6 address",
      (lab) => lab.host("a").ip("-6", "address", "flush", "dev", "eth0", "scope", "link"),
      { b: [web, ...six] },
    ],
  ],
};

const gateway: GeneratedFleet = {
  fleet: "a gateway between two networks, which moves as a whole",
  wish: {
    hosts: [
      { name: "a", addresses: ["10.0.0.1/24", "10.0.1.1/24"] },
      { name: "b", addresses: ["10.0.0.2/24", "10.0.1.2/24"] },
    ],
    routers: [
      { name: "outside", addresses: [web], interface: "eth0" },
      { name: "inside", addresses: ["10.0.1.100"], interface: "eth1", vrid: 9 },
    ],
    common: { syncGroup: "gateway", advertInterval: 1 },
  },
  hosts: {
    a: { eth0: ["10.0.0.1/24"], eth1: ["10.0.1.1/24"] },
    b: { eth0: ["10.0.0.2/24"], eth1: ["10.0.1.2/24"] },
  },
  places: { [web]: "/24 eth0", "10.0.1.100": "/24 eth1" },
  adverts: slowly,
  well: { a: [web, "10.0.1.100"] },
  story: [
    ["a loses its inner network", (lab) => lab.host("a").linkDown("eth1"), { b: [web, "10.0.1.100"] }],
    ["a has it again", (lab) => lab.host("a").linkUp("eth1"), { a: [web, "10.0.1.100"] }],
  ],
};

const weights: GeneratedFleet = {
  fleet: "a check with a weight on two routers",
  wish: [
    ...pairWords,
    ...quick,
    ...["--track-script", "/usr/bin/test ! -e /mnt/sick", "--track-weight", "-20"],
    ...router(`web@a=${web}`),
    ...router(`mail@b=${mail}`),
  ],
  hosts: pair,
  places: { [web]: "/24 eth0", [mail]: "/24 eth0" },
  adverts: quickly,
  well: { a: [web], b: [mail] },
  story: [
    writes("a", "sick", "yes", { b: [web, mail] }),
    writes("b", "sick", "yes", { a: [web], b: [mail] }),
    misses("a", "sick", { a: [web, mail] }),
    misses("b", "sick", { a: [web], b: [mail] }),
  ],
};

const bonus: GeneratedFleet = {
  fleet: "a check that earns points",
  wish: [
    ...pairWords,
    ...quick,
    ...["--track-script", "/usr/bin/test -e /mnt/ready", "--track-weight", "30", ...router(`web=${web}`)],
  ],
  hosts: pair,
  files: { ready: "" },
  places: { [web]: "/24 eth0" },
  adverts: quickly,
  well: webOn("a"),
  story: [misses("a", "ready", webOn("b")), misses("b", "ready", webOn("a"))],
};

const stays: GeneratedFleet = {
  fleet: "nopreempt: a host that comes back leaves the addresses where they are",
  wish: [...pairWords, ...quick, "--nopreempt", ...router(`web=${web}`)],
  hosts: pair,
  places: { [web]: "/24 eth0" },
  adverts: quickly,
  first: "a",
  well: webOn("a"),
  story: [
    losesPower("a", webOn("b")),
    returns("a", webOn("b")),
    ends("b", "stop", webOn("a")),
    starts("b", webOn("a")),
  ],
};

const staysAfterCheck: GeneratedFleet = {
  fleet: "nopreempt with a check: a host that is well again waits",
  wish: [
    ...pairWords,
    ...quick,
    ...["--nopreempt", "--track-script", "/usr/bin/test ! -e /mnt/sick", ...router(`web=${web}`)],
  ],
  hosts: pair,
  places: { [web]: "/24 eth0" },
  adverts: quickly,
  first: "a",
  well: webOn("a"),
  story: [
    writes("a", "sick", "yes", webOn("b")),
    [
      "a is well again",
      (lab) => heard(lab, lab.host("a"), decided, () => lab.host("a").remove("sick")),
      webOn("b"),
    ],
    writes("b", "sick", "yes", webOn("a")),
  ],
};

/** In seconds. */
const delay = 4;

/** Between the first and the last start of a program on the host and its first advert after that. */
function firstAdvertAfterReturn(lab: Lab, name: string): number {
  const started = lab.host(name).log.findLast(({ text }) => text.includes("Starting Keepalived"))?.at ?? 0;
  const sent = lab.adverts.find(({ host, at }) => host === name && at > started)?.at ?? Number.NaN;
  return (sent - started) / 1000;
}

const waits: GeneratedFleet = {
  fleet: "preempt delay: a host that comes back takes its time",
  wish: [...pairWords, ...quick, "--preempt-delay", `${delay}`, ...router(`web=${web}`)],
  hosts: pair,
  places: { [web]: "/24 eth0" },
  adverts: quickly,
  well: webOn("a"),
  story: [losesPower("a", webOn("b")), returns("a", webOn("a"))],
  inTheEnd: (lab) => {
    const seconds = firstAdvertAfterReturn(lab, "a");
    if (!(seconds >= delay)) throw new Error(`a was master ${seconds} s after its return.`);
  },
};

const trio: GeneratedFleet = {
  fleet: "three unicast hosts, two of which are lost",
  wish: [...threeWords, "--unicast", ...quick, ...router(`web@a=${web}`), ...router(`mail@b=${mail}`)],
  hosts: three,
  places: { [web]: "/24 eth0", [mail]: "/24 eth0" },
  adverts: { version: 3, interval: 0.3, to: ["10.0.0.1", "10.0.0.2", "10.0.0.3"] },
  well: { a: [web], b: [mail] },
  story: [
    losesPower("a", { b: [web, mail] }),
    losesPower("b", { c: [web, mail] }),
    // Behind b comes c, then a.
    returns("a", { a: [web], c: [mail] }),
    returns("b", { a: [web], b: [mail] }),
    ends("b", "stop", { a: [web], c: [mail] }),
  ],
};

const oneFile: GeneratedFleet = {
  fleet: "one file for three hosts",
  wish: [...threeWords, ...quick, "--one-file", ...router(`web@b=${web}`)],
  hosts: three,
  places: { [web]: "/24 eth0" },
  adverts: quickly,
  well: webOn("b"),
  story: [losesPower("b", webOn("c")), losesPower("c", webOn("a")), returns("b", webOn("b"))],
};

const ownMac: GeneratedFleet = {
  fleet: "a virtual MAC, on interfaces with different names",
  wish: [
    ...["--pair", "--host", "a=10.0.0.1/24", "--host", "b=10.0.0.2/24", ...quick, "--vmac"],
    ...["--interface", "a:eth0", "--interface", "b:ens3", ...router(`web:7=${web}`)],
  ],
  hosts: { a: { eth0: ["10.0.0.1/24"] }, b: { ens3: ["10.0.0.2/24"] } },
  places: { [web]: "/24 vrrp.7" },
  adverts: quickly,
  well: webOn("a"),
  story: [losesPower("a", webOn("b")), returns("a", webOn("a"))],
  inTheEnd: (lab) => {
    const macs = new Set(lab.announcements.filter(({ address }) => address === web).map(({ mac }) => mac));
    if (`${[...macs]}` !== "00:00:5e:00:01:07") throw new Error(`${web} was announced by ${[...macs]}.`);
  },
};

const otherNames: GeneratedFleet = {
  fleet: "interfaces with different names, another one watched",
  wish: [
    ...["--pair", "--host", "a=10.0.0.1/24", "--host", "b=10.0.0.2/24", ...quick],
    ...["--interface", "a:eth0", "--interface", "b:ens3", ...router(`web=${web}`)],
    ...["--track-interface", "a:eth1", "--track-interface", "b:ens4"],
  ],
  hosts: {
    a: { eth0: ["10.0.0.1/24"], eth1: ["10.0.1.1/24"] },
    b: { ens3: ["10.0.0.2/24"], ens4: ["10.0.1.2/24"] },
  },
  places: { [web]: { a: "/24 eth0", b: "/24 ens3" } },
  adverts: quickly,
  well: webOn("a"),
  story: [
    ["a's second link goes down", (lab) => lab.host("a").linkDown("eth1"), webOn("b")],
    ["and comes up", (lab) => lab.host("a").linkUp("eth1"), webOn("a")],
  ],
};

const trackedFile: GeneratedFleet = {
  fleet: "a file that takes a host out, and a program that is told",
  wish: [
    ...pairWords,
    ...quick,
    ...["--track-file", "/mnt/health", "--notify", "/usr/bin/sh -c 'echo $3 >> /mnt/told' notify"],
    ...router(`web=${web}`),
  ],
  hosts: pair,
  files: { health: "0\n" },
  places: { [web]: "/24 eth0" },
  adverts: quickly,
  well: webOn("a"),
  story: [writes("a", "health", "1\n", webOn("b")), writes("a", "health", "0\n", webOn("a"))],
  inTheEnd: (lab) => {
    const told = lab.host("a").read("told").trim().split("\n");
    if (told.at(-1) !== "MASTER" || !told.includes("FAULT")) throw new Error(`a was told: ${told}`);
  },
};

const described: GeneratedFleet = {
  fleet: "a description with choices of its own for each router",
  wish: ["--spec", "-"],
  input: `
hosts: {a: 10.0.0.1/24, b: 10.0.0.2/24, c: 10.0.0.3/24}
interface: eth0
version: 3
advert_int: 0.3
routers:
  web:
    addresses: [${web}]
    priorities: {a: 10, b: 30, c: 20}
    track: [{script: /usr/bin/test ! -e /mnt/sick, interval: 0.5, fall: 1, rise: 1}]
  mail: {vrid: 200, master: c, addresses: [${mail}], nopreempt: true}
`,
  hosts: three,
  places: { [web]: "/24 eth0", [mail]: "/24 eth0" },
  adverts: quickly,
  first: "c",
  well: { b: [web], c: [mail] },
  story: [
    writes("b", "sick", "yes", { c: [web, mail] }),
    losesPower("c", { a: [web, mail] }),
    misses("b", "sick", { a: [mail], b: [web] }),
    returns("c", { a: [mail], b: [web] }),
  ],
};

export const generatedFleets: readonly GeneratedFleet[] = [
  ...[tutorial, unicast, tenth, ipv6, dualStack, gateway, weights, bonus, stays, staysAfterCheck],
  ...[waits, trio, oneFile, ownMac, otherNames, trackedFile, described],
];
