/** Looks in the storm: always some open, each watched at a node that is another than the unit's when it can be; gaps are measured. */
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { WebSocket } from 'ws';
import { type DeskClient, type LogIn, signIn } from '../../stand-ins/staff/desk-client.ts';
import type { StormUnit } from './unit.ts';

export interface Gap {
  /** Milliseconds without a picture at the screen. */
  readonly length: number;
  /** The look was over then: failed into a visit, or settled. */
  readonly failed: boolean;
}

export interface StormLooks {
  /** Longest gaps of each look since the last call. */
  gaps(): readonly Gap[];
  readonly opened: number;
  /** How many could not be opened, because nobody decided or the unit was away. */
  readonly refused: number;
  stop(): Promise<void>;
}

/** Longer than this without a picture is a gap that is told. */
const noticed = 1000;
const lookLasts = seconds(30);

export function openStormLooks(
  many: number,
  site: {
    readonly addresses: readonly string[];
    readonly operator: LogIn;
  },
  units: readonly StormUnit[],
): StormLooks {
  const over = new AbortController();
  const gaps: Gap[] = [];
  const counts = { opened: 0, refused: 0 };
  const anywhere = () => site.addresses[Math.floor(Math.random() * site.addresses.length)] ?? '';

  let signedIn: DeskClient | undefined;
  async function someone(): Promise<DeskClient | undefined> {
    while (!signedIn && !over.signal.aborted) {
      signedIn = await signIn(anywhere(), site.operator).catch(() => undefined);
      if (!signedIn) await clock.sleep(milliseconds(500), over.signal);
    }
    return signedIn;
  }

  /** Asks at any node until one answers something. */
  async function ask<Out>(desk: DeskClient, call: (at: DeskClient) => Promise<Out>): Promise<Out | undefined> {
    for (let tries = 0; tries < 20 && !over.signal.aborted; tries += 1) {
      try {
        return await call(desk.at(anywhere()));
      } catch {
        await clock.sleep(milliseconds(500), over.signal);
      }
    }
    return undefined;
  }

  async function lookOnce(unit: StormUnit): Promise<void> {
    const desk = await someone();
    if (!desk || over.signal.aborted) return;
    const alarm = unit.raise();
    while (!unit.acknowledged.includes(alarm) && !over.signal.aborted)
      await clock.sleep(milliseconds(100), over.signal);
    const reason = { type: 'alarm', alarm } as const;
    const opened = await ask(desk, (at) =>
      at.call('openLook', {}, { unit: unit.unit, reason: reason as never, operatorKey: 'k'.repeat(43) }),
    );
    if (!opened) return void (counts.refused += 1);
    counts.opened += 1;
    await watch(desk, opened.look, unit);
    await ask(desk, (at) => at.call('giveVerdict', { look: opened.look }, { verdict: 'all-well' })).catch(() => {});
  }

  /** Pictures at a screen that comes again, at any node, for as long as the look is open. */
  async function watch(desk: DeskClient, look: string, _unit: StormUnit): Promise<void> {
    const until = elapsed() + lookLasts;
    let lastAt: number | undefined;
    let isOver = false;
    const tell = (failed: boolean) => {
      if (lastAt !== undefined && elapsed() - lastAt > noticed) gaps.push({ length: elapsed() - lastAt, failed });
    };
    while (!isOver && elapsed() < until && !over.signal.aborted) {
      const at = anywhere();
      const socket = new WebSocket(`${at.replace(/^http/, 'ws')}/pictures/view?look=${look}`, {
        headers: { cookie: desk.cookie, origin: at },
        perMessageDeflate: false,
      });
      const closed = new Promise<number>((resolve) => socket.on('close', resolve));
      socket.on('error', () => {});
      socket.on('message', (data: Buffer) => {
        const packet = readPicturePacket(new Uint8Array(data));
        if (!('type' in packet) || (packet.type !== 'key' && packet.type !== 'delta')) return;
        tell(false);
        lastAt = elapsed();
        socket.send(writePicturePacket({ type: 'ack', counter: 1 }));
      });
      const code = await Promise.race([
        closed,
        clock.sleep(milliseconds(until - elapsed()), over.signal).then(() => 0),
      ]);
      socket.terminate();
      isOver = code === 4000;
      if (isOver) tell(true);
      else if (code !== 0) await clock.sleep(milliseconds(300), over.signal);
    }
    if (!isOver && !over.signal.aborted) tell(false);
  }

  const run = async (index: number) => {
    for (let turn = index; !over.signal.aborted; turn += many) {
      const unit = units[turn % units.length];
      if (unit) await lookOnce(unit).catch(() => {});
    }
  };
  const running = Array.from({ length: many }, (_, index) => run(index));
  return {
    gaps: () => gaps.splice(0),
    get opened() {
      return counts.opened;
    },
    get refused() {
      return counts.refused;
    },
    async stop() {
      over.abort();
      await Promise.race([Promise.all(running), clock.sleep(seconds(5))]);
    },
  };
}
