// How long the app takes from a cold start to *Today*: offline, on a processor four times slower
// than this one. Prints one JSON object; `cargo xtask bench` runs it.
import { demo } from './world/demo.mjs';
import { Phone } from './world/phone.mjs';

const STARTS = 7;
const SLOWER = 4;

const { relay, links } = await demo();
const phone = await Phone.open('Siân');
const starts = [];
try {
  await phone.join(links.find(({ role }) => role === 'pa').link, 'Today');
  for (let n = 0; n < STARTS; n += 1) {
    await phone.close();
    await phone.launch({ offline: true });
    const tools = await phone.context.newCDPSession(phone.page);
    await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await phone.page.goto(relay.origin, { waitUntil: 'commit' });
    await phone.at('Today');
    // Since the browser set out to open the page.
    starts.push(await phone.page.evaluate(() => performance.now()));
  }
} finally {
  await phone.close();
  await relay.stop();
}
starts.sort((a, b) => a - b);
console.log(JSON.stringify({ starts, median: starts[Math.floor(STARTS / 2)] }));
