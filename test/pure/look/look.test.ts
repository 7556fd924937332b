/** What becomes of a look: how it opens, what is answered, and that everything ends in a shut gate. */
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import { type Mode, Plan } from '@nattfrid/shared/domain/plan';
import { silent } from '@nattfrid/shared/log/logger';
import { run } from '@nattfrid/shared/machine/machine';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant, after as later, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { LookAnswer, LookCall } from '@nattfrid/shared/wire/look-call';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { haltMachine } from '../../../agent/src/halt/halts.ts';
import type { Asker } from '../../../agent/src/look/asker.ts';
import type { GateKey } from '../../../agent/src/look/gate.ts';
import { type LookEffect, type LookEvent, looks } from '../../../agent/src/look/look.ts';
import { runLooks } from '../../../agent/src/look/run-looks.ts';

const night = instant(Date.parse('2026-07-01T23:50:00+02:00'));
const at = (second: number) => later(night, seconds(second));
const plan = Plan.parse({
  plan: '00000000-0000-4000-8000-0000000000aa',
  version: 1,
  unit: 'unit-1',
  client: 'Anna 3',
  validFrom: '2026-06-01T00:00:00Z',
  validUntil: '2026-12-31T00:00:00Z',
  mode: 'silhouette',
  watch: 'always',
  windows: [{ id: 'late', from: '23:45', to: '00:15', looks: 1 }],
  alarms: {},
  longestLookSeconds: 60,
  consents: { technology: '2026-05-20', supervision: '2026-05-20', cohabitants: 'lives-alone' },
});
const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}` as LookId;
const call = (
  number: number,
  second: number,
  more: { key?: number; window?: string; asker?: Asker; consoles?: Plan['consoles'] } = {},
): LookEvent => {
  const asked: LookCall = {
    look: id(number),
    reason: { type: 'window', window: more.window ?? 'late' },
    operator: 'op-7' as OperatorAlias,
    operatorKey: toBase64Url(new Uint8Array(32).fill(more.key ?? 9)),
    until: '2026-07-02T00:00:00Z',
  };
  return {
    type: 'call',
    call: asked,
    asker: more.asker ?? { by: 'nothing' },
    now: {
      at: at(second),
      clockSure: true,
      plan: { ...plan, ...(more.consoles && { consoles: more.consoles }) },
      ownAlarms: [],
      halts: haltMachine.initial,
      readiness: { name: 'by-hand' },
    },
  };
};
const confirmed = (vouched: boolean): Asker => ({
  by: 'confirmed',
  vouched,
  fresh: { key: 'K', fingerprint: '0', confirmed: { signer: 'op-8', vouched, from: at(0), until: at(60) } },
});
const firstSight: Asker = { by: 'first-sight', key: 'K', fingerprint: '00000 00000 00000 00000 00000' };
const tick = (second: number): LookEvent => ({ type: 'tick', at: at(second) });
const close = (number: number, second: number, key?: number): LookEvent => ({
  type: 'close',
  look: id(number),
  ...(key !== undefined && { operatorKey: toBase64Url(new Uint8Array(32).fill(key)) }),
  why: 'operator-closed',
  at: at(second),
});
const replan = (second: number, more: Partial<Plan>): LookEvent => ({
  type: 'plan-changed',
  now: {
    at: at(second),
    clockSure: true,
    plan: { ...plan, ...more },
    ownAlarms: [],
    halts: haltMachine.initial,
    readiness: { name: 'by-hand' },
  },
});
const shown = (what: 'picture' | 'camera-lost'): LookEvent => ({ type: 'shown', what });

/** Which key it is about, where that is not the usual one. */
const about = (answer: LookAnswer): readonly string[] => {
  if (answer.type === 'joined' || answer.type === 'not-joined' || answer.type === 'mode-refused') return [];
  const [key] = answer.operatorKey ? fromBase64Url(answer.operatorKey) : [];
  return key === 9 ? [] : [`for ${key}`];
};
const word = (effect: LookEffect): string => {
  switch (effect.type) {
    case 'write-access-line':
      return `line ${effect.line.what}`;
    case 'know-console':
      return `knows ${effect.key}${effect.confirmed ? ` by ${effect.confirmed.signer}` : ''}`;
    case 'answer':
      return [effect.answer.type, ...('why' in effect.answer ? [effect.answer.why] : []), ...about(effect.answer)].join(
        ' ',
      );
    case 'open-gate':
      return `gate open ${(effect.look.until - night) / 1000}`;
    case 'admit':
      return `admit ${effect.reader.operator} ${effect.reader.operatorKey[0]}`;
    case 'dismiss':
      return `dismiss ${effect.operator}`;
    case 'shut-gate':
      return 'gate shut';
  }
};
const join = (
  second: number,
  operator = 'op-8',
  more: { key?: number; number?: number; plan?: Plan; asker?: Asker } = {},
): LookEvent => ({
  type: 'join',
  asker: more.asker ?? { by: 'nothing' },
  join: {
    look: id(more.number ?? 1),
    operator: operator as OperatorAlias,
    operatorKey: toBase64Url(new Uint8Array(32).fill(more.key ?? 5)),
  },
  now: {
    at: at(second),
    clockSure: true,
    plan: more.plan ?? plan,
    ownAlarms: [],
    halts: haltMachine.initial,
    readiness: { name: 'by-hand' },
  },
});
const leave = (second: number, operator = 'op-8'): LookEvent => ({
  type: 'leave',
  look: id(1),
  operator: operator as OperatorAlias,
  at: at(second),
});
const wish = (
  second: number,
  mode: Mode,
  more: { plan?: Plan; operator?: string; number?: number; forged?: boolean; signed?: number } = {},
): LookEvent => ({
  type: 'wish',
  wish: {
    look: id(more.number ?? 1),
    operator: (more.operator ?? 'op-7') as OperatorAlias,
    mode,
    ...(more.signed !== undefined && { console: { at: printInstant(at(more.signed)), signature: 'S'.repeat(86) } }),
  },
  signed: more.forged ? 'wrong' : more.signed === undefined ? 'unsigned' : 'right',
  now: {
    at: at(second),
    clockSure: true,
    plan: more.plan ?? { ...plan, alsoAgreed: ['blur'] },
    ownAlarms: [],
    halts: haltMachine.initial,
    readiness: { name: 'by-hand' },
  },
});
const told = (events: readonly LookEvent[]) => run(looks, events).effects.map(word);
const opened = ['line opened', 'gate open 60', 'opened'];
const ended = (why: string) => ['gate shut', 'line ended', `ended ${why}`];
const refused = (why: string) => ['line refused', `refused ${why}`];

describe('a look', () => {
  for (const [name, events, expected] of [
    ['is written down before the gate opens', [call(1, 0)], opened],
    [
      'is refused outside the plan, and that is written down too',
      [call(1, 0, { window: 'noon' })],
      refused('no-such-window'),
    ],
    ['ends when its time is up', [call(1, 0), tick(59), tick(60)], [...opened, ...ended('time-up')]],
    ['ends when the operator closes it', [call(1, 0), close(1, 5)], [...opened, ...ended('operator-closed')]],
    ['is not closed by a word about another', [call(1, 0), close(2, 5)], opened],
    ['is closed by a word about its key', [call(1, 0), close(1, 5, 9)], [...opened, ...ended('operator-closed')]],
    ['is not closed by a word about a time before, which comes late', [call(1, 0), close(1, 5, 8)], opened],
    [
      'does not open again when its call comes late',
      [call(1, 0), close(1, 5), call(1, 6)],
      [...opened, ...ended('operator-closed'), ...refused('call-invalid')],
    ],
    [
      'opens again when somebody asks anew, with a key of now, and not for the old one',
      [call(1, 0), close(1, 5), call(1, 6, { key: 8 }), close(1, 10), call(1, 11), call(1, 12, { key: 8 })],
      [
        ...[...opened, ...ended('operator-closed'), 'line opened', 'gate open 66', 'opened for 8'],
        ...['gate shut', 'line ended', 'ended operator-closed for 8'],
        ...[...refused('call-invalid'), 'line refused', 'refused call-invalid for 8'],
      ],
    ],
    [
      'does not open again for the key that wanted to see too, nor for the other',
      [call(1, 0), call(1, 1, { key: 8 }), call(1, 2, { key: 8 }), call(1, 3)],
      [
        ...[...opened, ...ended('key-changed'), 'line refused', 'refused key-changed for 8'],
        ...['line refused', 'refused call-invalid for 8', ...refused('call-invalid')],
      ],
    ],
    ['is answered again when its call comes twice', [call(1, 0), call(1, 1)], [...opened, 'opened']],
    ['stands while another one is asked for', [call(1, 0), call(2, 1)], [...opened, ...refused('another-look-open')]],
    [
      'ends when it is asked for with another key',
      [call(1, 0), call(1, 1, { key: 8 })],
      [...opened, ...ended('key-changed'), 'line refused', 'refused key-changed for 8'],
    ],
    [
      'stays open for the key of now when the call of a time before comes once more',
      [call(1, 0, { key: 8 }), close(1, 5), call(1, 6), call(1, 7, { key: 8 })],
      [
        ...['line opened', 'gate open 60', 'opened for 8', 'gate shut', 'line ended', 'ended operator-closed for 8'],
        ...['line opened', 'gate open 66', 'opened', 'line refused', 'refused call-invalid for 8'],
      ],
    ],
    [
      'makes way for the next one',
      [call(1, 0), close(1, 5), call(2, 10)],
      [...opened, ...ended('operator-closed'), 'line opened', 'gate open 70', 'opened'],
    ],
    [
      'tells once what is seen',
      [call(1, 0), shown('picture'), shown('picture'), shown('camera-lost')],
      [...opened, 'picture', 'no-picture camera-lost'],
    ],
    [
      'ends when the plan no longer allows it',
      [call(1, 0), replan(5, { windows: [] })],
      [...opened, ...ended('plan-changed')],
    ],
    [
      'ends when the plan now says another mode',
      [call(1, 0), replan(5, { mode: 'blocks' })],
      [...opened, ...ended('plan-changed')],
    ],
    ['goes on under a plan that says the same', [call(1, 0), replan(5, { version: 2 })], opened],
    [
      'gets shorter under a stricter plan, never longer',
      [call(1, 0), replan(5, { longestLookSeconds: 20 }), replan(6, { longestLookSeconds: 600 })],
      [...opened, 'gate open 25', 'opened'],
    ],
    [
      'is refused to a console that is not the operator’s, and that is written down',
      [call(1, 0, { asker: { by: 'refused', why: 'key-changed' } })],
      refused('key-changed'),
    ],
    [
      'makes a console known that signs and was never seen, before the gate opens',
      [call(1, 0, { asker: firstSight })],
      ['line console-known', 'knows K', ...opened],
    ],
    [
      'makes a console known that another has signed for, with its signer in the log, before the gate opens',
      [call(1, 0, { asker: confirmed(true), consoles: 'vouched' })],
      ['line console-confirmed', 'knows K by op-8', ...opened],
    ],
    [
      'is refused to a console that was confirmed by one without the municipality’s word, where the plan asks for that',
      [call(1, 0, { asker: confirmed(false), consoles: 'vouched' })],
      refused('console-unknown'),
    ],
    [
      'makes no console known where the plan says no',
      [call(1, 0, { asker: firstSight, window: 'noon' })],
      refused('no-such-window'),
    ],
    [
      'is refused to a console that nobody has vouched for, where the plan asks for that',
      [
        call(1, 0, { asker: firstSight, consoles: 'vouched' }),
        call(2, 1, { asker: { by: 'pin' }, consoles: 'vouched' }),
      ],
      [...refused('console-unknown'), ...refused('console-unknown')],
    ],
    [
      'opens for a console that is vouched for',
      [call(1, 0, { asker: { by: 'voucher' }, consoles: 'vouched' })],
      opened,
    ],
    [
      'is refused to a console that does not sign, where the plan speaks of consoles at all',
      [call(1, 0, { consoles: 'first-sight' })],
      refused('console-unknown'),
    ],
    [
      'ends when a new plan wants its console vouched for',
      [call(1, 0, { asker: { by: 'pin' } }), replan(5, { consoles: 'vouched' })],
      [...opened, ...ended('plan-changed')],
    ],
    ['ends when the clock goes back', [call(1, 0), tick(10), tick(2)], [...opened, ...ended('time-up')]],
    ['ends when the link is lost', [call(1, 0), { type: 'link-lost', at: at(1) }], [...opened, ...ended('link-lost')]],
    [
      'lets a colleague in once that is written down, under a key of the own',
      [call(1, 0), join(5)],
      [...opened, 'line joined', 'admit op-8 5', 'joined'],
    ],
    [
      'lets a colleague go, and writes that down too',
      [call(1, 0), join(5), leave(9), leave(10)],
      [...opened, 'line joined', 'admit op-8 5', 'joined', 'dismiss op-8', 'line left'],
    ],
    [
      'lets no colleague in by another console than theirs',
      [call(1, 0), join(5, 'op-8', { asker: { by: 'refused', why: 'key-changed' } })],
      [...opened, 'line join-refused', 'not-joined key-changed'],
    ],
    [
      'lets no colleague in by a console that nobody has vouched for, where the plan asks for that',
      [call(1, 0), join(5, 'op-8', { plan: { ...plan, consoles: 'vouched' }, asker: firstSight })],
      [...opened, 'line join-refused', 'not-joined console-unknown'],
    ],
    ['lets nobody in while it is not open', [join(5)], ['line join-refused', 'not-joined no-such-look']],
    [
      'lets nobody in to another look than the one that is open',
      [call(1, 0), join(5, 'op-8', { number: 2 })],
      [...opened, 'line join-refused', 'not-joined no-such-look'],
    ],
    [
      'lets nobody in whom the plan would not let look now',
      [call(1, 0), join(5, 'op-8', { plan: { ...plan, windows: [] } })],
      [...opened, 'line join-refused', 'not-joined no-such-window'],
    ],
    [
      'is not turned towards another key for whoever opened it',
      [call(1, 0), join(5, 'op-7')],
      [...opened, 'line join-refused', 'not-joined call-invalid'],
    ],
    [
      'is seen by four at most; who comes again takes the own place',
      [call(1, 0), ...['op-1', 'op-2', 'op-3', 'op-4'].map((who) => join(5, who)), join(6, 'op-1', { key: 6 })],
      [
        ...opened,
        ...['op-1', 'op-2', 'op-3'].flatMap((who) => ['line joined', `admit ${who} 5`, 'joined']),
        ...['line join-refused', 'not-joined too-many-viewers'],
        ...['line joined', 'admit op-1 6', 'joined'],
      ],
    ],
    ['ends when the unit stops', [call(1, 0), { type: 'stopping', at: at(1) }], [...opened, ...ended('unit-stopping')]],
  ] as readonly (readonly [string, readonly LookEvent[], readonly string[]])[])
    it(name, () => expect(told(events)).toEqual(expected));

  it('never opens the gate without a line before it, and never leaves it open at the end', () => {
    const event = fc.oneof(
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom(8, 9))
        .map(([number, key]) => ({ what: 'call' as const, number, key })),
      fc.integer({ min: 1, max: 3 }).map((number) => ({ what: 'close' as const, number })),
      fc.constantFrom('tick', 'link-lost', 'stopping', 'replan').map((what) => ({ what })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (events) => {
        const all = events.map((one, second): LookEvent => {
          if ('number' in one)
            return 'key' in one ? call(one.number, second * 7, { key: one.key }) : close(one.number, second * 7);
          if (one.what === 'replan') return replan(second * 7, { windows: [] });
          return { type: one.what as 'tick' | 'link-lost' | 'stopping', at: at(second * 7) };
        });
        let [open, lines] = [false, 0];
        for (const effect of run(looks, [...all, { type: 'stopping', at: at(9999) }]).effects) {
          if (effect.type === 'write-access-line' && effect.line.what === 'opened') lines++;
          if (effect.type === 'open-gate') {
            expect(lines).toBe(1);
            [open, lines] = [true, 0];
          }
          if (effect.type === 'shut-gate') open = false;
        }
        expect(open).toBe(false);
      }),
    );
  });
});

describe('a look that is wished to be shown another way', () => {
  const also = (...alsoAgreed: Mode[]): Plan => ({ ...plan, alsoAgreed });
  const changed = ['line mode-changed', 'gate open 60', 'mode-changed'];
  const refusedMode = (why: string) => ['line mode-refused', `mode-refused ${why}`];
  for (const [name, events, expected] of [
    ['is shown so where the plan agrees, written down first', [call(1, 0), wish(5, 'blur')], [...opened, ...changed]],
    ['is not where the plan does not', [call(1, 0), wish(5, 'clear')], [...opened, ...refusedMode('mode-not-agreed')]],
    [
      'is shown with less again',
      [call(1, 0), wish(5, 'blur'), wish(9, 'silhouette')],
      [...opened, ...changed, ...changed],
    ],
    ['is answered again when it is so already', [call(1, 0), wish(5, 'silhouette')], [...opened, 'mode-changed']],
    [
      'is not for anybody but whoever opened it',
      [call(1, 0), join(4), wish(5, 'blur', { operator: 'op-8' })],
      [...opened, 'line joined', 'admit op-8 5', 'joined', ...refusedMode('call-invalid')],
    ],
    ['must be open', [wish(5, 'blur')], refusedMode('no-such-look')],
    [
      'is not where somebody else may have wished it',
      [call(1, 0), wish(5, 'blur', { forged: true })],
      [...opened, ...refusedMode('console-proof-wrong')],
    ],
    [
      'is answered again when the same wish comes twice, and not shown so again when it comes after a later one',
      [
        ...[call(1, 0), wish(5, 'blur', { signed: 5 }), wish(6, 'blur', { signed: 5 })],
        ...[wish(9, 'silhouette', { signed: 9 }), wish(12, 'blur', { signed: 5 })],
      ],
      [...opened, ...changed, 'mode-changed', ...changed, ...refusedMode('console-proof-wrong')],
    ],
    [
      'is not when a wish that was refused comes again at once, though the plan agrees by now',
      [call(1, 0), wish(5, 'clear', { signed: 5 }), wish(9, 'clear', { signed: 5, plan: also('clear') })],
      [...opened, ...refusedMode('mode-not-agreed'), ...refusedMode('mode-not-agreed')],
    ],
    [
      'is, whatever time a wish about another look, or a forged one, has named',
      [
        ...[call(1, 0), wish(5, 'blur', { number: 2 }), wish(6, 'blur', { forged: true, signed: 90 })],
        wish(9, 'blur', { signed: 9 }),
      ],
      [...opened, ...refusedMode('no-such-look'), ...refusedMode('console-proof-wrong'), ...changed],
    ],
    [
      'is not when a wish that was refused comes again under another plan',
      [
        ...[call(1, 0), wish(5, 'clear', { signed: 5 }), wish(9, 'blur', { signed: 9 })],
        wish(12, 'clear', { signed: 5, plan: { ...plan, alsoAgreed: ['clear'] } }),
      ],
      [...opened, ...refusedMode('mode-not-agreed'), ...changed, ...refusedMode('console-proof-wrong')],
    ],
    [
      'must be the one that is open',
      [call(1, 0), wish(5, 'blur', { number: 2 })],
      [...opened, ...refusedMode('no-such-look')],
    ],
    [
      'goes on under a new plan that agrees to it besides',
      [call(1, 0), wish(5, 'blur'), replan(9, { alsoAgreed: ['blur'] })],
      [...opened, ...changed],
    ],
    [
      'ends under a new plan that does not',
      [call(1, 0), wish(5, 'blur'), replan(9, {})],
      [...opened, ...changed, ...ended('plan-changed')],
    ],
    [
      'lets a colleague in who is shown the same',
      [call(1, 0), wish(5, 'blur'), join(9, 'op-8', { plan: also('blur') })],
      [...opened, ...changed, 'line joined', 'admit op-8 5', 'joined'],
    ],
    ['ends when its time is up', [call(1, 0), wish(5, 'blur'), tick(60)], [...opened, ...changed, ...ended('time-up')]],
  ] satisfies [string, LookEvent[], string[]][])
    it(name, () => expect(told(events)).toEqual(expected));
});

describe('running a look', () => {
  const parts = (over: { writes?: boolean; writesJoins?: boolean; lights?: boolean } = {}) => {
    const did: string[] = [];
    const clock = movedClock(night);
    const key: GateKey = {
      open: async () => {
        if (over.lights === false) throw new Error('no lamp');
        did.push('gate open');
      },
      admit: (_look, { operator }) => void did.push(`admit ${operator}`),
      dismiss: (_look, operator) => void did.push(`dismiss ${operator}`),
      shut: async () => void did.push('gate shut'),
    };
    const running = runLooks({
      key,
      clock,
      log: silent,
      writeAccessLine: async (line) => {
        if (over.writes === false && line.what === 'opened') throw new Error('disk full');
        if (over.writesJoins === false && line.what === 'joined') throw new Error('disk full');
        did.push(`line ${line.what}`);
      },
      answer: async (answer) => void did.push(word({ type: 'answer', answer })),
      knowConsole: (_operator, pinned) => void did.push(`knows ${pinned}`),
    });
    return { did, clock, running };
  };

  it('does one thing after the other', async () => {
    const { did, running } = parts();
    await running.tell(call(1, 0));
    expect(did).toEqual(['line opened', 'gate open', 'opened']);
  });

  it('keeps the gate shut where the line cannot be written', async () => {
    const { did, running } = parts({ writes: false });
    await running.tell(call(1, 0));
    expect(did).not.toContain('gate open');
    expect(did.at(-1)).toBe('ended unit-failed');
  });

  it('shows nothing to a colleague whose line cannot be written, and goes on for the others', async () => {
    const { did, running } = parts({ writesJoins: false });
    await running.tell(call(1, 0));
    await running.tell(join(1));
    expect(did).toEqual(['line opened', 'gate open', 'opened', 'dismiss op-8', 'line left']);
  });

  it('says so where the lamp cannot be lit', async () => {
    const { did, running } = parts({ lights: false });
    await running.tell(call(1, 0));
    expect(did).not.toContain('opened');
    expect(did.at(-1)).toBe('ended unit-failed');
  });

  it('shuts by itself when the time is up, and when it is put away', async () => {
    const first = parts();
    await first.running.tell(call(1, 0));
    await first.clock.advance(seconds(61));
    expect(first.did.at(-1)).toBe('ended time-up');
    const second = parts();
    await second.running.tell(call(1, 0));
    await second.running[Symbol.asyncDispose]();
    expect(second.did.at(-1)).toBe('ended unit-stopping');
  });
});
