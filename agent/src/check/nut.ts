/**
 * Asks a UPS by the protocol of Network UPS Tools (upsd on TCP port 3493, its developer guide, chapter «Network protocol information»):
 * `LIST VAR ups`, answered line by line with `VAR ups name "value"`.
 */
import { createConnection } from 'node:net';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { PowerReading } from './power.ts';

/** Beyond it it is no upsd. */
const mostBytes = 64 * 1024;
const longest = seconds(3);

/** `ups@127.0.0.1:3493`; host and port may be left out. */
export function readUps(text: string): { readonly ups: string; readonly host: string; readonly port: number } {
  const [, ups = '', host = '127.0.0.1', port = '3493'] =
    /^([^@\s]{1,60})(?:@([\w.-]{1,100}))?(?::(\d{1,5}))?$/.exec(text) ?? [];
  return { ups, host, port: Number(port) };
}

/** @param ups as the setting `board.ups` has it. @returns nothing told, where nobody answers: a UPS that is silent says nothing of the mains */
export async function askUps(ups: string, clock: Pick<Clock, 'sleep'>): Promise<PowerReading> {
  const place = readUps(ups);
  const text = await asked(place.host, place.port, `LIST VAR ${place.ups}\n`, clock);
  return readVariables(text);
}

/** @param text what upsd has answered */
export function readVariables(text: string): PowerReading {
  const variables = new Map(
    [...text.matchAll(/^VAR \S+ (\S+) "((?:[^"\\]|\\.)*)"$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const status = variables.get('ups.status')?.split(' ') ?? [];
  const number = (name: string) => {
    const value = Number(variables.get(name));
    return variables.has(name) && Number.isFinite(value) ? value : undefined;
  };
  return {
    // OL: on line, OB: on battery. Whatever else it says (WAIT, OFF) says nothing of the mains.
    mains: status.includes('OB') ? false : status.includes('OL') ? true : undefined,
    chargePercent: number('battery.charge'),
    lastsSeconds: number('battery.runtime'),
  };
}

/** @returns what came until the list had ended, or nothing more came */
async function asked(host: string, port: number, question: string, clock: Pick<Clock, 'sleep'>): Promise<string> {
  const socket = createConnection({ host, port });
  const done = new AbortController();
  let text = '';
  try {
    const answered = new Promise<void>((resolve) => {
      socket.on('connect', () => socket.write(question));
      socket.on('data', (bytes: Buffer) => {
        text += bytes.toString('utf8');
        if (/^(END LIST VAR|ERR) /m.test(text) || text.length > mostBytes) resolve();
      });
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
    });
    await Promise.race([answered, clock.sleep(longest, done.signal)]);
    return text;
  } finally {
    done.abort();
    socket.destroy();
  }
}
