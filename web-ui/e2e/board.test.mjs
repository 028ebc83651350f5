import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserPath, engine, launch } from '../browser-test/browser.mjs';
import { collectComplaints, state as pageState, until } from '../browser-test/page.mjs';
import { PASSWORD, Product, lacking, logIn } from './product.mjs';

/** The product with the files of a Raspberry Pi whose power supply is too weak. */

const skip = lacking({ [engine.name]: browserPath() });
const SENSOR = 'sys/class/hwmon/hwmon1';

let product;
let browser;
let board;

const alarm = (raised) => writeFileSync(join(board, SENSOR, 'in0_lcrit_alarm'), `${raised}\n`);

before(async () => {
  if (skip) return;
  board = mkdtempSync(join(tmpdir(), 'catseye-board-'));
  mkdirSync(join(board, SENSOR), { recursive: true });
  writeFileSync(join(board, SENSOR, 'name'), 'rpi_volt\n');
  alarm(0);
  product = Product.claimed();
  mkdirSync(join(product.home, 'config'));
  writeFileSync(join(product.home, 'config/org.catseye.board.health.cfg'), `root = ${board}\nintervalSeconds = 1\n`);
  product.options.push('--feature', 'virtual-target', '--feature', 'board-health');
  await product.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await product?.remove();
  if (board) rmSync(board, { recursive: true, force: true });
});

for (const [language, sign, remedy] of [['en', /^Under-voltage since \d\d:\d\d.*: the power supply is too weak\.$/, /Use the supply made for this board/],
  ['de', /^Unterspannung seit \d\d:\d\d.*: Das Netzteil ist zu schwach\.$/, /Verwenden Sie das Netzteil, das für dieses Gerät gemacht ist/]]) {
  test(`a weak power supply is on the page while it is watched, and in the self-check: ${language}`, { skip, timeout: engine.timeout ?? 120_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const complaints = [];
    collectComplaints(page, complaints);
    try {
      await page.goto(`${product.address}/login?lang=${language}`);
      await logIn(page, 'admin', PASSWORD);
      await pageState(page, 'live');
      await page.goto(`${product.address}/?lang=${language}`);
      await pageState(page, 'live');
      alarm(1);
      const first = page.locator('[data-status="board"]');
      // The reading, and the next request of the page.
      await until(async () => sign.test(await first.textContent()), 'the sign', 30_000);
      assert.ok(await first.isVisible());
      await first.click();
      assert.match(await page.textContent('catseye-board [data-condition="under-voltage"]'), remedy);
      await page.keyboard.press('Escape');
      await page.click('catseye-menu[icon="panels"] > button');
      await page.click('catseye-menu[icon="panels"] .menu-item:has-text("Sel")');
      await page.waitForSelector('[data-check="org.catseye.board.health"] .check-item[state="broken"]:has-text("the power supply is too weak")');
      assert.deepEqual(complaints, []);
    } finally {
      alarm(0);
      await context.close();
    }
  });
}
