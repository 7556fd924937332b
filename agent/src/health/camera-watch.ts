/** Pure. Finding «camera lost», debounced, so that one reconnection is no alarm. */
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Finding } from '../decide/finding.ts';

export type CameraEvent =
  | { readonly type: 'connected'; readonly at: Instant }
  | { readonly type: 'lost'; readonly at: Instant; readonly code: FaultCode }
  | { readonly type: 'tick'; readonly at: Instant };

type State =
  | { readonly name: 'well' }
  | { readonly name: 'lost'; readonly since: Instant; readonly code: FaultCode }
  | { readonly name: 'told'; readonly since: Instant; readonly code: FaultCode };

/** With the camera's own watchdog (5 s without a picture) the relay knows within 10 s. */
export const untilTold = seconds(4);

export function cameraWatch(holdBack: Duration = untilTold): Machine<State, CameraEvent, Finding> {
  return {
    initial: { name: 'well' },
    step(state, event) {
      switch (event.type) {
        case 'connected':
          return [{ name: 'well' }, state.name === 'told' ? [told('ended', state, event.at)] : []];
        case 'lost':
          if (state.name === 'well') return [{ name: 'lost', since: event.at, code: event.code }, []];
          if (state.name === 'lost') return [{ ...state, code: event.code }, []];
          if (state.code === event.code) return [state, []];
          return [{ ...state, code: event.code }, [told('changed', { ...state, code: event.code }, event.at)]];
        case 'tick':
          if (state.name !== 'lost' || event.at - state.since < holdBack) return [state, []];
          return [{ ...state, name: 'told' }, [told('began', state, event.at)]];
      }
    },
  };
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
