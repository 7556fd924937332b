/** What was seen and what was found in it; or, where nobody could look, what was found all the same. */
import type { Gap } from '@nattfrid/shared/domain/observation';
import type { Seen } from '../perceive/seen.ts';
import type { BedState } from '../situation/bed-state.ts';
import type { Eyesight } from '../situation/eyesight.ts';
import type { Finding } from './finding.ts';

/** Owns its Seen: disposing it gives the pixels back. */
export interface Judged extends Disposable {
  readonly type: 'judged';
  readonly input: Seen | Gap;
  readonly findings: readonly Finding[];
  /** In the order of the room's beds, and how the eyes are; what they were, where nobody could look. */
  readonly beds: readonly BedState[];
  readonly eyesight: Eyesight;
}
