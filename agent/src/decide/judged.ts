/** What was seen, or a gap in which nobody could look, and what was found in it. */
import type { Gap } from '@nattfrid/shared/domain/observation';
import type { Seen } from '../perceive/seen.ts';
import type { BedState } from '../situation/bed.ts';
import type { Eyesight } from '../situation/eyesight.ts';
import type { Finding } from './finding.ts';

/** Owns its Seen: disposing it gives the pixels back. */
export interface Judged extends Disposable {
  readonly type: 'judged';
  readonly input: Seen | Gap;
  readonly findings: readonly Finding[];
  /** In the order of the room's beds. Where nobody could look, beds and eyesight are what they were before. */
  readonly beds: readonly BedState[];
  readonly eyesight: Eyesight;
}
