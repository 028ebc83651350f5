import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LAYOUTS } from '../input/layouts.js';
import { typableCharacters } from '../input/strokes.js';
import { missing, Xkb } from './oracle/xkb.js';

/** The layout in xkeyboard-config that corresponds to each table: [layout, variant, model]. */
const SAME = {
  be: [['be']], cz: [['cz']], 'cz-windows': [['cz']], dk: [['dk']], gb: [['gb']], us: [['us']], 'us-intl': [['us', 'intl']], ca: [['ca']], fr: [['fr']],
  'fr-windows': [['fr']], 'ch-fr': [['ch', 'fr']], de: [['de'], ['at']], 'de-nodead': [['de', 'nodeadkeys']], 'ch-de': [['ch']], it: [['it']],
  'it-windows': [['it']], jp: [['jp'], ['jp', '', 'jp106']], no: [['no']], pl: [['pl']], 'pl-windows': [['pl']], br: [['br', '', 'abnt2']], pt: [['pt']],
  latam: [['latam']], es: [['es']], 'es-windows': [['es']], se: [['se'], ['fi']],
};

/** Characters that Windows has on other keys or on dead keys, unlike xkeyboard-config. */
const ONLY_ON_WINDOWS = {
  'cz-windows': '~^`âêîôûÂÊÎÔÛ',
  'fr-windows': '~`ãñõÃÑÕìòÀÈÌÒÙ',
  'pl-windows': '~€',
  'es-windows': '~ãõÃÕ',
};

/** With a dead key and Space, X converts these two to straight quotes. */
const ALONE = new Map([['´', '\''], ['¨', '"']]);

const skip = missing();
const xkb = skip ? null : new Xkb();

test('every table has its like', () => assert.deepEqual(Object.keys(SAME).sort(), Object.keys(LAYOUTS).sort()));

for (const [id, likes] of Object.entries(SAME)) {
  for (const [layout, variant, model] of likes) {
    test(`${id} types what xkeyboard-config's ${[layout, variant].filter(Boolean).join(' ')} shows`, { skip }, () => {
      const keymap = xkb.compile(layout, variant, model);
      const others = [...typableCharacters(id)].filter(([character]) => !ONLY_ON_WINDOWS[id]?.includes(character))
        .map(([character, strokes]) => ({ shown: keymap.type(strokes), wanted: strokes.length > 1 && ALONE.get(character) || character, strokes }))
        .filter(({ shown, wanted }) => shown !== wanted);
      assert.deepEqual(others.map(({ shown, wanted, strokes }) => `${JSON.stringify(strokes)} is ${shown}, not ${wanted}`), []);
    });
  }
}

test('characters that are marked as right on Windows only differ in xkeyboard-config', { skip }, () => {
  for (const [id, characters] of Object.entries(ONLY_ON_WINDOWS)) {
    const keymap = xkb.compile(...SAME[id][0]);
    for (const character of characters) assert.notEqual(keymap.type(typableCharacters(id).get(character)), character, `${id} ${character}`);
  }
});

test('the comparison sees a wrong key, a wrong level, a missing AltGr and a key that is not dead', { skip }, () => {
  const stroke = (code, shift = false, altGr = false) => ({ code, shift, altGr });
  const german = xkb.compile('de');
  assert.equal(german.type([stroke('KeyY')]), 'z');
  assert.equal(german.type([stroke('Digit2', true)]), '"');
  assert.equal(german.type([stroke('KeyQ', false, true)]), '@');
  assert.equal(german.type([stroke('Backquote'), stroke('KeyE')]), 'ê');
  assert.match(german.type([stroke('KeyA'), stroke('Space')]), /^nothing/);
  assert.equal(german.type([stroke('KeyX', true)]), 'X');
  assert.equal(xkb.compile('us').type([stroke('KeyQ', false, true)]), 'no AltGr');
});
