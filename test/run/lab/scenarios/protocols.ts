/** Every kind of advert: who holds the addresses when hosts come, go and come back. */
import { dies, happens, linkDown, linkUp, losesPower, on, returns, start, starts, stops } from "../deeds.ts";
import type { Chapter, Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import {
  addresses,
  block,
  file,
  globals,
  type Lines,
  named,
  quick,
  quickRest,
  same,
  slowRest,
  three,
  two,
  vip,
  vip6,
  vrrp,
} from "./texts.ts";

/** Failover in both directions and back: by power, by SIGTERM, by SIGKILL. */
export function comeAndGo(all: readonly string[]): readonly Chapter[] {
  return [
    starts("a", on(all, "a")),
    starts("b", on(all, "a")),
    losesPower("a", on(all, "b")),
    returns("a", on(all, "a")),
    stops("a", on(all, "b")),
    starts("a", on(all, "a")),
    dies("a", on(all, "b")),
    starts("a", on(all, "a")),
    dies("b", on(all, "a")),
    starts("b", on(all, "a")),
  ];
}

/** The same, shorter: for what has been seen in full elsewhere. */
export function failover(all: readonly string[]): readonly Chapter[] {
  return [
    starts("a", on(all, "a")),
    starts("b", on(all, "a")),
    dies("a", on(all, "b")),
    starts("a", on(all, "a")),
    stops("a", on(all, "b")),
  ];
}

const v2Lines: readonly (readonly [string, Lines])[] = [
  ["version 2 without password", []],
  ["version 2 with a password", [block("authentication", "auth_type PASS", "auth_pass s3cret42")]],
  ["authentication header", [block("authentication", "auth_type AH", "auth_pass s3cret")]],
];

const version2 = v2Lines.map(
  ([name, lines]): Scenario => ({
    name,
    hosts: two,
    text: same("version 2", ...lines),
    rest: slowRest,
    story: [
      starts("a", on([vip], "a")),
      starts("b", on([vip], "a")),
      losesPower("a", on([vip], "b")),
      returns("a", on([vip], "a")),
      stops("a", on([vip], "b")),
    ],
  }),
);

const tenth: Scenario = {
  name: "version 3, 0.1 s",
  hurried: true,
  hosts: two,
  text: same("version 3", "advert_int 0.1"),
  rest: 1,
  story: [...comeAndGo([vip]), linkDown("a", "eth0", on([vip], "b")), linkUp("a", "eth0", on([vip], "a"))],
};

const six: Scenario = {
  name: "IPv6",
  hosts: two,
  text: same(...quick, addresses(...vip6.map((address) => `${address}/64`))),
  rest: quickRest,
  story: [
    ...failover(vip6),
    starts("a", on(vip6, "a")),
    linkDown("a", "eth0", on(vip6, "b")),
    linkUp("a", "eth0", on(vip6, "a")),
  ],
};

const own: Readonly<Record<string, string>> = { a: "10.0.0.1", b: "10.0.0.2", c: "10.0.0.3" };
const own6: Readonly<Record<string, string>> = { a: "fd00::1", b: "fd00::2" };

/** Of three hosts the last two differ by their skew time alone, so that has to be long enough for a busy machine. */
const apart: Lines = ["version 3", "advert_int 0.8"];
const apartRest = 4;
const last = (host: string): Lines => (host === "c" ? ["priority 1"] : []);

function unicast(host: string, peers: Readonly<Record<string, string>>, ...lines: Lines): string {
  const others = Object.entries(peers).flatMap(([name, address]) => (name === host ? [] : [address]));
  return file(
    globals(host),
    vrrp(host, ...apart, `unicast_src_ip ${peers[host]}`, block("unicast_peer", ...others), ...lines),
  );
}

const { a, b, c } = own;
const unicastPair: Scenario = {
  name: "unicast, two hosts",
  hosts: two,
  text: (host) => unicast(host, { a, b } as typeof own),
  rest: quickRest,
  story: failover([vip]),
};

const unicastTriple: Scenario = {
  name: "unicast, three hosts",
  hosts: three,
  text: (host) => unicast(host, { a, b, c } as typeof own, ...last(host)),
  rest: apartRest,
  story: [
    starts("a", on([vip], "a")),
    starts("b", on([vip], "a")),
    starts("c", on([vip], "a")),
    losesPower("a", on([vip], "b")),
    stops("b", on([vip], "c")),
    starts("b", on([vip], "b")),
    returns("a", on([vip], "a")),
    dies("b", on([vip], "a")),
    dies("a", on([vip], "c")),
  ],
};

const unicastSix: Scenario = {
  name: "unicast, IPv6",
  hosts: two,
  text: (host) => unicast(host, own6, addresses(...vip6.map((address) => `${address}/64`))),
  rest: quickRest,
  story: failover(vip6),
};

const unicastHops: Scenario = {
  name: "unicast with unicast_ttl and limits for peers",
  hosts: two,
  text: (host) => {
    const peer = host === "a" ? "10.0.0.2 min_ttl 60 max_ttl 70" : "10.0.0.1 min_ttl 60 max_ttl 70";
    return file(
      globals(host),
      vrrp(host, ...quick, `unicast_src_ip ${own[host]}`, "unicast_ttl 64", block("unicast_peer", peer)),
    );
  },
  rest: quickRest,
  story: [starts("a", on([vip], "a")), starts("b", on([vip], "a")), stops("a", on([vip], "b"))],
};

const multicastThree: Scenario = {
  name: "multicast, three hosts",
  hosts: three,
  text: (host) => file(globals(host), vrrp(host, ...apart, ...last(host))),
  rest: apartRest,
  story: unicastTriple.story,
};

const owner: Scenario = {
  name: "an owner (priority 255)",
  hosts: two,
  text: (host) => file(globals(host), vrrp(host, ...quick, ...(host === "a" ? ["priority 255"] : []))),
  rest: quickRest,
  story: [
    starts("b", on([vip], "b")),
    starts("a", on([vip], "a")),
    stops("a", on([vip], "b")),
    starts("a", on([vip], "a")),
    linkDown("a", "eth0", on([vip], "b")),
    linkUp("a", "eth0", on([vip], "a")),
  ],
};

const group = ["10.0.0.100", "10.1.0.100"];
const synced = (host: string) =>
  file(
    globals(host),
    block("vrrp_sync_group G", block("group", "VI_1", "VI_2"), 'notify "/mnt/tell.sh group"'),
    vrrp(host, ...quick),
    named("VI_2", 52, host, ...quick, "interface eth1", addresses("10.1.0.100/24")),
  );

const syncGroup: Scenario = {
  name: "sync group of two networks",
  hosts: two,
  text: synced,
  rest: quickRest,
  story: [
    starts("a", on(group, "a")),
    starts("b", on(group, "a")),
    linkDown("a", "eth1", on(group, "b")),
    linkUp("a", "eth1", on(group, "a")),
    linkDown("a", "eth0", on(group, "b")),
    linkUp("a", "eth0", on(group, "a")),
    losesPower("a", on(group, "b")),
    returns("a", on(group, "a")),
    dies("a", on(group, "b")),
    starts("a", on(group, "a")),
    stops("a", on(group, "b")),
  ],
};

const dual = [vip, ...vip6];
const dualStack: Scenario = {
  name: "IPv4 and IPv6 in one sync group",
  hosts: two,
  text: (host) =>
    file(
      globals(host),
      block("vrrp_sync_group G", block("group", "VI_1", "VI_2"), 'notify "/mnt/tell.sh group"'),
      vrrp(host, ...quick),
      named("VI_2", 51, host, ...quick, addresses(...vip6.map((address) => `${address}/64`))),
    ),
  rest: quickRest,
  story: [
    starts("a", on(dual, "a")),
    starts("b", on(dual, "a")),
    stops("a", on(dual, "b")),
    starts("a", on(dual, "a")),
    losesPower("a", on(dual, "b")),
  ],
};

const nopreempt: Scenario = {
  name: "nopreempt",
  hosts: two,
  text: same(...quick, "state BACKUP", "nopreempt"),
  rest: quickRest,
  story: [
    starts("b", on([vip], "b")),
    starts("a", on([vip], "b")),
    losesPower("b", on([vip], "a")),
    returns("b", on([vip], "a")),
    stops("a", on([vip], "b")),
    starts("a", on([vip], "b")),
    dies("b", on([vip], "a")),
  ],
};

/** Seconds that a host waits in the scenarios about waiting. */
const wait = 4;

/** The host is started, waits as its file says while another one is master, and then is master. */
function startsLate(name: string): Chapter {
  const check = ({ lab, chapterBegins }: Stage) => {
    const first = lab.adverts.find(({ host, at }) => host === name && at > chapterBegins)?.at ?? 0;
    const waited = first - chapterBegins;
    if (waited < wait * 1000) throw new Error(`${name} sent after ${waited} ms already.`);
  };
  return happens(`${name} is started and waits`, (stage) => start(stage, name), on([vip], name), check);
}

const preemptDelay: Scenario = {
  name: "preempt_delay",
  hosts: two,
  text: same(...quick, `preempt_delay ${wait}`),
  rest: quickRest,
  story: [
    starts("b", on([vip], "b")),
    startsLate("a"),
    stops("a", on([vip], "b")),
    happens("a is started and waits", (stage) => start(stage, "a")),
    losesPower("b", on([vip], "a")),
  ],
};

const startupDelay: Scenario = {
  name: "vrrp_startup_delay",
  hosts: two,
  text: (host) =>
    file(globals(host, ...(host === "a" ? [`vrrp_startup_delay ${wait}`] : [])), vrrp(host, ...quick)),
  rest: quickRest,
  story: [starts("b", on([vip], "b")), startsLate("a")],
};

const downTimer: Scenario = {
  name: "down_timer_adverts 6",
  hosts: two,
  text: same(...quick, "down_timer_adverts 6"),
  rest: 2.6,
  story: [starts("a", on([vip], "a")), starts("b", on([vip], "a")), losesPower("a", on([vip], "b"))],
};

const strict: Scenario = {
  name: "vrrp_strict and vrrp_version 3",
  hosts: two,
  text: (host) =>
    file(globals(host, "vrrp_version 3", "vrrp_strict"), vrrp(host, "advert_int 0.3", "accept")),
  rest: quickRest,
  story: [starts("a", on([vip], "a")), starts("b", on([vip], "a")), stops("a", on([vip], "b"))],
};

export const protocols: readonly Scenario[] = [
  ...version2,
  tenth,
  six,
  unicastPair,
  unicastTriple,
  unicastSix,
  unicastHops,
  multicastThree,
  owner,
  syncGroup,
  dualStack,
  nopreempt,
  preemptDelay,
  startupDelay,
  downTimer,
  strict,
];
