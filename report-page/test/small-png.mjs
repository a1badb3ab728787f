// SPDX-License-Identifier: GPL-2.0-only
// Makes the PNG of a screenshot small: 64 colours, the most frequent ones that differ; others become the nearest.
import { deflateSync, inflateSync } from "node:zlib";

const COLOURS = 64;

/** The chunks of a PNG: type and content. */
function* chunks(png) {
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    yield [png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length)];
    at += length + 12;
  }
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(content.length, 0);
  ends.writeUInt32BE(crc(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; ++bit) {
      sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
  }
  return ~sum >>> 0;
}

/** The pixels of an 8 bit RGB or RGBA image, each as one number. */
function readPixels(png) {
  const all = [...chunks(png)];
  const head = all[0][1];
  const [width, height, size] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9] === 6 ? 4 : 3];
  const data = inflateSync(Buffer.concat(all.filter(([type]) => type === "IDAT").map(([, content]) => content)));
  const stride = width * size;
  const rows = Buffer.alloc(stride * height);
  const pixels = new Uint32Array(width * height);
  for (let y = 0; y < height; ++y) {
    const filter = data[y * (stride + 1)];
    for (let x = 0; x < stride; ++x) {
      const left = x >= size ? rows[y * stride + x - size] : 0;
      const up = y ? rows[(y - 1) * stride + x] : 0;
      const corner = y && x >= size ? rows[(y - 1) * stride + x - size] : 0;
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      const add = [0, left, up, (left + up) >> 1, paeth][filter];
      rows[y * stride + x] = data[y * (stride + 1) + 1 + x] + add;
    }
    for (let x = 0; x < width; ++x) {
      pixels[y * width + x] = rows.readUIntBE(y * stride + x * size, 3);
    }
  }
  return { width, height, pixels };
}

export function makeSmall(png) {
  const { width, height, pixels } = readPixels(png);
  const count = new Map();
  pixels.forEach((colour) => count.set(colour, (count.get(colour) ?? 0) + 1));
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const apart = (a, b) => Math.max(...parts(a).map((part, i) => Math.abs(part - parts(b)[i])));
  const palette = [];
  for (const [colour] of [...count].sort((a, b) => b[1] - a[1])) {
    if (palette.length < COLOURS && palette.every((other) => apart(colour, other) >= 14)) {
      palette.push(colour);
    }
  }
  const nearest = new Map();
  for (const colour of count.keys()) {
    const far = (other) => parts(other).reduce((sum, part, i) => sum + (part - parts(colour)[i]) ** 2, 0);
    nearest.set(colour, palette.reduce((best, other, i) => (far(other) < far(palette[best]) ? i : best), 0));
  }
  const rows = Buffer.alloc((width + 1) * height);
  pixels.forEach((colour, i) => (rows[i + Math.floor(i / width) + 1] = nearest.get(colour)));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    png.subarray(0, 8),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(palette.flatMap(parts))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
