/** Pictures with a palette: a picture of few colours stays as it is, whichever filters it was written with. */
import { crc32, deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { smallPng } from "../../scripts/small-png.mjs";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** The bytes before filtering; row by row, `filters` tells which filter of PNG to apply. */
function png(width: number, channels: 3 | 4, bytes: readonly number[], filters: readonly number[]): Buffer {
  const length = width * channels;
  const at = (row: number, column: number) =>
    row < 0 || column < 0 ? 0 : (bytes[row * length + column] ?? 0);
  const rows = filters.map((filter, row) => {
    const filtered = Array.from({ length }, (_, column) => {
      const [left, above] = [at(row, column - channels), at(row - 1, column)];
      const corner = column < channels ? 0 : at(row - 1, column - channels);
      const near = [left, above, corner].toSorted(
        (one, other) => Math.abs(left + above - corner - one) - Math.abs(left + above - corner - other),
      );
      const guesses = [0, left, above, (left + above) >> 1, near[0] ?? 0];
      return (at(row, column) - (guesses[filter] ?? 0)) & 255;
    });
    return [filter, ...filtered];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(filters.length, 4);
  header.set([8, channels === 4 ? 6 : 2], 8);
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The colours of a picture with a palette, pixel by pixel. */
function coloursOf(picture: Buffer, width: number): number[][] {
  const parts = new Map<string, Buffer>();
  for (let at = signature.length; at < picture.length; at += picture.readUInt32BE(at) + 12) {
    const end = at + 8 + picture.readUInt32BE(at);
    expect(picture.readUInt32BE(end)).toBe(crc32(picture.subarray(at + 4, end)));
    parts.set(picture.toString("latin1", at + 4, at + 8), picture.subarray(at + 8, end));
  }
  const palette = parts.get("PLTE") ?? Buffer.alloc(0);
  const rows = [...inflateSync(parts.get("IDAT") ?? Buffer.alloc(0))];
  const indexes = rows.filter((_, index) => index % (width + 1) !== 0);
  return indexes.map((index) => [...palette.subarray(index * 3, index * 3 + 3)]);
}

const picture = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), channels: fc.constantFrom<3 | 4>(3, 4) })
  .chain(({ width, channels }) =>
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 9 }).chain((filters) => {
      const size = width * channels * filters.length;
      const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: size, maxLength: size });
      return bytes.map((all) => ({ width, channels, filters, bytes: all }));
    }),
  );

test("every pixel keeps its colour", () => {
  fc.assert(
    fc.property(picture, ({ width, channels, filters, bytes }) => {
      const pixels = Array.from({ length: width * filters.length }, (_, index) =>
        bytes.slice(index * channels, index * channels + 3),
      );
      expect(coloursOf(smallPng(png(width, channels, bytes, filters)), width)).toEqual(pixels);
    }),
  );
});

test("with more colours than a palette holds, a rare one becomes its neighbour", () => {
  const greys = Array.from({ length: 256 }, (_, grey) => [grey, grey, grey, grey, grey, grey]).flat();
  const colours = coloursOf(smallPng(png(513, 3, [...greys, 200, 0, 0], [0])), 513);
  expect(new Set(colours.map(String)).size).toBe(256);
  expect(colours[512]?.[0]).toBe(colours[512]?.[1]);
});
