// A relay with the demo team on it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROGRAM, Relay } from './relay.mjs';

/** The relay, and a joining link for each role. */
export async function demo(options = {}) {
  const relay = await Relay.start({ team: 'Tîm Afon', founder: 'Siân Bevan', ...options });
  writeFileSync(join(relay.data, 'founder.json'), relay.founded);
  const said = execFileSync(
    join(dirname(PROGRAM), 'kith-demo'),
    ['--relay', relay.origin, '--data', relay.data],
    { encoding: 'utf8', env: { ...process.env, KITH_LOG: 'warn' } },
  );
  const lines = said.matchAll(/^ {2}(\w+(?: \w+)?) {2,}.*?(http\S+)$/gm);
  return { relay, links: [...lines].map(([, role, link]) => ({ role, link })) };
}
