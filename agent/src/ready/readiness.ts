/**
 * Pure. Whether a unit is ready to be left: one that was paired by its label lets no plan come into force before it has itself seen a
 * test look, a test fall that came back and a start after a power cut, and before the relay has said that the technician has finished.
 * Nothing that the relay says stands for what the unit has to see.
 */
import type { AlarmId, LookId } from '@nattfrid/shared/domain/ids';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { hours } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import { Proof, type WhyNotServed } from '@nattfrid/shared/wire/service-call';

/** Test looks may be opened for so long after the pairing; later it is wiped and paired anew. */
const settingUpTime = hours(4);

export interface SettingUp {
  readonly name: 'setting-up';
  readonly pairedAt: Instant;
  readonly seen: readonly Proof[];
  /** Which start of the machine it runs in; undefined: the machine does not say, and no power cut can be told from it. */
  readonly boot: string | undefined;
  /** The program was stopped as it should be: what comes after was no power cut. */
  readonly inOrder: boolean;
  /** The test look that is open, and whether a picture of it has been shown. */
  readonly look?: { readonly look: LookId; readonly shown: boolean };
  /** The last test fall that it has raised. */
  readonly fall?: AlarmId;
}

export type Readiness =
  /** Registered by hand, with its token in the settings: whoever did it has tried it, or answers for it. */
  { readonly name: 'by-hand' } | SettingUp | { readonly name: 'ready'; readonly record: string; readonly at: Instant };

export type ReadyEvent =
  | { readonly type: 'paired'; readonly at: Instant; readonly boot: string | undefined }
  | { readonly type: 'started'; readonly boot: string | undefined }
  | { readonly type: 'stopped' }
  | { readonly type: 'test-look'; readonly look: LookId; readonly what: 'opened' | 'picture' | 'ended' }
  | { readonly type: 'fall-raised'; readonly alarm: AlarmId }
  | { readonly type: 'fall-back'; readonly alarm: AlarmId }
  /** Another camera is watched from now on: what was shown of the one before proves nothing of it. */
  | { readonly type: 'camera-chosen' }
  | { readonly type: 'finished'; readonly record: string; readonly at: Instant };

export type ReadyEffect =
  /** It has seen something more. */
  | { readonly type: 'seen'; readonly seen: readonly Proof[] }
  | { readonly type: 'taken'; readonly record: string }
  | { readonly type: 'refuse'; readonly why: WhyNotServed; readonly lacks?: readonly Proof[] };

type Step = readonly [Readiness, readonly ReadyEffect[]];

export const readiness: Machine<Readiness, ReadyEvent, ReadyEffect> = {
  initial: { name: 'by-hand' },
  step(state, event): Step {
    if (event.type === 'paired')
      return [{ name: 'setting-up', pairedAt: event.at, seen: [], boot: event.boot, inOrder: false }, []];
    switch (state.name) {
      case 'by-hand':
        return [state, event.type === 'finished' ? [{ type: 'refuse', why: 'already-ready' }] : []];
      case 'ready':
        // Said once more, where the first answer was lost.
        if (event.type !== 'finished') return [state, []];
        return [
          state,
          [
            event.record === state.record
              ? { type: 'taken', record: state.record }
              : { type: 'refuse', why: 'already-ready' },
          ],
        ];
      case 'setting-up':
        return settingUp(state, event);
    }
  },
};

function settingUp(state: SettingUp, event: Exclude<ReadyEvent, { type: 'paired' }>): Step {
  switch (event.type) {
    case 'started': {
      const { look: _over, ...rest } = state;
      const started = { ...rest, boot: event.boot, inOrder: false };
      const isOther = state.boot !== undefined && event.boot !== undefined && event.boot !== state.boot;
      return isOther && !state.inOrder ? having(started, 'power-cut') : [started, []];
    }
    case 'stopped':
      return [{ ...state, inOrder: true }, []];
    case 'test-look':
      return testLook(state, event);
    case 'fall-raised':
      return [{ ...state, fall: event.alarm }, []];
    case 'fall-back':
      // The relay could say so of any: only one that this unit has raised proves that it came through.
      return event.alarm === state.fall ? having(state, 'test-fall') : [state, [{ type: 'refuse', why: 'not-found' }]];
    case 'camera-chosen': {
      const { look: _over, ...rest } = state;
      if (!state.seen.includes('test-look')) return [rest, []];
      const seen = state.seen.filter((one) => one !== 'test-look');
      return [{ ...rest, seen }, [{ type: 'seen', seen }]];
    }
    case 'finished': {
      const lacks = lacking(state);
      if (lacks.length > 0) return [state, [{ type: 'refuse', why: 'lacks-proof', lacks }]];
      const { record, at } = event;
      return [{ name: 'ready', record, at }, [{ type: 'taken', record }]];
    }
  }
}

function testLook(state: SettingUp, { look, what }: Extract<ReadyEvent, { type: 'test-look' }>): Step {
  if (what === 'opened') return [{ ...state, look: { look, shown: false } }, []];
  if (state.look?.look !== look) return [state, []];
  if (what === 'picture') return [{ ...state, look: { look, shown: true } }, []];
  const { look: was, ...rest } = state;
  return was?.shown ? having(rest, 'test-look') : [rest, []];
}

function having(state: SettingUp, proof: Proof): Step {
  if (state.seen.includes(proof)) return [state, []];
  const seen = [...state.seen, proof];
  return [{ ...state, seen }, [{ type: 'seen', seen }]];
}

/** Which start of the machine it is; undefined: it does not say, and no power cut can be told from it. */
export const bootOf = ({ boot }: { readonly boot: string }): string | undefined =>
  boot === 'unknown' ? undefined : boot;

/** What it has yet to see. */
export const lacking = ({ seen }: Pick<SettingUp, 'seen'>): readonly Proof[] =>
  Proof.options.filter((one) => !seen.includes(one));

/** No plan is in force yet, whatever it says. */
export const isWaiting = (state: Readiness): state is SettingUp => state.name === 'setting-up';

/** @returns until when a test look may be opened; undefined: none may. A clock that has gone back behind the pairing proves nothing. */
export function testLooksUntil(state: Readiness, at: Instant): Instant | undefined {
  if (state.name !== 'setting-up') return undefined;
  const until = after(state.pairedAt, settingUpTime);
  return state.pairedAt <= at && at < until ? until : undefined;
}
