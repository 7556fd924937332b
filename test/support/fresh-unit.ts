/** The agent's program on a machine that was given power just now: NATTFRID_TEST_BOOT names which time, NATTFRID_TEST_POWERED for how many seconds. */
import { randomUUID } from 'node:crypto';
import { loadConfig } from '@nattfrid/agent/config/load';
import { openLog } from '@nattfrid/agent/log';
import { runUnit } from '@nattfrid/agent/run-unit';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';

const file = process.argv[process.argv.indexOf('--config') + 1] ?? '';
const read = (kept: Readonly<Record<string, unknown>>) => loadConfig(file, process.env, {}, kept);
const began = systemClock.steady();
const powered = seconds(Number(process.env['NATTFRID_TEST_POWERED'] ?? 20));
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
await runUnit(
  read,
  {
    clock: systemClock,
    log: openLog(read({}).logLevel),
    random: Math.random,
    newId: randomUUID,
    environment: process.env,
    version: '0.1.0',
    power: {
      since: () => milliseconds(powered + systemClock.steady() - began),
      boot: process.env['NATTFRID_TEST_BOOT'] ?? 'first',
    },
  },
  stop.signal,
);
