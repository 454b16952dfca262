// Checks a page with axe against WCAG 2.2 AA, and for sideways scrolling. Refuses to excuse a finding.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Sentences about what is wrong with the page as it is now; none when all is well. */
export async function findings(page) {
  // Evaluated through the debugger, which the content security policy of the page does not bind.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: AXE });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((found) => JSON.stringify(found.violations.map((one) => [one.id, one.help, one.nodes.map((node) => node.target.join(' ')).slice(0, 3)])))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(`axe failed: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  const said = JSON.parse(result.value).map(([id, help, targets]) => `${id}: ${help} (${targets.join('; ')})`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) said.push(`the page is ${wide} px wider than the screen`);
  return said;
}
