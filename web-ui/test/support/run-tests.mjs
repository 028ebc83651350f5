// Runs files of tests, some of them at a time, and repeats a file that failed once, because the machines are shared:
//   node test/support/run-tests.mjs [--jobs N] [--seconds N] [--until TIME [--reserve N]] FILE|FOLDER...
// The output of a file comes when it ends, and the totals come last. A file that passed only at the second try is listed as skipped, and so is
// one for which no time was left: with --until, in seconds since 1970, files still running are ended then, and none starts within the last
// seconds before, the reserve.

import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: {
    jobs: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '900' },
    until: { type: 'string', default: 'Infinity' },
    reserve: { type: 'string', default: '60' },
  },
  allowPositionals: true,
});
const millisLeft = () => Number(values.until) * 1000 - Date.now();
const hasTime = () => millisLeft() > Number(values.reserve) * 1000;
const files = positionals.flatMap((path) => (statSync(path).isDirectory() ? readdirSync(path).filter((name) => /\.test\.m?js$/.test(name)).map((name) => join(path, name)) : [path]));
/** The process groups that run. @type {Set<number>} */ const groups = new Set();
const endGroups = () => groups.forEach((group) => process.kill(-group, 'SIGTERM'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { endGroups(); process.exit(1); });
const totals = { pass: 0, fail: 0, skipped: 0 };

/** @param {string} file @returns {Promise<{ended: number | null, late: boolean, output: string, counts: Record<string, number>}>} */
function runFile(file) {
  return new Promise((resolve) => {
    let output = '';
    let late = false;
    const seconds = Math.min(Number(values.seconds), millisLeft() / 1000);
    // Its own process group, so that a file that hangs ends with its browsers.
    const child = spawn(process.execPath, ['--test', '--test-reporter=tap', file], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const group = Number(child.pid);
    groups.add(group);
    const limit = setTimeout(() => {
      late = millisLeft() <= 0 && !/^ *not ok/m.test(output);
      output += `\n# ${file} was ended after ${Math.round(seconds)} s\n`;
      process.kill(-group, 'SIGKILL');
    }, seconds * 1000);
    child.stdout.on('data', (data) => { output += data; });
    child.stderr.on('data', (data) => { output += data; });
    child.on('close', (ended) => {
      clearTimeout(limit);
      groups.delete(group);
      const counts = { pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
      for (const [, name, number] of output.matchAll(/^# (pass|fail|cancelled|skipped|todo) (\d+)$/gm)) counts[name] = Number(number);
      resolve({ ended, late, output, counts });
    });
  });
}

/** @param {string} file */
async function testFile(file) {
  const began = Date.now();
  if (!hasTime()) return leaveOut(file);
  let run = await runFile(file);
  process.stdout.write(run.output);
  if (run.late) return leaveOut(file);
  if (run.ended !== 0 && hasTime()) {
    console.log(`# ${file} failed; once more`);
    const failed = [...run.output.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => name);
    run = await runFile(file);
    process.stdout.write(run.output);
    if (run.ended === 0) console.log(`ok 1 - ${file}: ${failed.at(0) ?? 'ended'} # SKIP passed only at the second try`);
  }
  const { pass, fail, cancelled, skipped, todo } = run.counts;
  totals.pass += pass;
  totals.skipped += skipped + todo;
  // A file that ended with an error but reports no failed test did not run all of them.
  totals.fail += run.ended === 0 ? 0 : Math.max(1, fail + cancelled);
  console.log(`# ${file} took ${Math.round((Date.now() - began) / 1000)} s`);
}

/** @param {string} file */
function leaveOut(file) {
  console.log(`ok 1 - ${file} # SKIP no time left`);
  totals.skipped += 1;
}

async function work() {
  for (let file = files.shift(); file; file = files.shift()) await testFile(file);
}

await Promise.all(Array.from({ length: Number(values.jobs) }, work));
for (const [name, number] of Object.entries(totals)) console.log(`# ${name} ${number}`);
process.exitCode = totals.fail > 0 ? 1 : 0;
