// vnc-probe.mjs {"display", "rounds", "changes", "seconds", "rate", "warm", "cookie", "pages": {name: {"url", "canvas", "pids": [..]}}, "server"}: shows each page in turn
// in the same Chromium. Prints rows: the time from a change of the screen until the page's canvas has it, and the CPU time of the programs.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const { chromium } = await import("../web-ui/node_modules/playwright-core/index.mjs");
const options = JSON.parse(process.argv[2]);
const COLOURS = [0xf02020, 0x20f020, 0x2020f0, 0xf0f0f0, 0x101010, 0xf0f020];
const KINDS = ["small", "full", "text"];
const TICKS = 100;

const painter = spawn("python3", [new URL("vnc-painter.py", import.meta.url).pathname, options.display], { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface(painter.stdout)[Symbol.asyncIterator]();
async function paint(command) {
  painter.stdin.write(`${command}\n`);
  return Number((await answers.next()).value);
}

/** The seconds of CPU of these processes with all their descendants, also those that have ended. */
function cpuSeconds(pids) {
  const all = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "latin1").replace(/^.*\) /s, "").split(" ").map(Number);
      all.set(Number(name), { parent: fields[1], ticks: fields[11] + fields[12] + fields[13] + fields[14] });
    } catch {
      // It has ended meanwhile.
    }
  }
  const belongs = (pid) => pid > 1 && (pids.includes(pid) || (all.has(pid) && belongs(all.get(pid).parent)));
  return [...all].filter(([pid]) => belongs(pid)).reduce((sum, [, { ticks }]) => sum + ticks, 0) / TICKS;
}

/** Runs in the page: in each frame, reads a pixel of the canvas. */
function watchPixel({ selector, colours }) {
  const own = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  let last = -1;
  window.shown = 0;
  function look() {
    const canvas = document.querySelector(selector);
    if (canvas && canvas.width > 300) {
      own.drawImage(canvas, 60, 12, 1, 1, 0, 0, 1, 1);
      const [r, g, b] = own.getImageData(0, 0, 1, 1).data;
      const near = (colour) => Math.abs((colour >> 16) - r) < 50 && Math.abs(((colour >> 8) & 255) - g) < 50 && Math.abs((colour & 255) - b) < 50;
      const now = colours.findIndex(near);
      if (now >= 0 && now !== last) {
        last = now;
        window.shown += 1;
        if (window.wanted === now) window.found(performance.timeOrigin + performance.now());
      }
    }
    requestAnimationFrame(look);
  }
  window.expectColour = (index) => {
    window.wanted = index;
    window.seen = new Promise((resolve) => { window.found = resolve; });
  };
  look();
}

const browser = await chromium.launchServer({ executablePath: process.env.CATSEYE_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const client = await chromium.connect(browser.wsEndpoint());
let number = 0;

async function changeOnce(page, kind) {
  number += 1;
  await page.evaluate((index) => window.expectColour(index), number % COLOURS.length);
  // At any moment of the servers' and the browser's periods.
  await sleep(60 + Math.random() * 50);
  const painted = await paint(`${kind} ${number}`);
  const seen = await Promise.race([page.evaluate(() => window.seen), sleep(5_000).then(() => NaN)]);
  return seen - painted;
}

async function film(page, kind, what, seconds) {
  const before = await page.evaluate(() => window.shown);
  const groups = { chain: what.pids, server: [options.server], browser: [browser.process().pid] };
  const cpu = Object.fromEntries(Object.entries(groups).map(([name, pids]) => [name, cpuSeconds(pids)]));
  const count = await paint(`film ${kind} ${options.rate} ${seconds}`);
  for (const [name, pids] of Object.entries(groups)) cpu[name] = cpuSeconds(pids) - cpu[name];
  return { count, shown: (await page.evaluate(() => window.shown)) - before, ...cpu };
}

async function round(name, what, warm) {
  const context = await client.newContext({ viewport: { width: 1400, height: 900 } });
  const [cookieName, value] = options.cookie.split("=");
  await context.addCookies([{ name: cookieName, value, url: what.url }]);
  const page = await context.newPage();
  await page.goto(what.url);
  await page.evaluate(watchPixel, { selector: what.canvas, colours: COLOURS });
  await page.waitForFunction(() => window.shown > 0, null, { timeout: 30_000 });
  for (const kind of KINDS) await film(page, kind, what, warm / KINDS.length);
  const row = { name, latency: {}, film: {} };
  for (const kind of KINDS) {
    row.latency[kind] = [];
    for (let i = 0; i < options.changes; i++) row.latency[kind].push(await changeOnce(page, kind));
  }
  for (const kind of KINDS) row.film[kind] = await film(page, kind, what, options.seconds);
  console.log(JSON.stringify(row));
  await context.close();
}

try {
  await paint("full 0");
  for (let i = 0; i < options.rounds; i++) {
    for (const [name, what] of Object.entries(options.pages)) await round(name, what, i === 0 ? options.warm : 4);
  }
} finally {
  painter.kill();
  await client.close();
  await browser.close();
}
