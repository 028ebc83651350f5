import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { StickyModifiers } from '../input/sticky-modifiers.js';
import { addOwnCombination, readOwnCombinations, removeOwnCombination } from '../ui/own-combinations.js';
import { readWatchOnly, readWheelChoice, saveWatchOnly, saveWheelChoice, wheelSettings } from '../ui/input-choice.js';

const stored = new Map();
globalThis.localStorage = { getItem: (name) => stored.get(name) ?? null, setItem: (name, value) => stored.set(name, value), removeItem: (name) => stored.delete(name) };

function sticky() {
  const log = [];
  const changes = [];
  const modifiers = new StickyModifiers((code, down) => log.push((down ? '+' : '-') + code) > 0, () => changes.push(modifiers.active.join()));
  return { modifiers, log, changes, tap: (code) => [true, false].forEach((down) => modifiers.sendKey(code, down)) };
}

test('sticky modifiers stay down for the next key, and are released after it', () => {
  const { modifiers, log, changes, tap } = sticky();
  modifiers.toggleModifier('ControlLeft');
  modifiers.toggleModifier('AltLeft');
  tap('KeyK');
  tap('KeyL');
  assert.equal(log.join(' '), '+ControlLeft +AltLeft +KeyK -KeyK -AltLeft -ControlLeft +KeyL -KeyL');
  assert.deepEqual(changes, ['ControlLeft', 'ControlLeft,AltLeft', '']);
});

test('a sticky modifier can be released without a key', () => {
  const { modifiers, log } = sticky();
  modifiers.toggleModifier('MetaLeft');
  modifiers.toggleModifier('MetaLeft');
  assert.deepEqual(log, ['+MetaLeft', '-MetaLeft']);
});

test('another modifier does not release them', () => {
  const { modifiers, log, tap } = sticky();
  modifiers.toggleModifier('ControlLeft');
  tap('ShiftLeft');
  assert.deepEqual(modifiers.active, ['ControlLeft']);
  assert.equal(log.length, 3);
});

test('what the server has released is not released again', () => {
  const { modifiers, log, tap } = sticky();
  modifiers.toggleModifier('ControlLeft');
  modifiers.forgetAll();
  tap('KeyA');
  assert.equal(log.join(' '), '+ControlLeft +KeyA -KeyA');
});

beforeEach(() => stored.clear());

test('own combinations belong to a user of this browser', () => {
  assert.equal(addOwnCombination('ann', ['ControlLeft', 'F5']), true);
  assert.equal(addOwnCombination('ann', ['F24']), true);
  assert.equal(addOwnCombination('ann', ['ControlLeft', 'F5']), false, 'it exists');
  assert.deepEqual(readOwnCombinations('ann'), [{ codes: ['ControlLeft', 'F5'] }, { codes: ['F24'] }]);
  assert.deepEqual(readOwnCombinations('bob'), []);
  removeOwnCombination('ann', ['ControlLeft', 'F5']);
  assert.deepEqual(readOwnCombinations('ann'), [{ codes: ['F24'] }]);
});

test('stored combinations that are none are ignored', () => {
  for (const text of ['', 'x', '{}', 'null', '[1, ["Nonsense"], ["KeyA", "KeyB"], [], [["KeyA"]], ["ControlLeft"]]']) {
    stored.set('catseye.combinations.ann', text);
    assert.deepEqual(readOwnCombinations('ann'), [], text);
  }
});

test('the number of own combinations is bounded', () => {
  for (let count = 1; count <= 24; count++) addOwnCombination('ann', [`F${count}`]);
  for (let count = 1; count <= 24; count++) addOwnCombination('ann', ['ControlLeft', `F${count}`]);
  assert.equal(readOwnCombinations('ann').length, 40);
});

test('the choices of wheel and watching are kept, and nonsense is the default', () => {
  assert.deepEqual(readWheelChoice(), { speed: 'normal', reversed: false });
  saveWheelChoice({ speed: 'fast', reversed: true });
  assert.deepEqual(readWheelChoice(), { speed: 'fast', reversed: true });
  assert.deepEqual(wheelSettings(readWheelChoice()), { speed: 3, reversed: true });
  stored.set('catseye.wheel.speed', 'constructor');
  assert.equal(readWheelChoice().speed, 'normal');
  saveWatchOnly('a', true);
  assert.deepEqual([readWatchOnly('a'), readWatchOnly('b')], [true, false]);
  saveWatchOnly('a', false);
  assert.equal(readWatchOnly('a'), false);
});
