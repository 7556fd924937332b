/** Process with the whole relay, as in operation, in which homes and operators are registered. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { LogIn } from '@nattfrid/stand-ins/staff/desk-client';
import type { Credential, FromRelay, ToRelay } from './messages.ts';

const [homesAsked, operatorsAsked] = process.argv.slice(2).map(Number) as [number, number];
const tell = (word: FromRelay) => void process.send?.(word);
const folder = mkdtempSync(join(tmpdir(), 'nattfrid-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const settings = checkSettings({
  socketsPerAddress: 100_000,
  port: 0,
  metricsPort: 0,
  database: join(folder, 'relay.sqlite'),
  secret: 'only for the bench, and nothing else at all',
  // All looks of a level open before any is watched, which may take long on a slow machine and is not measured.
  firstPictureWithinSeconds: 120,
  answerWithinSeconds: 60,
});
if (settings instanceof Fault) throw settings;
const relay = await openRelay(settings, { clock: systemClock, log: silent, newId: randomUUID });

const homes: Credential[] = [];
const { publicKey } = await makeSignKey();
for (let number = 0; number < homesAsked; number++) {
  const unit = `home-${number}`;
  const added = await relay.addUnit({ unit, client: `Ek ${number}`, publicKey: toBase64Url(publicKey) });
  if (added instanceof Fault) throw added;
  homes.push({ unit, token: added.token });
}
const operators: LogIn[] = [];
for (let number = 0; number < operatorsAsked; number++) {
  const one = {
    email: `op${number}@example.se`,
    name: `Op ${number}`,
    role: 'operator',
    password: randomUUID(),
  } as const;
  const { password, ...person } = one;
  const added = await relay.addOperator(person, password);
  if (added instanceof Fault) throw added;
  operators.push(one);
}

process.on('message', async (_word: ToRelay) => {
  const { user, system } = process.cpuUsage();
  const figures = await (await fetch(`http://127.0.0.1:${relay.metricsPort}/metrics`)).text();
  const dropped = Number(/^nattfrid_pictures_dropped_total (\d+)/m.exec(figures)?.[1] ?? Number.NaN);
  tell({ type: 'load', cpu: (user + system) / 1e6, megabytes: process.memoryUsage.rss() / 1e6, dropped });
});
process.on('disconnect', () => process.exit(0));
tell({ type: 'open', address: relay.url, homes, operators });
