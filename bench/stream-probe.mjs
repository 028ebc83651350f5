// stream-probe.mjs '{"port","cookie","kind":"mjpeg"|"ws","secure","viewers","bytesPerSecond","warm","seconds","pid"}': viewers of one server,
// measured for some seconds after a warm-up. Prints one JSON line, in the words of the rig's MJPEG probe.
import { setTimeout as sleep } from "node:timers/promises";
import { cpuSeconds, rssKib } from "./proc.mjs";
import { viewer } from "./stream-client.mjs";

const how = JSON.parse(process.argv[2]);
const ages = [];
let frames = 0;
let dropped = 0;
let measuring = false;

for (let i = 0; i < how.viewers; i++) {
  let last = 0;
  viewer(how, ({ source, ageMs }) => {
    if (measuring && source) {
      frames++;
      ages.push(ageMs);
      dropped += last ? source - last - 1 : 0;
    }
    last = source;
  }).on("error", (error) => { throw error; });
}
await sleep(how.warm * 1000);
const before = await cpuSeconds(how.pid);
const begun = performance.now();
measuring = true;
await sleep(how.seconds * 1000);
measuring = false;
const cpu = (await cpuSeconds(how.pid)) - before;
// Reading the server's clock takes a moment, in which it goes on.
const seconds = (performance.now() - begun) / 1000;
ages.sort((a, b) => a - b);
const percentile = (p) => ages[Math.min(ages.length - 1, Math.floor(ages.length * p))];
console.log(JSON.stringify({
  clients: how.viewers, seconds, frames, dropped, latency_ms: { p50: percentile(0.5), p99: percentile(0.99), max: percentile(1) },
  server_cpu_s: cpu, server_rss_kib: rssKib(how.pid),
}));
process.exit(0);
