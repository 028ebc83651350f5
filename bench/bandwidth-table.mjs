// bandwidth-table.mjs CLIPS < ROWS: prints what bandwidth-probe.mjs measured. Texts are compared with the original picture, of which the camera's
// folder of clips has the JPEG: by SSIM (ffmpeg), and by the words that tesseract reads in both.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLIPS } from "./slow-camera.mjs";

const originalOf = (row) => join(process.argv[2], CLIPS.terminal.size, `${String(row.original).padStart(4, "0")}.jpg`);
const rows = readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const number = (value, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : "-");

function print(head, lines) {
  for (const cells of [head, head.map(() => "---"), ...lines]) console.log(`| ${cells.join(" | ")} |`);
  console.log();
}

function run(command, args) {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout + stderr;
}

const SCALED = "scale=1280:720:flags=bicubic";

function ssimOf(file, original) {
  return Number(/All:([\d.]+)/.exec(run("ffmpeg", ["-hide_banner", "-i", file, "-i", original, "-lavfi", `[0]${SCALED},format=yuv420p[a];[1]format=yuv420p[b];[a][b]ssim`, "-f", "null", "-"]))[1]);
}

/** How often each word is read. Enlarged, because tesseract expects letters of 20 pixels and more. */
function readWords(file) {
  const big = "/tmp/catseye-bench-text.png";
  run("ffmpeg", ["-v", "error", "-y", "-i", file, "-vf", `${SCALED},negate,scale=2560:1440:flags=bicubic`, big]);
  const words = run("tesseract", [big, "-", "--psm", "6"]).match(/[A-Za-z]{3,}/g) ?? [];
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function recall(wanted, found) {
  let all = 0;
  let both = 0;
  for (const [word, count] of wanted) {
    all += count;
    both += Math.min(count, found.get(word) ?? 0);
  }
  return both / all;
}

const moving = rows.filter((row) => row.clip === "desktop");
const peer = moving.find((row) => row.name === "ustreamer");
console.log("Moving desktop. Ratios are to uStreamer's MJPEG. \"frozen\": the share of time in which a picture stayed for more than half a second.\n");
print(["server", "frames/s", "age p50 ms", "p95 ms", "max ms", "frozen", "longest ms", "kbit/s", "load", "fps x", "p95 x"], moving.map((row) => [row.name, number(row.fps, 1),
  number(row.p50), number(row.p95), number(row.max), `${number(row.frozen * 100)} %`, number(row.longest), number(row.kbps), row.load,
  peer && row !== peer ? number(row.fps / peer.fps, 1) : "", peer && row !== peer ? number(row.p95 / peer.p95, 2) : ""]));

const still = rows.filter((row) => row.clip === "bios");
if (still.length > 0) {
  console.log("Still screen of a BIOS, from 8 s after it appeared: kB a minute through the client's network interface, with all sockets and acknowledgements.\n");
  print(["server", "received kB/min", "sent kB/min", "load"], still.map((row) => [row.name, number(row.received / 1000, 1), number(row.sent / 1000, 1), row.load]));
}

const texts = rows.filter((row) => row.clip === "terminal");
if (texts.length > 0) {
  console.log(`Terminal at ${texts[0].rate} kbit/s, some time after it came to rest at the source: words that tesseract reads, of those that it reads in the original.\n`);
  const lines = texts.flatMap((row) => {
    const wanted = readWords(originalOf(row));
    return Object.entries(row.files).map(([after, { file }]) => [row.name, `${after} s`, `${number(recall(wanted, readWords(file)) * 100, 1)} %`, number(ssimOf(file, originalOf(row)), 4), row.load]);
  });
  print(["server", "after", "words", "SSIM", "load"], lines);
}
for (const row of rows.filter(({ clip }) => clip === "failed")) console.log(`${row.name}: not measured, see above`);
