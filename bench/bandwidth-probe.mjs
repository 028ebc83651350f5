// bandwidth-probe.mjs {"name", "url", "selector", "cookie", "level", "camera", "line", "namespaces", "chromium", "out", "scenes": [..]}: watches one server's picture in
// Chromium at the other end of a slow line. Each scene is {"clip", "rate", "delay", "loss", "warm", "seconds"}; prints a JSON row for each.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync, appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { JanusClient } from "./janus-client.mjs";
import { CLIPS, SlowCamera, clockNow } from "./slow-camera.mjs";

const { chromium } = await import("../web-ui/node_modules/playwright-core/index.mjs");
const options = JSON.parse(process.argv[2]);
const GRID_MILLIS = 10;
/** A picture that stays for longer than this is frozen, because the clip moves all the time. */
const FREEZE_MILLIS = 500;
/** Seconds after the last change at which a text is read. */
const TEXT_AFTER = [1, 3];

/** Runs in the page: in each animation frame, reads the number of the picture that an element shows. */
function watchNumber(selector) {
  const CELLS = 12;
  const own = new OffscreenCanvas(CELLS * 4, 4).getContext("2d", { willReadFrequently: true });
  window.seen = [];
  let last = -1;
  const element = () => document.querySelector(selector);
  const widthOf = (what) => what.videoWidth || what.naturalWidth || what.width;
  function readNumber() {
    const what = element();
    const width = what ? widthOf(what) : 0;
    if (width < 300) return -1;
    const cell = (32 * width) / 1280;
    own.drawImage(what, 0, 0, CELLS * cell, cell, 0, 0, CELLS * 4, 4);
    const { data } = own.getImageData(0, 0, CELLS * 4, 4);
    const bits = Array.from({ length: CELLS }, (_, i) => (data[4 * (2 * CELLS * 4 + 4 * i + 2) + 1] > 128 ? 1 : 0));
    if (bits[0] !== 1 || bits[1] !== 0) return -1;
    let number = 0;
    let before = 0;
    for (const bit of bits.slice(2)) {
      before ^= bit;
      number = 2 * number + before;
    }
    return number;
  }
  function look() {
    const number = readNumber();
    if (number >= 0 && number !== last) {
      last = number;
      window.seen.push([performance.timeOrigin + performance.now(), number]);
    }
    requestAnimationFrame(look);
  }
  window.copyPicture = () => {
    const what = element();
    const canvas = Object.assign(document.createElement("canvas"), { width: widthOf(what), height: what.videoHeight || what.naturalHeight || what.height });
    canvas.getContext("2d").drawImage(what, 0, 0);
    return canvas.toDataURL("image/png").split(",")[1];
  };
  look();
}

function setLine(scene) {
  const settings = Object.fromEntries(["rate", "delay", "loss"].filter((name) => name in scene).map((name) => [name, scene[name]]));
  appendFileSync(options.line, `${Object.entries(settings).map(([name, value]) => `${name}=${value}`).join(" ")}\n`);
}

/** Bytes that the client's end has received and sent. */
function countBytes() {
  const text = execFileSync("ip", ["netns", "exec", options.namespaces.client, "cat", "/sys/class/net/line/statistics/rx_bytes", "/sys/class/net/line/statistics/tx_bytes"], { encoding: "utf8" });
  return text.trim().split("\n").map(Number);
}

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** The age of what was shown at each moment, and how smooth it was. */
function describeAges(seen, from, to) {
  const within = seen.filter(([time]) => time > from && time <= to);
  const before = seen.filter(([time]) => time <= from).at(-1);
  const events = before ? [[from, before[1]], ...within] : within;
  if (events.length === 0) return { fps: 0, p50: NaN, p95: NaN, max: NaN, frozen: 1, longest: to - from };
  const ages = [];
  const holds = [];
  events.forEach(([time, number], i) => {
    const until = i + 1 < events.length ? events[i + 1][0] : to;
    holds.push(until - time);
    for (let at = Math.ceil(time / GRID_MILLIS) * GRID_MILLIS; at < until; at += GRID_MILLIS) ages.push(camera.ageOf("desktop", number, at));
  });
  ages.sort((a, b) => a - b);
  const frozen = holds.filter((hold) => hold > FREEZE_MILLIS).reduce((sum, hold) => sum + hold, 0);
  return { fps: (within.length * 1000) / (to - from), p50: percentile(ages, 0.5), p95: percentile(ages, 0.95), max: ages.at(-1), frozen: frozen / (to - from), longest: Math.max(...holds) };
}

async function measureAges(page, scene) {
  camera.synchronize();
  const from = clockNow();
  const bytes = countBytes()[0];
  await sleep(scene.seconds * 1000);
  const to = clockNow();
  const kbps = ((countBytes()[0] - bytes) * 8) / (to - from);
  const moved = camera.synchronize();
  const seen = await page.evaluate(() => window.seen);
  if (process.env.TRACE) appendFileSync(process.env.TRACE, `${JSON.stringify({ name: options.name, scene, seen: seen.map(([time, number]) => [Math.round(time - from), Math.round(camera.ageOf("desktop", number, time))]) })}\n`);
  return { ...describeAges(seen, from, to), kbps, clock: moved };
}

async function measureBytes(page, scene) {
  const [received, sent] = countBytes();
  const from = clockNow();
  await sleep(scene.seconds * 1000);
  const minutes = (clockNow() - from) / 60_000;
  const [receivedAfter, sentAfter] = countBytes();
  return { received: (receivedAfter - received) / minutes, sent: (sentAfter - sent) / minutes };
}

/** Copies the picture some seconds after the text has come to rest at the source. */
async function copyTexts(page) {
  camera.synchronize();
  const { halves, restsAfter } = CLIPS.terminal;
  // The next text is not the one that is shown already, however late the picture is.
  const starts = halves.map((half) => camera.nextTimeOf("terminal", half));
  const rests = Math.min(...starts) + (restsAfter * 1000) / 30;
  const original = halves[starts.indexOf(Math.min(...starts))] + restsAfter;
  const files = {};
  for (const after of TEXT_AFTER) {
    await sleep(rests + after * 1000 - clockNow());
    const at = clockNow();
    const picture = await page.evaluate(() => window.copyPicture());
    const file = `${options.out}/${options.name.replace(/\W+/g, "-")}-${after}.png`;
    writeFileSync(file, Buffer.from(picture, "base64"));
    files[after] = { file, late: at - rests - after * 1000 };
  }
  return { files, original };
}

const measures = { desktop: measureAges, bios: measureBytes, terminal: copyTexts };
const camera = new SlowCamera(options.camera);
const browser = await chromium.launch({ executablePath: options.chromium, args: ["--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", "--autoplay-policy=no-user-gesture-required"] });
try {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ignoreHTTPSErrors: true });
  if (options.cookie) {
    const [name, value] = options.cookie.split("=");
    await context.addCookies([{ name, value, url: options.url }]);
  }
  if (options.level) await context.addInitScript((level) => { try { localStorage.setItem("catseye.quality.default.admin", level); } catch { /* A page without storage. */ } }, options.level);
  const page = await context.newPage();
  if (process.env.DEBUG) page.on("console", (message) => console.error(message.text()));
  setLine(options.scenes[0]);
  camera.play(options.scenes[0].clip);
  const opened = clockNow();
  await page.goto(options.url, { waitUntil: "commit", timeout: 60_000 });
  if (options.mountPoint) await new JanusClient(["ip", "netns", "exec", options.namespaces.server]).play(page, options.mountPoint);
  await page.evaluate(watchNumber, options.selector);
  await page.waitForFunction(() => window.seen.length > 0, null, { timeout: 60_000 });
  const first = clockNow() - opened;
  for (const scene of options.scenes) {
    setLine(scene);
    camera.play(scene.clip);
    await sleep(scene.warm * 1000);
    const status = await page.evaluate(() => document.querySelector("catseye-status")?.textContent ?? "");
    const load = Number(readFileSync("/proc/loadavg", "utf8").split(" ")[0]);
    console.log(JSON.stringify({ name: options.name, ...scene, ...(await measures[scene.clip](page, scene)), first, load, status }));
  }
} finally {
  await browser.close();
  camera.close();
}
process.exit(0);
