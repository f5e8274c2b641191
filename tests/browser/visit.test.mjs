// A visit clocked without signal reaches the team, and each role sees what it may and no more.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Phone, bytesOf } from './world/phone.mjs';
import { Relay } from './world/relay.mjs';
import { story } from './world/story.mjs';

const SHARED = 'Walked to the river and saw the heron.';
const TEAM_ONLY = 'Worried about the letter from the hospital.';

let relay;
let nia;
const people = {};
const phones = [];

before(async () => {
  relay = await Relay.start();
  people.morgan = relay.invite({
    role: 'person', name: 'Morgan Pritchard', address: '12 Mill Lane', goal: 'Make my own breakfast',
  });
  people.eluned = relay.invite({ role: 'person', name: 'Eluned Wyn' });
  nia = await open('Nia');
});

after(async () => {
  for (const phone of phones) await phone.close();
  await relay?.stop();
});

async function open(name) {
  phones.push(await Phone.open(name));
  return phones.at(-1);
}

async function beginVisit(page, person) {
  await page.getByRole('button', { name: 'Visit without a shift' }).click();
  await page.getByRole('dialog').getByRole('button', { name: person }).click();
  await page.getByRole('button', { name: /Clock in at/ }).click();
  await page.getByText('You are with').waitFor();
}

test('the whole story', { timeout: 300_000 }, async (t) => {
  const step = story(t, phones);

  await step('a PA joins, and loses signal and relay', async () => {
    await nia.join(relay.founder.link, 'Today');
    await nia.page.getByRole('button', { name: 'Visit without a shift' }).waitFor();
    await nia.context.setOffline(true);
    await relay.kill();
  });

  await step('clocks in; it is saved on this phone', async () => {
    await beginVisit(nia.page, /Morgan/);
    await nia.page.getByText(/Clocked in at .*Saved on this phone/).waitFor();
  });

  await step('begins a note, and the app is closed in the middle of it', async () => {
    await nia.page.getByRole('link', { name: 'Write the note' }).click();
    await nia.at(/Note about Morgan/);
    await nia.page.getByRole('radio', { name: 'Good' }).check();
    await nia.page.getByLabel('In your words').fill(SHARED);
    await nia.page.getByText('Not shared yet').waitFor();
    await nia.close();
  });

  await step('opened from cold, still without signal, nothing is lost', async () => {
    await nia.reopen(relay.origin, { offline: true });
    await nia.at('Today');
    await nia.page.getByText('You are with').waitFor();
    await nia.page.getByRole('link', { name: 'Go on with your note' }).click();
    await nia.at(/Note about Morgan/);
    assert.equal(await nia.page.getByLabel('In your words').inputValue(), SHARED);
    assert.ok(await nia.page.getByRole('radio', { name: 'Good' }).isChecked());
    await nia.page.getByRole('radio', { name: /Share with family/ }).check();
    await nia.page.getByRole('button', { name: 'Save note' }).click();
    await nia.at('Today');
    await nia.page.getByRole('button', { name: 'Clock out' }).click();
    await nia.page.getByText(/Clocked out at .*Saved on this phone/).waitFor();
  });

  await step('a second visit has a note for the team only', async () => {
    await nia.page.goto(relay.origin);
    await nia.at('Today');
    await beginVisit(nia.page, /Morgan/);
    await nia.page.getByRole('button', { name: 'Clock out' }).click();
    await nia.at(/Note about Morgan/);
    await nia.page.getByLabel('In your words').fill(TEAM_ONLY);
    await nia.page.getByRole('radio', { name: /Team only/ }).check();
    await nia.page.getByRole('button', { name: 'Save note' }).click();
    await nia.at('Today');
  });

  await step('signal and relay return; nobody presses anything', async () => {
    await relay.up();
    await nia.context.setOffline(false);
    await nia.status('Sent');
  });

  const rhys = await open('Rhys');
  await step('a second PA sees visits and both notes', async () => {
    await rhys.join(relay.invite({ role: 'pa', name: 'Rhys Tudor' }).link, 'Today');
    await rhys.page.getByRole('link', { name: 'People' }).click();
    await rhys.page.getByRole('link', { name: /Morgan/ }).first().click();
    await rhys.at(/Morgan/);
    await rhys.page.getByText(SHARED).waitFor();
    await rhys.page.getByText(TEAM_ONLY).waitFor();
    assert.equal(await rhys.page.getByText('Nia Bowen').first().isVisible(), true);
  });

  await step('the first PA is told that the team has seen it', async () => {
    await nia.status('Seen');
  });

  const gwen = await open('Gwen');
  await step('the family contact sees the shared note and no byte of anything else', async () => {
    const person = people.morgan.person;
    const link = relay.invite({ role: 'family-contact', name: 'Gwen Pritchard', person }).link;
    await gwen.join(link, /How was it/);
    await gwen.page.getByText(SHARED).first().waitFor();
    assert.equal(await gwen.page.getByText(TEAM_ONLY).count(), 0);
    const bytes = await gwen.bytes();
    assert.ok(bytes.includes(SHARED), 'the replies can be read as they are');
    assert.ok(bytes.includes(bytesOf(relay.founder.member)), 'and so can the identifiers in them');
    const eluned = people.eluned.person;
    for (const not of [TEAM_ONLY, 'team-notes', 'visits/', 'rota/', 'Eluned', eluned, bytesOf(eluned)]) {
      assert.ok(!bytes.includes(not), `${not} is in a reply to a family contact`);
    }
  });

  const angharad = await open('Angharad');
  await step('the manager sees the records', async () => {
    await angharad.join(relay.invite({ role: 'manager', name: 'Angharad Llewelyn' }).link, /Needs me/);
    await angharad.page.goto(`${relay.origin}/people/${people.morgan.person}`);
    await angharad.at(/Morgan/);
    await angharad.page.getByText(SHARED).waitFor();
    await angharad.page.getByText(TEAM_ONLY).waitFor();
  });

  const morgan = await open('Morgan');
  await step('the person sees their own notes', async () => {
    await morgan.join(people.morgan.link, /Morgan/);
    await morgan.page.getByRole('link', { name: 'Notes' }).click();
    await morgan.page.getByText(SHARED).first().waitFor();
    await morgan.page.getByText(TEAM_ONLY).first().waitFor();
  });

  for (const phone of phones) await phone.end();
});
