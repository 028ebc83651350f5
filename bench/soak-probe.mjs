// soak-probe.mjs PORT COOKIE MINUTES PID: one viewer stays; every ten seconds four come (two of them over the video WebSocket), one of them
// slow, and go after five; a control channel is opened, types and is cut off. Twelve samples a minute. Prints what the process holds
// in the first and in the last sixth of the time: the least heap (what survives a collection), the most of everything else.
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { rssKib } from "./proc.mjs";
import { typist, viewer } from "./stream-client.mjs";

const [port, cookie, minutes, pid] = process.argv.slice(2).map((value, i) => (i === 1 ? value : Number(value)));
const samples = [];
let frames = 0;
let guests = 0;

async function sample() {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { cookie } })).text();
  const figure = (name) => [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "gm"))].reduce((sum, found) => sum + Number(found[1]), 0);
  samples.push({
    heap: figure("jvm_memory_used_bytes\\{area=\"heap\"\\}") / 2 ** 20,
    rest: figure("jvm_memory_used_bytes\\{area=\"nonheap\"\\}") / 2 ** 20,
    buffers: figure("jvm_buffer_pool_used_bytes") / 2 ** 20,
    rss: rssKib(pid) / 1024,
    threads: readdirSync(`/proc/${pid}/task`).length,
    files: readdirSync(`/proc/${pid}/fd`).length,
  });
}

function guest(kind, bytesPerSecond) {
  const socket = viewer({ port, cookie, kind, bytesPerSecond }, () => { guests++; });
  socket.on("error", () => {});
  setTimeout(() => socket.destroy(), 5_000);
}

/** Holds a key and is cut off, as by a closed lid. */
function guestWithKeys() {
  const taps = Array.from({ length: 51 }, (_, i) => ({ type: "key", code: "KeyA", down: i % 2 === 0 }));
  const socket = typist({ port, cookie }, taps).on("error", () => {}).on("data", () => {});
  setTimeout(() => socket.resetAndDestroy(), 2_000);
}

viewer({ port, cookie, kind: "mjpeg" }, () => { frames++; }).on("error", (error) => { throw error; });
const end = Date.now() + minutes * 60_000;
for (let turn = 0; Date.now() < end; turn++) {
  if (turn % 2 === 0) {
    guest("mjpeg", 0);
    guest("mjpeg", 400_000);
    guest("ws", 0);
    guest("ws", 400_000);
    guestWithKeys();
  }
  await sleep(5_000);
  await sample();
}
const sixth = Math.ceil(samples.length / 6);
const parts = { first: samples.slice(0, sixth), last: samples.slice(-sixth) };
console.log(`${minutes} minutes, ${samples.length} samples; ${frames} frames to the viewer who stayed, ${guests} to those who came and went`);
console.log("| MiB or number | first sixth | last sixth |\n| --- | --- | --- |");
for (const name of Object.keys(samples[0])) {
  const pick = (part) => (name === "heap" ? Math.min : Math.max)(...part.map((one) => one[name]));
  console.log(`| ${name === "heap" ? "heap, least" : `${name}, most`} | ${pick(parts.first).toFixed(1)} | ${pick(parts.last).toFixed(1)} |`);
}
process.exit(0);
