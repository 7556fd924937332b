/** Debian's mosquitto with the same listener as the relay's for units: TLS with their certificates, MQTT in WebSockets. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRequest } from '@nattfrid/agent/pairing/certificate-request';
import { makeAuthority, openAuthority } from '@nattfrid/relay/unit-authority/authority';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { freePort } from '@nattfrid/stand-ins/free-port';
import type { Held, Place } from './messages.ts';
import { cpuOf, residentOf } from './resident.ts';

const program = '/usr/sbin/mosquitto';

/** Why there is none here; undefined: there is. */
export const brokerMissing = (): string | undefined =>
  existsSync(program) ? undefined : 'mosquitto is not there: apt-get install mosquitto';

export interface BesideBroker extends AsyncDisposable {
  readonly place: Place;
  held(): Held;
}

export async function openBroker(many: number): Promise<BesideBroker> {
  await using made = new AsyncDisposableStack();
  const folder = made.adopt(mkdtempSync(join(tmpdir(), 'nattfrid-broker-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  const authority = await openAuthority((await makeAuthority()).pem);
  const { key, request } = await makeRequest('home');
  const comers = [];
  for (let number = 0; number < many; number++) {
    const unit = `home-${number}`;
    const issued = await authority.certify(unit as UnitId, request, clock.now());
    if (issued instanceof Error) throw issued;
    comers.push({ unit, cert: issued.certificate });
  }
  const own = await authority.certifyListener(['127.0.0.1'], clock.now());
  const files = { ca: authority.certificate, cert: own.cert, key: own.key };
  for (const [name, words] of Object.entries(files)) writeFileSync(join(folder, `${name}.pem`), words);
  const port = await freePort();
  writeFileSync(
    join(folder, 'mosquitto.conf'),
    [
      ...['per_listener_settings true', `listener ${port} 127.0.0.1`, 'protocol websockets'],
      ...[`cafile ${folder}/ca.pem`, `certfile ${folder}/cert.pem`, `keyfile ${folder}/key.pem`],
      ...['require_certificate true', 'tls_version tlsv1.3', 'allow_anonymous true', 'persistence false'],
      // It does not start with WebSockets alone.
      ...[`listener ${await freePort()} 127.0.0.1`, 'allow_anonymous true'],
      ...['log_type none', 'max_inflight_messages 0', 'max_queued_messages 0', 'user root', ''],
    ].join('\n'),
  );
  const child: ChildProcess = made.adopt(
    spawn(program, ['-c', join(folder, 'mosquitto.conf')], { stdio: ['ignore', 'ignore', 'inherit'] }),
    (one) => void one.kill(),
  );
  await untilItListens(port);
  const pid = child.pid ?? 0;
  const all = made.move();
  return {
    place: { units: `https://127.0.0.1:${port}`, ca: authority.certificate, key, comers },
    held: () => ({
      resident: residentOf(pid),
      heap: Number.NaN,
      committed: Number.NaN,
      external: Number.NaN,
      cpu: cpuOf(pid),
    }),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function untilItListens(port: number): Promise<void> {
  for (let turn = 0; turn < 50; turn++) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isThere) return;
    await clock.sleep(seconds(0.1));
  }
  throw new Error('mosquitto does not listen; what it said stands above');
}
