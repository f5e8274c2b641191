// Nights are paid by what elapsed: eight hours on most nights, seven and nine when clocks change.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Phone } from './world/phone.mjs';
import { Relay } from './world/relay.mjs';

const NIGHTS = [
  { evening: '2026-10-24', morning: '2026-10-25', month: '2026-10', length: '9 h' },
  { evening: '2026-03-28', morning: '2026-03-29', month: '2026-03', length: '7 h' },
  { evening: '2026-06-30', morning: '2026-07-01', month: '2026-06', length: '8 h' },
];

let relay;
let nia;
let morgan;

before(async () => {
  relay = await Relay.start();
  morgan = relay.invite({ role: 'person', name: 'Morgan Pritchard' });
  nia = await Phone.open('Nia');
  await nia.join(relay.founder.link, 'Today');
});

after(async () => {
  await nia?.close();
  await relay?.stop();
});

for (const { evening, morning, month, length } of NIGHTS) {
  test(`22:00 to 06:00 in the night of ${evening} is ${length}`, { timeout: 120_000 }, async () => {
    const { page } = nia;
    await page.goto(relay.origin);
    await nia.at('Today');
    await page.getByRole('button', { name: 'Visit without a shift' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /Morgan/ }).click();
    await page.getByRole('button', { name: /Clock in at/ }).click();
    await page.getByRole('button', { name: 'Clock out' }).click();
    await nia.at(/Note about Morgan/);
    const visit = new URL(page.url()).pathname.match(/visit\/([^/]+)/)[1];
    await page.goto(`${relay.origin}/visit/${visit}/times`);
    await page.getByLabel('Began').fill(`${evening}T22:00`);
    await page.getByLabel('Ended').fill(`${morning}T06:00`);
    await page.getByLabel('Why do you change it?').fill('I worked this night without the phone.');
    await page.getByRole('button', { name: 'Save the times' }).click();
    await page.getByText('Times saved on this phone').waitFor();
    await page.goto(`${relay.origin}/hours/${month}`);
    await page.getByText(/22:00\s*[–-]\s*06:00/).first().waitFor();
    const text = await page.locator('main').innerText();
    assert.match(text, new RegExp(`(^|\\D)${length}(?! \\d)`), text);
  });
}

test('the team sees the same nights', { timeout: 60_000 }, async () => {
  const rhys = await Phone.open('Rhys');
  try {
    await rhys.join(relay.invite({ role: 'pa', name: 'Rhys Tudor' }).link, 'Today');
    await rhys.page.goto(`${relay.origin}/people/${morgan.person}`);
    await rhys.at(/Morgan/);
    for (;;) {
      const older = rhys.page.getByRole('button', { name: 'Show older ones' });
      if ((await older.count()) === 0) break;
      await older.click();
    }
    const text = await rhys.page.locator('main').innerText();
    for (const { length } of NIGHTS) assert.match(text, new RegExp(`(^|\\D)${length}(?! \\d)`), text);
  } finally {
    await rhys.end();
  }
});
