import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PATHS = [process.env.CATSEYE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {string | undefined} the path of a Chromium; undefined if there is none */
export function chromiumPath() {
  return PATHS.find((path) => path && existsSync(path));
}

export function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--host-resolver-rules=MAP catseye.internal 127.0.0.1', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Pictures of a simulated remote desktop, drawn by the browser itself, so that no image files are needed. */
export async function drawPictures(browser, count = 4, width = 1280, height = 720) {
  const page = await browser.newPage({ viewport: { width, height } });
  const pictures = [];
  for (let index = 0; index < count; index++) {
    await page.setContent(desktop(index));
    pictures.push(await page.screenshot({ type: 'jpeg', quality: 85 }));
  }
  await page.close();
  return pictures;
}

const desktop = (index) => `<style>
  body { margin: 0; height: 100vh; font: 17px monospace; color: #d7dde3; background: #0c1016; }
  pre { margin: 0; padding: 28px 36px; line-height: 1.45 } b { color: #7bd88f } i { color: #6ab0f3; font-style: normal }
</style><pre>
[    0.000000] Linux version 6.6.31 (build@rack) #1 SMP PREEMPT
[    1.204417] usb 1-1: Product: <i>Catseye keyboard and pointer</i>
[    1.338120] EXT4-fs (sda2): mounted filesystem with ordered data mode
[  <b>OK</b>  ] Started Network Time Synchronization.
[  <b>OK</b>  ] Reached target Multi-User System.
[  <b>OK</b>  ] Started Getty on tty1.

server7 login: root
Last login: Tue May 14 09:12:4${index} on tty1
root@server7:~# uptime
 09:14:0${index} up 1 min,  1 user,  load average: 0.${index}1, 0.04, 0.01
root@server7:~# ${index % 2 ? '_' : ' '}
</pre>`;
