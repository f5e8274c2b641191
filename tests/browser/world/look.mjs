// Whether a screen can be used by everyone: it fits, has one heading, no fault that axe finds, and no
// word without a translation. The picture is left in target/screens to be looked at.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const PICTURES = '../../target/screens';
mkdirSync(PICTURES, { recursive: true });

export async function look(phone, name) {
  const { page } = phone;
  const seen = await page.evaluate(() => ({
    wide: document.scrollingElement.scrollWidth - innerWidth,
    headings: document.querySelectorAll('h1').length,
    text: document.body.innerText,
  }));
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
  assert.ok(seen.wide <= 0, `${name} is ${seen.wide} px too wide`);
  assert.equal(seen.headings, 1, `${name} has ${seen.headings} headings`);
  assert.doesNotMatch(seen.text, /\{|\}|undefined|[a-z]+-[a-z]+-[a-z]+-title/, name);
}

export async function check(phone, name) {
  // High enough that nothing lies under the bar, where a target would count as covered.
  const { width } = phone.page.viewportSize();
  await phone.page.setViewportSize({ width, height: 15000 });
  // A colour half-way between two themes is nobody's choice: what moves comes to rest first.
  await phone.page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((a) => a.effect.getComputedTiming().endTime < Infinity)
        .map((a) => a.finished),
    ),
  );
  await phone.page.evaluate(AXE);
  const { violations } = await phone.page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }),
  );
  const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' | ')}`);
  assert.deepEqual(told, [], name);
}
