// Runs the browser scenarios: `node run.mjs [NAME…]`. The last line counts them. Refuses to try a failed one again.
import fs from 'node:fs';
import path from 'node:path';
import { launch, person } from './browser.mjs';
import { World } from './world.mjs';

const here = import.meta.dirname;
const out = path.join(here, 'out');
const wanted = process.argv.slice(2);
const names = fs
  .readdirSync(path.join(here, 'scenarios'))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -4))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`there is no scenario ${unknown.join(', ')} in e2e/scenarios`);
  process.exit(2);
}

/** What a failure leaves behind: each page as picture and text, and the logs of both programs. */
async function keep(name, world, people) {
  const folder = path.join(out, name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const [index, { page }] of people.entries()) {
    await page.screenshot({ path: path.join(folder, `page-${index}.png`), fullPage: true }).catch(() => {});
    fs.writeFileSync(path.join(folder, `page-${index}.html`), await page.content().catch(() => ''));
  }
  for (const [who, text] of world.logs()) fs.writeFileSync(path.join(folder, `${who}.log`), text);
  return path.relative(process.cwd(), folder);
}

async function runScenario(browser, name) {
  const { default: scenario, options = {} } = await import(`./scenarios/${name}.mjs`);
  const people = [];
  const world = await World.start(name, options.sim);
  try {
    const enter = async (how) => {
      const one = await person(browser, world, how);
      people.push(one);
      return one;
    };
    await scenario({ world, enter });
    const complaints = people.flatMap((one) => one.complaints);
    if (complaints.length > 0) throw new Error(`the browser complained:\n  ${complaints.join('\n  ')}`);
  } catch (error) {
    error.kept = await keep(name, world, people);
    throw error;
  } finally {
    for (const { context } of people) await context.close();
    await world.stop();
    world.remove();
  }
}

let passed = 0;
let failed = 0;
const browser = await launch();
for (const name of names) {
  const started = Date.now();
  try {
    await runScenario(browser, name);
    passed += 1;
    console.log(`ok    ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}: ${error.stack ?? error}${error.kept ? `\n      kept in ${error.kept}` : ''}`);
  }
}
await browser.close();
console.log(`browser: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
