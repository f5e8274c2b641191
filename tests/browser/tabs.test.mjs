// Two tabs are one phone: whatever each does is kept, and each shows it.
import { after, before, test } from 'node:test';
import { Phone } from './world/phone.mjs';
import { Relay } from './world/relay.mjs';

let relay;
let nia;
const people = ['Morgan', 'Eluned'];

before(async () => {
  relay = await Relay.start();
  for (const name of people) relay.invite({ role: 'person', name });
  nia = await Phone.open('Nia');
  await nia.join(relay.founder.link, 'Today');
});

after(async () => {
  await nia?.close();
  await relay?.stop();
});

/** Goes up to the last tap of a clock in, and returns it. */
async function almostClockedIn(page, name) {
  await page.getByRole('button', { name: 'Visit without a shift' }).click();
  await page.getByRole('dialog').getByRole('button', { name }).click();
  const last = page.getByRole('button', { name: /Clock in at/ });
  await last.waitFor();
  return () => last.click();
}

test('both tabs act at once, without signal', { timeout: 120_000 }, async () => {
  const first = nia.page;
  const second = await nia.context.newPage();
  nia.watch(second);
  await second.goto(relay.origin);
  await second.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  await nia.context.setOffline(true);
  const taps = [await almostClockedIn(first, people[0]), await almostClockedIn(second, people[1])];
  await Promise.all(taps.map((tap) => tap()));
  for (const page of [first, second]) {
    for (const name of people) await page.locator('main').getByText(name).first().waitFor();
    await page.reload();
    for (const name of people) await page.locator('main').getByText(name).first().waitFor();
  }
  await nia.context.setOffline(false);
  await nia.status('Sent');
  await second.close();
});

test('both visits reached the team', { timeout: 60_000 }, async () => {
  const rhys = await Phone.open('Rhys');
  try {
    await rhys.join(relay.invite({ role: 'pa', name: 'Rhys Tudor' }).link, 'Today');
    for (const name of people) {
      await rhys.page.getByRole('link', { name: 'People', exact: true }).click();
      await rhys.page.getByRole('link', { name: new RegExp(name) }).first().click();
      await rhys.at(new RegExp(name));
      await rhys.page.getByText('Nia Bowen').first().waitFor();
    }
  } finally {
    await rhys.end();
  }
});
