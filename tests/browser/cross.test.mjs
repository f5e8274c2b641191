// The documents that the relay exports load in the official JavaScript Automerge package, and say
// there what the relay's own JSON says: nobody's data is locked into our code.
import * as Automerge from '@automerge/automerge';
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { demo } from './world/demo.mjs';

const KINDS = [
  'availability', 'circle', 'notes', 'profile', 'rota', 'team', 'team-notes', 'visits',
];

let relay;
let out;

before(async () => {
  out = mkdtempSync(join(tmpdir(), 'kith-export-'));
  ({ relay } = await demo());
  await relay.kill();
  for (const format of ['automerge', 'json']) {
    relay.run('export', '--team', 'Tîm Afon', '--format', format, '--out', join(out, format));
  }
});

after(async () => {
  await relay?.stop();
  rmSync(out, { recursive: true, force: true });
});

const names = (format) => readdirSync(join(out, format)).map((file) => basename(file, `.${format}`));

const read = (format, name) => readFileSync(join(out, format, `${name}.${format}`));

/** As plain data: Automerge has a class of its own for texts that are never edited in place. */
function plain(value) {
  if (value instanceof Automerge.ImmutableString) return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

test('both exports hold the same documents, of every kind', () => {
  const exported = names('automerge').sort();
  assert.deepEqual(exported, names('json').sort());
  assert.deepEqual([...new Set(exported.map((name) => name.split('_')[0]))].sort(), KINDS);
});

test('every document says the same in JavaScript as in the relay', () => {
  let records = 0;
  for (const name of names('automerge')) {
    const document = Automerge.load(read('automerge', name));
    const { schema, ...said } = plain(Automerge.toJS(document));
    assert.equal(schema, 1, name);
    assert.deepEqual(said, JSON.parse(read('json', name)), name);
    assert.equal(said.doc.replaceAll('/', '_'), name);
    records += Object.keys(said.records).length;
    // The history came along: it can be walked from the first change to the last.
    const history = Automerge.getAllChanges(document);
    const [again] = Automerge.applyChanges(Automerge.init(), history);
    assert.deepEqual(Automerge.getHeads(again), Automerge.getHeads(document), name);
  }
  assert.ok(records > 200, `only ${records} records were compared`);
});
