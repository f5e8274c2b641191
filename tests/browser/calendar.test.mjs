// A member's calendar, read from a real relay with a real team on it by two parsers that are not ours:
// what both read alike, and what the rota says, is what calendar programs show.

import ICAL from 'ical.js';
import ical from 'node-ical';
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { demo } from './world/demo.mjs';

// A time without its zone would be read as one of this: a wrong one shows.
process.env.TZ = 'America/St_Johns';

let relay;
let files;
let planned;

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ulid = () => Array.from({ length: 26 }, (_, at) => LETTERS[at === 0 ? 0 : (Math.random() * 32) | 0]).join('');

/** What this member's calendar program would fetch, in English and in Welsh. */
async function calendar({ link }) {
  const { publicKey } = generateKeyPairSync('ed25519');
  const key = publicKey.export({ format: 'jwk' }).x;
  const ask = async (path, { method = 'POST', token, body } = {}) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const reply = await fetch(relay.origin + path, { method, headers, body: body && JSON.stringify(body) });
    assert.ok(reply.ok, await reply.clone().text());
    return reply;
  };
  const code = link.split('#')[1];
  const joined = await (await ask('/v1/join', { body: { code, device: ulid(), key } })).json();
  const { url } = await (await ask('/v1/calendar', { token: joined.pass.token })).json();
  const path = new URL(url).pathname;
  const read = async (query) => (await ask(path + query, { method: 'GET' })).text();
  return { name: joined.name, english: await read(''), welsh: await read('?lang=cy') };
}

before(async () => {
  const made = await demo();
  relay = made.relay;
  const of = (role) => calendar(made.links.find((link) => link.role === role));
  files = { pa: await of('pa'), person: await of('person'), manager: await of('manager') };
  await relay.kill();
  const out = mkdtempSync(join(tmpdir(), 'kith-export-'));
  relay.run('export', '--team', 'Tîm Afon', '--format', 'json', '--out', out);
  const rotas = readdirSync(out).filter((name) => name.startsWith('rota'));
  const records = rotas.flatMap((name) => Object.values(JSON.parse(readFileSync(join(out, name))).records));
  rmSync(out, { recursive: true });
  planned = new Map();
  for (const record of records) {
    if (record.kind !== 'published') continue;
    planned.set(record.shift, [...(planned.get(record.shift) ?? []), record]);
  }
});

after(() => relay?.stop());

const parsers = {
  'ical.js': (text) => {
    const file = new ICAL.Component(ICAL.parse(text));
    return file.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        summary: event.summary,
        start: event.startDate.toJSDate().getTime(),
        end: event.endDate.toJSDate().getTime(),
        sequence: Number(event.sequence),
        stamp: component.getFirstPropertyValue('dtstamp').toJSDate().getTime(),
        modified: component.getFirstPropertyValue('last-modified').toJSDate().getTime(),
      };
    });
  },
  'node-ical': (text) =>
    Object.values(ical.sync.parseICS(text))
      .filter((component) => component.type === 'VEVENT')
      .map((event) => ({
        uid: event.uid,
        summary: event.summary,
        start: event.start.getTime(),
        end: event.end.getTime(),
        sequence: Number(event.sequence),
        stamp: event.dtstamp.getTime(),
        modified: event.lastmodified.getTime(),
      })),
};

const DAY = 24 * 60 * 60 * 1000;

test('both parsers read the same events, and the rota has each of them', () => {
  for (const [role, { english }] of Object.entries(files)) {
    const [one, other] = Object.values(parsers).map((parse) => parse(english));
    assert.deepEqual(one, other, role);
    assert.equal(new Set(one.map((event) => event.uid)).size, one.length, role);
    for (const event of one) {
      const [id, of] = event.uid.split('@');
      assert.equal(of, 'kith');
      const times = planned.get(id).map(({ start, end }) => `${start} ${end}`);
      assert.ok(times.includes(`${event.start} ${event.end}`), `${event.summary}: ${times}`);
      assert.ok(event.end > Date.now() - 29 * DAY && event.start < Date.now() + 183 * DAY);
      assert.equal(event.stamp, event.modified);
      assert.match(event.summary, /^[^,]+(, [^,]+)*, \d\d:\d\d–\d\d:\d\d (day|sleep-in|waking night)$/);
    }
  }
  const counts = Object.fromEntries(Object.keys(files).map((role) => [role, parsers['ical.js'](files[role].english).length]));
  assert.ok(counts.pa > 5 && counts.person > 20, JSON.stringify(counts));
  assert.equal(counts.manager, 0);
});

test('in Welsh only the words differ', () => {
  const { english, welsh } = files.person;
  for (const parse of Object.values(parsers)) {
    const without = (text) => parse(text).map(({ summary, ...rest }) => rest);
    assert.deepEqual(without(welsh), without(english));
    assert.ok(parse(welsh).every(({ summary }) => /(dydd|cysgu i mewn|noson effro)$/.test(summary)));
  }
});

test('nobody is named in full, and nothing is told but who, when and what kind', () => {
  const allowed = /^(BEGIN|END|VERSION|PRODID|NAME|X-WR-CALNAME|REFRESH-INTERVAL|X-PUBLISHED-TTL|UID|DTSTAMP|LAST-MODIFIED|SEQUENCE|DTSTART|DTEND|SUMMARY|CLASS)[:;]/;
  for (const { english } of Object.values(files)) {
    assert.ok(english.endsWith('END:VCALENDAR\r\n'));
    const lines = english.slice(0, -2).split('\r\n');
    assert.ok(lines.every((line) => Buffer.byteLength(line) <= 75));
    assert.ok(lines.filter((line) => !line.startsWith(' ')).every((line) => allowed.test(line)));
    // The demo's people have a first name and a surname.
    const who = parsers['ical.js'](english).flatMap(({ summary }) => summary.split(', ').slice(0, -1));
    assert.ok(who.every((name) => !name.includes(' ') || /^\S+ \p{L}\.$/u.test(name) || name === 'Nobody yet'), who);
  }
});
