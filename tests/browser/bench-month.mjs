// How soon the rota's month shows a change that was pulled: on a processor four times slower than
// this one. `cargo xtask bench` runs it, makes the changes when it says `ready`, and reads the one
// JSON object that it prints at the end.
import { Phone } from './world/phone.mjs';

const CHANGES = 8;
const SLOWER = 4;
const PATIENCE = 120_000;
const { KITH_LINK: link, KITH_MONTH: month } = process.env;

// Runs in the page: each time the screen has changed after an exchange, when it was painted.
function watch() {
  window.painted = [];
  window.frames = [];
  let last = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.name.endsWith('/v1/sync')) last = entry.responseEnd;
    }
  }).observe({ type: 'resource' });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.frames.push(entry.duration);
  }).observe({ type: 'long-animation-frame' });
  addEventListener('DOMContentLoaded', () => {
    new MutationObserver((changes) => {
      if (!changes.some(({ target }) => (target.parentElement ?? target).closest('.month-grid'))) return;
      const received = last;
      requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.now() - received)));
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

const phone = await Phone.open('Month');
try {
  await phone.join(link, 'Today');
  await phone.page.addInitScript(watch);
  await phone.page.goto(new URL(`/rota/month/${month}`, link).href);
  await phone.page.locator('.month-grid').waitFor();
  await phone.page.getByRole('radio', { name: 'All' }).check();
  await phone.page.waitForTimeout(3000);
  const tools = await phone.context.newCDPSession(phone.page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await phone.page.evaluate(() => {
    window.painted.length = 0;
    window.frames.length = 0;
  });
  console.log('ready');
  await phone.page.waitForFunction((n) => window.painted.length >= n, CHANGES, { timeout: PATIENCE });
  const { painted, frames } = await phone.page.evaluate(() => ({
    painted: window.painted, frames: window.frames,
  }));
  painted.sort((a, b) => a - b);
  console.log(JSON.stringify({ painted, frames, median: painted[Math.floor(painted.length / 2)] }));
} finally {
  await phone.close();
}
