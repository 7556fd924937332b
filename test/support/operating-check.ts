/** Run inside the server that docs/operating.md has made: staff and a unit come through its proxy. Prints what they see, as JSON. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Desk } from '@nattfrid/shared/desk/live-event';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { systemClock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { writeLetter } from '@nattfrid/shared/wire/envelope';
import { topicOf } from '@nattfrid/shared/wire/topics';
import mqtt from 'mqtt';
import { WebSocket } from 'ws';
import { signIn } from '../stand-ins/staff/desk-client.ts';

const address = 'https://relay.example';
const unit = 'enhet-7' as UnitId;
const of = (file: string) => readFileSync(`/root/${file}`, 'utf8').trim();
const person = (name: string, role: 'operator' | 'coordinator') =>
  signIn(address, {
    name,
    email: `${name.toLowerCase()}@relay.example`,
    password: of(`${name.toLowerCase()}.password`),
    role,
  });

async function until(found: (desk: Desk) => boolean): Promise<Desk> {
  const anna = await person('Anna', 'operator');
  for (;;) {
    const desk = await anna.call('desk', {}, {});
    if (found(desk)) return desk;
    await systemClock.sleep(seconds(0.5));
  }
}

/** As the unit does it, over the proxy's WebSocket. */
async function tellFall(alarm: string): Promise<void> {
  const client = await mqtt.connectAsync(`${address.replace('https', 'wss')}/mqtt`, {
    ...{ clientId: unit, username: unit, password: of('unit.token'), protocolVersion: 4 as const },
  });
  const at = new Date(systemClock.now()).toISOString();
  const evidence = { code: 'lying-on-floor' as const, figures: {}, models: [], attended: false };
  const fall = {
    alarm: alarm as never,
    kind: 'fall' as const,
    phase: 'began' as const,
    at,
    camera: 'camera-1' as never,
    evidence,
  };
  const letter = writeLetter('alarm-report', unit, randomUUID(), systemClock.now(), fall);
  await client.publishAsync(topicOf(unit, 'alarm-report'), Buffer.from(letter), { qos: 1 });
  await client.endAsync();
}

/** The first words of the live stream, through the proxy. */
async function live(cookie: string): Promise<string> {
  const socket = new WebSocket(`${address.replace('https', 'wss')}/live`, { headers: { cookie, origin: address } });
  const first = await new Promise<Buffer>((resolve, reject) => {
    socket.once('message', resolve);
    socket.once('error', reject);
  });
  socket.terminate();
  return (JSON.parse(String(first)) as { type: string }).type;
}

const [phase = '', alarm = ''] = process.argv.slice(2);
if (phase === 'home') {
  const desk = await until(({ units }) => units.some((one) => one.presence === 'here' && one.plan?.taken));
  const anna = await person('Anna', 'operator');
  const bo = await person('Bo', 'operator');
  const karin = await person('Karin', 'coordinator');
  console.log(
    JSON.stringify({
      units: desk.units.map((one) => one.unit),
      live: await live(anna.cookie),
      roles: await Promise.all([anna, bo, karin].map(async (one) => (await one.call('me', {}, {})).role)),
      figures: (await fetch(`${address}/metrics`)).status,
      elsewhere: (
        await fetch(`${address}/api/sign-out`, { method: 'POST', headers: { origin: 'https://other.example' } })
      ).status,
    }),
  );
} else if (phase === 'fall') {
  await tellFall(alarm);
  const anna = await person('Anna', 'operator');
  console.log(JSON.stringify(await anna.call('takeAlarm', { alarm: alarm as never }, {})));
} else {
  const desk = await until(({ units }) => units.length > 0);
  console.log(JSON.stringify(desk.alarms.map(({ alarm, state }) => ({ alarm, state }))));
}
