import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const runner = fileURLToPath(new URL('support/run-tests.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'catseye-run-tests'));
after(() => rmSync(folder, { recursive: true }));

/** @param {string} name @param {string} body of a test @returns {string} the file */
function fileOf(name, body) {
  const file = join(folder, name);
  writeFileSync(file, `import { existsSync, writeFileSync } from 'node:fs';\nimport { test } from 'node:test';\ntest('${name}', async () => { ${body} });\n`);
  return file;
}

/** @param {string[]} words @returns {Promise<{ended: number, output: string}>} */
function run(...words) {
  return new Promise((resolve) => {
    // Without NODE_TEST_CONTEXT, in which the tests' output would go to this test's own runner.
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const child = spawn(process.execPath, [runner, ...words], { env });
    let output = '';
    child.stdout.on('data', (data) => { output += data; });
    child.on('close', (ended) => resolve({ ended, output }));
  });
}

const inSeconds = (seconds) => String(Date.now() / 1000 + seconds);

test('adds up the tests of all files, of which one fails twice', async () => {
  const { ended, output } = await run(fileOf('a.test.mjs', ''), fileOf('b.test.mjs', 'throw new Error("wrong");'));
  assert.match(output, /# pass 1\n# fail 1\n# skipped 0\n$/);
  assert.equal(output.match(/not ok 1 - b\.test\.mjs/g).length, 2);
  assert.equal(ended, 1);
});

test('names a file that passed only at the second try', async () => {
  const trace = JSON.stringify(join(folder, 'second'));
  const { ended, output } = await run(fileOf('c.test.mjs', `if (!existsSync(${trace})) { writeFileSync(${trace}, ''); throw new Error("first"); }`));
  assert.match(output, /^ok 1 - .*c\.test\.mjs: c\.test\.mjs # SKIP passed only at the second try$/m);
  assert.equal(ended, 0);
});

test('leaves out what has no time left, before and during a file', async () => {
  const slow = fileOf('d.test.mjs', 'await new Promise((resolve) => setTimeout(resolve, 20_000));');
  for (const words of [['--until', inSeconds(30)], ['--reserve', '0', '--until', inSeconds(2)]]) {
    const { ended, output } = await run(...words, slow);
    assert.match(output, /^ok 1 - .*d\.test\.mjs # SKIP no time left$/m);
    assert.match(output, /# pass 0\n# fail 0\n# skipped 1\n$/);
    assert.equal(ended, 0);
  }
});

test('a file that hangs has failed', async () => {
  const { ended, output } = await run('--seconds', '2', fileOf('e.test.mjs', 'await new Promise((resolve) => setTimeout(resolve, 20_000));'));
  assert.match(output, /e\.test\.mjs was ended after 2 s/);
  assert.match(output, /# fail 1\n/);
  assert.equal(ended, 1);
});
