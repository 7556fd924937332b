/** The listeners of the relay: figures for the machine alone, and a certificate that is renewed while people are connected. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openSite } from '../../support/relay-under-test.ts';

describe('the figures', () => {
  it('are on a listener of their own, and the public one answers nobody, also not this machine', async () => {
    await using site = await openSite();
    const open = await fetch(`${site.relay.url}/metrics`);
    expect([open.status, await open.text()]).toEqual([404, expect.not.stringContaining('nattfrid_')]);
    const own = `http://127.0.0.1:${site.relay.metricsPort}`;
    expect(await (await fetch(`${own}/metrics`)).text()).toContain('nattfrid_units_connected 0');
    expect((await fetch(`${own}/api/desk`)).status).toBe(404);
  });

  it('are on none where nobody asked for them', async () => {
    await using site = await openSite({ settings: { metricsPort: undefined } });
    expect(site.relay.metricsPort).toBeUndefined();
  });
});

describe('a certificate', () => {
  it('is read again at SIGHUP: who is connected stays, who comes gets the new one, and a broken one is not taken', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nattfrid-tls-'));
    const file = (name: string) => join(folder, name);
    const make = (name: string) =>
      execFileSync(
        'openssl',
        ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'].concat([
          '-subj',
          `/CN=${name}`,
          '-keyout',
          file('key.pem'),
          '-out',
          file('cert.pem'),
        ]),
        { stdio: 'ignore' },
      );
    make('first');
    const settings = ['--port', '0', '--database', file('relay.sqlite'), '--secret', 's'.repeat(40)];
    const child = spawn(
      process.execPath,
      ['relay/src/main.ts', '--tls-cert', file('cert.pem'), '--tls-key', file('key.pem'), ...settings],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    try {
      let log = '';
      child.stderr.on('data', (data) => {
        log += data;
      });
      child.stdout.on('data', (data) => {
        log += data;
      });
      const url = await new Promise<string>((resolve) =>
        createInterface(child.stdout).on('line', (line) => line.startsWith('https:') && resolve(line)),
      );
      const name = () =>
        new Promise<string>((resolve, reject) => {
          const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 });
          get(`${url}/healthz`, { agent, rejectUnauthorized: false }, (response) => {
            resolve(String((response.socket as TLSSocket).getPeerCertificate().subject.CN));
            response.resume();
          }).on('error', reject);
        });
      expect(await name()).toBe('first');
      const open = new WebSocket(`${url.replace('https', 'wss')}/mqtt`, 'mqtt', { rejectUnauthorized: false });
      await once(open, 'open');
      make('second');
      child.kill('SIGHUP');
      await vi.waitFor(async () => expect(await name()).toBe('second'), 5000);
      writeFileSync(file('cert.pem'), 'no certificate');
      child.kill('SIGHUP');
      await vi.waitFor(() => expect(log).toContain('The certificate cannot be renewed; the old one stays'), 5000);
      expect(await name()).toBe('second');
      expect(open.readyState).toBe(open.OPEN);
      open.terminate();
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
