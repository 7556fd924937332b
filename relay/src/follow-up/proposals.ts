/** Pure. What the same reason for false alarms again and again speaks for. Nothing is changed by itself: a plan is agreed and signed. */
import type { FalseReason, Proposal } from '@nattfrid/shared/desk/follow-up-view';
import type { AlarmKind } from '@nattfrid/shared/domain/alarm';

export interface Labelled {
  readonly kind: AlarmKind;
  readonly reason: FalseReason;
}

/** So many of one kind and reason: fewer are chance. */
const enough = 3;

const speaksFor: Partial<Record<AlarmKind, Partial<Record<FalseReason, Proposal>>>> = {
  fall: {
    'sat-on-floor': 'longer-on-floor',
    'lay-where-usual': 'agree-place-for-lying',
    'was-in-bed': 'confirm-room-anew',
    camera: 'look-at-camera',
  },
  'left-room': {
    'was-in-bathroom': 'longer-in-bathroom',
    'was-in-bed': 'confirm-room-anew',
    'staff-or-visitor': 'longer-out-of-room',
    other: 'longer-out-of-room',
    camera: 'look-at-camera',
  },
  'not-in-bed': {
    'goes-to-bed-later': 'later-bed-time',
    'was-in-bed': 'confirm-room-anew',
    camera: 'look-at-camera',
  },
  blind: { camera: 'look-at-camera', other: 'look-at-camera' },
};

export function proposals(labelled: readonly Labelled[]): readonly Proposal[] {
  const counted = new Map<Proposal, number>();
  for (const { kind, reason } of labelled) {
    const proposal = speaksFor[kind]?.[reason];
    if (proposal) counted.set(proposal, (counted.get(proposal) ?? 0) + 1);
  }
  return [...counted]
    .filter(([, many]) => many >= enough)
    .toSorted(([, one], [, other]) => other - one)
    .map(([proposal]) => proposal);
}
