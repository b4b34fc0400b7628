/** Random adverts and ways to send them. */
import fc from "fast-check";
import { addressText, type Family } from "../../src/vrrp/address.ts";
import type { Advert } from "../../src/vrrp/packet.ts";
import { multicastGroups } from "../../src/vrrp/packet-ip.ts";
import { centisecond, second } from "../../src/vrrp/time.ts";
import { passwordKey, type Signing, type Wire } from "../../src/vrrp/wire.ts";

const address = (family: Family) =>
  fc.uint8Array({ minLength: family === 4 ? 4 : 16, maxLength: family === 4 ? 4 : 16 }).map(addressText);

/** Not multicast, whatever the first byte. */
const host = (family: Family) =>
  address(family).map((text) =>
    family === 4 ? `10.${text.split(".").slice(1).join(".")}` : `fe80::${text.split(":").at(-1) || "1"}`,
  );

const adverts = (family: Family, version: 2 | 3): fc.Arbitrary<Advert> =>
  fc.record({
    family: fc.constant(family),
    version: fc.constant(version),
    vrid: fc.integer({ min: 1, max: 255 }),
    priority: fc.integer({ min: 0, max: 255 }),
    interval:
      version === 2
        ? fc.integer({ min: 1, max: 255 }).map((count) => count * second)
        : fc.integer({ min: 1, max: 4095 }).map((count) => count * centisecond),
    addresses: fc.array(address(family), { maxLength: 20 }),
  });

/** Keys 1 and 2; key 1 signs. */
export const signing: Signing = {
  keys: { 1: new Uint8Array(32).fill(7), 2: new Uint8Array(64).fill(9) },
  active: 1,
  mode: "enforce",
  window: 5,
};

const wires = (family: Family, version: 2 | 3): fc.Arbitrary<Wire> => {
  const own = family === 4 && version === 2;
  const key = passwordKey("s3cret");
  return fc.record(
    {
      authentication: fc.constantFrom<Wire["authentication"]>(
        { type: "none" },
        ...(own ? [{ type: "PASS", key } as const, { type: "AH", key } as const] : []),
      ),
      checksum: fc.constantFrom<Wire["checksum"]>(
        "standard",
        ...(family === 4 && version === 3 ? (["message-only", "group"] as const) : []),
      ),
      multicastGroup: fc.constant(multicastGroups[family]),
      unicast: fc.boolean(),
      signing: fc.constant(signing),
    },
    { requiredKeys: ["authentication", "checksum", "multicastGroup", "unicast"] },
  );
};

/** An advert, how it is sent, and from whom to whom. */
export const sendings = fc
  .constantFrom([4, 2] as const, [4, 3] as const, [6, 3] as const)
  .chain(([family, version]) =>
    fc.record({
      advert: adverts(family, version),
      wire: wires(family, version),
      source: host(family),
      peer: host(family),
    }),
  )
  // keepalived takes only one of the two.
  .filter(({ wire }) => wire.authentication.type === "none" || wire.signing === undefined)
  .map(({ source, peer, wire, advert }) => ({
    advert,
    wire,
    path: { source, destination: wire.unicast ? peer : wire.multicastGroup, hopLimit: 255 },
  }));
