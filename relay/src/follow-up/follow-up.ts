/** Reads what a time has come to, for one organisation. */

import type { Period } from '@nattfrid/shared/desk/follow-up-routes';
import type { ClientExtract, Statistics } from '@nattfrid/shared/desk/follow-up-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { startOfDay } from '@nattfrid/shared/domain/window';
import { Fault } from '@nattfrid/shared/fault/fault';
import { days } from '@nattfrid/shared/time/duration';
import { instant, printInstant } from '@nattfrid/shared/time/instant';
import { isLookedFor, isReal } from '../record/counted.ts';
import type { KnownLook } from '../record/look.ts';
import { breakGlassBetween, type KnownBreakGlass } from '../store/break-glass-table.ts';
import type { Store } from '../store/database.ts';
import { labelsOf } from '../store/follow-up-table.ts';
import { alarmsBetween, looksBetween, type Stretch, visitsBetween } from '../store/outcomes-table.ts';
import { type Past, secondsOf, statistics } from './statistics.ts';
import { billingCsv, statisticsCsv } from './table.ts';

export interface FollowUp {
  statistics(organisation: Organisation, period: Period): Promise<Statistics | Fault>;
  statisticsCsv(organisation: Organisation, period: Period): Promise<string | Fault>;
  billingCsv(organisation: Organisation, period: Period): Promise<string | Fault>;
  /** What a client is told: when somebody looked, how long, why, and what came of it. */
  extract(organisation: Organisation, alias: ClientAlias, period: Period): Promise<ClientExtract | Fault>;
}

const mostDays = 400;

export function openFollowUp(parts: {
  readonly store: Store;
  readonly travel: (organisation: Organisation) => Promise<Past['travel']>;
}): FollowUp {
  const { store } = parts;

  function stretchOf(organisation: Organisation, { from, until }: Period): Stretch | Fault {
    const times = { from: startOfDay(from), until: startOfDay(until) };
    if (!(times.from < times.until)) return new Fault('request-invalid', 'The last day must come after the first.');
    if (times.until - times.from > days(mostDays + 1))
      return new Fault('request-invalid', `At most ${mostDays} days at once: ask for a shorter time.`);
    return { organisations: [organisation], ...times };
  }

  async function read(organisation: Organisation, period: Period): Promise<Statistics | Fault> {
    const stretch = stretchOf(organisation, period);
    if (stretch instanceof Fault) return stretch;
    const [looks, alarms, visits] = await store.read(async (db) => [
      (await looksBetween(db, stretch)).filter(isLookedFor),
      (await alarmsBetween(db, stretch)).filter(isReal),
      await visitsBetween(db, stretch),
    ]);
    const labels = await labelsOf(
      store.db,
      alarms.map(({ facts }) => facts.alarm),
    );
    const nights = Math.max(1, Math.round((stretch.until - stretch.from) / days(1)));
    const travel = await parts.travel(organisation);
    return statistics({ ...period, nights }, { looks, alarms, visits, labels, travel });
  }

  return {
    statistics: read,
    async statisticsCsv(organisation, period) {
      const figures = await read(organisation, period);
      return figures instanceof Fault ? figures : statisticsCsv(figures);
    },
    async billingCsv(organisation, period) {
      const stretch = stretchOf(organisation, period);
      return stretch instanceof Fault
        ? stretch
        : billingCsv((await looksBetween(store.db, stretch)).filter(isLookedFor));
    },
    async extract(organisation, alias, period) {
      const stretch = stretchOf(organisation, period);
      if (stretch instanceof Fault) return stretch;
      const looks = (await looksBetween(store.db, stretch)).filter(({ facts }) => facts.client === alias);
      const opened = await breakGlassBetween(store.db, { organisation, client: alias, ...stretch });
      return {
        client: alias,
        ...period,
        accesses: looks.flatMap((look) => accessOf(look) ?? []),
        breakGlass: opened.flatMap((one) => openedOf(one) ?? []),
      };
    },
  };
}

/** Without a name, as what is told of a look. @returns undefined for one that nobody has granted */
function openedOf(state: KnownBreakGlass): NonNullable<ClientExtract['breakGlass']>[number] | undefined {
  const granted = state.name === 'asked' ? undefined : state.granted;
  if (!granted || state.name === 'asked') return undefined;
  const { what, reason, asker } = state.facts;
  return {
    at: printInstant(granted.at),
    ...(state.name === 'over' && { until: printInstant(state.endedAt) }),
    ...{ what, reason, role: asker.role, grantedByRole: granted.role, uses: state.uses.length },
  };
}

/** @returns undefined for one that nobody has opened */
function accessOf(look: KnownLook): ClientExtract['accesses'][number] | undefined {
  const opened = 'opened' in look ? look.opened : undefined;
  if (!opened || look.name === 'asked') return undefined;
  const shown = 'shown' in look ? look.shown : undefined;
  const why = look.facts.origin === 'alarm' ? 'alarm' : look.facts.origin === 'plan' ? 'agreed-time' : 'other';
  return {
    at: printInstant(instant(opened.at)),
    seconds: Math.max(0, Math.round(secondsOf(look) ?? 0)),
    why,
    ...(shown && { mode: shown.mode }),
    role: 'operator',
    ...(look.name === 'done' && look.verdict && { verdict: look.verdict.verdict }),
  };
}
