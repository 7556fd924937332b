/**
 * A survey of the mobile signal over hours, before a unit is ordered or left somewhere: each sample on the unit's disk, so that it goes on
 * after a restart and tells of the whole time.
 */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, hours, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import { z } from 'zod';
import type { SignalReading } from '../check/signal.ts';
import type { ServeTable, SurveySample } from '../store/serve-table.ts';
import { type Answer, type Deeds, refused } from './deed.ts';

/** A cell is fuller in the evening than at noon: a sample a half-minute, over a night, shows both. */
const every: Duration = seconds(30);
const longest: Duration = hours(72);
/** How far it has come is told each so many samples. */
const toldEvery = 20;

const Kept = z.object({ call: z.uuid(), from: z.number(), until: z.number() });
type Kept = z.infer<typeof Kept>;

export interface Survey extends Disposable {
  readonly deeds: Pick<Deeds, 'survey' | 'survey-over'>;
}

/** @param measure of the mobile link, whatever else leads out @param tell what has been measured, once it is over */
export function openSurvey(parts: {
  readonly table: Pick<ServeTable, 'load' | 'save' | 'forget' | 'addSample' | 'samples' | 'forgetSamples'>;
  readonly measure: () => Promise<SignalReading>;
  readonly tell: (call: string, answer: Answer) => void;
  readonly clock: Pick<Clock, 'now' | 'every'>;
  readonly log: Logger;
}): Survey {
  const { table, measure, tell, clock, log } = parts;
  let measuring = false;

  const kept = (): Kept | undefined => Kept.safeParse(JSON.parse(table.load('survey') ?? 'null')).data;

  function end({ call, ...times }: Kept): Answer {
    const answer = surveyed(table.samples(), times, clock.now(), true);
    table.forget('survey');
    table.forgetSamples();
    log.info('The survey of the mobile signal is over');
    tell(call, answer);
    return answer;
  }

  async function sample(now: Kept): Promise<void> {
    const reading = await measure();
    const rsrpDbm = reading.type === 'registered' ? reading.rsrpDbm : undefined;
    table.addSample({ at: clock.now(), rsrpDbm });
    const samples = table.samples();
    // Of a clock that has been set back it would never be over.
    if (clock.now() >= now.until || samples.length >= longest / every) return void end(now);
    if (samples.length % toldEvery === 0) tell(now.call, surveyed(samples, now, clock.now(), false));
  }

  const ticking = clock.every(every, () => {
    const now = kept();
    if (!now || measuring) return;
    measuring = true;
    void sample(now)
      .catch((error: unknown) =>
        log.error('The mobile signal could not be measured', { words: asFault(error).message }),
      )
      .finally(() => {
        measuring = false;
      });
  });

  return {
    deeds: {
      survey({ call, until: wanted }) {
        const from = clock.now();
        const until = Math.min(Date.parse(wanted), from + longest);
        if (until <= from) return refused('failed');
        table.forgetSamples();
        table.save('survey', JSON.stringify({ call, from, until } satisfies Kept));
        return surveyed([], { from, until }, from, false);
      },
      'survey-over'() {
        const now = kept();
        return now ? end(now) : refused('not-found');
      },
    },
    [Symbol.dispose]: () => ticking[Symbol.dispose](),
  };
}

/** Pure. @param samples of the time from then until now, oldest first */
export function surveyed(
  samples: readonly SurveySample[],
  times: { readonly from: number; readonly until: number },
  now: Instant,
  over: boolean,
): Answer {
  const measured = samples.flatMap(({ rsrpDbm }) => (rsrpDbm === undefined ? [] : [rsrpDbm])).toSorted((a, b) => a - b);
  const at = (share: number) => measured[Math.min(measured.length - 1, Math.floor(measured.length * share))];
  const [worst, median] = [at(0.05), at(0.5)];
  return {
    type: 'surveyed',
    from: printInstant(instant(times.from)),
    until: printInstant(over ? now : instant(times.until)),
    samples: samples.length,
    ...(worst !== undefined && { worst }),
    ...(median !== undefined && { median }),
    lost: samples.length - measured.length,
    over,
  };
}
