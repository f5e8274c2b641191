// What a phone's browser keeps on its disk, read behind the back of the app.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All that lies in the databases of this phone: names, and values as text (bytes as Latin 1). */
export function stored(phone) {
  return phone.page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const text = (value) =>
      value instanceof Uint8Array ? Array.from(value, (b) => String.fromCharCode(b)).join('') : String(value);
    const all = {};
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const values = database.transaction(store).objectStore(store);
        const [keys, held] = [await done(values.getAllKeys()), await done(values.getAll())];
        keys.forEach((key, at) => { all[`${name}/${key}`] = text(held[at]); });
      }
      database.close();
    }
    return all;
  });
}

/** What the phone says to who cannot open it. */
export async function outside(phone) {
  return JSON.parse((await stored(phone))['kith/clear/outside'] ?? '{}');
}

/** How many values are sealed. */
export async function sealed(phone) {
  return Object.keys(await stored(phone)).filter((name) => name.startsWith('kith/sealed/')).length;
}

/** The files of this phone's profile that hold these words, as bytes of UTF-8 or UTF-16. */
export function filesWith(phone, words) {
  const needles = [Buffer.from(words, 'utf8'), Buffer.from(words, 'utf16le')];
  const found = [];
  for (const file of readdirSync(phone.profile, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath ?? file.path, file.name);
    let bytes;
    try {
      bytes = readFileSync(path);
    } catch {
      continue; // A browser that runs takes files away.
    }
    if (needles.some((needle) => bytes.includes(needle))) found.push(path);
  }
  return found;
}
