/**
 * Consoles in the storm: each follows the desk live, comes again at another node where it is silent or closed, and has a person who takes an
 * alarm and closes it. What they hear, and when, is what a person would know.
 */
import { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { WebSocket } from 'ws';
import { type DeskClient, type LogIn, signIn } from '../../stand-ins/staff/desk-client.ts';

export interface StormConsoles {
  /** When an alarm has first been on a screen, by the steady clock. */
  readonly heard: ReadonlyMap<string, number>;
  /** The longest that a person has waited for an answer, or for a clear no, at any node; since the last call, in milliseconds. */
  answered(): number;
  /** How many alarms a person has closed. */
  readonly closed: number;
  /** Whether each has heard something lately. */
  readonly allHear: boolean;
  stop(): void;
}

/** As `relay/console/src/link/live.ts` has it: a relay beats every 5 s. */
const longestSilence = seconds(12);
const again = milliseconds(500);
/** A person reads before pressing. */
const reading = milliseconds(400);

/** @param isCalled units of which an alarm is somebody else's to take */
export function openStormConsoles(
  many: number,
  site: { readonly addresses: readonly string[]; readonly operator: LogIn },
  isCalled: (unit: string) => boolean,
): StormConsoles {
  const over = new AbortController();
  const heard = new Map<string, number>();
  const taken = new Set<string>();
  const heardAt = Array.from({ length: many }, () => elapsed());
  let closed = 0;

  async function close(desk: DeskClient, alarm: string): Promise<void> {
    await clock.sleep(reading, over.signal);
    for (let tries = 0; tries < 40 && !over.signal.aborted; tries += 1) {
      const at = site.addresses[Math.floor(Math.random() * site.addresses.length)] ?? '';
      try {
        await desk.at(at).call('takeAlarm', { alarm: alarm as never }, {});
        await desk.at(at).call('closeAlarm', { alarm: alarm as never }, { verdict: 'all-well', confirmed: true });
        closed += 1;
        return;
      } catch (error) {
        if (error instanceof Error && /says 4/.test(error.message)) return;
        await clock.sleep(again, over.signal);
      }
    }
  }
  const see = (desk: DeskClient, { alarm, unit, state }: { alarm: string; unit: string; state: string }) => {
    if (!heard.has(alarm)) heard.set(alarm, elapsed());
    if (state !== 'raised' || taken.has(alarm) || isCalled(unit)) return;
    taken.add(alarm);
    void close(desk, alarm);
  };

  async function once(desk: DeskClient, index: number, at: string): Promise<void> {
    const socket = new WebSocket(`${at.replace(/^http/, 'ws')}/live?units=brief`, {
      headers: { cookie: desk.cookie, origin: at },
      handshakeTimeout: 12_000,
    });
    const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.on('error', () => {});
    let lastAt = elapsed();
    const watching = clock.every(seconds(1), () => {
      if (elapsed() - lastAt > longestSilence) socket.terminate();
    });
    const stop = () => socket.terminate();
    over.signal.addEventListener('abort', stop, { once: true });
    socket.on('message', (data) => {
      lastAt = heardAt[index] = elapsed();
      const event = LiveEvent.safeParse(JSON.parse(String(data))).data;
      if (event?.type === 'alarm') see(desk, event.alarm);
      if (event?.type === 'desk') for (const one of event.desk.alarms) see(desk, one);
    });
    await ended;
    watching[Symbol.dispose]();
    over.signal.removeEventListener('abort', stop);
  }

  async function run(index: number): Promise<void> {
    let desk: DeskClient | undefined;
    for (let turn = index; !over.signal.aborted; turn += 1) {
      const at = site.addresses[turn % site.addresses.length] ?? '';
      desk ??= await signIn(at, site.operator).catch(() => undefined);
      if (desk) await once(desk, index, at);
      await clock.sleep(again, over.signal);
    }
  }
  for (let index = 0; index < many; index += 1) void run(index);
  let longest = 0;
  const asked = new Set<number>();
  /** Somebody who asks again and again at one node: for the desk, as a page that is loaded does. */
  async function askAt(at: string): Promise<void> {
    let desk: DeskClient | undefined;
    while (!over.signal.aborted) {
      const from = elapsed();
      asked.add(from);
      if (desk) await desk.call('desk', {}, {}).catch(() => {});
      else desk = await signIn(at, site.operator).catch(() => undefined);
      asked.delete(from);
      longest = Math.max(longest, elapsed() - from);
      await clock.sleep(again, over.signal);
    }
  }
  for (const at of site.addresses) void askAt(at);
  return {
    heard,
    answered() {
      const found = Math.max(longest, ...[...asked].map((from) => elapsed() - from));
      longest = 0;
      return found;
    },
    get closed() {
      return closed;
    },
    get allHear() {
      return heardAt.every((at) => elapsed() - at < longestSilence);
    },
    stop: () => over.abort(),
  };
}
