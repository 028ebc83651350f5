// A viewer on a raw socket, so that the probe's own work stays small: MJPEG over HTTP, or the video WebSocket with an ack a frame; plain
// or TLS. Tells of each frame: its bytes, its number at the source, and how old it is now. Age as the rig's MJPEG probe has it:
// from the stamp in the JPEG's COM segment ("KVMTS seq=N mono=NS", CLOCK_MONOTONIC) to the read that completed the frame.
import { randomBytes } from "node:crypto";
import net from "node:net";
import tls from "node:tls";

const TARGET = "/api/v1/targets/default/";

/** A masked text frame of less than 126 bytes; the mask is zero, which RFC 6455 allows a client to be unlucky enough to draw. */
function masked(text) {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** Connects and asks for a path; with a subprotocol it asks for a WebSocket. */
function ask({ port, cookie, secure = false }, path, protocol = "") {
  const origin = `${secure ? "https" : "http"}://127.0.0.1:${port}`;
  const socket = secure ? tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false }) : net.connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  socket.write(`GET ${TARGET}${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\n`
    + (protocol ? `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ${protocol}\r\n`
      + `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n` : "\r\n"));
  return socket;
}

/**
 * Opens a control channel and sends messages as soon as it is open.
 * @param {{port: number, cookie: string, secure?: boolean}} how
 * @param {object[]} messages
 * @returns {net.Socket}
 */
export function typist(how, messages) {
  const socket = ask(how, "control", "catseye.control.v1");
  socket.once("data", () => socket.write(Buffer.concat(messages.map((message) => masked(JSON.stringify(message))))));
  return socket;
}

/** The length of the message at the start of data and where its payload begins; null: more is needed to tell. */
function webSocketMessage(data) {
  if (data.length < 2) return null;
  const short = data[1] & 0x7f;
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (data.length < head) return null;
  const size = short === 127 ? Number(data.readBigUInt64BE(2)) : short === 126 ? data.readUInt16BE(2) : short;
  return { head, size, picture: (data[0] & 0x0f) === 2 };
}

function mjpegPart(data) {
  const end = data.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const length = /content-length: *(\d+)/i.exec(data.toString("latin1", 0, end));
  if (!length) throw new Error(`a part without Content-Length: ${data.toString("latin1", 0, Math.min(end, 200))}`);
  return { head: end + 4, size: Number(length[1]), picture: true };
}

function stamp(picture) {
  const at = picture.indexOf("KVMTS seq=", 0, "latin1");
  const found = at >= 0 && at < 400 ? /^KVMTS seq=(\d+) mono=(\d+)/.exec(picture.toString("latin1", at, at + 64)) : null;
  return found ? { source: Number(found[1]), ageMs: Number(process.hrtime.bigint() - BigInt(found[2])) / 1e6 } : null;
}

/**
 * Opens a viewer.
 * @param {{port: number, cookie: string, kind: "mjpeg"|"ws", secure?: boolean, bytesPerSecond?: number}} how
 * @param {(frame: {bytes: number, source?: number, ageMs?: number}) => void} onFrame
 * @returns {net.Socket}
 */
export function viewer(how, onFrame) {
  const web = how.kind === "ws";
  const measure = web ? webSocketMessage : mjpegPart;
  const socket = web ? ask(how, "video", "catseye.video.v1") : ask(how, "video.mjpeg");

  let chunks = [];
  let length = 0;
  let need = 1;
  let answered = false;

  /** Takes one thing off the start of data; null when it is not all there. */
  function take(data) {
    if (!answered) {
      const end = data.indexOf("\r\n\r\n");
      if (end < 0) return null;
      if (!/^HTTP\/1.1 (101|200)/.test(data.toString("latin1", 0, 20))) throw new Error(data.toString("latin1", 0, end));
      answered = true;
      return data.subarray(end + 4);
    }
    const message = measure(data);
    if (!message || data.length < message.head + message.size) {
      need = message ? message.head + message.size : data.length + 1;
      return null;
    }
    if (message.picture) {
      const picture = data.subarray(message.head, message.head + message.size);
      onFrame({ bytes: picture.length, ...stamp(picture) });
      if (web) socket.write(masked(`{"type":"ack","sequence":${picture.readUInt32BE(4)}}`));
    }
    return data.subarray(message.head + message.size);
  }

  socket.on("data", (chunk) => {
    if (how.bytesPerSecond) {
      socket.pause();
      setTimeout(() => socket.resume(), (chunk.length * 1000) / how.bytesPerSecond);
    }
    chunks.push(chunk);
    length += chunk.length;
    if (length < need) return;
    let data = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    need = 1;
    for (let rest = data; rest; rest = take(data)) data = rest;
    chunks = data.length ? [data] : [];
    length = data.length;
    need = Math.max(need, length + 1);
  });
  return socket;
}
