import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage, openLive, options, state, until } from './stage.mjs';

const caption = (page) => page.textContent('catseye-menu[icon="target"] > button');
async function listTargets(page) {
  await page.click('catseye-menu[icon="target"] > button');
  const labels = await page.locator('catseye-menu[icon="target"] [role="menuitemradio"]').allTextContents();
  await page.keyboard.press('Escape');
  return labels.map((label) => label.trim());
}

test('an open page lists a new target, and shows it when it is chosen', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  assert.equal(await page.isVisible('catseye-menu[icon="target"] > button'), false);
  server.targets = [...server.targets, { id: 'bay2', label: 'Router' }];
  server.say({});
  await page.waitForSelector('catseye-menu[icon="target"] > button:visible');
  assert.deepEqual((await listTargets(page)).map((label) => /Router|Rack/.exec(label)?.[0]), ['Rack', 'Router']);
  await page.click('catseye-menu[icon="target"] > button');
  await page.click('catseye-menu[icon="target"] >> text=Router');
  await state(page, 'live');
  assert.match(await caption(page), /Router/);
}));

test('a page says that its target was removed, leads to the others, and goes on when it is back', options, () => onStage(async ({ server, page }) => {
  const all = [...server.targets, { id: 'bay2', label: 'Router' }];
  server.targets = all;
  await openLive(server, page, '#target=bay2');
  server.targets = all.slice(0, 1);
  server.say({});
  await state(page, 'no-device');
  await page.waitForSelector('catseye-screen:has-text("Target removed"):has-text("bay2")');
  assert.deepEqual((await listTargets(page)).length, 1, 'the only other one');
  server.targets = all;
  server.say({});
  await state(page, 'live');
}));

test('without a name in the address, the default target is shown, whatever comes first in the list', options, () => onStage(async ({ server, page }) => {
  server.targets = [{ id: 'bay2', label: 'Router' }, { id: 'default', label: 'Server' }];
  await openLive(server, page);
  await until(async () => /Server/.test(await caption(page)), 'the default target');
}));
