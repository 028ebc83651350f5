import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys, needs, onStage, openLive, options, until } from './stage.mjs';

const openFrom = async (page) => {
  await page.click('catseye-menu[icon="keyboard"] > button');
  await page.click('.menu-item:has([data-icon="text"])');
};
const open = async (page) => {
  await openFrom(page);
  await page.waitForSelector('#catseye-type-text:focus');
};
const closed = (page) => page.waitForSelector('catseye-type-text dialog:not([open])', { state: 'attached' });
const layout = (page) => page.inputValue('#catseye-type-layout');
/** Waits for the layout. */
const chosen = (page, id) => page.waitForFunction((wanted) => document.querySelector('catseye-layout-select').layout?.id === wanted, id);
const hint = (page) => page.textContent('catseye-type-text [role=status]:not([hidden])');
const result = (page, text) => page.waitForSelector(`catseye-type-text .typing-result:text-matches("${text}")`);
const submit = (page) => page.click('catseye-type-text button[type=submit]:enabled');
const texts = (server) => server.typing.texts.map(({ target, text, layout: id, rate, typed, state }) => ({ target, text, layout: id, rate, typed, state }));

test('the server types the text, and no key is sent by the page', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  assert.equal(await layout(page), 'us');
  await page.fill('textarea', 'Hi!\n');
  await submit(page);
  await closed(page);
  assert.deepEqual(texts(server), [{ target: 'default', text: 'Hi!\n', layout: 'us', rate: 40, typed: 4, state: 'DONE' }]);
  assert.equal(keys(server), '');
  await open(page);
  assert.equal(await page.inputValue('textarea'), '');
}));

test('a German text is typed for a German computer, all by keyboard', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await page.focus('catseye-menu[icon="keyboard"] > button');
  for (const key of ['Enter', 'End', 'Enter']) await page.keyboard.press(key);
  await page.waitForSelector('#catseye-type-text:focus');
  await chosen(page, 'us');
  await page.keyboard.insertText('z@ß^');
  assert.match(await hint(page), /cannot type ß\./);
  assert.equal(await page.isDisabled('catseye-type-text button[type=submit]'), true);
  await page.waitForSelector('#catseye-type-layout option[value="de"]', { state: 'attached' });
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('German');
  await chosen(page, 'de');
  assert.match(await hint(page), /Line breaks/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+Enter');
  await closed(page);
  assert.deepEqual(texts(server).map(({ text, layout: id }) => [text, id]), [['z@ß^', 'de']]);
  await page.waitForSelector('catseye-screen[captured]');
}));

test('layout and speed are remembered for each target', options, () => onStage(async ({ server, page }) => {
  server.targets.push({ id: 'router', label: 'Router' });
  await openLive(server, page);
  await open(page);
  await page.selectOption('#catseye-type-layout', 'fr');
  await page.selectOption('#catseye-type-speed', 'slow');
  await page.keyboard.press('Escape');
  await closed(page);
  await page.reload();
  await openLive(server, page);
  await open(page);
  await chosen(page, 'fr');
  await page.fill('textarea', 'a');
  await submit(page);
  await closed(page);
  assert.equal(server.typing.texts[0].rate, 10);
  await openLive(server, page, '#target=router');
  await open(page);
  assert.equal(await layout(page), 'us');
  assert.equal(await page.inputValue('#catseye-type-speed'), 'normal');
}));

test('the language of the browser is the first guess, and an unknown layout in the preferences is ignored', needs('early scripts'), () => onStage(async ({ server, page }) => {
  await page.addInitScript(() => localStorage.setItem('catseye.layout.default', 'constructor'));
  await openLive(server, page);
  await open(page);
  await chosen(page, 'ch');
}, { locale: 'de-CH' }).catch((error) => {
  // The browser itself notes that the stored layout was not found.
  if (!/404/.test(error.message)) throw error;
}));

test('a layout that an earlier version stored is found', needs('early scripts'), () => onStage(async ({ server, page }) => {
  await page.addInitScript(() => localStorage.setItem('catseye.layout.default', 'de-nodead'));
  await openLive(server, page);
  await open(page);
  await chosen(page, 'de-nodeadkeys');
}));

test('Caps Lock of the remote computer leads to a warning while it is on', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  assert.equal(await page.isVisible('text=Caps Lock is on'), false);
  server.say({ leds: { capsLock: true } });
  await page.waitForSelector('text=Caps Lock is on');
  server.say({ leds: { known: false } });
  await page.waitForSelector('text=Caps Lock is on', { state: 'hidden' });
}));

for (const reports of [true, false]) {
  test(`after a cancel the dialog tells how many characters arrived, and has the rest: ${reports ? 'reported' : 'asked'}`, options, () => onStage(async ({ server, page }) => {
    server.typing.reports = reports;
    await openLive(server, page);
    await open(page);
    const text = '0123456789'.repeat(100);
    await page.fill('textarea', text);
    await submit(page);
    if (reports) await result(page, '[1-9]\\\\d* of 1,000 characters');
    else await until(() => (server.typing.texts[0]?.typed ?? 0) > 0, 'the first');
    await page.keyboard.press('Escape');
    await result(page, 'Cancelled');
    const [{ typed, state }] = texts(server);
    assert.equal(state, 'CANCELLED');
    assert.match(await page.textContent('.typing-result'), new RegExp(`^Cancelled\\. ${typed} of 1,000 characters ha\\w+ arrived\\. The field has the rest\\.$`));
    assert.equal(await page.inputValue('textarea'), text.slice(typed));
    await page.keyboard.press('Escape');
    await closed(page);
  }));
}

/** The brightness of each pixel of the text field's first lines, as one character. @returns {Promise<string>} */
async function pixels(page) {
  await page.focus('#catseye-type-masked');
  const png = (await page.screenshot()).toString('base64');
  return page.evaluate(`(async () => {
    const { left, top, width } = document.querySelector('#catseye-type-text').getBoundingClientRect();
    const image = new Image();
    image.src = 'data:image/png;base64,${png}';
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: width - 24, height: 60 });
    const context = canvas.getContext('2d');
    const factor = image.naturalWidth / innerWidth;
    context.drawImage(image, (left + 4) * factor, (top + 4) * factor, (width - 24) * factor, 60 * factor, 0, 0, width - 24, 60);
    return String.fromCharCode(...context.getImageData(0, 0, canvas.width, 60).data.filter((_, index) => index % 4 === 1));
  })()`);
}

/** How many pixels are clearly different: WebKit does not draw the same thing twice with the same edges. */
const differences = (one, other) => [...one].filter((value, index) => Math.abs(value.charCodeAt(0) - other.charCodeAt(index)) > 64).length;

test('nothing of a masked text can be read off the screen, also without the style for it', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  const shown = async (text) => {
    await page.fill('#catseye-type-text', text);
    return pixels(page);
  };
  assert.ok(differences(await shown('WWWWWWWWW'), await shown('iiiiiiiii')) > 50, 'the comparison sees a text');
  await page.check('#catseye-type-masked');
  const masked = await shown('WWWWWWWWW');
  assert.equal(differences(masked, await shown('iiiiiiiii')), 0);
  assert.ok(differences(masked, await shown('')) > 50, 'that there is a text is visible');
  await page.evaluate(() => {
    // As in a browser that does not support the property.
    for (const sheet of document.styleSheets) {
      for (const rule of [...sheet.cssRules].filter((each) => each.conditionText?.includes('text-security'))) {
        for (const { cssText } of rule.cssRules) sheet.insertRule(cssText, sheet.cssRules.length);
      }
    }
    document.querySelector('#catseye-type-text').style.setProperty('-webkit-text-security', 'none');
  });
  assert.equal(differences(await shown('WWWWWWWWW'), await shown('iiiiiiiii')), 0);
}));

test('a hidden text is masked, and removed after a cancel and when the dialog closes', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  await page.check('#catseye-type-masked');
  assert.equal(await page.$eval('textarea', (area) => getComputedStyle(area).webkitTextSecurity), 'disc');
  await page.fill('textarea', 'secret'.repeat(100));
  await submit(page);
  await result(page, 'of 600 characters');
  await page.click('catseye-type-text button:text-is("Cancel")');
  await result(page, 'Cancelled');
  assert.equal(await page.inputValue('textarea'), '');
  await page.fill('textarea', 'secret');
  await page.keyboard.press('Escape');
  await closed(page);
  await open(page);
  assert.equal(await page.inputValue('textarea'), '');
}));

for (const [code, status, expected] of [['no_keyboard', 503, 'no keyboard reaches'], ['not_in_control', 409, 'another user controls'], ['busy', 409, 'another text'], ['strange', 500, 'The server says strange']]) {
  test(`a refusal is shown and the text stays: ${code}`, options, () => onStage(async ({ server, page, complaints }) => {
    server.typing.refusal = { status, code };
    await openLive(server, page);
    await open(page);
    await page.fill('textarea', 'a text');
    await submit(page);
    await result(page, expected);
    assert.equal(await page.inputValue('textarea'), 'a text');
    assert.equal(await page.isVisible('catseye-type-text dialog[open]'), true);
    complaints.length = 0; // the browser's own note of the status
  }));
}

test('when another user takes control, the dialog tells it and how far the text came', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  await page.fill('textarea', 'a'.repeat(1000));
  await submit(page);
  await result(page, 'of 1,000 characters');
  server.typing.stop('not_in_control');
  await result(page, 'another user took control\\\\. \\\\d+ of 1,000');
}));

test('a text that a script types is shown, and can be cancelled', options, () => onStage(async ({ server, page }) => {
  server.typing.characterMillis = 20;
  await openLive(server, page);
  server.typing.startElsewhere('default', 'x'.repeat(1000));
  await page.waitForSelector('text=A text of 1,000 characters is being typed');
  await openFrom(page);
  await result(page, '\\\\d+ of 1,?000 characters');
  await page.click('catseye-type-text button:text-is("Cancel")');
  await result(page, 'Cancelled');
  assert.equal(server.typing.texts[0].state, 'CANCELLED');
}));

test('text for one computer stops when another is chosen', options, () => onStage(async ({ server, page }) => {
  server.targets.push({ id: 'router', label: 'Router' });
  await openLive(server, page);
  await open(page);
  await page.fill('textarea', 'A'.repeat(1000));
  await submit(page);
  await result(page, 'of 1,?000 characters');
  await page.evaluate(() => { location.hash = 'target=router'; });
  await closed(page);
  await until(() => server.typing.texts[0].state === 'CANCELLED', 'the end');
  await page.waitForSelector('text=/Cancelled. [\\d,]+ of 1,?000 characters/');
  await openLive(server, page, '#target=router');
  await open(page);
  assert.equal(await page.inputValue('textarea'), '', 'what was meant for the other is gone');
}));

test('characters of word processors are named, and typed as plain ones by a button', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  await chosen(page, 'us');
  await page.fill('textarea', '\u201Ca\u201D\u00A0\u200B');
  assert.match(await hint(page), /\u201C \(U\+201C\) \u201D \(U\+201D\) U\+00A0 U\+200B/);
  assert.equal(await page.isDisabled('catseye-type-text button[type=submit]'), true);
  await page.click('text=Type plain characters instead');
  assert.equal(await page.inputValue('textarea'), '"a" ');
  assert.equal(await page.isVisible('text=Type plain characters instead'), false);
  await submit(page);
  await closed(page);
  assert.equal(server.typing.texts[0].text, '"a" ');
}));

test('a layout without Latin letters tells where commands can be typed', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await open(page);
  await page.selectOption('#catseye-type-layout', 'ru');
  await chosen(page, 'ru');
  await page.fill('textarea', 'ls');
  assert.match(await hint(page), /cannot type l s\. It has no Latin letters/);
  assert.equal(await page.isDisabled('catseye-type-text button[type=submit]'), true);
}));

test('an unknown language asks for the layout', options, () => onStage(async ({ server, page }) => {
  await openLive(server, page);
  await openFrom(page);
  await page.waitForSelector('#catseye-type-layout:focus');
  assert.equal(await layout(page), '');
  assert.match(await hint(page), /No layout matches/);
  await page.fill('textarea', 'a');
  assert.equal(await page.isDisabled('catseye-type-text button[type=submit]'), true);
  await page.selectOption('#catseye-type-layout', 'de');
  await submit(page);
  await closed(page);
  assert.equal(server.typing.texts[0].layout, 'de');
}, { locale: 'uk-UA' }));
