// How soon the rota's month shows a change that was pulled: on a processor four times slower than
// this one. `cargo xtask bench` runs it, makes the changes when it says `ready`, and reads the one
// JSON object that it prints at the end.
import { Phone } from './world/phone.mjs';

const CHANGES = 12;
const SLOWER = 4;
const PATIENCE = 120_000;
const { KITH_LINK: link, KITH_MONTH: month } = process.env;

// Runs in the page. Each time the month has changed: when the reply was there, when the change was
// in the store (what the app knows is set right after), and when the screen was painted.
function watch() {
  window.shown = [];
  window.frames = [];
  let received = 0;
  let stored = 0;
  let drawing = false;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.name.endsWith('/v1/sync')) received = entry.responseEnd;
    }
  }).observe({ type: 'resource' });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.frames.push(entry.duration);
  }).observe({ type: 'long-animation-frame' });
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function begin(...asked) {
    const begun = transaction.apply(this, asked);
    if (begun.mode === 'readwrite') {
      begun.addEventListener('complete', () => { stored = performance.now(); });
    }
    return begun;
  };
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => frame((time) => {
    drawing = true;
    setTimeout(() => { drawing = false; });
    draw(time);
  });
  // A frame is painted before the next task begins.
  const painted = (then) => (drawing ? setTimeout(then) : frame(() => setTimeout(then)));
  addEventListener('DOMContentLoaded', () => {
    new MutationObserver((changes) => {
      if (!changes.some(({ target }) => (target.parentElement ?? target).closest('.month-grid'))) return;
      const known = stored;
      painted(() => {
        const now = performance.now();
        window.shown.push({ known: now - known, received: now - received });
      });
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
    window.shown.length = 0;
    window.frames.length = 0;
  });
  console.log('ready');
  // Asked for now and then: to ask with every frame would have the page draw all the time.
  const options = { timeout: PATIENCE, polling: 500 };
  await phone.page.waitForFunction((n) => window.shown.length >= n, CHANGES, options);
  console.log(JSON.stringify(await phone.page.evaluate(() => ({
    known: window.shown.map((shown) => shown.known),
    received: window.shown.map((shown) => shown.received),
    frames: window.frames,
  }))));
} finally {
  await phone.close();
}
