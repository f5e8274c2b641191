// A push in Chromium, with no page of the app open: the worker that the build made shows that something
// needs its user. Chromium's own push service is not in reach here; DevTools hands the push over instead,
// as that would.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Phone } from './world/phone.mjs';
import { Relay } from './world/relay.mjs';

let relay;
let phone;

before(async () => {
  relay = await Relay.start();
  phone = await Phone.open('Nia');
});

after(async () => {
  await phone?.close();
  await relay?.stop();
});

async function until(what, find) {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50)) {
    const found = await find();
    if (found) return found;
  }
  return assert.fail(`${what}: it does not happen`);
}

test('a push is shown though the app is closed', async () => {
  const { origin } = relay;
  await phone.context.grantPermissions(['notifications'], { origin });
  // Also while it was never joined: whoever subscribes has joined, and the worker does not know the difference.
  await phone.page.goto(origin);
  await phone.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const elsewhere = await phone.context.newPage();
  const tools = await phone.context.newCDPSession(elsewhere);
  const registrations = [];
  tools.on('ServiceWorker.workerRegistrationUpdated', (event) => registrations.push(...event.registrations));
  await tools.send('ServiceWorker.enable');
  const { registrationId } = await until('the worker is known', () =>
    registrations.find(({ scopeURL }) => scopeURL === `${origin}/`),
  );
  await phone.page.close();
  await tools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: '' });

  const page = await phone.context.newPage();
  await page.goto(`${origin}/robots.txt`);
  const shown = await until('a notification', () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/');
      const [first] = await registration.getNotifications();
      return first && { title: first.title, body: first.body, lang: first.lang, icon: first.icon };
    }),
  );
  const { icon, ...words } = shown;
  assert.deepEqual(words, { title: 'Kith', body: 'Something needs you. Open Kith to see.', lang: 'en' });
  const fetched = await fetch(icon);
  assert.equal(fetched.headers.get('content-type'), 'image/png', icon);
});
