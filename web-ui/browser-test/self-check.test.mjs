import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage, openLive, options, until } from './stage.mjs';

async function openChecks(server, page, hash = '') {
  await openLive(server, page, hash);
  await page.click('catseye-menu[icon="panels"] > button');
  await page.click('text="Self-check"');
  await page.waitForSelector('catseye-panel[state="open"] catseye-self-check[state="idle"]');
}
const states = (page) => page.locator('.check-item').evaluateAll((items) => items.map((item) => item.getAttribute('state')));

test('the self-check shows what is OK, what is not, and what to fix first', options, () => onStage(async ({ server, page }) => {
  await openChecks(server, page);
  assert.deepEqual(await states(page), ['ok', 'ok', 'ok', 'broken', 'broken']);
  assert.equal(await page.textContent('.check h3'), 'USB keyboard and mouse');
  assert.match(await page.textContent('.check-item[first]'), /No computer is connected.*look at the cable/s);
  assert.equal(await page.locator('.check-item[first]').count(), 1);
  assert.equal(await page.locator('.check-item [aria-label="needs attention"]').count(), 2, 'as text, not only as a picture');
  assert.match(await page.textContent('.check-items'), /<off>/);
  assert.deepEqual(server.checks.calls, ['GET default']);
}));

test('an action is done and the check made again', options, () => onStage(async ({ server, page }) => {
  await openChecks(server, page);
  await page.click('text="Unplug and plug in again"');
  await page.waitForSelector('catseye-self-check[state="done"] .section-message:text-is("Done: Unplug and plug in again.")');
  assert.deepEqual(server.checks.calls, ['GET default', 'POST default replug', 'GET default']);
  assert.deepEqual(await states(page), ['ok', 'ok', 'ok', 'ok', 'ok']);
}));

test('a refused action explains why, and checking again removes the message', options, () => onStage(async ({ server, page }) => {
  await openChecks(server, page);
  server.checks.refusal = { status: 502, code: 'not_done', message: 'This did not work: the controller is gone.' };
  await page.click('text="Unplug and plug in again"');
  await page.waitForSelector('catseye-self-check[state="refused"] .section-message:text-is("This did not work: the controller is gone.")');
  assert.equal((await states(page)).length, 5, 'what was found stays');
  server.checks.refusal = null;
  server.checks.items = server.checks.items.slice(0, 2);
  await page.click('text="Check again"');
  await page.waitForSelector('catseye-self-check[state="idle"]');
  assert.deepEqual(await states(page), ['ok', 'ok']);
}));

test('the panel follows the page to another target, where nothing may be there to check', options, () => onStage(async ({ server, page }) => {
  server.targets.push({ id: 'bay 2', label: 'Router' });
  await openChecks(server, page);
  server.checks.empty = true;
  await page.evaluate(() => {
    location.hash = 'target=bay%202';
  });
  await page.waitForSelector('text="The devices of this target have no self-check."');
  await until(() => server.checks.calls.at(-1) === 'GET bay%202', 'the question for the other target');
}));

test('a user who may only watch has no self-check', options, () => onStage(async ({ server, page }) => {
  server.permissions = ['VIEW'];
  await openLive(server, page);
  assert.equal(await page.locator('catseye-menu[icon="panels"]').isVisible(), false);
}));
