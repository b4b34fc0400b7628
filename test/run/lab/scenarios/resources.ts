/** What a master puts on its host beside plain addresses: virtual MAC, routes, rules, labels; and what is always there. */
import { dies, happens, linkDown, linkUp, losesPower, on, starts, stops } from "../deeds.ts";
import type { Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import {
  addresses,
  block,
  file,
  globals,
  type Lines,
  quick,
  quickRest,
  two,
  vip,
  vip6,
  vrrp,
} from "./texts.ts";

const onA = on([vip], "a");
const onB = on([vip], "b");

/** What `ip` prints on a host, in lines without what the kernel counts. */
async function seen(stage: Stage, host: string, command: string): Promise<readonly string[]> {
  const text = await stage.host(host).ip(...command.split(" "));
  return text
    .split("\n")
    .map((line) => line.replaceAll(/^\d+: |@if\d+|\bvalid_lft.*|\\\s*$|\s+$/g, "").replaceAll(/\s+/g, " "))
    .filter(
      (line) => line !== "" && !line.includes("fe80::ff") && !/^lo\b|inet6? fe80::\S* .*kernel/.test(line),
    );
}

/** Tells what is on both hosts, so that it is compared with what keepalived puts there. */
const compares =
  (...commands: readonly string[]) =>
  async (stage: Stage) => {
    for (const host of ["a", "b"]) {
      for (const command of commands) {
        const lines = await seen(stage, host, command);
        stage.tell(`${host}: ip ${command}`, ...lines, "--");
      }
    }
  };

const plainAddresses = compares("-o -4 address show scope global", "-o -6 address show scope global");

const vmac: Scenario = {
  name: "VMAC (use_vmac)",
  hosts: two,
  text: (host) => file(globals(host), vrrp(host, ...quick, "use_vmac")),
  rest: quickRest,
  story: [
    starts("a", onA, compares("-br link show type macvlan", "-o -4 address show scope global")),
    starts("b", onA, compares("-br link show type macvlan")),
    stops("a", onB, compares("-br link show type macvlan", "-o -4 address show scope global")),
    starts("a", onA),
    linkDown("a", "eth0", onB),
    linkUp("a", "eth0", onA),
    losesPower("a", onB),
  ],
};

const vmacBase: Scenario = {
  name: "VMAC with a name, adverts by the base interface",
  hosts: two,
  text: (host) => file(globals(host), vrrp(host, ...quick, "use_vmac web", "vmac_xmit_base")),
  rest: quickRest,
  story: [
    starts("a", onA, compares("-br link show type macvlan")),
    starts("b", onA),
    dies("a", onB),
    starts("a", onA),
    stops("a", onB),
  ],
};

const vmacSix: Scenario = {
  name: "VMAC with IPv6",
  hosts: two,
  text: (host) =>
    file(
      globals(host),
      vrrp(host, ...quick, "use_vmac", addresses(...vip6.map((address) => `${address}/64`))),
    ),
  rest: quickRest,
  story: [
    starts("a", on(vip6, "a"), compares("-br link show type macvlan")),
    starts("b", on(vip6, "a")),
    stops("a", on(vip6, "b")),
    starts("a", on(vip6, "a")),
  ],
};

const routes: Lines = [
  block(
    "virtual_routes",
    "192.0.2.0/24 via 10.0.0.9 dev eth0",
    "src 10.0.0.100 198.51.100.0/24 via 10.0.0.9 dev eth0 metric 5",
    "203.0.113.0/24 dev eth0 table 100",
    "blackhole 192.0.0.0/24",
    "2001:db8:1::/48 via fd00::9 dev eth0",
  ),
  block(
    "virtual_rules",
    "from 10.0.0.100 table 100 priority 1000",
    "to 203.0.113.0/24 table 100 priority 1001",
    "iif eth1 table 100 priority 1002",
  ),
];

const whatRoutes = compares(
  "-4 route show table main",
  "-4 route show table 100",
  "-6 route show 2001:db8:1::/48",
  "-4 rule",
);

const routesAndRules: Scenario = {
  name: "virtual_routes and virtual_rules",
  hosts: two,
  text: (host) => file(globals(host), vrrp(host, ...quick, ...routes)),
  rest: quickRest,
  before: async (stage) => {
    // A table that never had a route cannot be shown.
    for (const host of ["a", "b"]) {
      await stage.host(host).ip("route", "add", "192.0.2.99", "dev", "lo", "table", "100");
    }
  },
  story: [
    starts("a", onA, whatRoutes),
    starts("b", onA, whatRoutes),
    stops("a", onB, whatRoutes),
    starts("a", onA, whatRoutes),
    linkDown("a", "eth0", onB),
    linkUp("a", "eth0", onA, whatRoutes),
  ],
};

const kinds = ["10.0.0.100", "10.0.0.101", "10.0.0.102", "10.1.0.100", "192.0.2.7"];
const addressOptions: Scenario = {
  name: "addresses with prefix, label, scope, other interface, excluded",
  hosts: two,
  text: (host) =>
    file(
      globals(host),
      vrrp(
        host,
        ...quick,
        addresses(
          "10.0.0.100/24 label eth0:web",
          "10.0.0.101/32 scope link",
          "10.0.0.102/24 brd 10.0.0.255",
          "10.1.0.100/24 dev eth1",
        ),
        block("virtual_ipaddress_excluded", "192.0.2.7/32", "fd00::7/64"),
      ),
    ),
  rest: quickRest,
  story: [
    starts(
      "a",
      on([...kinds, "fd00::7"], "a"),
      compares("-o -4 address show", "-o -6 address show scope global"),
    ),
    starts("b", on([...kinds, "fd00::7"], "a")),
    stops("a", on([...kinds, "fd00::7"], "b"), compares("-o -4 address show")),
  ],
};

const statics: Scenario = {
  name: "static addresses, routes and rules",
  hosts: two,
  text: (host) => {
    const last = host === "a" ? 41 : 42;
    return file(
      globals(host),
      block("static_ipaddress", `10.0.0.${last}/24 dev eth0`, `fd00::${last}/64 dev eth0`),
      block("static_routes", "192.0.2.0/24 via 10.0.0.9 dev eth0"),
      block("static_rules", "from 192.0.2.0/24 table main priority 2000"),
      vrrp(host, ...quick),
    );
  },
  rest: quickRest,
  story: [
    starts("a", { ...onA, ...on(["10.0.0.41", "fd00::41"], "a") }),
    starts("b", onA, compares("-4 route show table main", "-4 rule")),
    stops("a", onB, compares("-o -4 address show scope global", "-4 route show table main", "-4 rule")),
    starts("a", onA, plainAddresses),
  ],
};

const deletedByHand: Scenario = {
  name: "an address deleted by hand comes back",
  hosts: two,
  text: (host) => file(globals(host), vrrp(host, ...quick, addresses("10.0.0.100/24", "10.0.0.101/24"))),
  rest: quickRest,
  story: [
    starts("a", on([vip, "10.0.0.101"], "a")),
    starts("b", on([vip, "10.0.0.101"], "a")),
    happens(
      "somebody deletes an address of the master",
      (stage) => stage.host("a").ip("address", "delete", "10.0.0.101/24", "dev", "eth0"),
      on([vip, "10.0.0.101"], "a"),
    ),
  ],
};

export const resources: readonly Scenario[] = [
  vmac,
  vmacBase,
  vmacSix,
  routesAndRules,
  addressOptions,
  statics,
  deletedByHand,
];
