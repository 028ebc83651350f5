// lkv-probe.mjs PORT COOKIE FILE UDP_PORT SECONDS PID: plays the transport stream FILE as an HDMI-over-IP box does, RTP to
// 239.255.42.42 on the loopback interface, 30 frames a second, and watches it on Catseye's video WebSocket with acks, and through
// lkv-peer.py. Latency of both: from just before the send of a frame's last datagram to the read that completed the frame. Prints one
// JSON line.
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { cpuSeconds, rssKib } from "./proc.mjs";

const [port, cookie, file, udpPort, seconds, pid] = process.argv.slice(2).map((value, i) => (i === 1 || i === 2 ? value : Number(value)));
const PACKET = 188;
const PER_DATAGRAM = 7;
const VIDEO = 0x100;

/** Packets up to the next frame's first, frame after frame; the last packets before a frame (tables) go with it. */
function frames(stream) {
  const found = [];
  let packets = [];
  let bytes = 0;
  let seen = false;
  for (let at = 0; at + PACKET <= stream.length; at += PACKET) {
    const packet = stream.subarray(at, at + PACKET);
    const pid = packet.readUInt16BE(1) & 0x1fff;
    const start = (packet[1] & 0x40) !== 0;
    if (seen && (pid !== VIDEO || start)) {
      found.push({ packets, bytes });
      packets = [];
      bytes = 0;
      seen = false;
    }
    packets.push(packet);
    if (pid === VIDEO) {
      seen = true;
      const payload = 4 + (packet[3] & 0x20 ? 1 + packet[4] : 0);
      bytes += PACKET - payload - (start ? 9 + packet[payload + 8] : 0);
    }
  }
  found.push({ packets, bytes });
  return found;
}

const nothing = Buffer.alloc(PACKET, 0xff);
nothing.writeUInt32BE(0x471fff10);
let rtpSequence = 0;

function datagrams({ packets }, number) {
  const out = [];
  for (let at = 0; at < packets.length; at += PER_DATAGRAM) {
    const part = packets.slice(at, at + PER_DATAGRAM);
    while (part.length < PER_DATAGRAM) part.push(nothing);
    const head = Buffer.alloc(12);
    head.writeUInt16BE(0x8021);
    head.writeUInt16BE(rtpSequence++ & 0xffff, 2);
    head.writeUInt32BE(number, 4);
    head.writeUInt32BE(at + PER_DATAGRAM >= packets.length ? 1 : 0, 8);
    out.push(Buffer.concat([head, ...part]));
  }
  return out;
}

const clip = frames(readFileSync(file));
const sent = [];
const latencies = [];
const peer = [];
/** Latency through Catseye less that through the peer, frame by frame, where the peer's was known first. */
const beyond = [];
let next = -1;
let measuring = false;
let received = 0;
let mismatched = 0;

function arrived(message) {
  const now = process.hrtime.bigint();
  const length = message.readUInt32BE(20);
  if (next < 0) {
    if ((message[2] & 1) === 0) return;
    next = sent.findLastIndex(({ bytes }) => bytes === length);
    if (next < 0) return;
  }
  const of = sent[next++];
  if (!of || of.bytes !== length) {
    mismatched++;
    next = -1;
  } else if (measuring) {
    received++;
    const millis = Number(now - of.at) / 1e6;
    latencies.push(millis);
    if (of.peer !== undefined) beyond.push(millis - of.peer);
  }
}

/** What came through the peer: its number, and a time for each. */
function peerArrived(connection) {
  let waiting = [];
  let length = 0;
  connection.on("data", (bytes) => {
    const now = process.hrtime.bigint();
    waiting.push(bytes);
    length += bytes.length;
    while (length >= 8) {
      if (waiting[0].length < 8) waiting = [Buffer.concat(waiting)];
      const whole = 8 + waiting[0].readUInt32BE(4);
      if (length < whole) return;
      const all = waiting.length === 1 ? waiting[0] : Buffer.concat(waiting);
      const of = sent[all.readUInt32BE()];
      of.peer = Number(now - of.at) / 1e6;
      if (of.measured) peer.push(of.peer);
      waiting = [all.subarray(whole)];
      length -= whole;
    }
  });
}

const { WebSocket } = await import("../web-ui/node_modules/ws/wrapper.mjs");
const viewer = new WebSocket(`ws://127.0.0.1:${port}/api/v1/targets/default/video`, "catseye.video.v1", {
  headers: { Cookie: cookie, Origin: `http://127.0.0.1:${port}` }, perMessageDeflate: false,
});
viewer.on("message", (data, binary) => {
  if (!binary) return;
  if (data[1] === 2) arrived(data);
  viewer.send(`{"type":"ack","sequence":${data.readUInt32BE(4)}}`);
});
await new Promise((resolve, reject) => viewer.once("open", resolve).once("error", reject));

const server = createServer(peerArrived).listen(0, "127.0.0.1");
await once(server, "listening");
const child = spawn("python3", [new URL("lkv-peer.py", import.meta.url).pathname, String(udpPort), String(server.address().port)], { stdio: ["ignore", "ignore", "inherit"] });
await once(server, "connection");
const socket = createSocket("udp4");
await new Promise((resolve) => socket.bind(0, "127.0.0.1", resolve));
socket.setMulticastInterface("127.0.0.1");
const warm = 8 * 30;
const count = warm + seconds * 30;
const begun = performance.now();
let before = Promise.resolve(0);
for (let i = 0; i < count; i++) {
  if (i === warm) {
    measuring = true;
    before = cpuSeconds(pid);
  }
  const frame = clip[i % clip.length];
  const all = datagrams(frame, i);
  for (const datagram of all.slice(0, -1)) socket.send(datagram, udpPort, "239.255.42.42");
  // What was sent is handed to the kernel in the next turn of the loop; the stamp belongs to the last one only.
  await new Promise((resolve) => setImmediate(resolve));
  sent.push({ bytes: frame.bytes, at: process.hrtime.bigint(), measured: measuring });
  socket.send(all.at(-1), udpPort, "239.255.42.42");
  await sleep(Math.max(0, begun + ((i + 1) * 1000) / 30 - performance.now()));
}
const cpu = (await cpuSeconds(pid)) - (await before);
await sleep(300);
child.kill();
const rounded = (millis) => Math.round(millis * 1000) / 1000;
function percentiles(of) {
  const sorted = of.toSorted((a, b) => a - b);
  const at = (p) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]);
  return { p50: at(0.5), p98: at(0.98), p99: at(0.99), max: at(1) };
}
const bytes = clip.reduce((sum, frame) => sum + frame.bytes, 0);
console.log(JSON.stringify({
  seconds, mbitPerSecond: rounded((bytes * 8 * 30) / clip.length / 1e6), sent: seconds * 30, received, mismatched,
  latency_ms: percentiles(latencies), peer_ms: percentiles(peer), beyondPeer_ms: percentiles(beyond),
  // Frames whose end shows only by the next one: no PES length, no stuffing in the last packet, and a full last datagram.
  framesWithTheNext: beyond.filter((millis) => millis > 25).length, cpuPercent: rounded((cpu / seconds) * 100), server_rss_kib: rssKib(pid),
}));
process.exit(0);
