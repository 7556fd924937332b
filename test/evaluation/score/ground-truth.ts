/** Pure. Ground truth of a clip from the labels and words of its index, unknown where the index does not say. */
import { type LabelledClip, type Segment, segmentsOf } from './labelled-clip.ts';

/** floor-fall and everyday make the figures; the rest is counted apart. */
export type Group = 'floor-fall' | 'everyday' | 'bed-fall' | 'ambiguous' | 'unlabelled';
export const fallKinds = [
  'from standing',
  'while walking',
  'from sitting',
  'out of bed',
  'slide',
  'kind not told',
] as const;
export type FallKind = (typeof fallKinds)[number];
/** leaves: a person goes out of the picture and stays out; `at`: second of the clip, where the index has it. */
export type Leaving =
  | { readonly name: 'leaves'; readonly at?: number }
  | { readonly name: 'stays' | 'empty' | 'unknown' };
/** Where the person is when the clip ends. on-bed: sits on it, which counts as neither in bed nor up. */
export type Bed = 'in-bed' | 'up' | 'on-bed' | 'empty' | 'unknown';

export function groupOf({ label, fall_surface, ambiguous }: LabelledClip): Group {
  if (label !== 'fall' && label !== 'adl') return 'unlabelled';
  if (label === 'fall' && fall_surface === 'bed') return 'bed-fall';
  if (ambiguous) return 'ambiguous';
  return label === 'fall' ? 'floor-fall' : 'everyday';
}

/** From the segment just before the fall, else from the words for the whole clip. */
export function fallKindOf(clip: LabelledClip): FallKind {
  const words = `${clip.activity ?? ''} ${clip.note ?? ''}`;
  if (/\bslid|\bslip/i.test(words)) return 'slide';
  const from = clip.fall_start_s;
  const before = segmentsOf(clip).filter(
    ({ label, end_s }) => typeof from === 'number' && !/fall/i.test(label) && Math.abs(end_s - from) <= 1,
  );
  for (const text of [before.map(({ label }) => label).join(' '), words])
    for (const [kind, pattern] of kindWords) if (pattern.test(text)) return kind;
  return 'kind not told';
}

const kindWords: readonly (readonly [FallKind, RegExp])[] = [
  ['out of bed', /sleep|\bin (the )?bed|(from|out of|off) (the |a )?bed/i],
  ['from sitting', /\bsit|chair|sofa|couch|stool/i],
  ['while walking', /walk/i],
  ['from standing', /stand/i],
];

export function leavingOf(clip: LabelledClip): Leaving {
  const segments = segmentsOf(clip);
  const last = segments.at(-1);
  if (clip.persons === 0 || (last && segments.every(isEmpty))) return { name: 'empty' };
  if (last && isEmpty(last)) return { name: 'leaves', at: last.start_s };
  if (clip.label === 'fall') return { name: 'stays' };
  if (leaves.test(`${clip.activity ?? ''} ${clip.note ?? ''}`)) return { name: 'leaves' };
  return last ? { name: 'stays' } : { name: 'unknown' };
}

const isEmpty = ({ label }: Segment): boolean => /^(empty|nobody|no person)/i.test(label);
/** Verbs only, as a note may mention a hand out of the picture. */
const leaves = /\b(leaves|leaving|walk(s|ing)? (out|away|off)|go(es|ing)? out|steps? out)\b/i;

export function bedOf(clip: LabelledClip): Bed {
  const leaving = leavingOf(clip).name;
  if (leaving === 'empty') return 'empty';
  // The person was up and is gone; the index does not say whether for long enough for an alarm.
  if (leaving === 'leaves') return 'unknown';
  if (clip.label === 'fall') return ({ floor: 'up', bed: 'in-bed' } as const)[clip.fall_surface ?? ''] ?? 'unknown';
  const segments = segmentsOf(clip);
  const end = segments.at(-1)?.end_s ?? 0;
  const at = segments
    .filter(({ end_s }) => end_s >= end - 1)
    .map(({ label }) => label)
    .join(' ');
  if (/floor/i.test(at)) return 'up';
  const about = `${at} ${clip.activity ?? ''} ${clip.note ?? ''}`;
  if (/\bsit/i.test(at)) return /\bbed\b/i.test(about) ? 'on-bed' : 'unknown';
  if (/\b(lying|lies|sleep)/i.test(at)) return /floor/i.test(about) ? 'unknown' : 'in-bed';
  return /walk|stand/i.test(at) ? 'up' : 'unknown';
}
