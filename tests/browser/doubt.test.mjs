// The relay's folder is put back to an older copy behind its back. The first phone that syncs says so in
// plain words and gives back what the copy lacks; the manager, whose phone had not known better, is told.
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { check, look } from './world/look.mjs';
import { DESK, PHONE, Phone } from './world/phone.mjs';
import { Relay } from './world/relay.mjs';
import { story } from './world/story.mjs';

const NOTE = 'Walked to the river and saw the heron.';
const SOON = { timeout: 90_000 };

let relay;
let copy;
const people = {};
const phones = [];

before(async () => {
  relay = await Relay.start();
  copy = `${relay.data}-older`;
  people.morgan = relay.invite({ role: 'person', name: 'Morgan Pritchard', address: '12 Mill Lane' });
  people.rhys = relay.invite({ role: 'pa', name: 'Rhys Tudor' });
  people.ceri = relay.invite({ role: 'manager', name: 'Ceri Llewelyn' });
});

after(async () => {
  for (const phone of phones) await phone.close();
  await relay?.stop();
  rmSync(copy, { recursive: true, force: true });
});

async function open(name, link, heading) {
  const phone = await Phone.open(name);
  phones.push(phone);
  await phone.join(link, heading);
  return phone;
}

/** What is on the screen, at both sizes and in both languages. */
async function pictures(phone, name, path) {
  const { page } = phone;
  for (const [language, word] of [['cy', 'Cymraeg'], ['en', 'English']]) {
    await page.goto(`${relay.origin}/me`);
    await page.getByRole('radio', { name: word }).check();
    await page.locator(`html[lang^=${language}]`).waitFor();
    await page.goto(relay.origin + path);
    await page.locator('.message.need').waitFor(SOON);
    for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
      await page.setViewportSize(viewport);
      await look(phone, `${name}.${language}.${size}`);
    }
  }
}

test('records that were put back behind the relay’s back', { timeout: 420_000 }, async (t) => {
  const step = story(t, phones);
  let nia;
  let rhys;
  let ceri;

  await step('the team is level, and somebody copies the folder', async () => {
    nia = await open('Nia', relay.founder.link, 'Today');
    rhys = await open('Rhys', people.rhys.link, 'Today');
    ceri = await open('Ceri', people.ceri.link, /Needs me/);
    for (const phone of phones) {
      await phone.page.goto(`${relay.origin}/waiting`);
      await phone.page.getByText('All records on this phone have been checked').waitFor(SOON);
    }
    await ceri.context.setOffline(true);
    await relay.kill();
    cpSync(relay.data, copy, { recursive: true });
    await relay.up();
  });

  await step('a visit and its note are sent and seen', async () => {
    const { page } = nia;
    await page.goto(relay.origin);
    await page.getByRole('button', { name: 'Visit without a shift' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /Morgan/ }).click();
    await page.getByRole('button', { name: /Clock in at/ }).click();
    await page.getByText('You are with').waitFor();
    await page.getByRole('button', { name: 'Clock out' }).click();
    await nia.at(/Note about Morgan/);
    await page.getByLabel('In your words').fill(NOTE);
    await page.getByRole('radio', { name: /Share with family/ }).check();
    await page.getByRole('button', { name: 'Save note' }).click();
    await nia.at('Today');
    await nia.status('Seen by the team');
  });

  await step('the older copy is put in the folder’s place', async () => {
    await relay.kill();
    rmSync(relay.data, { recursive: true });
    cpSync(copy, relay.data, { recursive: true });
    await relay.up();
  });

  await step('the first phones that sync need who has them, and say so in plain words', async () => {
    for (const phone of [nia, rhys]) {
      const { page } = phone;
      await phone.status('Needs you');
      await page.locator('.status-button').click();
      const told = page.getByRole('dialog').locator('.message');
      await told.getByRole('heading', { name: 'The team’s records were put back or changed' }).waitFor();
      await told.getByText('Perhaps a backup was put back').waitFor();
      await page.screenshot({ path: `../../target/screens/doubt-sheet.png`, animations: 'disabled' });
    }
    await check(rhys, 'doubt');
    await pictures(rhys, 'doubt', '/waiting');
  });

  await step('once it was read it is gone, and the records are whole', async () => {
    for (const phone of [nia, rhys]) {
      const { page } = phone;
      await page.goto(`${relay.origin}/waiting`);
      await page.getByRole('button', { name: 'I have read this' }).click();
      await page.getByText('put back or changed').waitFor({ state: 'detached' });
      await phone.status(/Sent|Seen|Up to date/);
      await page.getByText('All records on this phone have been checked since').waitFor(SOON);
      await page.goto(`${relay.origin}/people/${people.morgan.person}`);
      await page.locator('.entry').filter({ hasText: NOTE }).first().waitFor(SOON);
    }
  });

  await step('the manager, whose phone had not known better, is told by the relay', async () => {
    const { page } = ceri;
    await page.goto(relay.origin);
    await ceri.at('Needs me');
    assert.equal(await page.locator('.message').count(), 0);
    await ceri.context.setOffline(false);
    const told = page.locator('.message').filter({ hasText: 'A phone found the records put back or changed' });
    await told.waitFor(SOON);
    await ceri.status('Needs you');
    assert.match(await page.locator('.bar a[aria-current]').innerText(), /\b1\b/);
    await check(ceri, 'doubt-manager');
    await pictures(ceri, 'doubt-manager', '/');
    await told.getByRole('button', { name: 'I have read this' }).click();
    await told.waitFor({ state: 'detached' });
    await ceri.status('Up to date');
    await page.getByRole('link', { name: 'Are the records whole?' }).click();
    await ceri.at('Are the records whole?');
    // It stays where somebody asks, and is not told again.
    await told.waitFor();
    assert.equal(await page.getByRole('button', { name: 'I have read this' }).count(), 0);
    await look(ceri, 'doubt-whole');
    for (const phone of phones) assert.deepEqual(phone.troubles, [], phone.name);
  });
});
