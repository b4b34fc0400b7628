/** Every kind of advert that keepalived 2.2.7 sends: lines that make it do so, and what the advert then is. */
import type { Advert } from "../../src/vrrp/packet.ts";
import { centisecond, second } from "../../src/vrrp/time.ts";
import { passwordKey, plainWire, type Wire } from "../../src/vrrp/wire.ts";

export interface Kind {
  readonly name: string;
  /** Lines of the instance besides interface, VRID and addresses. */
  readonly lines: readonly string[];
  readonly advert: Advert;
  readonly wire: Wire;
  readonly hopLimit: number;
  readonly destinations: readonly string[];
}

/** Addresses of the host that sends, and of two more that exist, on the network of the recording. */
export const sender = { 4: "10.0.0.1", 6: "fd00::1" } as const;

type Change = Partial<Pick<Kind, "hopLimit" | "destinations">> & {
  readonly advert?: Partial<Advert>;
  readonly wire?: Partial<Wire>;
};

function kind(vrid: number, name: string, lines: readonly string[], change: Change = {}): Kind {
  const family = change.advert?.family ?? 4;
  const wire = { ...plainWire(family), ...change.wire };
  const addresses = family === 4 ? [`10.0.0.${100 + vrid}`] : ["fe80::5:1", `fd00::${100 + vrid}`];
  return {
    name,
    lines,
    advert: { family, version: 2, vrid, priority: 150, interval: second, addresses, ...change.advert },
    wire,
    hopLimit: change.hopLimit ?? 255,
    destinations: change.destinations ?? [wire.multicastGroup],
  };
}

const password = (type: "PASS" | "AH") => [
  "authentication {",
  `auth_type ${type}`,
  "auth_pass s3cret42",
  "}",
];
const signed = (type: "PASS" | "AH") => ({ type, key: passwordKey("s3cret42") }) as const;
const peers4 = ["10.0.0.2", "10.0.0.3"];
const peers6 = ["fd00::2", "fd00::3"];
const toPeers = (source: string, peers: readonly string[]) => [
  `unicast_src_ip ${source}`,
  "unicast_peer {",
  ...peers,
  "}",
];
const unicast4 = toPeers(sender[4], peers4);
const many = Array.from({ length: 20 }, (_, index) => `10.0.0.${200 + index}`);

export const kinds: readonly Kind[] = [
  kind(1, "version 2", []),
  kind(2, "version 2, password", password("PASS"), { wire: { authentication: signed("PASS") } }),
  kind(3, "version 2, AH", password("AH"), { wire: { authentication: signed("AH") } }),
  kind(4, "version 2, AH, unicast", [...password("AH"), ...unicast4], {
    wire: { authentication: signed("AH"), unicast: true },
    destinations: peers4,
  }),
  kind(5, "version 2, password, unicast", [...password("PASS"), ...unicast4], {
    wire: { authentication: signed("PASS"), unicast: true },
    destinations: peers4,
  }),
  kind(6, "version 2, 20 addresses, 3 s", ["advert_int 3"], {
    advert: { addresses: many, interval: 3 * second },
  }),
  kind(7, "version 2, address owner", ["priority 255"], { advert: { priority: 255 } }),
  kind(8, "version 3", ["version 3", "advert_int 0.25"], {
    advert: { version: 3, interval: 25 * centisecond },
  }),
  kind(9, "version 3, longest interval", ["version 3", "advert_int 40.95", "priority 255"], {
    advert: { version: 3, interval: 4095 * centisecond, priority: 255 },
  }),
  kind(10, "version 3, unicast, TTL 64", ["version 3", ...unicast4, "unicast_ttl 64"], {
    advert: { version: 3 },
    wire: { unicast: true },
    destinations: peers4,
    hopLimit: 64,
  }),
  kind(11, "version 3, unicast, old checksum", ["version 3", ...unicast4, "old_unicast_checksum"], {
    advert: { version: 3 },
    wire: { unicast: true, checksum: "group" },
    destinations: peers4,
  }),
  kind(12, "version 3, IPv6", [`mcast_src_ip ${sender[6]}`], { advert: { version: 3, family: 6 } }),
  kind(13, "version 3, IPv6, unicast", toPeers(sender[6], peers6), {
    advert: { version: 3, family: 6 },
    wire: { unicast: true },
    destinations: peers6,
    // Linux' own default: keepalived sets 255 for multicast only.
    hopLimit: 64,
  }),
  kind(14, "version 3, priority that changes", ["version 3", "track_interface {", "eth1 weight 20", "}"], {
    advert: { version: 3, priority: 170 },
  }),
  kind(
    15,
    "version 2, password, priority that changes",
    [...password("PASS"), "track_interface {", "eth1 weight 21", "}"],
    { advert: { priority: 171 }, wire: { authentication: signed("PASS") } },
  ),
];
