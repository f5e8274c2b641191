// Joining: each thing that can go wrong has its own words and a way on.
import { after, before, test } from 'node:test';
import { Phone } from './world/phone.mjs';
import { Relay } from './world/relay.mjs';

let relay;
let phone;

before(async () => {
  relay = await Relay.start();
  phone = await Phone.open('Guest');
});

after(async () => {
  await phone?.close();
  await relay?.stop();
});

async function refused(link, words) {
  await phone.page.goto('about:blank');
  await phone.page.goto(link);
  await phone.page.getByRole('button', { name: 'Join the team' }).click();
  await phone.page.getByRole('alert').filter({ hasText: words }).waitFor();
}

test('a link that has expired', { timeout: 60_000 }, async () => {
  await refused(relay.invite({ role: 'pa', name: 'Late', hours: 0 }).link, 'This link is too old');
});

test('a link that was mistyped', { timeout: 60_000 }, async () => {
  await refused(`${relay.origin}/join#AaIAK3qFpn`, 'This is not a whole joining link');
});

test('a link of another team', { timeout: 60_000 }, async () => {
  const other = await Relay.start({ team: 'Others' });
  try {
    const code = other.founder.link.split('#')[1];
    await refused(`${relay.origin}/join#${code}`, 'The team does not know this link');
  } finally {
    await other.stop();
  }
});

test('a link that was used', { timeout: 60_000 }, async () => {
  const first = await Phone.open('First');
  try {
    await first.join(relay.founder.link, 'Today');
  } finally {
    await first.end();
  }
  await refused(relay.founder.link, 'This link has been used');
});

test('no relay; then it is there, and the same link works', { timeout: 60_000 }, async () => {
  const { link } = relay.invite({ role: 'pa', name: 'Rhys' });
  await phone.page.goto('about:blank');
  await phone.page.goto(link);
  await phone.page.getByRole('button', { name: 'Join the team' }).waitFor();
  await relay.kill();
  await phone.page.getByRole('button', { name: 'Join the team' }).click();
  await phone.page.getByRole('alert').filter({ hasText: 'No signal just now' }).waitFor();
  await relay.up();
  await phone.page.getByRole('button', { name: 'Try again' }).click();
  await phone.at('Today');
});
