// What goes wrong on a phone: each has its own words, loses nothing, and has a way on.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Phone } from './world/phone.mjs';
import { Relay, WEB } from './world/relay.mjs';

const DAYS = 24 * 60 * 60 * 1000;
const TEXT = 'Half a note that must not be lost.';

let relay;
let web;
let morgan;

before(async () => {
  // A copy of the app, so that a new version can be put in its place.
  web = mkdtempSync(join(tmpdir(), 'kith-web-'));
  cpSync(WEB, web, { recursive: true });
  relay = await Relay.start({ web });
  morgan = relay.invite({ role: 'person', name: 'Morgan Pritchard' });
});

after(async () => {
  await relay?.stop();
  rmSync(web, { recursive: true, force: true });
});

async function withPhone(name, act, { ahead = 0, before: script } = {}) {
  const phone = await Phone.open(name);
  try {
    if (ahead) {
      await phone.context.addInitScript((by) => {
        const real = Date.now.bind(Date);
        const RealDate = Date;
        globalThis.Date = class extends RealDate {
          constructor(...args) {
            super(...(args.length ? args : [real() + by]));
          }
          static now() {
            return real() + by;
          }
        };
      }, ahead);
    }
    if (script) await phone.context.addInitScript(script);
    await act(phone);
  } finally {
    await phone.end();
  }
}

async function clockIn(phone) {
  await phone.page.getByRole('button', { name: 'Visit without a shift' }).click();
  await phone.page.getByRole('dialog').getByRole('button', { name: /Morgan/ }).click();
  await phone.page.getByRole('button', { name: /Clock in at/ }).click();
}

test('a clock that is three days ahead', { timeout: 120_000 }, async () => {
  await withPhone('Nia', async (phone) => {
    await phone.join(relay.founder.link, 'Today');
    await phone.page.locator('.status-button').click();
    await phone.page.getByText(/clock is .* ahead/).first().waitFor();
    await phone.page.keyboard.press('Escape');
    await clockIn(phone);
    await phone.page.getByText(/Clocked in at/).waitFor();
    await phone.status('Sent');
  }, { ahead: 3 * DAYS });
  await withPhone('Rhys', async (phone) => {
    await phone.join(relay.invite({ role: 'pa', name: 'Rhys' }).link, 'Today');
    await phone.page.goto(`${relay.origin}/people/${morgan.person}`);
    await phone.at(/Morgan/);
    await phone.page.getByText('Nia Bowen').first().waitFor();
    // The visit stands where it happened: under today.
    assert.match(await phone.page.locator('main').innerText(), /Today[^]*Nia Bowen/);
  });
});

test('a browser that stores nothing', { timeout: 60_000 }, async () => {
  await withPhone('Private', async (phone) => {
    await phone.page.goto(relay.origin);
    await phone.page.getByText('This browser keeps nothing').waitFor();
    await phone.page.getByText(/Open Kith in a normal window/).waitFor();
  }, {
    before: () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('not here', 'SecurityError');
      };
    },
  });
});

test('a phone without room: the text stays, and is saved when there is room', { timeout: 120_000 }, async () => {
  await withPhone('Full', async (phone) => {
    await phone.join(relay.invite({ role: 'pa', name: 'Full' }).link, 'Today');
    await clockIn(phone);
    await phone.page.getByRole('link', { name: 'Write the note' }).click();
    await phone.at(/Note about Morgan/);
    await phone.page.evaluate(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no room', 'QuotaExceededError');
      };
      globalThis.freeRoom = () => {
        IDBObjectStore.prototype.put = put;
      };
    });
    await phone.page.getByLabel('In your words').fill(TEXT);
    await phone.page.getByRole('button', { name: 'Save note' }).click();
    await phone.page.getByText('This phone is full').first().waitFor();
    assert.equal(await phone.page.getByLabel('In your words').inputValue(), TEXT);
    await phone.page.evaluate(() => globalThis.freeRoom());
    await phone.page.getByRole('button', { name: 'Save note' }).click();
    await phone.at('Today');
    await phone.page.goto(`${relay.origin}/people/${morgan.person}`);
    await phone.page.getByText(TEXT).waitFor();
  });
});

test('a new version waits until it is wanted, and keeps the half-written note', { timeout: 120_000 }, async () => {
  await withPhone('Updated', async (phone) => {
    await phone.join(relay.invite({ role: 'pa', name: 'Updated' }).link, 'Today');
    await clockIn(phone);
    await phone.page.getByRole('link', { name: 'Write the note' }).click();
    await phone.at(/Note about Morgan/);
    await phone.page.getByLabel('In your words').fill(TEXT);
    await phone.page.getByText('Not shared yet').waitFor();
    newVersion();
    await phone.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update();
    });
    await phone.page.getByText('A new version is ready').waitFor();
    assert.equal(await phone.page.getByLabel('In your words').inputValue(), TEXT);
    await phone.page.getByRole('button', { name: 'Use the new version' }).click();
    await phone.page.waitForFunction(() => document.documentElement.dataset.newer === 'yes');
    await phone.at(/Note about Morgan/);
    assert.equal(await phone.page.getByLabel('In your words').inputValue(), TEXT);
  });
});

/** The same app with another first page: what a new build would put in its place. */
function newVersion() {
  const edit = (name, from, to) => {
    const path = join(web, name);
    const text = readFileSync(path, 'utf8');
    assert.ok(from.test(text), `${name} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
    for (const packed of ['.br', '.gz']) rmSync(path + packed, { force: true });
  };
  edit('index.html', /<html/, '<html data-newer="yes"');
  edit('sw.js', /VERSION = "[0-9a-f]+"/, 'VERSION = "ffffffffffffffff"');
}
