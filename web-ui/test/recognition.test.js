import assert from 'node:assert/strict';
import test from 'node:test';
import { resembles } from '../vm-test/recognition.mjs';

const SCREEN = 'iPXE 1.0.0+git-—20190125 .36a4c85-5.1 -- Open Source Network Boot Firmware\nnetO: 52:54:00:12:34:56 using 82540em on O000:00:03.0 Copen)\n';

test('a text is recognized in spite of characters that look alike, spaces and signs', () => {
  assert.ok(resembles(SCREEN, 'net0: 52:54:00:12:34:56'));
  assert.ok(resembles(SCREEN, 'open source network boot firmware'));
  assert.ok(resembles('Tl=Move Highl ight <Enter>', 'Move Highlight'));
});

test('one wrong, missing or additional character in seven is tolerated, and no more', () => {
  assert.ok(resembles('OUMF Settings', 'OVMF Settings'));
  assert.ok(resembles('Imstall thc system', 'Install the system'));
  assert.ok(!resembles('Imstoll thc syslem', 'Install the system'));
  assert.ok(!resembles('[heahdg]', '[heahdx]'));
  assert.ok(!resembles('', 'Shell'));
});

test('a pattern counts as it is', () => {
  assert.ok(resembles('Features: PXE\niPXE> _', /^iPXE>/m));
  assert.ok(!resembles('Features: PXE iPXE', /^iPXE>/m));
});
