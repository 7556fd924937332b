/**
 * Pure. Finding «camera lost», debounced: one hole is told once it has lasted, many short ones once they add up to as much. A camera that
 * hangs up now and then is no alarm, one that is away for a third of the time is.
 */
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Finding } from '../decide/finding.ts';

export type CameraEvent =
  | { readonly type: 'connected'; readonly at: Instant }
  | { readonly type: 'lost'; readonly at: Instant; readonly code: FaultCode }
  | { readonly type: 'tick'; readonly at: Instant };

type State =
  /** `without`: for how long it has been lost of late. */
  | { readonly name: 'well'; readonly without: Duration; readonly at: Instant | undefined }
  | {
      readonly name: 'lost';
      readonly without: Duration;
      readonly at: Instant;
      readonly since: Instant;
      readonly code: FaultCode;
    }
  /** `said`: the reasons that were told, so that two that take turns all night are told once each. */
  | {
      readonly name: 'told';
      readonly since: Instant;
      readonly code: FaultCode;
      readonly said: readonly FaultCode[];
      readonly backSince?: Instant;
    };

/** A hole that is shorter is no alarm: cameras restart, and their networks stall. */
export const untilTold = seconds(60);
/** Pictures for so long end it: a camera that comes and goes is one alarm, and not many. */
export const untilBack = seconds(10);
/** Ticks come every second: what is longer is a clock that was set, or a standstill of our own, and no hole of the camera's. */
const longestStep = seconds(5);
/** The share of the time with pictures that makes up for time without. */
const madeUp = 0.5;

export function cameraWatch(holdBack: Duration = untilTold): Machine<State, CameraEvent, Finding> {
  return {
    initial: { name: 'well', without: milliseconds(0), at: undefined },
    step(state, event) {
      const { at } = event;
      switch (state.name) {
        case 'well': {
          const calm = passed(state.at ?? at, at) * madeUp;
          const without = milliseconds(Math.max(0, state.without - calm));
          if (event.type === 'lost') return [{ name: 'lost', without, at, since: at, code: event.code }, []];
          return [{ name: 'well', without, at }, []];
        }
        case 'lost': {
          const without = milliseconds(state.without + passed(state.at, at));
          const code = event.type === 'lost' ? event.code : state.code;
          if (event.type === 'connected') return [{ name: 'well', without, at }, []];
          if (without < holdBack) return [{ ...state, without, at, code }, []];
          return [{ name: 'told', since: state.since, code, said: [code] }, [told('began', { ...state, code }, at)]];
        }
        case 'told':
          return stillTold(state, event);
      }
    },
  };
}

const passed = (from: Instant, to: Instant): number => Math.min(Math.max(0, to - from), longestStep);

function stillTold(state: State & { name: 'told' }, event: CameraEvent): readonly [State, readonly Finding[]] {
  const { at } = event;
  const { since, said, backSince } = state;
  switch (event.type) {
    case 'connected':
      return [{ ...state, backSince: backSince ?? at }, []];
    case 'lost': {
      const { code } = event;
      if (said.includes(code)) return [{ name: 'told', since, code, said }, []];
      return [{ name: 'told', since, code, said: [...said, code] }, [told('changed', { since, code }, at)]];
    }
    case 'tick':
      if (backSince === undefined || at - backSince < untilBack) return [state, []];
      return [{ name: 'well', without: milliseconds(0), at }, [told('ended', state, at)]];
  }
}

const told = (phase: Finding['phase'], state: { since: Instant; code: FaultCode }, at: Instant): Finding => ({
  phase,
  kind: 'camera-lost',
  at,
  evidence: {
    code: state.code,
    figures: { lostForSeconds: Math.round((at - state.since) / 1000) },
    models: [],
    attended: false,
  },
});
