// Consent is withdrawn while a family contact is away; a phone is lost with a note on it that was
// never sent. The next time each is in touch, what is not theirs to keep is gone from screen and
// store, and the note is kept aside.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { outside, sealed, stored } from './world/disk.mjs';
import { Phone } from './world/phone.mjs';
import { Relay } from './world/relay.mjs';
import { story } from './world/story.mjs';

const SHARED = 'Walked to the river and saw the heron.';
const UNSENT = 'Slept badly, and ate a little.';
const SOON = { timeout: 90_000 };

let relay;
const people = {};
const phones = [];

before(async () => {
  relay = await Relay.start();
  people.morgan = relay.invite({ role: 'person', name: 'Morgan Pritchard', address: '12 Mill Lane' });
  const person = people.morgan.person;
  people.gwen = relay.invite({ role: 'family-contact', name: 'Gwen Pritchard', person });
  people.ceri = relay.invite({ role: 'manager', name: 'Ceri Llewelyn' });
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

/** Opens the person of this name on the screen of phones and people. */
async function choose(phone, name) {
  await phone.page.goto(`${relay.origin}/team`);
  await phone.at('Phones and people');
  await phone.page.locator('summary').filter({ hasText: name }).click();
}

test('what is taken away goes, and nothing else', { timeout: 420_000 }, async (t) => {
  const step = story(t, phones);
  let nia;
  let gwen;
  let morgan;
  let ceri;
  let held;

  await step('a note is shared with the family', async () => {
    nia = await open('Nia', relay.founder.link, 'Today');
    morgan = await open('Morgan', people.morgan.link, /Morgan/);
    ceri = await open('Ceri', people.ceri.link, /Needs me/);
    gwen = await open('Gwen', people.gwen.link, /How was it/);
    await visit(nia, SHARED);
    await gwen.page.getByText(SHARED).first().waitFor(SOON);
    held = await sealed(gwen);
  });

  await step('she is away, and the person stops sharing notes with her', async () => {
    await gwen.context.setOffline(true);
    await choose(morgan, 'Gwen Pritchard');
    await morgan.page.getByRole('button', { name: 'Stop sharing notes' }).click();
    const sheet = morgan.page.getByRole('dialog');
    await sheet.getByText('Gwen still sees who is coming').waitFor();
    await morgan.page.screenshot({ path: '../../target/screens/revoke-sure.png' });
    await sheet.getByRole('button', { name: 'Stop sharing notes' }).click();
    await morgan.page.getByText('notes not shared').waitFor(SOON);
    await morgan.page.screenshot({ path: '../../target/screens/revoke-team.png' });
    assert.ok(await gwen.page.getByText(SHARED).first().isVisible(), 'she has no signal');
  });

  await step('she comes back: the note is gone from screen and store, the circle is not', async () => {
    await gwen.context.setOffline(false);
    await gwen.page.getByText(SHARED).first().waitFor({ state: 'detached', ...SOON });
    assert.equal(await sealed(gwen), held - 2, 'the document and its receipts are gone from her store');
    await gwen.page.reload();
    await gwen.at(/How was it/);
    assert.equal(await gwen.page.getByText(SHARED).count(), 0);
  });

  await step('and it comes back with the consent', async () => {
    await choose(morgan, 'Gwen Pritchard');
    await morgan.page.getByRole('button', { name: 'Share notes again' }).click();
    await morgan.page.getByRole('dialog').getByRole('button', { name: 'Share notes again' }).click();
    await gwen.page.getByText(SHARED).first().waitFor(SOON);
  });

  await step('a phone is lost, with a note on it that was never sent', async () => {
    await nia.status(/Sent|Seen/);
    await nia.context.setOffline(true);
    await visit(nia, UNSENT);
    assert.equal((await outside(nia)).waiting, 3);
    await choose(ceri, 'Nia Bowen');
    await ceri.page.getByRole('button', { name: 'It is lost' }).click();
    const sheet = ceri.page.getByRole('dialog');
    await sheet.getByText('is kept aside for the manager').waitFor();
    await ceri.page.screenshot({ path: '../../target/screens/revoke-lost.png' });
    await sheet.getByRole('button', { name: 'It is lost' }).click();
    await sheet.waitFor({ state: 'detached', ...SOON });
  });

  await step('the next time it is in touch, it forgets everything and hands the note in', async () => {
    await nia.context.setOffline(false);
    await nia.page.getByText('does not belong to Tîm Prawf any more').waitFor(SOON);
    await nia.page.screenshot({ path: '../../target/screens/revoke-gone.png' });
    await nia.page.getByText(/things that you had written and not sent were handed in/).waitFor();
    const left = await stored(nia);
    // Where it stood, what it said of the team, how it looks, and that nothing is unseen.
    assert.ok((await sealed(nia)) <= 4, `more is left: ${Object.keys(left)}`);
    assert.deepEqual(await outside(nia), { settings: {}, waiting: 0, drafts: 0 });
    assert.ok(Object.values(left).every((value) => value.length < 400), 'nothing long is left');
    assert.equal(await nia.page.getByText('Morgan').count(), 0);
    const metrics = await (await fetch(`${relay.origin}/metrics`)).text();
    // Clock in, clock out and the note.
    assert.match(metrics, /changes.*refused.* 3\b/);
    assert.ok(!(await ceri.bytes()).includes(UNSENT), 'nobody was given it as a record');
  });

  await step('opened again it says the same, and lets in with a new invitation', async () => {
    await nia.page.reload();
    await nia.page.getByText('does not belong to Tîm Prawf any more').waitFor();
    await nia.page.getByRole('button', { name: 'Join with a new invitation' }).click();
    await nia.page.getByText('does not belong').waitFor({ state: 'detached' });
    await nia.join(relay.invite({ role: 'pa', name: 'Nia Bowen' }).link, 'Today');
  });
});
