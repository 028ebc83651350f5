// Reads rows {"server","size","viewers","run"} and prints a table of medians, with ratios to uStreamer's plain row of the same size and viewers.
import { readFileSync } from "node:fs";

const rows = readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const groups = new Map();
for (const row of rows) {
  const key = `${row.size}|${row.viewers}|${row.server}`;
  groups.set(key, [...(groups.get(key) ?? []), row.run]);
}
const median = (values) => values.sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
const FPS = 30;

function figures(runs) {
  const some = (pick) => median(runs.map(pick));
  return {
    starts: runs.length,
    p50: runs[0].latency_ms ? some((run) => run.latency_ms.p50) : NaN,
    p99: runs[0].latency_ms ? some((run) => run.latency_ms.p99) : NaN,
    cpu: some((run) => (run.server_cpu_s * 1000) / (run.seconds * FPS)),
    rss: some((run) => run.server_rss_kib / 1024),
    lost: runs.reduce((sum, run) => sum + run.dropped, 0),
    frames: runs.reduce((sum, run) => sum + run.frames, 0),
  };
}

const number = (value, digits) => (Number.isNaN(value) ? "-" : value.toFixed(digits));
const peer = (key) => {
  const [size, viewers, server] = key.split("|");
  return groups.get(`${size}|${viewers}|${server.endsWith("+slow") ? "ustreamer +slow" : "ustreamer"}`);
};
const lines = [["size", "viewers", "server", "starts", "p50 ms", "p99 ms", "CPU s/1,000", "RSS MiB", "lost", "of", "p50 x", "p99 x", "CPU x"]];
for (const [key, runs] of groups) {
  const [size, viewers, server] = key.split("|");
  const mine = figures(runs);
  const other = /^(catseye|base)/.test(server) && peer(key) ? figures(peer(key)) : null;
  const ratio = (name) => (other ? number(mine[name] / other[name], 2) : "");
  lines.push([size, viewers, server, String(mine.starts), number(mine.p50, 2), number(mine.p99, 2), number(mine.cpu, 3), number(mine.rss, 0),
    String(mine.lost), String(mine.frames), ratio("p50"), ratio("p99"), ratio("cpu")]);
}
const print = (cells) => console.log(`| ${cells.join(" | ")} |`);
print(lines[0]);
print(lines[0].map(() => "---"));
lines.slice(1).forEach(print);
