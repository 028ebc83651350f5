// clip.mjs FOLDER: draws the clips of ./dev bench bandwidth with Chromium, as JPEGs of 1280x720 for the rig's camera. Its command "size" changes
// the folder that it takes pictures from, so each clip has a folder with a size of its own.
//   1280x720 desktop   600 pictures: text scrolls, a window is dragged, somebody types, a film plays; a pointer moves and a clock ticks
//   1280x721 terminal  600 pictures: text scrolls in 120, then nothing moves in 180; then the same with another text
//   1280x722 bios      1 picture
// Each picture of the desktop has its number in squares of 32 pixels at the top left: white, black, and ten bits of a Gray code, so that
// two pictures in a row differ in one square.
import { linkSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { chromium } = await import("../web-ui/node_modules/playwright-core/index.mjs");
const folder = process.argv[2];
const QUALITY = 0.9;
const CLIPS = [
  { clip: "desktop", size: "1280x720", drawn: 600 },
  { clip: "terminal", size: "1280x721", drawn: 600 },
  { clip: "bios", size: "1280x722", drawn: 1 },
];

/** Runs in the page. */
function defineScenes(quality) {
  const WIDTH = 1280;
  const HEIGHT = 720;
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d");
  const WORDS = ("kernel device driver memory network storage partition mounted service started listening address interface signal configuration "
    + "temperature voltage processor sector checksum verified package installed module loaded controller keyboard monitor resolution boot firmware "
    + "version release update backup restored session user administrator password changed rejected connection established timeout").split(" ");

  /** The same words each time. */
  function lineOfText(number, words) {
    let state = (number * 2654435761 + 12345) >>> 0;
    const next = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state >>> 8; };
    const text = Array.from({ length: words }, () => WORDS[next() % WORDS.length]).join(" ");
    return `[${String(next() % 9000 + 1000)}] ${text}`;
  }

  function fill(colour, x, y, width, height) {
    context.fillStyle = colour;
    context.fillRect(x, y, width, height);
  }

  function write(text, x, y, colour = "#d8d8d8", font = "16px DejaVu Sans Mono, monospace") {
    context.font = font;
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  function paintTag(number) {
    const gray = number ^ (number >> 1);
    const bits = [1, 0, ...Array.from({ length: 10 }, (_, i) => (gray >> (9 - i)) & 1)];
    bits.forEach((bit, i) => fill(bit ? "#fff" : "#000", 32 * i, 0, 32, 32));
  }

  function paintWindow(title, x, y, width, height) {
    fill("#20242c", x, y, width, height);
    fill("#4a6fa5", x, y, width, 26);
    write(title, x + 8, y + 19, "#fff", "15px DejaVu Sans, sans-serif");
  }

  function paintTerminal(x, y, width, height, first) {
    paintWindow("Terminal", x, y, width, height);
    for (let i = 0; i * 20 < height - 50; i++) write(lineOfText(first + i, 6).slice(0, (width - 20) / 9.7), x + 10, y + 48 + 20 * i);
  }

  function paintFilm(x, y, number) {
    paintWindow("Film", x, y, 340, 226);
    for (let row = 0; row < 20; row++) {
      for (let column = 0; column < 33; column++) {
        const value = Math.sin(column / 5 + number / 9) + Math.cos(row / 4 - number / 13);
        fill(`hsl(${Math.round(200 + 80 * value)} 60% ${Math.round(45 + 12 * value)}%)`, x + 5 + 10 * column, y + 26 + 10 * row, 10, 10);
      }
    }
  }

  function paintPointer(x, y) {
    context.fillStyle = "#fff";
    context.strokeStyle = "#000";
    context.beginPath();
    for (const [dx, dy] of [[0, 0], [0, 18], [5, 14], [9, 21], [12, 20], [8, 13], [14, 13]]) context.lineTo(x + dx, y + dy);
    context.closePath();
    context.fill();
    context.stroke();
  }

  function paintDesktop(number) {
    const seconds = number / 30;
    const sky = context.createLinearGradient(0, 0, WIDTH, HEIGHT);
    sky.addColorStop(0, "#27496d");
    sky.addColorStop(1, "#0c7b93");
    fill(sky, 0, 0, WIDTH, HEIGHT);
    fill("#15181e", 0, 0, WIDTH, 32);
    write(`12:34:${String(10 + Math.floor(seconds)).padStart(2, "0")}`, 1180, 22);
    paintTag(number);
    const scrolling = seconds < 8;
    paintTerminal(40, 60, 640, 420, scrolling ? Math.floor(seconds * 5) : 40);
    const dragged = Math.max(0, Math.min(1, (seconds - 8) / 4));
    paintWindow("Files", 720 - 300 * dragged, 90 + 180 * dragged, 420, 300);
    for (let i = 0; i < 10; i++) write(`${WORDS[i]}.conf`, 740 - 300 * dragged, 145 + 180 * dragged + 24 * i);
    paintWindow("Editor", 60, 510, 620, 180);
    const typed = Math.max(0, Math.floor((seconds - 12) * 8));
    write("The quick brown fox jumps over the lazy dog.".slice(0, Math.min(typed, 44)), 75, 560);
    paintFilm(900, 460, Math.max(0, number - 480));
    paintPointer(640 + 420 * Math.sin(number / 40), 380 + 240 * Math.cos(number / 31));
  }

  function paintConsole(number) {
    const scrolled = 500 * Math.floor(number / 300) + Math.floor(Math.min(number % 300, 120) / 3);
    fill("#000", 0, 0, WIDTH, HEIGHT);
    for (let i = 0; i < 34; i++) write(lineOfText(scrolled + i, 3 + ((scrolled + i) * 7) % 8).slice(0, 128), 8, 20 + 21 * i);
  }

  function paintBios() {
    fill("#0000a8", 0, 0, WIDTH, HEIGHT);
    fill("#a8a8a8", 0, 0, WIDTH, 40);
    write("Setup Utility   Main   Advanced   Security   Boot   Exit", 20, 27, "#0000a8", "20px DejaVu Sans Mono, monospace");
    for (let i = 0; i < 22; i++) {
      write(`${WORDS[i]} ${WORDS[i + 7]}`.padEnd(36, " ") + `[${WORDS[i + 12]}]`, 40, 90 + 26 * i, i === 3 ? "#fff" : "#ffff54", "18px DejaVu Sans Mono, monospace");
    }
    write("F1 Help   F9 Defaults   F10 Save and Exit   Esc Exit", 40, 700, "#fff", "18px DejaVu Sans Mono, monospace");
  }

  const painters = { desktop: paintDesktop, terminal: paintConsole, bios: paintBios };
  window.drawPicture = (clip, number) => {
    painters[clip](number);
    return canvas.toDataURL("image/jpeg", quality).split(",")[1];
  };
}

const browser = await chromium.launch({ executablePath: process.env.CATSEYE_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage();
  await page.evaluate(defineScenes, QUALITY);
  for (const { clip, size, drawn } of CLIPS) {
    const to = join(folder, size);
    mkdirSync(to, { recursive: true });
    let last = "";
    for (let number = 0; number < drawn; number++) {
      const file = join(to, `${String(number).padStart(4, "0")}.jpg`);
      const still = clip === "terminal" && number % 300 > 120;
      // What stays as it is has the same bytes, as from a digital source.
      if (still) linkSync(last, file);
      else writeFileSync(file, Buffer.from(await page.evaluate(([name, i]) => window.drawPicture(name, i), [clip, number]), "base64"));
      last = file;
    }
  }
} finally {
  await browser.close();
}
