/** Every reason for not taking an advert, on bytes that a wrong or foreign sender would send. */
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { internetChecksum } from "../../src/vrrp/packet-checksum.ts";
import { bookworm, newest } from "../../src/vrrp/quirks.ts";
import { type Reason, reasons } from "../../src/vrrp/reasons.ts";
import type { Circumstances, Memory, Reception } from "../../src/vrrp/receive.ts";
import { emptyMemory } from "../../src/vrrp/receive.ts";
import { second } from "../../src/vrrp/time.ts";
import { encodePacket, passwordKey, plainWire, type Wire } from "../../src/vrrp/wire.ts";
import { signing } from "./random.ts";
import {
  advert,
  arrival,
  counters,
  multicast,
  packetOf,
  receptionOf,
  unicast,
  verdictOn,
} from "./support.ts";

const plain = plainWire(4);
const v2 = { version: 2 } as const;
const pass: Wire = { ...plain, authentication: { type: "PASS", key: passwordKey("s3cret") } };
const otherPass: Wire = { ...plain, authentication: { type: "PASS", key: passwordKey("S3cret") } };
const ah: Wire = { ...plain, authentication: { type: "AH", key: passwordKey("s3cret") } };
const otherAh: Wire = { ...plain, authentication: { type: "AH", key: passwordKey("S3cret") } };
const hmac: Wire = { ...plain, signing };
const toPeer: Wire = { ...plain, unicast: true };
const version6 = { ...advert, family: 6, addresses: ["fe80::1"] } as const;
const path6 = { source: "fe80::a", destination: "ff02::12", hopLimit: 255 };

const forVersion2 = (wire: Wire) => receptionOf({ ...advert, ...v2 }, wire);
const forVersion3 = (wire: Wire = plain, change: Partial<Reception> = {}): Reception => ({
  ...receptionOf(advert, wire),
  ...change,
});

/** The same bytes with some of them changed, and the checksums of IPv4 header and message right again if wanted. */
function patched(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(values, at);
  return copy;
}

/** Version 2 has a checksum that needs no more than the message. */
function repaired(bytes: Uint8Array): Uint8Array {
  const copy = patched(bytes, 26, 0, 0);
  new DataView(copy.buffer).setUint16(26, internetChecksum(copy.subarray(20)));
  return copy;
}

/** The same packet with an authentication header that is right again, computed without the product. */
function resigned(bytes: Uint8Array): Uint8Array {
  const blank = patched(patched(bytes, 10, 0, 0), 32, ...new Array<number>(12).fill(0));
  blank[1] = 0;
  const digest = createHmac("md5", passwordKey("s3cret")).update(blank).digest();
  return patched(bytes, 32, ...digest.subarray(0, 12));
}

interface Row {
  readonly reason: Reason;
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly expected: Reception;
  readonly memory?: Memory;
  readonly circumstances?: Partial<Circumstances>;
}

const remembered = (sequence: number): Memory => ({ ...emptyMemory, sequence });
const seenAt = (seconds: number): Memory => ({
  ...emptyMemory,
  stamps: [{ source: multicast.source, stamp: { seconds, fraction: 0 } }],
});
const signed = packetOf({}, hmac);
const longer = (bytes: Uint8Array, by: number) =>
  Uint8Array.from([...bytes, ...new Array<number>(by).fill(0)]);

const rows: readonly Row[] = [
  { reason: "vrid", what: "RFC 9568, 7.1: the VRID", bytes: packetOf({ vrid: 52 }), expected: forVersion3() },
  {
    reason: "ah-unexpected",
    what: "signed with AH, expected without",
    bytes: packetOf(v2, ah),
    expected: forVersion2(plain),
  },
  {
    reason: "ah-missing",
    what: "not signed, expected with AH",
    bytes: packetOf(v2, plain),
    expected: forVersion2(ah),
  },
  {
    reason: "length",
    what: "RFC 9568, 7.1: complete; one address more than there is",
    bytes: patched(packetOf(), 23, 2),
    expected: forVersion3(),
  },
  { reason: "length", what: "a byte too many", bytes: longer(packetOf(), 1), expected: forVersion3() },
  {
    reason: "length",
    what: "a signature where none is expected",
    bytes: signed,
    expected: forVersion3(),
  },
  {
    reason: "length",
    what: "padded, which releases before 2.3.2 did not know",
    bytes: longer(packetOf(), 14),
    expected: forVersion3(plain, { quirks: bookworm }),
  },
  {
    reason: "hop-limit",
    what: "RFC 9568, 7.1: TTL 255",
    bytes: packetOf({}, plain, { ...multicast, hopLimit: 254 }),
    expected: forVersion3(),
  },
  {
    reason: "hop-limit",
    what: "RFC 9568, 7.1: hop limit 255",
    bytes: encodePacket(version6, plainWire(6), { ...path6, hopLimit: 254 }, counters),
    expected: receptionOf(version6, plainWire(6)),
  },
  {
    reason: "version",
    what: "RFC 9568, 7.1: the version",
    bytes: packetOf(v2),
    expected: forVersion3(),
  },
  {
    reason: "trailer-missing",
    what: "unsigned although signatures are enforced",
    bytes: packetOf(),
    expected: forVersion3(hmac),
  },
  {
    reason: "trailer-malformed",
    what: "signature of an unknown kind",
    bytes: patched(signed, 32, 2),
    expected: forVersion3(hmac),
  },
  {
    reason: "trailer-malformed",
    what: "reserved bytes in use",
    bytes: patched(signed, 35, 1),
    expected: forVersion3(hmac),
  },
  {
    reason: "trailer-stale",
    what: "older than the window",
    bytes: signed,
    expected: forVersion3(hmac),
    circumstances: { clock: 1006 },
  },
  {
    reason: "trailer-stale",
    what: "newer than the window",
    bytes: signed,
    expected: forVersion3(hmac),
    circumstances: { clock: 994 },
  },
  {
    reason: "trailer-key",
    what: "signed with a key that is not known",
    bytes: patched(signed, 33, 3),
    expected: forVersion3(hmac),
  },
  {
    reason: "trailer-signature",
    what: "signed with another key",
    bytes: patched(signed, 33, 2),
    expected: forVersion3(hmac),
  },
  {
    reason: "trailer-signature",
    what: "changed after it was signed",
    bytes: patched(signed, 22, 200),
    expected: forVersion3(hmac),
  },
  {
    reason: "trailer-replay",
    what: "a recorded advert",
    bytes: signed,
    expected: forVersion3(hmac),
    memory: seenAt(1000),
  },
  {
    reason: "auth-unknown",
    what: "RFC 3768, 5.3.6: only 0, 1 and 2 were ever in use",
    bytes: repaired(patched(packetOf(v2), 24, 3)),
    expected: forVersion2(plain),
  },
  {
    reason: "auth-type",
    what: "a password where none is expected",
    bytes: packetOf(v2, pass),
    expected: forVersion2(plain),
  },
  {
    reason: "auth-type",
    what: "no password where one is expected",
    bytes: packetOf(v2, plain),
    expected: forVersion2(pass),
  },
  {
    reason: "password",
    what: "another password",
    bytes: packetOf(v2, otherPass),
    expected: forVersion2(pass),
  },
  {
    reason: "ah-protocol",
    what: "another protocol behind the authentication header",
    bytes: patched(packetOf(v2, ah), 20, 6),
    expected: forVersion2(ah),
  },
  {
    reason: "ah-signature",
    what: "signed with another password",
    bytes: packetOf(v2, otherAh),
    expected: forVersion2(ah),
  },
  {
    reason: "ah-source",
    what: "signed with the password in another host's name",
    bytes: resigned(patched(packetOf(v2, ah), 24, 10, 0, 0, 9)),
    expected: forVersion2(ah),
  },
  {
    reason: "ah-sequence",
    what: "a sequence number that was seen",
    bytes: packetOf(v2, ah),
    expected: forVersion2(ah),
    memory: remembered(1),
  },
  {
    reason: "interval",
    what: "RFC 3768, 7.1: the interval of version 2",
    bytes: packetOf({ ...v2, interval: 2 * second }),
    expected: forVersion2(plain),
  },
  {
    reason: "type",
    what: "RFC 9568, 5.2.2: only adverts",
    bytes: repaired(patched(packetOf(v2), 20, 0x22)),
    expected: forVersion2(plain),
  },
  {
    reason: "address-count",
    what: "one address less, before 2.3.3",
    bytes: packetOf({ addresses: [] }),
    expected: forVersion3(plain, { quirks: bookworm }),
  },
  {
    reason: "total-length",
    what: "an IP header that gives another length",
    bytes: patched(packetOf(), 3, 31),
    expected: forVersion3(),
  },
  {
    reason: "checksum",
    what: "RFC 9568, 7.1: the checksum",
    bytes: patched(packetOf(), 26, 0, 1),
    expected: forVersion3(),
  },
  {
    reason: "checksum",
    what: "without pseudo header, expected with it",
    bytes: packetOf({}, { ...plain, checksum: "message-only" }),
    expected: forVersion3(),
  },
  {
    reason: "checksum",
    what: "of releases before 1.3.7, where they are not looked for",
    bytes: packetOf({}, { ...toPeer, checksum: "group" }, unicast),
    expected: forVersion3(toPeer, { learnsGroupChecksum: false }),
  },
  {
    reason: "checksum",
    what: "of today, from a peer that was taken for an old one",
    bytes: packetOf({}, toPeer, unicast),
    expected: forVersion3(toPeer),
    memory: { ...emptyMemory, groupChecksum: true },
  },
  {
    reason: "multicast",
    what: "to the group, expected to this host",
    bytes: packetOf(),
    expected: forVersion3(toPeer),
  },
  {
    reason: "unicast",
    what: "to this host, expected to the group",
    bytes: packetOf({}, toPeer, unicast),
    expected: forVersion3(),
  },
  {
    reason: "unicast",
    what: "to this host, expected to the group, IPv6",
    bytes: encodePacket(version6, plainWire(6), { ...path6, destination: "fe80::b" }, counters),
    expected: receptionOf(version6, plainWire(6)),
  },
  {
    reason: "owner",
    what: "RFC 9568, 7.1: owners listen to nobody (owner_ignore_adverts)",
    bytes: packetOf(),
    expected: forVersion3(plain, { ownerIgnores: true }),
    circumstances: { owner: true },
  },
  {
    reason: "addresses",
    what: "another address, before 2.3.3",
    bytes: packetOf({ addresses: ["10.0.0.101"] }),
    expected: forVersion3(plain, { quirks: bookworm }),
  },
  {
    reason: "unicast-source",
    what: "from a host that is no peer",
    bytes: packetOf({}, toPeer, unicast),
    expected: forVersion3(toPeer, { checkSource: true }),
  },
  {
    reason: "unicast-source",
    what: "signed, from a host that is no peer",
    bytes: packetOf({}, { ...toPeer, signing }, unicast),
    expected: forVersion3({ ...toPeer, signing }),
  },
  {
    reason: "hop-limit-range",
    what: "from a peer, through more routers than allowed",
    bytes: packetOf({}, toPeer, { ...unicast, hopLimit: 251 }),
    expected: forVersion3(toPeer, {
      checkSource: true,
      peers: [{ address: unicast.source, lowestHopLimit: 252, highestHopLimit: 255 }],
    }),
  },
];

describe("an advert is not taken", () => {
  test.each(rows)("$reason: $what", ({ reason, bytes, expected, ...more }) => {
    expect(verdictOn(bytes, expected, more).reason).toBe(reason);
  });

  test("for each of the reasons", () => {
    // Bytes that are too short are no arrival at all: the next test.
    const shown = new Set<Reason>([...rows.map(({ reason }) => reason), "too-short"]);
    expect([...shown].sort()).toEqual(Object.keys(reasons).sort());
  });

  test("when it ends before its header does", () => {
    expect(arrival(packetOf().subarray(0, 27), plain)).toBeUndefined();
    expect(arrival(packetOf(v2, ah).subarray(0, 51), ah)).toBeUndefined();
  });
});

describe("an advert is taken", () => {
  const rowsTaken: readonly (Omit<Row, "reason"> & { readonly notes?: readonly Reason[] })[] = [
    { what: "padded by the network, from 2.3.2", bytes: longer(packetOf(), 14), expected: forVersion3() },
    { what: "padded, with a VLAN tag taken off", bytes: longer(packetOf(), 10), expected: forVersion3() },
    {
      what: "with another interval in version 3, which is learnt",
      bytes: packetOf({ interval: 2 * second }),
      expected: forVersion3(),
      notes: ["interval"],
    },
    {
      what: "with other addresses, from 2.3.3",
      bytes: packetOf({ addresses: ["10.0.0.101"] }),
      expected: forVersion3(),
      notes: ["addresses"],
    },
    {
      what: "with another number of addresses, from 2.3.3",
      bytes: packetOf({ addresses: [] }),
      expected: forVersion3(),
      notes: ["address-count"],
    },
    {
      what: "with other addresses that are not compared, before 2.3.3",
      bytes: packetOf({ addresses: ["10.0.0.101"] }),
      expected: forVersion3(plain, { quirks: bookworm }),
      circumstances: { checkAddresses: false },
    },
    {
      what: "with the same addresses in another order",
      bytes: packetOf({ addresses: ["10.0.0.101", "10.0.0.100"] }),
      expected: forVersion3(plain, { addresses: ["10.0.0.100", "10.0.0.101"], quirks: bookworm }),
    },
    {
      what: "with any checksum where the pseudo header is left out",
      bytes: patched(packetOf(), 26, 0, 1),
      expected: forVersion3({ ...plain, checksum: "message-only" }),
    },
    {
      what: "with a TTL below 255 when unicast",
      bytes: packetOf({}, toPeer, { ...unicast, hopLimit: 64 }),
      expected: forVersion3(toPeer),
    },
    {
      what: "from no peer, when sources are not compared with the addresses, before 2.3.3",
      bytes: packetOf({}, toPeer, unicast),
      expected: forVersion3(toPeer, { checkSource: true, quirks: bookworm }),
      circumstances: { checkAddresses: false },
    },
    {
      what: "by an owner that listens",
      bytes: packetOf(),
      expected: forVersion3(),
      circumstances: { owner: true },
    },
    {
      what: "unsigned while signatures are introduced",
      bytes: packetOf(),
      expected: forVersion3({ ...plain, signing: { ...signing, mode: "permissive" } }),
    },
    {
      what: "signed, by a host that does not sign yet",
      bytes: signed,
      expected: forVersion3({ ...plain, signing: { ...signing, mode: "receive-only" } }),
    },
    {
      what: "signed with the key that is not used here any more",
      bytes: signed,
      expected: forVersion3({ ...plain, signing: { ...signing, active: 2 } }),
    },
    {
      what: "signed at any time, when signatures only count",
      bytes: signed,
      expected: forVersion3({ ...plain, signing: { keys: signing.keys, active: 1, mode: "enforce" } }),
      circumstances: { clock: 5 },
    },
    {
      what: "signed before the last one, when that one was outside the window",
      bytes: signed,
      expected: forVersion3(hmac),
      memory: seenAt(2000),
    },
  ];

  test.each(rowsTaken)("$what", ({ bytes, expected, notes, ...more }) => {
    const verdict = verdictOn(bytes, expected, more);
    expect({ reason: verdict.reason, notes: verdict.notes }).toEqual({ notes: notes ?? [] });
  });
});

describe("what is remembered", () => {
  test("AH: the highest sequence number, also of an advert that fails a later check", () => {
    const bytes = encodePacket({ ...advert, ...v2, interval: 2 * second }, ah, multicast, {
      ...counters,
      sequence: 9,
    });
    const verdict = verdictOn(bytes, forVersion2(ah), { memory: remembered(3) });
    expect(verdict).toMatchObject({ reason: "interval", memory: { sequence: 9 } });
  });

  test("AH: a number that was not signed is not believed", () => {
    const bytes = encodePacket({ ...advert, ...v2 }, otherAh, multicast, { ...counters, sequence: 9 });
    expect(verdictOn(bytes, forVersion2(ah)).memory.sequence).toBe(0);
  });

  test("the signatures of the four multicast senders heard last", () => {
    let memory = emptyMemory;
    for (const last of [1, 2, 3, 4, 1, 5]) {
      const path = { ...multicast, source: `10.0.0.${last}` };
      const stamp = { seconds: 1000, fraction: memory.stamps.length * 10 + last };
      const bytes = encodePacket(advert, hmac, path, { ...counters, stamp });
      const verdict = verdictOn(bytes, forVersion3(hmac), { memory });
      expect(verdict.reason).toBeUndefined();
      memory = verdict.memory;
    }
    expect(memory.stamps.map(({ source }) => source)).toEqual([
      "10.0.0.3",
      "10.0.0.4",
      "10.0.0.1",
      "10.0.0.5",
    ]);
  });

  test("a peer of a release before 1.3.7, from its first advert on", () => {
    const old: Wire = { ...toPeer, checksum: "group" };
    const { reason, memory } = verdictOn(packetOf({}, old, unicast), forVersion3(toPeer));
    expect({ reason, memory }).toEqual({ memory: { ...emptyMemory, groupChecksum: true } });
    expect(verdictOn(packetOf({}, old, unicast), forVersion3(toPeer), { memory }).reason).toBeUndefined();
  });
});

test("the quirks of two releases differ", () => {
  for (const key of Object.keys(newest) as (keyof typeof newest)[])
    expect(bookworm[key]).not.toBe(newest[key]);
});
