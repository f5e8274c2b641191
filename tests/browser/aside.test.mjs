// What was refused is kept, read by the manager as words, and let in or left out: the note of a lost
// phone comes into the records as hers, and is on her next phone; who planned a shift after the hat was
// taken away reads that it is kept aside, and then why it was left out.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { DESK, PHONE, Phone } from './world/phone.mjs';
import { Relay } from './world/relay.mjs';
import { story } from './world/story.mjs';

const UNSENT = 'Slept badly, and ate a little.';
const REASON = 'She was not with him.';
const PLANNED = 'Nia plans this week, so please ask her.';
const SOON = { timeout: 90_000 };
const PICTURES = '../../target/screens';

let relay;
const people = {};
const phones = [];

before(async () => {
  relay = await Relay.start();
  people.morgan = relay.invite({ role: 'person', name: 'Morgan Pritchard', address: '12 Mill Lane' });
  people.rhys = relay.invite({ role: 'pa', name: 'Rhys Tudor' });
  people.ceri = relay.invite({ role: 'manager', name: 'Ceri Llewelyn' });
  mkdirSync(PICTURES, { recursive: true });
});

after(async () => {
  for (const phone of phones) await phone.close();
  await relay?.stop();
});

async function open(name, link, heading) {
  const phone = await Phone.open(name);
  phones.push(phone);
  await phone.join(link, heading);
  return phone;
}

/** A visit to Morgan with this note. */
async function visit(phone, text) {
  const { page } = phone;
  await page.getByRole('button', { name: 'Visit without a shift' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /Morgan/ }).click();
  await page.getByRole('button', { name: /Clock in at/ }).click();
  await page.getByText('You are with').waitFor();
  await page.getByRole('button', { name: 'Clock out' }).click();
  await phone.at(/Note about Morgan/);
  await page.getByLabel('In your words').fill(text);
  await page.getByRole('radio', { name: /Share with family/ }).check();
  await page.getByRole('button', { name: 'Save note' }).click();
  await phone.at('Today');
}

/** What is at this address once `there` is, at both sizes and in both languages. */
async function pictures(phone, name, path, there) {
  for (const language of ['en', 'cy']) {
    await speak(phone, language);
    for (const [size, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
      await phone.page.setViewportSize(viewport);
      await phone.page.goto(relay.origin + path);
      await phone.page.locator(there).first().waitFor(SOON);
      await phone.page.screenshot({ path: `${PICTURES}/${name}.${language}.${size}.png`, fullPage: true });
      const wide = await phone.page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${language}, ${size}: ${wide} px too wide`);
    }
  }
  await speak(phone, 'en');
  await phone.page.setViewportSize(PHONE);
}

async function speak(phone, language) {
  await phone.page.goto(`${relay.origin}/me`);
  await phone.page.getByRole('radio', { name: language === 'cy' ? 'Cymraeg' : 'English' }).check();
  await phone.page.locator(`html[lang^=${language}]`).waitFor();
}

/** The card of this. */
const card = (phone, words) => phone.page.locator('article.card').filter({ hasText: words });

test('what was put aside is looked at', { timeout: 420_000 }, async (t) => {
  const step = story(t, phones);
  let nia;
  let rhys;
  let ceri;

  await step('a phone is lost, with a note on it that was never sent', async () => {
    nia = await open('Nia', relay.founder.link, 'Today');
    rhys = await open('Rhys', people.rhys.link, 'Today');
    ceri = await open('Ceri', people.ceri.link, /Needs me/);
    assert.equal(await ceri.page.getByText(/put aside/).count(), 0, 'there is nothing yet');
    await nia.context.setOffline(true);
    await visit(nia, UNSENT);
    await ceri.page.goto(`${relay.origin}/team`);
    await ceri.page.locator('summary').filter({ hasText: 'Nia Bowen' }).click();
    await ceri.page.getByRole('button', { name: 'It is lost' }).click();
    const sheet = ceri.page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'It is lost' }).click();
    await sheet.waitFor({ state: 'detached', ...SOON });
    await ceri.page.goto(relay.origin);
    await ceri.at('Needs me');
    assert.equal(await ceri.page.getByText(/put aside/).count(), 0, 'it has not come in');
    await nia.context.setOffline(false);
    await nia.page.getByText(/things that you had written and not sent were handed in/).waitFor(SOON);
  });

  await step('the manager is told how much there is without asking, and reads it as words', async () => {
    await ceri.page.getByText('3 things were put aside').waitFor(SOON);
    assert.match(await ceri.page.locator('.bar a[aria-current]').innerText(), /\b3\b/);
    await ceri.page.screenshot({ path: `${PICTURES}/aside-home.png` });
    // Where a notification leads.
    await ceri.page.goto(`${relay.origin}/decisions`);
    await ceri.at('Needs me');
    await ceri.page.getByText('3 things were put aside').click();
    await ceri.at('Put aside');
    await card(ceri, UNSENT).getByText('Note about Morgan').waitFor();
    await card(ceri, 'Clock in, Morgan').waitFor();
    const out = card(ceri, 'Clock out, Morgan');
    await out.getByText('What it belongs to is not in the records').waitFor();
    assert.equal(await out.getByRole('button', { name: 'Let it in' }).count(), 0);
    await pictures(ceri, 'aside', '/aside', 'article.card');
  });

  await step('let in, it is in the records as hers, and on her next phone', async () => {
    await ceri.page.goto(`${relay.origin}/aside`);
    await card(ceri, UNSENT).getByRole('button', { name: 'Let it in' }).click();
    await card(ceri, UNSENT).waitFor({ state: 'detached', ...SOON });
    await card(ceri, 'Clock in, Morgan').getByRole('button', { name: 'Let it in' }).click();
    await card(ceri, 'Clock in, Morgan').waitFor({ state: 'detached', ...SOON });
    await card(ceri, 'Clock out, Morgan').getByRole('button', { name: 'Leave it out' }).click();
    const sheet = ceri.page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Leave it out' }).click();
    await sheet.getByRole('alert').waitFor();
    await sheet.getByLabel('Why does it stay out?').fill(REASON);
    await ceri.page.screenshot({ path: `${PICTURES}/aside-why.png` });
    await sheet.getByRole('button', { name: 'Leave it out' }).click();
    await ceri.page.getByText('Nothing is put aside').waitFor(SOON);
    await ceri.page.locator('.bar a[aria-current]').click();
    await ceri.at('Needs me');
    await ceri.page.getByText(/put aside/).waitFor({ state: 'detached', ...SOON });
    // She has a new phone by now; Rhys has his.
    const again = relay.invite({ member: relay.founder.member });
    await nia.page.getByRole('button', { name: 'Join with a new invitation' }).click();
    await nia.page.getByText('does not belong').waitFor({ state: 'detached' });
    await nia.join(again.link, 'Today');
    for (const phone of [nia, rhys]) {
      await phone.page.goto(`${relay.origin}/people/${people.morgan.person}`);
      const entry = phone.page.locator('.entry').filter({ hasText: UNSENT });
      await entry.waitFor(SOON);
      assert.match(await entry.first().innerText(), /Nia Bowen/);
    }
    await nia.page.screenshot({ path: `${PICTURES}/aside-hers.png` });
  });

  const mine = rhys.page.locator('.message').filter({ hasText: /Shift with Morgan, .*14:00 – 17:00/ });

  await step('who planned a shift without the hat reads that it is kept aside', async () => {
    relay.run('hat', '--member', 'Rhys Tudor');
    await rhys.page.goto(`${relay.origin}/plan`);
    await rhys.page.getByText('You are rota holder until').waitFor(SOON);
    await rhys.context.setOffline(true);
    relay.run('hat', '--member', 'Rhys Tudor', '--off');
    await rhys.page.getByRole('link', { name: 'Add a shift' }).click();
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    await rhys.page.getByLabel('Day', { exact: true }).first().fill(day);
    await rhys.page.getByLabel('From', { exact: true }).fill('14:00');
    await rhys.page.getByLabel('To', { exact: true }).fill('17:00');
    await rhys.page.getByRole('radio', { name: /Rhys Tudor/ }).first().check({ force: true });
    await rhys.page.getByRole('button', { name: 'Publish now' }).click();
    await rhys.page.getByText(/1 shift published/).waitFor();
    await rhys.context.setOffline(false);
    await rhys.status('Needs you');
    await rhys.page.locator('.status-button').click();
    await mine.getByText('Not taken: the rota is planned by whoever holds it').waitFor(SOON);
    await mine.getByText('It is kept aside. The manager looks at it').waitFor();
    await rhys.page.screenshot({ path: `${PICTURES}/aside-author-sheet.png`, animations: 'disabled' });
    await pictures(rhys, 'aside-author-kept', '/waiting', '.message');
  });

  await step('left out, its author reads why, and settles it', async () => {
    await ceri.page.goto(`${relay.origin}/aside`);
    const shift = card(ceri, 'Shift with Morgan');
    await shift.getByText('They did not hold the rota then').first().waitFor(SOON);
    assert.equal(await shift.getByRole('button', { name: 'Let it in' }).count(), 0);
    await shift.getByRole('button', { name: 'Leave it out' }).click();
    const sheet = ceri.page.getByRole('dialog');
    await sheet.getByLabel('Why does it stay out?').fill(PLANNED);
    await sheet.getByRole('button', { name: 'Leave it out' }).click();
    await ceri.page.getByText('Nothing is put aside').waitFor(SOON);
    await rhys.page.goto(`${relay.origin}/waiting`);
    await mine.getByText(`Ceri Llewelyn looked at it and left it out: “${PLANNED}”`).waitFor(SOON);
    assert.equal(await mine.getByText('It is kept aside').count(), 0);
    await pictures(rhys, 'aside-author-out', '/waiting', '.message');
    await rhys.page.goto(`${relay.origin}/waiting`);
    await mine.getByRole('button', { name: 'I have read this' }).click();
    await mine.waitFor({ state: 'detached' });
    await rhys.page.reload();
    await rhys.at('Saved and sent');
    await rhys.page.getByText('Last news from the team').waitFor();
    assert.equal(await mine.count(), 0, 'it stays settled');
    for (const phone of phones) assert.deepEqual(phone.troubles, [], phone.name);
  });
});
