// Every screen of every role with the demo team on it: at phone and desk size, light and dark, in
// English and Welsh. It fits, has one heading, no fault that axe finds, and no word without a
// translation. The pictures are left in target/screens to be looked at.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { check, look } from './world/look.mjs';
import { DESK, PHONE, Phone } from './world/phone.mjs';
import { PROGRAM, Relay } from './world/relay.mjs';

let relay;
let links;
let morgan;

before(async () => {
  relay = await Relay.start({ team: 'Tîm Afon', founder: 'Siân Bevan' });
  writeFileSync(join(relay.data, 'founder.json'), relay.founded);
  const demo = join(dirname(PROGRAM), 'kith-demo');
  const said = execFileSync(demo, ['--relay', relay.origin, '--data', relay.data], {
    encoding: 'utf8', env: { ...process.env, KITH_LOG: 'warn' },
  });
  links = [...said.matchAll(/^ {2}(\w+(?: \w+)?) {2,}.*?(http\S+)$/gm)].map(([, role, link]) => ({ role, link }));
  morgan = JSON.parse(readFileSync(join(relay.data, 'demo.json'), 'utf8')).people[0];
});

after(async () => {
  await relay?.stop();
});

const MONTH = `/rota/month/${new Date().toISOString().slice(0, 7)}`;

const ROLES = [
  {
    role: 'pa', heading: 'Today',
    paths: () => [
      '/', '/rota', '/people', `/people/${morgan}`, '/hours', '/waiting', '/me', '/cover', MONTH,
      '/coverage', '/fairness', '/plan', '/plan/new', '/availability', '/team', '/lock',
    ],
  },
  { role: 'person', heading: /Morgan/, paths: () => ['/', '/notes', '/rota', '/waiting', '/me', MONTH, '/coverage', '/my-people', '/plan', '/team'] },
  { role: 'family contact', heading: /How was it/, paths: () => ['/', '/notes', '/me'] },
  { role: 'authorised person', heading: /Eluned/, paths: () => ['/', '/notes', '/rota', '/me', '/my-people'] },
  {
    role: 'manager', heading: /Needs me/,
    paths: () => ['/', '/aside', '/records', '/whole', '/rota', `/people/${morgan}`, '/me', '/coverage', '/team'],
  },
];

for (const { role, heading, paths } of ROLES) {
  test(role, { timeout: 420_000 }, async () => {
    const phone = await Phone.open(role, { deviceScaleFactor: 2 });
    try {
      await phone.join(links.find((l) => l.role === role).link, heading);
      const { page } = phone;
      // The heading goes when the rota comes, the word about it by itself.
      await page.getByText(/^You are in/).first().waitFor({ state: 'detached' });
      for (const language of ['en', 'cy']) {
        if (language === 'cy') {
          await page.goto(`${relay.origin}/me`);
          await page.getByRole('radio', { name: 'Cymraeg' }).check();
          await page.locator('html[lang=cy]').waitFor();
        }
        for (const path of paths()) {
          for (const [size, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
            for (const colorScheme of ['light', 'dark']) {
              if (language === 'cy' && colorScheme === 'dark') continue;
              await page.setViewportSize(viewport);
              await page.emulateMedia({ colorScheme });
              if (new URL(page.url()).pathname !== path) await page.goto(relay.origin + path);
              await page.getByRole('heading', { level: 1 }).waitFor();
              // What the relay is asked for on the spot.
              if (path === '/aside') await page.locator('article.card').first().waitFor();
              const [, first, second] = path.split('/');
              const one = second === 'month' ? '-month' : second ? '-one' : '';
              const place = (first || 'home') + one;
              const name = [role.replace(' ', '-'), place, language, size, colorScheme].join('.');
              await look(phone, name);
              if (language === 'en') await check(phone, name);
            }
          }
        }
      }
    } finally {
      await phone.end();
    }
  });
}
