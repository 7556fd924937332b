/**
 * Looks in the storm: always some open, each on two screens at nodes that are others than the unit's when they can be. Measured: gaps, how
 * old pictures are, and how long a screen is shown something after the look, or the session that it hangs on, is over.
 */
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { WebSocket } from 'ws';
import { type DeskClient, type LogIn, signIn } from '../../stand-ins/staff/desk-client.ts';
import { ageOf, type StormUnit } from './unit.ts';

export interface Gap {
  /** Milliseconds without a picture at the screen. */
  readonly length: number;
  /** The look was over then: failed into a visit, or settled. */
  readonly failed: boolean;
}

export interface StormLooks {
  /** Longest gaps of each look since the last call. */
  gaps(): readonly Gap[];
  /** The oldest picture that has come to a screen since the last call, in milliseconds. */
  oldest(): number;
  /** How long after its end a look was still shown, and how long the unit did not know; since the last call, in milliseconds. */
  afterEnd(): { readonly shown: readonly number[]; readonly open: readonly number[] };
  readonly opened: number;
  /** How many could not be opened, because nobody decided or the unit was away. */
  readonly refused: number;
  stop(): Promise<void>;
}

/** Longer than this without a picture is a gap that is told. */
const noticed = 1000;
const lookLasts = seconds(30);
/** A screen that is not told that it is over is watched for so long. */
const watchedAfter = seconds(20);

interface Screen {
  /** Code with which it was told that there is nothing more to see; undefined: it was left. */
  readonly over: Promise<number | undefined>;
  leave(): void;
}

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
  const after = { shown: [] as number[], open: [] as number[] };
  const counts = { opened: 0, refused: 0 };
  let oldest = 0;
  const anywhere = () => site.addresses[Math.floor(Math.random() * site.addresses.length)] ?? '';

  async function someone(): Promise<DeskClient | undefined> {
    while (!over.signal.aborted) {
      const desk = await signIn(anywhere(), site.operator).catch(() => undefined);
      if (desk) return desk;
      await clock.sleep(milliseconds(500), over.signal);
    }
    return undefined;
  }
  let signedIn: Promise<DeskClient | undefined> | undefined;

  /** Asks at any node until one answers something. */
  async function ask<Out>(call: (at: string) => Promise<Out>): Promise<Out | undefined> {
    for (let tries = 0; tries < 20 && !over.signal.aborted; tries += 1) {
      try {
        return await call(anywhere());
      } catch {
        await clock.sleep(milliseconds(500), over.signal);
      }
    }
    return undefined;
  }

  /** The answer to the first try may have been lost on its way: the look is on the desk then. */
  async function openOnce(desk: DeskClient, at: string, unit: StormUnit, alarm: string) {
    const here = desk.at(at);
    const known = (await here.call('desk', {}, {})).looks.find(
      (one) => one.unit === unit.unit && (one.state === 'asked' || one.state === 'open'),
    );
    if (known) return known;
    const reason = { type: 'alarm', alarm } as const;
    return here.call('openLook', {}, { unit: unit.unit, reason: reason as never, operatorKey: 'k'.repeat(43) });
  }

  async function lookOnce(unit: StormUnit): Promise<void> {
    signedIn ??= someone();
    const desk = await signedIn;
    if (!desk || over.signal.aborted) return;
    const alarm = unit.raise();
    while (!unit.acknowledged.includes(alarm) && !over.signal.aborted)
      await clock.sleep(milliseconds(100), over.signal);
    const opened = await ask((at) => openOnce(desk, at, unit, alarm));
    if (!opened) return void (counts.refused += 1);
    counts.opened += 1;
    const { look } = opened;
    // A second screen of the same person, with a session of its own, which may end before the look does.
    const other = await someone();
    const ends = { session: undefined as number | undefined, look: undefined as number | undefined };
    const endOf = () => Math.min(ends.session ?? Number.POSITIVE_INFINITY, ends.look ?? Number.POSITIVE_INFINITY);
    const onlooker = other && screen(other.cookie, look, () => tellAfter(endOf()));
    const signingOut = other && Math.random() < 0.5 ? signOut(other) : undefined;
    async function signOut(who: DeskClient) {
      await clock.sleep(milliseconds(lookLasts / 2), over.signal);
      if (await ask((at) => who.at(at).call('signOut', {}, {}).catch(ignoreSignedOut))) ends.session = elapsed();
    }
    await watch(desk.cookie, look);
    if (
      await ask((at) =>
        desk.at(at).call('giveVerdict', { look }, { verdict: 'all-well', confirmed: true }).catch(ignoreOver),
      )
    )
      ends.look = elapsed();
    await signingOut;
    const end = ends.look;
    if (end !== undefined) void told(unit, look, end);
    if (!onlooker) return;
    const left = clock.sleep(watchedAfter, over.signal).then(() => 'left' as const);
    if ((await Promise.race([onlooker.over, left])) === 'left') onlooker.leave();
  }

  const tellAfter = (end: number) => {
    if (elapsed() > end) after.shown.push(elapsed() - end);
  };
  async function told(unit: StormUnit, look: string, end: number): Promise<void> {
    while (unit.endedAt(look) === undefined && elapsed() - end < watchedAfter && !over.signal.aborted)
      await clock.sleep(milliseconds(100), over.signal);
    if (!over.signal.aborted) after.open.push(Math.max(0, (unit.endedAt(look) ?? elapsed()) - end));
  }

  /** A screen that comes again, at any node, until it is told that there is nothing more to see, or is left. */
  function screen(cookie: string, look: string, shown: () => void): Screen {
    const left = new AbortController();
    const until = AbortSignal.any([left.signal, over.signal]);
    const run = async (): Promise<number | undefined> => {
      while (!until.aborted) {
        const code = await once(cookie, look, until, shown);
        if (code === 4000 || code === 4001) return code;
        await clock.sleep(milliseconds(300), until);
      }
      return undefined;
    };
    return { over: run(), leave: () => left.abort() };
  }

  /** @returns the code with which it was closed; 0: it was left */
  async function once(cookie: string, look: string, until: AbortSignal, shown: () => void): Promise<number> {
    const at = anywhere();
    const socket = new WebSocket(`${at.replace(/^http/, 'ws')}/pictures/view?look=${look}`, {
      headers: { cookie, origin: at },
      perMessageDeflate: false,
      handshakeTimeout: 10_000,
    });
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const leave = () => socket.terminate();
    until.addEventListener('abort', leave, { once: true });
    socket.on('error', () => {});
    // A pass beats twice a second: one that is silent for so long is dead, as the console takes it.
    let heardAt = elapsed();
    const watching = clock.every(milliseconds(500), () => {
      if (socket.readyState === socket.OPEN && elapsed() - heardAt > 3000) socket.terminate();
    });
    socket.on('open', () => {
      heardAt = elapsed();
    });
    socket.on('message', (data: Buffer) => {
      heardAt = elapsed();
      const packet = readPicturePacket(new Uint8Array(data));
      if (!('type' in packet) || (packet.type !== 'key' && packet.type !== 'delta')) return;
      oldest = Math.max(oldest, ageOf(packet.sealed));
      shown();
      socket.send(writePicturePacket({ type: 'ack', counter: 1 }));
    });
    const code = await closed;
    watching[Symbol.dispose]();
    until.removeEventListener('abort', leave);
    return until.aborted ? 0 : code;
  }

  /** Pictures at the screen of whoever has opened it, for as long as it is open. */
  async function watch(cookie: string, look: string): Promise<void> {
    let lastAt: number | undefined;
    const tell = (failed: boolean) => {
      if (lastAt !== undefined && elapsed() - lastAt > noticed) gaps.push({ length: elapsed() - lastAt, failed });
    };
    const mine = screen(cookie, look, () => {
      tell(false);
      lastAt = elapsed();
    });
    const time = new AbortController();
    const code = await Promise.race([mine.over, clock.sleep(lookLasts, AbortSignal.any([time.signal, over.signal]))]);
    time.abort();
    mine.leave();
    if (!over.signal.aborted) tell(code !== undefined);
  }

  const run = async (index: number) => {
    for (let turn = index; !over.signal.aborted; turn += many) {
      const unit = units[turn % units.length];
      if (unit) await lookOnce(unit).catch(() => {});
      await clock.sleep(milliseconds(500), over.signal);
    }
  };
  const running = Array.from({ length: many }, (_, index) => run(index));
  return {
    gaps: () => gaps.splice(0),
    oldest() {
      const found = oldest;
      oldest = 0;
      return found;
    },
    afterEnd: () => ({ shown: after.shown.splice(0), open: after.open.splice(0) }),
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

/** It was over already: the answer to an earlier try was lost. */
const ignoreOver = (error: unknown) => onlyIf(error, /says 4(04|09)/);
const ignoreSignedOut = (error: unknown) => onlyIf(error, /says 401/);
function onlyIf(error: unknown, is: RegExp): true {
  if (error instanceof Error && is.test(error.message)) return true;
  throw error;
}
