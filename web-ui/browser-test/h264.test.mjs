import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { HEIGHT, WIDTH, drawnNumbers, ffmpegPossible, numberedClip, upwards } from './numbered-clip.mjs';
import { lacking } from './browser.mjs';
import { needs, onStage, state, until } from './stage.mjs';

const optionsWith = (...abilities) => {
  const { skip, ...others } = needs(...abilities);
  return { ...others, skip: skip || (ffmpegPossible() ? false : 'no ffmpeg with libx264 on this machine') };
};
const options = optionsWith('H.264');
let clip;

before(async () => {
  if (!optionsWith().skip) clip = await numberedClip();
});

/** The page on this host; WebCodecs is available only on the loopback address. */
async function open({ server, page }, host) {
  Object.assign(server, { host, codec: 2, clip, fps: 30 });
  server.say({ video: { width: WIDTH, height: HEIGHT, codec: 'H264' } });
  await page.goto(`${server.address}/`);
  await state(page, 'live');
}

for (const [name, host, secure] of [['WebCodecs', '127.0.0.1', true], ['Media Source Extensions, over plain http', 'catseye.internal', false]]) {
  test(`shows H.264 by ${name}: the number in the picture counts up`, options, () => onStage(async (stage) => {
    const { server, page } = stage;
    await open(stage, host);
    assert.equal(await page.evaluate(() => [isSecureContext, typeof VideoDecoder === 'function'].join()), `${secure},${secure}`);
    const seen = await drawnNumbers(page, 30);
    assert.ok(seen.length >= 30, `the picture moves: ${seen}`);
    assert.ok(upwards(seen) >= seen.length - 3, `forwards: ${seen}`);
    await until(async () => /H\.264/.test(await page.textContent('catseye-status')), 'the codec in the status bar');
    await until(() => server.acks >= 30, 'the acknowledgements of those');
  }));

  test(`goes from H.264 by ${name} to words and back`, options, () => onStage(async (stage) => {
    const { server, page } = stage;
    await open(stage, host);
    assert.ok((await drawnNumbers(page, 5)).length >= 5);
    Object.assign(server, { codec: 1, clip: [] });
    server.say({ video: { width: 1280, height: 720 } });
    await until(() => page.evaluate(() => document.querySelector('catseye-screen').canvas.width === 1280), 'a JPEG');
    Object.assign(server, { codec: 2, clip });
    server.say({ video: { width: WIDTH, height: HEIGHT } });
    const seen = await drawnNumbers(page, 20);
    assert.ok(seen.length >= 20, `moves again: ${seen}`);
  }));

  test(`a damaged group by ${name} is over with the next key frame`, options, () => onStage(async (stage) => {
    const { server, page } = stage;
    await open(stage, host);
    assert.ok((await drawnNumbers(page, 5)).length >= 5);
    server.clip = clip.map(({ key, data }, index) => (index % 60 === 20 ? { key, data: Buffer.alloc(500, 7) } : { key, data }));
    const seen = await drawnNumbers(page, 100, 20_000);
    assert.ok(seen.some((number) => number > 62) && seen.some((number) => number < 60), `both groups: ${seen}`);
    await state(page, 'live');
  }));
}

test('a browser that cannot show H.264 gets JPEGs of it, over the same socket', optionsWith(), () => onStage(async (stage) => {
  const { server, page } = stage;
  if (!lacking('H.264')) await page.addInitScript(() => {
    // A Chromium without the codec: both interfaces exist but do not support it.
    VideoDecoder.isConfigSupported = async () => ({ supported: false });
    MediaSource.isTypeSupported = () => false;
  });
  await open(stage, '127.0.0.1');
  await until(async () => /JPEG/.test(await page.textContent('catseye-status')), 'the codec in the status bar');
  await until(() => server.acks > 30, 'pictures');
  assert.equal(await page.evaluate(() => document.querySelector('catseye-console').dataset.state), 'live');
}));

test('a browser that has WebCodecs without the codec takes Media Source Extensions', options, () => onStage(async (stage) => {
  const { page } = stage;
  await page.addInitScript(() => { VideoDecoder.isConfigSupported = async () => ({ supported: false }); });
  await open(stage, '127.0.0.1');
  const seen = await drawnNumbers(page, 20);
  assert.ok(seen.length >= 20 && upwards(seen) >= seen.length - 3, `moves: ${seen}`);
}));

for (const host of ['127.0.0.1', 'catseye.internal']) {
  test(`what ${host} shows is late by frames, not by seconds`, options, (t) => onStage(async (stage) => {
    await open(stage, host);
    const { page } = stage;
    assert.ok((await drawnNumbers(page, 40)).length >= 40);
    const latency = await page.evaluate(() => Number(document.querySelector('catseye-console').dataset.latencyMs));
    t.diagnostic(`sent to drawn: ${latency} ms`);
    assert.ok(latency > 0 && latency < 500, `latency ${latency} ms`);
  }));
}
