// A story is told step by step: the first step that fails ends it, with a picture of every phone.
import { mkdirSync } from 'node:fs';

const PICTURES = '../../target/screens/failed';

/** Returns `step(name, what)` for the test `t`; `phones` is a list that may grow. */
export function story(t, phones) {
  return async function step(name, what) {
    t.diagnostic(name);
    try {
      await what();
    } catch (error) {
      mkdirSync(PICTURES, { recursive: true });
      for (const phone of phones) {
        const path = `${PICTURES}/${phone.name}.png`;
        await phone.page.screenshot({ path }).catch(() => {});
      }
      error.message = `${name}: ${error.message}\npictures of the phones: target/screens/failed`;
      throw error;
    }
  };
}
