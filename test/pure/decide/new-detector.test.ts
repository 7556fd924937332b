/** The example of docs/detectors.md: a detector of one's own, beside the house's, without touching anything else. */

import { decide } from '@nattfrid/agent/decide/decide';
import { type Detector, detectorKind, type Given } from '@nattfrid/agent/decide/detector';
import { detectors } from '@nattfrid/agent/decide/detectors';
import type { Seen } from '@nattfrid/agent/perceive/seen';
import { bedStates } from '@nattfrid/agent/situation/bed-state';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import { minutes } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it } from 'vitest';
import { aPerson, during, poses, roomWithBed } from '../../support/bodies.ts';
import { frameOf } from '../../support/seen.ts';

const room = roomWithBed();
const onTheEdge = aPerson(poses['sitting on a chair'], { at: [0, 4.1, 0] });
const longest = minutes(1);

/** Sits up for long at the edge of the bed; it borrows the terms, the kind and a code of another. */
function sitsUp({ models }: Given<NonNullable<AgreedAlarms['notInBed']>>) {
  const detector: Detector<{ readonly isTold: boolean }> = {
    initial: { isTold: false },
    step(state, event) {
      if (event.type !== 'observed') return [state, []];
      const sits = bedStates(event.situation.beds).find((bed) => bed.name === 'on-edge');
      const long = sits?.since !== undefined && event.at - sits.since >= longest;
      const evidence = { code: 'bed-unknown', figures: {}, models, attended: false } as const;
      if (long === state.isTold) return [state, []];
      const phase = long ? 'began' : 'ended';
      return [{ isTold: long }, [{ phase, kind: 'not-in-bed', at: event.at, evidence }]];
    },
  };
  return detector;
}

it('A2.4 is added by one line in the list', async () => {
  const clock = movedClock();
  const seen = async function* (): AsyncGenerator<Seen> {
    for (const observation of during(0, 70, [onTheEdge])) {
      const frame = frameOf(4, 4, observation.at, () => 90);
      const change = { width: 0, height: 0, changed: new Uint8Array(0), known: new Uint8Array(0) };
      yield { type: 'seen', frame, observation, shapes: [], change, [Symbol.dispose]() {} };
    }
  };
  const lines: string[] = [];
  const stage = decide({
    plan: () => ({ fall: { persistenceSeconds: 15 }, notInBed: { by: '23:00', until: '06:00' } }),
    room: () => room,
    tell: ({ kind, phase, at }) => void lines.push(`${kind} ${phase}@${Math.round(at / 1000)}`),
    clock,
    models: [],
    kinds: [...detectors.filter(({ kind }) => kind !== 'not-in-bed'), detectorKind('not-in-bed', 'notInBed', sitsUp)],
  });
  for await (using judged of stage(seen(), new AbortController().signal)) expect(judged.beds).toHaveLength(1);
  expect(lines).toEqual(['not-in-bed began@62']);
});
