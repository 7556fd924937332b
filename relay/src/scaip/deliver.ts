/** Brings what lies in the outbox to its receivers: one delivery each, in order within an alarm, again after a restart. */
import type { ReceiverSettings, ScaipEvent } from '@nattfrid/shared/desk/receiver-view';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import type { Store, Tx } from '../store/database.ts';
import { endInOutbox, type OutboxRow, openInOutbox } from '../store/scaip-outbox-table.ts';
import type { Centre } from './centre.ts';
import { type Delivery, type DeliveryEvent, type DeliveryTerms, deliveryMachine, type Way } from './delivery.ts';
import type { ScaipAnswer } from './elements.ts';
import { requestOf, type Told } from './request.ts';

/** Sent at once to one receiver. */
const mostAtOnce = 8;
/** Of one receiver in memory; what lies behind them is on the disk, in its order. */
const mostUnder = 200;

/** What became of a message; `no-answer`: nobody has taken it in a whole round. */
export type Outcome =
  | { readonly type: 'taken'; readonly by: Way }
  | { readonly type: 'refused'; readonly answer: ScaipAnswer }
  | { readonly type: 'no-answer'; readonly why: string };

interface Under {
  readonly told: Told;
  /** Of the outbox; undefined: a heartbeat or a test, which is not kept. */
  readonly row: OutboxRow | undefined;
  state: Delivery;
  /** Why the last address asked did not take it. */
  why: string;
  readonly asking: Set<AbortController>;
  readonly outcome: ((outcome: Outcome) => void) | undefined;
  saving: boolean;
}

export interface Deliveries extends AsyncDisposable {
  tick(): Promise<void>;
  /** An answer that came by itself. */
  answered(way: Way, answer: ScaipAnswer): void;
  /** Sends one that is not kept, and tells what has become of it in one round. */
  try(event: ScaipEvent): Promise<Outcome>;
}

interface DeliverParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly receiver: string;
  readonly settings: ReceiverSettings;
  readonly centre: Centre;
  readonly patience: Pick<DeliveryTerms, 'next' | 'round'>;
  readonly newRef: () => string;
  /** While nothing can be saved, what is known already goes on. */
  readonly canSave: () => boolean;
  /** In the transaction that saves it. */
  readonly taken: (tx: Tx) => Promise<void>;
  readonly refused: (tx: Tx, row: OutboxRow, answer: ScaipAnswer) => Promise<void>;
  /** Nobody has taken it in a whole round; `row` undefined: a heartbeat. */
  readonly nobodyTakes: (row: OutboxRow | undefined, why: string) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Of one receiver. */
export function openDeliveries(parts: DeliverParts): Deliveries {
  const { store, clock, receiver, settings, centre, newRef, failed } = parts;
  const machine = deliveryMachine({ ...parts.patience, hasSecondary: settings.secondary !== undefined });
  const under = new Map<string, Under>();
  const beat = minutes(settings.heartbeatMinutes);
  let lastBeat: Duration | undefined;
  let closed = false;
  const doing = new Set<Promise<unknown>>();
  const own = (deed: Promise<unknown>) => {
    const watched: Promise<unknown> = deed.catch(failed).finally(() => doing.delete(watched));
    doing.add(watched);
  };

  function step(ref: string, event: DeliveryEvent): void {
    const one = under.get(ref);
    if (!one || closed) return;
    const [next, effects] = machine.step(one.state, event);
    one.state = next;
    for (const effect of effects) {
      switch (effect.type) {
        case 'send':
          own(send(one, effect.way, effect.bare));
          break;
        case 'nobody-takes':
          quiet(one);
          if (one.outcome) {
            under.delete(ref);
            one.outcome({ type: 'no-answer', why: one.why });
          } else if (parts.canSave()) own(parts.nobodyTakes(one.row, one.why));
          break;
        case 'taken':
        case 'refused':
          quiet(one);
          one.outcome?.(effect.type === 'taken' ? { type: 'taken', by: effect.by } : effect);
          own(end(one));
      }
    }
  }

  const quiet = (one: Under) => {
    for (const controller of one.asking) controller.abort();
    one.asking.clear();
  };

  async function send(one: Under, way: Way, bare: boolean): Promise<void> {
    const controller = new AbortController();
    one.asking.add(controller);
    const { ref, event } = one.told;
    const told =
      event === 'test-primary' && way === 'secondary' ? { ...one.told, event: 'test-secondary' as const } : one.told;
    const out = await centre.send(way, requestOf(told, settings), bare, controller.signal);
    if (controller.signal.aborted) return;
    const at = clock.steady();
    if (out === 'waits') return;
    one.why = out instanceof Fault ? out.message : `${out.status} ${out.words}`.trim();
    if (out instanceof Fault) return step(ref, { type: 'failed', way, at });
    step(ref, { type: 'answered', way, answer: out, at });
  }

  /** Where it cannot be saved it is tried again: taken twice by the same `ref` is taken once. */
  async function end(one: Under): Promise<void> {
    const { state, row, told } = one;
    if (!parts.canSave() || one.saving || (state.name !== 'taken' && state.name !== 'refused')) return;
    one.saving = true;
    try {
      await store.write(async (tx) => {
        const at = clock.now();
        if (state.name === 'taken') {
          if (row) await endInOutbox(tx.db, told.ref, { state: 'taken', at });
          return parts.taken(tx);
        }
        const { status, words } = state.answer;
        if (!row) return;
        await endInOutbox(tx.db, told.ref, { state: 'refused', at, status, words });
        await parts.refused(tx, row, state.answer);
      });
      under.delete(told.ref);
    } finally {
      one.saving = false;
    }
    await load();
    // There is room for one more.
    for (const ref of [...under.keys()]) move(ref);
  }

  const begin = (told: Told, row: OutboxRow | undefined, outcome?: Under['outcome']) => {
    under.set(told.ref, {
      told,
      row,
      outcome,
      state: machine.initial,
      why: 'no answer in time',
      asking: new Set(),
      saving: false,
    });
    move(told.ref);
  };

  /** What waits is sent while not too many are. */
  function move(ref: string): void {
    const one = under.get(ref);
    if (!one) return;
    const sent = [...under.values()].filter(({ state }) => state.name === 'sent').length;
    if (one.state.name === 'waiting' && sent >= mostAtOnce) return;
    step(ref, { type: 'tick', at: clock.steady() });
  }

  /** The first of each alarm; what follows it waits until it is taken. */
  async function load(): Promise<void> {
    if (closed || !parts.canSave()) return;
    const rows = await openInOutbox(store.db, receiver, mostUnder);
    const subjects = new Set<string>();
    for (const row of rows) {
      const isFirst = !subjects.has(row.subject);
      subjects.add(row.subject);
      if (!isFirst || under.has(row.ref) || closed) continue;
      const { ref, event, unit, client, place } = row;
      begin({ ref, event, home: { unit, client, ...(place !== undefined && { place }) } }, row);
    }
  }

  function beats(): void {
    const at = clock.steady();
    if (beat === 0 || (lastBeat !== undefined && at - lastBeat < beat)) return;
    // One that is not answered yet goes on instead.
    if ([...under.values()].some(({ told }) => told.event === 'heartbeat')) return;
    lastBeat = milliseconds(at);
    begin({ ref: newRef(), event: 'heartbeat' }, undefined);
  }

  return {
    async tick() {
      beats();
      for (const [ref, one] of [...under]) {
        if (one.state.name === 'taken' || one.state.name === 'refused') own(end(one));
        else move(ref);
      }
      await load();
    },
    answered(way, answer) {
      const one = under.get(answer.ref);
      if (!one) return;
      one.why = `${answer.status} ${answer.words}`.trim();
      step(answer.ref, { type: 'answered', way, answer, at: clock.steady() });
    },
    try: (event) => new Promise((resolve) => begin({ ref: newRef(), event }, undefined, resolve)),
    async [Symbol.asyncDispose]() {
      closed = true;
      for (const one of under.values()) {
        quiet(one);
        one.outcome?.({ type: 'no-answer', why: 'the receiver was changed' });
      }
      centre[Symbol.dispose]();
      await Promise.allSettled(doing);
    },
  };
}
