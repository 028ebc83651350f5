// idle-probe.mjs PID WARMUP SECONDS: the server's CPU with nobody watching, as one JSON line.
import { setTimeout as sleep } from "node:timers/promises";
import { cpuSeconds, rssKib } from "./proc.mjs";

const [pid, warmup, seconds] = process.argv.slice(2).map(Number);
await sleep(warmup * 1000);
const before = await cpuSeconds(pid);
await sleep(seconds * 1000);
console.log(JSON.stringify({ clients: 0, seconds, frames: 0, dropped: 0, server_cpu_s: (await cpuSeconds(pid)) - before, server_rss_kib: rssKib(pid) }));
