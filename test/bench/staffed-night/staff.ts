/** Who works this night: operators who answer and look, cars that go there; each acts when its time has come, and may be away. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { Desk } from '@nattfrid/shared/desk/live-event';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { LookId, TeamId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { sockets } from '@nattfrid/shared/wire/sockets';
import type { DeskClient } from '@nattfrid/stand-ins/staff/desk-client';
import { WebSocket } from 'ws';
import type { Dice } from './dice.ts';

export interface Worker {
  readonly name: string;
  /** Does the next thing that there is to do, if any. */
  act(desk: Desk): Promise<void>;
  /** Leaves whatever is in hand, and is back at that time. */
  leave(until: Instant): void;
}

interface Given {
  readonly name: string;
  readonly client: DeskClient;
  readonly team: TeamId;
  readonly address: () => string;
  readonly clock: Clock;
  readonly dice: Dice;
  /** What somebody who looks would see there. */
  readonly truth: (look: LookView) => Verdict;
  readonly told: (words: string) => void;
}

/** A colleague who has not been heard of for so long is thought to have left it. */
const leftAfter = minutes(8);

export function operator({ name, client, address, clock, dice, truth, told }: Given): Worker {
  let awayUntil = clock.now();
  let busy: { readonly what: LookView; readonly until: Instant; readonly viewer: WebSocket } | undefined;
  /** When this one notices each alarm. */
  const notices = new Map<string, Instant>();

  const refusedIsFine = async (deed: () => Promise<unknown>) => {
    try {
      return await deed();
    } catch (error) {
      told(`${name}: ${(error as Error).message}`);
      return undefined;
    }
  };

  async function look(asked: { readonly unit: LookView['unit']; readonly reason: LookView['reason']; look?: LookId }) {
    const opened = (await refusedIsFine(() =>
      client.call('openLook', {}, { ...asked, operatorKey: 'k'.repeat(43) }),
    )) as LookView | undefined;
    if (!opened) return;
    const viewer = new WebSocket(`${address().replace('http', 'ws')}${sockets.viewer}?look=${opened.look}`, {
      headers: { cookie: client.cookie, origin: address() },
    });
    viewer.on('error', () => {});
    busy = { what: opened, until: after(clock.now(), dice.minutes(0.3, 0.6)), viewer };
  }

  async function judge(what: LookView): Promise<void> {
    const seen = what.firstPictureAt !== undefined;
    const params = { look: what.look };
    if (what.state === 'open' && !seen) await refusedIsFine(() => client.call('closeLook', params, {}));
    const verdict: Verdict = seen ? truth(what) : 'not-seen';
    await refusedIsFine(() => client.call('giveVerdict', params, { verdict, confirmed: true }));
  }

  async function finish(desk: Desk): Promise<void> {
    if (!busy) return;
    busy.viewer.terminate();
    const what = desk.looks.find(({ look }) => look === busy?.what.look);
    busy = undefined;
    if (!what) return;
    if (what.state === 'open' || what.state === 'awaiting-verdict') await judge(what);
    if (what.alarm) await refusedIsFine(() => close(what.alarm as AlarmView['alarm'], truth(what)));
  }

  const close = (alarm: AlarmView['alarm'], verdict: Verdict) =>
    client.call('closeAlarm', { alarm }, { verdict, confirmed: true });

  async function answer(alarm: AlarmView): Promise<void> {
    if (alarm.state === 'raised') await refusedIsFine(() => client.call('takeAlarm', { alarm: alarm.alarm }, {}));
    if (alarm.kind === 'fall') return look({ unit: alarm.unit, reason: { type: 'alarm', alarm: alarm.alarm } });
    // Of a unit that cannot be looked into: it is over, or somebody goes there.
    await refusedIsFine(() => close(alarm.alarm, alarm.endedAt ? 'all-well' : 'help-needed'));
  }

  const isLeft = (since: string | undefined) => since !== undefined && clock.now() - parseInstant(since) > leftAfter;

  return {
    name,
    leave(until) {
      awayUntil = until;
      busy?.viewer.terminate();
      busy = undefined;
    },
    async act(desk) {
      const now = clock.now();
      if (now < awayUntil) return;
      if (busy) return now >= busy.until ? finish(desk) : undefined;
      const alarm = desk.alarms.find((one) => {
        if (one.state === 'closed') return false;
        if (one.state === 'taken') return one.takenBy === name ? one.look === undefined : isLeft(one.takenAt);
        const noticed = notices.get(one.alarm) ?? after(now, dice.minutes(0.2, 1.3));
        notices.set(one.alarm, noticed);
        return now >= noticed;
      });
      if (alarm) return answer(alarm);
      // What a colleague, or this one before a pause, has left without a verdict.
      const waits = desk.looks.find(
        (one) => one.state === 'awaiting-verdict' && !one.beside && (one.operator === name || isLeft(one.openedAt)),
      );
      if (waits) return judge(waits);
      const due = desk.looks.filter((one) => one.state === 'due' && parseInstant(one.dueFrom) <= now);
      if (due.length === 0) return;
      // The round gives each their own home; whoever is called away is offered another, and the home goes to a colleague.
      const { reserved } = await client.call('nextLook', {}, {});
      const next = due.find((one) => one.look === reserved?.look);
      return next && look({ unit: next.unit, reason: next.reason, look: next.look });
    },
  };
}

/** Goes to the visit that has waited longest, of its own or of nobody's; an alarm that has come as far as the car is taken, and driven to. */
export function car({ name, client, team, clock, dice, told }: Omit<Given, 'truth' | 'address'>): Worker {
  let awayUntil = clock.now();
  let going: { readonly visit: VisitView; to: 'on-the-way' | 'there' | 'done'; at: Instant } | undefined;
  const notices = new Map<string, Instant>();

  /** Whoever sits in a car does not look: somebody goes there, and that is this one. */
  async function answer({ alarm }: AlarmView): Promise<void> {
    try {
      await client.call('takeAlarm', { alarm }, {});
      await client.call('closeAlarm', { alarm }, { verdict: 'help-needed', confirmed: true });
    } catch (error) {
      told(`${name}: ${(error as Error).message}`);
    }
  }

  return {
    name,
    leave(until) {
      awayUntil = until;
    },
    async act(desk) {
      const now = clock.now();
      if (now < awayUntil) return;
      if (!going) {
        const alarm = desk.alarms.find(({ state, chain }) => state === 'raised' && chain?.told.includes(team));
        if (alarm) {
          const noticed = notices.get(alarm.alarm) ?? after(now, dice.minutes(0.3, 1.5));
          notices.set(alarm.alarm, noticed);
          if (now >= noticed) await answer(alarm);
          return;
        }
        const visit = desk.visits
          .filter(({ state, who, team: whose, overdue }) =>
            state === 'needed' ? whose === undefined || whose === team || overdue : state !== 'done' && who === name,
          )
          .toSorted((a, b) => a.neededAt.localeCompare(b.neededAt))[0];
        if (visit) going = { visit, to: 'on-the-way', at: after(now, dice.minutes(0.3, 2)) };
        return;
      }
      if (now < going.at) return;
      const { visit, to } = going;
      try {
        const move = to === 'done' ? ({ to, outcome: 'Allt väl.' } as const) : ({ to } as const);
        await client.call('moveVisit', { visit: visit.visit }, move);
      } catch (error) {
        told(`${name}: ${(error as Error).message}`);
        going = undefined;
        return;
      }
      if (to === 'done') going = undefined;
      else {
        const long = to === 'on-the-way' ? dice.minutes(4, 14) : dice.minutes(3, 9);
        going = { visit, to: to === 'on-the-way' ? 'there' : 'done', at: after(now, long) };
      }
    },
  };
}
