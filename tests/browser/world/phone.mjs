// Somebody's phone: a browser profile that can be closed and opened again from cold.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { chromium } from 'playwright-core';

export const PHONE = { width: 360, height: 800 };
export const DESK = { width: 1280, height: 800 };

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** What deflate begins with in packed messages. */
const DICTIONARY = readFileSync(new URL('../../../shared/src/sync/pack/dictionary.bin', import.meta.url));

/** As much of a request as its reply is packed with. */
const KNOWN = 4096;

/** A body as it was before it was packed: behind a checksum of four bytes, with what both sides know. */
const unpacked = (body, known) => inflateRawSync(body.subarray(4), { dictionary: Buffer.concat([DICTIONARY, known]) });

/** The body of a reply as it was before it was packed. */
async function plain(response) {
  const body = await response.body();
  if (response.headers()['content-type'] !== 'application/vnd.kith') return body;
  const request = response.request();
  const { authorization, 'kith-renewal': renewal } = await request.allHeaders();
  // Whom a token or a challenge is about: the team and the device, as they are.
  const claims = authorization ? authorization.slice('Bearer '.length).split('.')[0] : renewal.split('.')[1];
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url'));
  const asked = unpacked(request.postDataBuffer(), Buffer.from(sub, 'base64url'));
  return unpacked(body, asked.subarray(0, KNOWN));
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An identifier as its 16 bytes, which is how packed records have it. */
export function bytesOf(id) {
  const number = [...id].reduce((sum, letter) => sum * 32n + BigInt(CROCKFORD.indexOf(letter)), 0n);
  return Buffer.from(number.toString(16).padStart(32, '0'), 'hex');
}

export class Phone {
  /** A new phone, with its owner's name for messages. */
  static async open(name, options = {}) {
    const phone = new Phone();
    Object.assign(phone, { name, options, troubles: [], replies: [] });
    phone.profile = mkdtempSync(join(tmpdir(), 'kith-phone-'));
    await phone.launch();
    return phone;
  }

  async launch({ offline = false } = {}) {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: process.env.KITH_CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      args: FLAGS,
      viewport: PHONE,
      locale: 'en-GB',
      timezoneId: 'Europe/London',
      ...this.options,
    });
    await this.context.setOffline(offline);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    this.watch(this.page);
  }

  watch(page) {
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (e) => this.troubles.push(`${e}`));
    page.on('console', (m) => {
      // A browser that is offline says so for each request; that is no trouble of the app's.
      const network = /net::ERR_|Failed to load resource/.test(m.text());
      if (m.type() === 'error' && !network) this.troubles.push(m.text());
    });
    page.on('response', (response) => {
      if (new URL(response.url()).pathname === '/v1/sync') {
        this.replies.push(plain(response).catch(() => Buffer.alloc(0)));
      }
    });
  }

  /** Joins with a link, up to the first screen. */
  async join(link, heading) {
    await this.page.goto(link);
    await this.page.getByRole('button', { name: 'Join the team' }).click();
    await this.at(heading);
    // From now on the phone can be opened without a network.
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
  }

  /** Waits until the screen with this heading is there. */
  async at(heading) {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  /** The app is closed: no goodbye. */
  async close() {
    await this.context.close();
  }

  /** The app is opened again from cold. */
  async reopen(url, options) {
    await this.launch(options);
    await this.page.goto(url);
  }

  /** What waits and what was sent, as the line at the top says. */
  status(words) {
    return this.page.locator('.status-button').filter({ hasText: words }).waitFor();
  }

  /** All that came in replies, unpacked. */
  async bytes() {
    return Buffer.concat(await Promise.all(this.replies));
  }

  /** Goes away, and says what went wrong on it. */
  async end() {
    await this.close();
    rmSync(this.profile, { recursive: true, force: true });
    assert.deepEqual(this.troubles, [], `${this.name}'s phone had trouble`);
  }
}
