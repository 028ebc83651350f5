import { test } from 'node:test';
import { onStage, options, until } from './stage.mjs';

/** The colour in the middle of the picture that the page shows. */
const colour = (page) => page.evaluate(() => {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 1, height: 1 });
  const context = canvas.getContext('2d');
  const { image } = document.querySelector('catseye-screen');
  if (image.naturalWidth === 0) return '';
  context.drawImage(image, image.naturalWidth / 2, image.naturalHeight / 2, 1, 1, 0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return ['red', 'green', 'blue'][[red, green, blue].indexOf(Math.max(red, green, blue))];
});

test('the last frame of a change is shown at once over plain HTTP, although none follows', options, () => onStage(async ({ server, page }) => {
  const painter = await page.context().newPage();
  const pictures = {};
  for (const name of ['red', 'green', 'blue']) {
    await painter.setContent(`<body style="background: ${name}">`);
    pictures[name] = await painter.screenshot({ type: 'jpeg' });
  }
  await painter.close();
  server.showStill(pictures.red);
  server.socketsBlocked = true;
  await page.goto(`${server.address}/`);
  await page.waitForSelector('catseye-screen[source="image"]', { timeout: 20_000 });
  await until(async () => (await colour(page)) === 'red', 'the first picture');
  for (const name of ['green', 'blue', 'red', 'green']) {
    server.showStill(pictures[name]);
    await until(async () => (await colour(page)) === name, name, 5000);
    // No other frame follows, so it is visible only if it is sent twice.
  }
}));
