/** Arguments and options that several blocks of the LVS side share. Ranges are those of keepalived 2.2.7 and 2.4.3. */
import type { Arg, Option, Value } from "./types.ts";

/** Largest number of an unsigned 32-bit field. */
export const unsigned32 = 4_294_967_295;
/** Largest weight that IPVS knows. */
export const largestWeight = 2_147_483_647;

/** keepalived keeps these times in microseconds. */
const microsecond = 0.000_001;

/** Connection timeouts live in a 32-bit count of microseconds. */
export const connectSeconds: Value = {
  is: "seconds",
  min: microsecond,
  max: 4294.967_295,
  resolution: microsecond,
};

/** A period that must not be zero; its limit is a 64-bit count of microseconds. */
export const periodSeconds: Value = {
  is: "seconds",
  min: microsecond,
  max: 18_446_744_073_709.55,
  resolution: microsecond,
};

/** A period that may be zero. */
export const delaySeconds: Value = {
  is: "seconds",
  min: 0,
  max: 18_446_744_073_709.55,
  resolution: microsecond,
};

/**
 * The address of a server. A prefix or a range after it is accepted, and cut off, by keepalived; port 0 means the
 * same as no port.
 */
export const serverAddress: readonly Arg[] = [
  { name: "address", value: { is: "address", prefix: "allowed", range: true } },
  { name: "port", value: { is: "int", min: 0, max: 65_535 }, optional: true },
];

/** A local or remote address of a connection; keepalived cuts off a prefix or a range. */
export const plainAddress: readonly Arg[] = [
  { name: "address", value: { is: "address", prefix: "allowed", range: true } },
];

/** A port that must be a real one. */
export const realPort: readonly Arg[] = [{ name: "port", value: { is: "int", min: 1, max: 65_535 } }];

/** What may follow `TUN`. keepalived reads these words behind the other methods too, where they do nothing. */
const tunnelOptions: readonly Option[] = [
  {
    name: "type",
    args: [
      {
        name: "type",
        value: {
          is: "word",
          of: [
            { word: "ipip", doc: "IP in IP, the default; takes no checksum option." },
            { word: "gue", doc: "Generic UDP encapsulation; needs `port`.", needs: { oneOf: ["port"] } },
            { word: "gre", doc: "Generic routing encapsulation; knows no `remcsum`." },
          ],
        },
      },
    ],
    doc: "The kind of tunnel, `ipip` when absent.",
  },
  { name: "port", args: realPort, doc: "The UDP port of a `gue` tunnel.", needs: { oneOf: ["gue"] } },
  { name: "nocsum", args: [], doc: "Leaves the checksum of the outer header out, the default." },
  {
    name: "csum",
    args: [],
    doc: "Computes a checksum for the outer header of a `gue` or `gre` tunnel.",
    needs: { oneOf: ["gue", "gre"] },
  },
  {
    name: "remcsum",
    args: [],
    doc: "Leaves the inner checksum to the other end of a `gue` tunnel.",
    needs: { oneOf: ["gue"] },
  },
];

/** How IPVS hands packets to a server. */
export const forwardingMethod: readonly Arg[] = [
  {
    name: "method",
    value: {
      is: "word",
      of: [
        { word: "NAT", doc: "Rewrites the destination; replies must come back through this director." },
        {
          word: "DR",
          doc: "Sends the frame to the server's MAC address; server and director share a network.",
        },
        {
          word: "TUN",
          doc: "Wraps the packet in a tunnel; the server may be anywhere.",
          options: tunnelOptions,
        },
      ],
    },
  },
];
