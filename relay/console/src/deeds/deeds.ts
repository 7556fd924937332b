/**
 * Pure. What was pressed at visits and has yet to reach the relay: in the order in which it was pressed, each once, with the time of the
 * press. What the relay refuses is told, and stands in nobody's way.
 */
import type { ClientAlias, VisitId } from '@nattfrid/shared/domain/ids';
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';

export type Step =
  | { readonly to: 'on-the-way' }
  | { readonly to: 'there' }
  | { readonly to: 'done'; readonly outcome: string };

export interface Deed {
  /** The same each time that it is sent: the relay does it once. */
  readonly deed: string;
  readonly visit: VisitId;
  readonly client: ClientAlias;
  readonly step: Step;
  /** By the relay's clock, as this browser knows it; ISO 8601. */
  readonly pressedAt: string;
  /** Whose: nobody else sends it, also on the same telephone. */
  readonly by: string;
  /** The relay has said no. */
  readonly refused?: FaultCode;
}

export interface Deeds {
  readonly all: readonly Deed[];
  readonly sending?: string;
}

export type DeedsEvent =
  /** Out of the store of the browser, before anything else is known. */
  | { readonly type: 'kept'; readonly all: readonly Deed[] }
  | { readonly type: 'pressed'; readonly deed: Deed }
  /** There may be a link, and this is who is signed in. */
  | { readonly type: 'try'; readonly by: string }
  | { readonly type: 'sent'; readonly deed: string }
  | { readonly type: 'not-sent'; readonly deed: string }
  | { readonly type: 'refused'; readonly deed: string; readonly why: FaultCode }
  /** Its person has read that it was refused. */
  | { readonly type: 'read'; readonly deed: string };

export type DeedsEffect =
  | { readonly type: 'keep'; readonly deed: Deed }
  | { readonly type: 'drop'; readonly deed: string }
  | { readonly type: 'send'; readonly deed: Deed };

type Stepped = readonly [Deeds, readonly DeedsEffect[]];

export const deedsMachine: Machine<Deeds, DeedsEvent, DeedsEffect> = {
  initial: { all: [] },
  step(state, event): Stepped {
    const { all, sending } = state;
    switch (event.type) {
      case 'kept': {
        const known = new Set(all.map(({ deed }) => deed));
        return [{ ...state, all: [...event.all.filter(({ deed }) => !known.has(deed)), ...all].toSorted(byTime) }, []];
      }
      case 'pressed':
        // A thumb that presses twice means one thing.
        if (isWaiting(all, event.deed)) return [state, []];
        return [{ ...state, all: [...all, event.deed] }, [{ type: 'keep', deed: event.deed }]];
      case 'try': {
        const next = all.find((one) => one.by === event.by && one.refused === undefined);
        if (sending !== undefined || !next) return [state, []];
        return [{ all, sending: next.deed }, [{ type: 'send', deed: next }]];
      }
      case 'sent':
        return [{ all: all.filter(({ deed }) => deed !== event.deed) }, [{ type: 'drop', deed: event.deed }]];
      case 'not-sent':
        return [{ all }, []];
      case 'refused': {
        const said = all.flatMap((one) => (one.deed === event.deed ? [{ ...one, refused: event.why }] : []));
        const next = all.map((one) => said.find(({ deed }) => deed === one.deed) ?? one);
        return [{ all: next }, said.map((deed) => ({ type: 'keep', deed }))];
      }
      case 'read':
        return [{ ...state, all: all.filter(({ deed }) => deed !== event.deed) }, [{ type: 'drop', deed: event.deed }]];
    }
  },
};

const byTime = (a: Deed, b: Deed): number => a.pressedAt.localeCompare(b.pressedAt);

const isWaiting = (all: readonly Deed[], { visit, step }: Deed): boolean =>
  all.some((one) => one.visit === visit && one.step.to === step.to && one.refused === undefined);

/** What has not been sent of one visit, in order. */
export const waitingFor = ({ all }: Deeds, visit: VisitId): readonly Deed[] =>
  all.filter((one) => one.visit === visit && one.refused === undefined);

/** Those that the relay has refused of somebody, in order. */
export const refusedOf = ({ all }: Deeds, by: string): readonly Deed[] =>
  all.filter((one) => one.by === by && one.refused !== undefined);

interface Going {
  readonly state: 'needed' | 'on-the-way' | 'there' | 'done';
  readonly onTheWayAt?: string | undefined;
  readonly thereAt?: string | undefined;
  readonly doneAt?: string | undefined;
}
const order = ['needed', 'on-the-way', 'there', 'done'] as const;

/** A visit as whoever pressed sees it: with the steps that the relay has yet to hear of. */
export function withDeeds<Visit extends Going>(visit: Visit, deeds: Deeds, id: VisitId): Visit {
  let shown = visit;
  for (const { step, pressedAt } of waitingFor(deeds, id)) {
    if (order.indexOf(step.to) <= order.indexOf(shown.state)) continue;
    const at = { 'on-the-way': 'onTheWayAt', there: 'thereAt', done: 'doneAt' } as const;
    shown = { ...shown, state: step.to, [at[step.to]]: pressedAt };
  }
  return shown;
}
