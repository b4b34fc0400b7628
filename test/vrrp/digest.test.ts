import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hmacMd5, hmacSha256, sameBytes } from "../../src/vrrp/digest.ts";
import { md5 } from "../../src/vrrp/digest-md5.ts";
import { sha256 } from "../../src/vrrp/digest-sha256.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = fc.uint8Array({ maxLength: 300, size: "max" });

test("MD5 and SHA-256 are those of everyone else", () => {
  fc.assert(
    fc.property(bytes, (message) => {
      expect(hex(md5(message))).toBe(createHash("md5").update(message).digest("hex"));
      expect(hex(sha256(message))).toBe(createHash("sha256").update(message).digest("hex"));
    }),
  );
});

test("digests with keys of any length, in pieces", () => {
  fc.assert(
    fc.property(bytes, bytes, bytes, (key, one, other) => {
      const both = Buffer.concat([one, other]);
      expect(hex(hmacMd5(key, one, other))).toBe(createHmac("md5", key).update(both).digest("hex"));
      expect(hex(hmacSha256(key, one, other))).toBe(createHmac("sha256", key).update(both).digest("hex"));
    }),
  );
});

test("bytes are the same when length and every byte are", () => {
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
});
