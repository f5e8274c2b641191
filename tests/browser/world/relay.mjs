// A real relay process in a folder of its own, and its command line.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const PROGRAM = process.env.KITH_RELAY ?? '../../target/debug/kith-relay';
const PATIENCE = 30_000;

export const WEB = process.env.KITH_WEB ?? '../../target/web/dist';

export class Relay {
  /** A relay with a team; `founder` is the joining link of its first PA. */
  static async start({ team = 'Tîm Prawf', founder = 'Nia Bowen', web = WEB } = {}) {
    const relay = new Relay();
    relay.data = mkdtempSync(join(tmpdir(), 'kith-relay-'));
    relay.port = await freePort();
    relay.web = web;
    relay.founded = relay.run('init', '--team', team, '--name', founder, '--json');
    const made = JSON.parse(relay.founded);
    relay.founder = made.invited;
    await relay.up();
    return relay;
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  run(...args) {
    const env = {
      ...process.env, KITH_DATA: this.data, KITH_LISTEN: `127.0.0.1:${this.port}`, KITH_LOG: 'warn',
    };
    return execFileSync(PROGRAM, args, { env, encoding: 'utf8', maxBuffer: 1 << 28 });
  }

  /** Invites someone; flags as `kith-relay invite` takes them. */
  invite(flags) {
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
    return JSON.parse(this.run('invite', '--json', ...args));
  }

  async up() {
    const args = ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`, '--web', this.web];
    this.process = spawn(PROGRAM, args, {
      stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, KITH_LOG: 'warn' },
    });
    const until = Date.now() + PATIENCE;
    for (;;) {
      const healthy = await fetch(`${this.origin}/healthz`).then((r) => r.ok, () => false);
      if (healthy) return;
      assert.ok(Date.now() < until, 'the relay does not answer');
      assert.equal(this.process.exitCode, null, 'the relay ended');
      await sleep(50);
    }
  }

  /** It dies at once: no goodbye, nothing flushed. */
  async kill() {
    const ended = new Promise((done) => this.process.once('exit', done));
    this.process.kill('SIGKILL');
    await ended;
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
