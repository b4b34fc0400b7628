/**
 * Prints every VRRP advert (also those in an authentication header), ARP packet and IPv6 neighbour advertisement that
 * arrives at a port of this network namespace, one JSON line each:
 * `{"at": ms since 1970 by the kernel's clock, "port": interface index, "frame": hex}`. Prints `ready` first. Runs in a
 * process of its own, because it does nothing but wait in the kernel.
 */
import { writeSync } from "node:fs";
import koffi from "koffi";

// From Linux' own headers; the same on every 64-bit machine.
const packetFamily = 17;
const rawSocket = 3;
const everyProtocol = 0x0003;
const outgoing = 4;
const timeOfLastPacket = 0x8907;

const kernel = koffi.load("libc.so.6");
const socket = kernel.func("int socket(int family, int type, int protocol)");
const receive = kernel.func(
  "long recvfrom(int socket, _Out_ uint8_t *buffer, size_t length, int flags, _Out_ uint8_t *from, _Inout_ uint32_t *size)",
);
const control = kernel.func("int ioctl(int socket, unsigned long request, _Out_ uint8_t *answer)");

const networkOrder = (everyProtocol << 8) & 0xffff;
const capture = socket(packetFamily, rawSocket, networkOrder);
if (capture < 0) throw new Error("A packet socket could not be opened.");
writeSync(1, "ready\n");

const frame = Buffer.alloc(2048);
const from = Buffer.alloc(20);
const time = Buffer.alloc(16);
for (;;) {
  const length = Number(receive(capture, frame, frame.length, 0, from, [from.length]));
  // A frame is seen at the port where it comes in and again at every port where it leaves.
  if (length <= 0 || from.readUInt8(10) === outgoing || !isWanted(frame, length)) continue;
  control(capture, timeOfLastPacket, time);
  const at = Number(time.readBigInt64LE(0)) * 1000 + Number(time.readBigInt64LE(8)) / 1e6;
  const port = from.readInt32LE(4);
  writeSync(1, `${JSON.stringify({ at, port, frame: frame.toString("hex", 0, length) })}\n`);
}

function isWanted(bytes, length) {
  const type = length < 34 ? 0 : bytes.readUInt16BE(12);
  if (type === 0x0806) return true;
  if (type === 0x0800) return bytes[23] === 112 || bytes[23] === 51;
  if (type !== 0x86dd || length < 55) return false;
  return bytes[20] === 112 || (bytes[20] === 58 && bytes[54] === 136);
}
