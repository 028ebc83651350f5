// socket-probe.mjs PORT COOKIE VIEWERS WARMUP SECONDS PID: viewers of the video WebSocket that acknowledge each frame, on raw sockets so
// that the probe's own work stays small. Latency as the MJPEG probe has it: from the stamp in the JPEG's COM segment ("KVMTS seq=N mono=NS",
// CLOCK_MONOTONIC) to the read that completed the frame. Prints one JSON line.
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { cpuSeconds, rssKib } from "./proc.mjs";

const [port, cookie, viewers, warmup, seconds, pid] = process.argv.slice(2).map((value, i) => (i === 1 ? value : Number(value)));
const latencies = [];
let frames = 0;
let dropped = 0;
let measuring = false;

/** A masked text frame of less than 126 bytes; the mask is zero, which RFC 6455 allows a client to be unlucky enough to draw. */
function masked(text) {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

function onFrame(viewer, message) {
  const sequence = message.readUInt32BE(4);
  viewer.socket.write(masked(`{"type":"ack","sequence":${sequence}}`));
  if (!measuring) {
    viewer.last = sequence;
    return;
  }
  frames++;
  dropped += viewer.last ? sequence - viewer.last - 1 : 0;
  viewer.last = sequence;
  const at = message.indexOf("mono=", 32, "latin1");
  if (at > 0 && at < 400) {
    const stamp = /^mono=(\d+)/.exec(message.toString("latin1", at, at + 32))[1];
    latencies.push(Number(process.hrtime.bigint() - BigInt(stamp)) / 1e6);
  }
}

/** Cuts the stream into WebSocket frames; pictures come with a 64-bit length. */
function onData(viewer, chunk) {
  viewer.chunks.push(chunk);
  viewer.length += chunk.length;
  while (viewer.length >= viewer.need) {
    let data = viewer.chunks.length === 1 ? viewer.chunks[0] : Buffer.concat(viewer.chunks);
    if (viewer.head) {
      const end = data.indexOf("\r\n\r\n");
      if (end < 0) {
        viewer.need = viewer.length + 1;
      } else {
        if (!data.toString("latin1", 0, 12).endsWith("101")) throw new Error(data.toString("latin1", 0, end));
        viewer.head = false;
        viewer.need = 2;
        data = data.subarray(end + 4);
      }
    } else {
      const short = data[1] & 0x7f;
      const head = short === 127 ? 10 : short === 126 ? 4 : 2;
      const size = data.length < head ? Infinity : short === 127 ? Number(data.readBigUInt64BE(2)) : short === 126 ? data.readUInt16BE(2) : short;
      if (size === Infinity || data.length < head + size) {
        viewer.need = size === Infinity ? head : head + size;
      } else {
        if ((data[0] & 0x0f) === 2) onFrame(viewer, data.subarray(head, head + size));
        data = data.subarray(head + size);
        viewer.need = 2;
      }
    }
    viewer.chunks = [data];
    viewer.length = data.length;
  }
}

for (let i = 0; i < viewers; i++) {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  const viewer = { socket, chunks: [], length: 0, need: 1, head: true, last: 0 };
  socket.on("data", (chunk) => onData(viewer, chunk));
  socket.on("error", (error) => { throw error; });
  socket.write(`GET /api/v1/targets/default/video HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nCookie: ${cookie}\r\n`
    + `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n`
    + "Sec-WebSocket-Protocol: catseye.video.v1\r\n\r\n");
}
await sleep(warmup * 1000);
measuring = true;
const before = cpuSeconds(pid);
await sleep(seconds * 1000);
const cpu = cpuSeconds(pid) - before;
latencies.sort((a, b) => a - b);
const percentile = (p) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * p))];
console.log(JSON.stringify({
  clients: viewers, seconds, frames, dropped, latency_ms: { p50: percentile(0.5), p99: percentile(0.99), max: percentile(1) },
  server_cpu_s: cpu, server_rss_kib: rssKib(pid),
}));
process.exit(0);
