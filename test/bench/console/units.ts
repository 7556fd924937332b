/** Process with hundreds of units without cameras: each says every 30 s how it is, as units do, spread over that time. */
import { randomUUID } from 'node:crypto';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import { writeLetter } from '@nattfrid/shared/wire/envelope';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { topicOf } from '@nattfrid/shared/wire/topics';
import { connectAsync, type MqttClient } from 'mqtt';
import type { FromUnits, ToUnits } from './messages.ts';

const tell = (word: FromUnits) => void process.send?.(word);
const atOnce = 16;
const units: { readonly unit: UnitId; readonly client: MqttClient }[] = [];

async function connect(address: string, token: string, unit: string, number: number): Promise<void> {
  const client = await connectAsync(`${address.replace('http', 'ws')}${sockets.mqtt}`, {
    ...{ clientId: unit, username: unit, password: token, protocolVersion: 4, reconnectPeriod: 0 },
    wsOptions: { localAddress: `127.0.${1 + (number >> 7)}.${1 + (number & 127)}` },
  });
  units.push({ unit: unit as UnitId, client });
}

let beats = 0;
async function beat({ unit, client }: (typeof units)[number]): Promise<void> {
  beats += 1;
  const endsAt = printInstant((Math.ceil(clock.now() / 86_400_000) * 86_400_000 + 200 * 86_400_000) as never);
  const vitals = {
    uptimeSeconds: 86_400 + beats,
    camera: 'connected' as const,
    picturesPerSecond: 9.9 + (beats % 3) / 10,
    analysedPerSecond: 7.5 + (beats % 5) / 10,
    droppedPictures: beats,
    outboxDepth: 0,
    memoryMegabytes: 400 + (beats % 20),
    lookOpen: false,
    // Each hundredth beat of all something changes that somebody has to know.
    power: beats % 100 === 0 ? ('battery' as const) : ('mains' as const),
    plan: { version: 1, state: 'in-force' as const, endsAt },
  };
  const letter = writeLetter('vitals', unit, randomUUID(), clock.now(), vitals);
  await client.publishAsync(topicOf(unit, 'vitals'), Buffer.from(letter), { qos: 1 });
}

let beating: Disposable | undefined;
process.on('message', async (word: ToUnits) => {
  if (word.type === 'beat') {
    let next = 0;
    beating?.[Symbol.dispose]();
    beating = clock.every(milliseconds(word.every / units.length), () => {
      const one = units[next++ % units.length];
      if (one) void beat(one).catch(() => undefined);
    });
    return;
  }
  for (let index = 0; index < word.units.length; index += atOnce) {
    const some = word.units.slice(index, index + atOnce);
    await Promise.all(some.map((unit, more) => connect(word.address, word.token, unit, index + more)));
  }
  tell({ type: 'connected' });
});
process.on('disconnect', () => process.exit(0));
