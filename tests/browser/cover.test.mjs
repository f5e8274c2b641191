// A shift finds its cover with nobody in the middle: two PAs without signal say that they can do
// it, one was first, the person says no, the standby is asked, and everyone reads the same story.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Phone } from './world/phone.mjs';
import { Relay } from './world/relay.mjs';
import { story } from './world/story.mjs';

let relay;
const phones = [];
const people = {};

before(async () => {
  relay = await Relay.start();
  people.morgan = relay.invite({ role: 'person', name: 'Morgan Pritchard', address: '12 Mill Lane' });
  people.rhys = relay.invite({ role: 'pa', name: 'Rhys Tudor' });
  people.aisha = relay.invite({ role: 'pa', name: 'Aisha Karim' });
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

/** The place of this name in the bar. */
async function place(phone, name) {
  const sheet = phone.page.getByRole('dialog');
  if (await sheet.isVisible()) await sheet.getByRole('button', { name: 'Close' }).click();
  await phone.page.getByRole('navigation').getByRole('link', { name }).first().click();
}

/** What the sheet of the shift says, line by line. */
async function told(phone, shift) {
  await phone.page.goto(`${relay.origin}/shift/${shift}`);
  await phone.page.getByRole('heading', { name: 'What happened' }).waitFor();
  return phone.page.getByRole('dialog').innerText();
}

function inOrder(text, lines) {
  let from = 0;
  for (const line of lines) {
    const at = text.slice(from).search(line);
    assert.ok(at >= 0, `"${line}" is not told, or not in its place, in:\n${text}`);
    from += at + 1;
  }
}

test('cover without a manager', { timeout: 420_000 }, async (t) => {
  const step = story(t, phones);
  let nia;
  let morgan;
  let rhys;
  let aisha;
  let shift;
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

  await step('the team joins, and the person lets everyone in', async () => {
    nia = await open('Nia', relay.founder.link, 'Today');
    rhys = await open('Rhys', people.rhys.link, 'Today');
    aisha = await open('Aisha', people.aisha.link, 'Today');
    morgan = await open('Morgan', people.morgan.link, /Morgan/);
    await morgan.page.goto(`${relay.origin}/my-people`);
    const others = morgan.page.getByRole('group', { name: /Everyone else/ });
    await others.getByRole('radio', { name: 'Can come' }).check();
    await morgan.status(/Sent|Seen/);
  });

  await step('who holds the rota publishes a shift', async () => {
    await nia.page.goto(`${relay.origin}/plan/new`);
    await nia.page.getByLabel('Day', { exact: true }).first().fill(day);
    await nia.page.getByLabel('From', { exact: true }).fill('14:00');
    await nia.page.getByLabel('To', { exact: true }).fill('17:00');
    await nia.page.getByRole('radio', { name: /Nia Bowen/ }).or(
      nia.page.getByRole('checkbox', { name: /Nia Bowen/ }),
    ).first().check({ force: true });
    await nia.page.getByRole('button', { name: 'Publish now' }).click();
    await nia.page.getByText(/1 shift published/).waitFor();
    await nia.status(/Sent|Seen/);
  });

  await step('its holder asks for cover, and stays responsible', async () => {
    await nia.page.goto(`${relay.origin}/rota/${day}`);
    await nia.page.getByText('14:00').first().click();
    await nia.page.getByText('Responsible: you').waitFor();
    await nia.page.getByRole('button', { name: 'Change or cancel it' }).click();
    await nia.page.waitForURL(/plan.shift/, { waitUntil: 'commit' });
    shift = new URL(nia.page.url()).pathname.split('/').at(-1);
    await nia.page.goto(`${relay.origin}/shift/${shift}`);
    await nia.page.getByRole('button', { name: 'Ask for cover' }).click();
    await nia.page.getByLabel('Why?').fill('My sister’s wedding');
    await nia.page.getByRole('button', { name: 'Ask the team' }).click();
    await nia.page.getByText('Until someone else is confirmed').first().waitFor();
    await nia.status(/Sent|Seen/);
  });

  await step('two colleagues hear of it, lose signal, and both can do it', async () => {
    for (const phone of [rhys, aisha]) {
      await place(phone, 'Cover');
      await phone.page.getByText('Nia asks for cover').waitFor({ timeout: 90_000 });
      await phone.context.setOffline(true);
    }
    for (const phone of [rhys, aisha]) {
      await phone.page.getByRole('button', { name: 'I can do it' }).click();
      await phone.page.getByText('Asked for', { exact: true }).waitFor();
      await phone.page.getByText('Saved on this phone, not sent yet.').waitFor();
    }
    const sheet = await told(rhys, shift);
    inOrder(sheet, [/Responsible: Nia/, /You asked for this shift/]);
  });

  await step('the first to be back has it, the other is standby, and both are told', async () => {
    await rhys.context.setOffline(false);
    await place(rhys, 'Cover');
    await rhys.page.getByText('You have the shift').waitFor({ timeout: 90_000 });
    await aisha.context.setOffline(false);
    await place(aisha, 'Cover');
    await aisha.page.getByText('A colleague was first.').waitFor({ timeout: 90_000 });
    await aisha.page.getByText('You are standby').waitFor();
    await place(nia, 'Cover');
    await nia.page.getByText('Rhys covers for you').waitFor({ timeout: 90_000 });
  });

  await step('the person says no, and the standby is asked', async () => {
    await morgan.page.goto(`${relay.origin}/shift/${shift}`);
    await morgan.page.getByText('Responsible: Rhys').waitFor({ timeout: 90_000 });
    await morgan.page.getByRole('button', { name: /I do not want Rhys/ }).click();
    await morgan.page.getByRole('button', { name: 'Say no' }).click();
    await morgan.page.getByText(/Open: nobody is responsible/).waitFor();
    await aisha.page.getByText('It is your turn').waitFor({ timeout: 90_000 });
  });

  await step('she takes it, and it is hers', async () => {
    await aisha.page.getByRole('button', { name: 'Yes, I take it' }).click();
    await aisha.page.getByText('You have the shift').waitFor({ timeout: 90_000 });
  });

  await step('the story reads the same for everyone', async () => {
    for (const [phone, who] of [[nia, 'Aisha'], [rhys, 'Aisha'], [aisha, 'you'], [morgan, 'Aisha']]) {
      await phone.page.goto(`${relay.origin}/shift/${shift}`);
      await phone.page.getByText(`Responsible: ${who}`).waitFor({ timeout: 90_000 });
      const text = await told(phone, shift);
      // The newest first or last: the lines of each must follow each other all the same.
      const lines = [
        /(You|Nia) published it/,
        /(You|Nia) asked for cover/,
        /(You|Rhys) (are|is) responsible/,
        /(You are|Aisha is) standby/,
        /(You|Morgan) said no to/,
        /(You are|Aisha is) responsible/,
      ];
      const forwards = text.search(lines[0]) < text.search(lines.at(-1));
      inOrder(text, forwards ? lines : lines.reverse());
    }
  });
});
