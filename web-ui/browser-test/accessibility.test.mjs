import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { engine } from './browser.mjs';
import { needs, onStage } from './stage.mjs';
import { viewsAt } from './views.mjs';

/** axe-core finds nothing in any view, in a light and a dark colour scheme, on a phone and on a desk. */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = { phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, desk: { viewport: { width: 1280, height: 800 } } };

/** The gallery shows parts of many pages on one. */
const NOT_IN_GALLERY = ['landmark-contentinfo-is-top-level', 'landmark-no-duplicate-contentinfo', 'landmark-unique', 'landmark-complementary-is-top-level', 'landmark-no-duplicate-main', 'landmark-main-is-top-level'];

/** @param {string[]} disabled rules @returns {Promise<string[]>} what is wrong, and where */
const violations = (page, disabled) => page.evaluate(async (rules) => {
  // Everything is judged by its final look, without waiting for transitions.
  for (const animation of document.getAnimations()) if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  const { violations: found } = await window['axe'].run(document, { resultTypes: ['violations'], rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])) });
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, any }) => `${id}: ${target} ${any[0]?.message ?? ''}`));
}, disabled);

/**
 * An engine that can change the colour scheme of a page has one page for both; the others have one for each. Without CATSEYE_LONG, a phone is
 * dark and a desk is light, because the rules for colours know no size.
 */
const schemesOf = (size) => (!process.env.CATSEYE_LONG ? [[size === 'phone' ? 'dark' : 'light']] : engine.name === 'Chromium' ? [['light', 'dark']] : [['light'], ['dark']]);
const only = process.env.CATSEYE_VIEW;

for (const [size, context] of Object.entries(SIZES)) {
  test(`axe-core finds nothing in any view, ${size}`, { ...needs('early scripts', 'colour schemes'), timeout: 1_200_000 }, async () => {
    const found = [];
    const views = viewsAt(context.viewport.width).filter(({ name }) => !only || name === only);
    for (const { name, path, set, act } of views) {
      for (const schemes of schemesOf(size)) {
        await onStage(async ({ server, page }) => {
          set(server);
          await page.goto(server.address + path);
          await act(page, server);
          await page.evaluate(AXE);
          for (const colorScheme of schemes) {
            await page.emulateMedia?.({ colorScheme });
            assert.equal(await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"), colorScheme === 'dark');
            for (const one of await violations(page, name === 'gallery' ? NOT_IN_GALLERY : [])) found.push(`${name}, ${colorScheme}: ${one}`);
            if (process.env.CATSEYE_SHOTS) await page.screenshot({ path: `${process.env.CATSEYE_SHOTS}/${name}-${colorScheme}-${size}.png` });
          }
        }, { ...context, colorScheme: schemes[0], bypassCSP: true }).catch((error) => found.push(`${name}: ${error.message}`));
      }
    }
    assert.equal(found.join('\n'), '');
  });
}
