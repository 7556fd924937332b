/** Pure. What was found and is not over ends where nothing is watched any more; whoever was called closes it all the same. */
import { noLongerAgreed } from '@nattfrid/shared/domain/evidence-code';
import type { Instant } from '@nattfrid/shared/time/instant';
import { detectors } from '../decide/detectors.ts';
import type { Finding } from '../decide/finding.ts';

/** Found by looking, so not while nothing is looked at. */
export const isSeen = (kind: string): kind is Finding['kind'] => detectors.some((one) => one.kind === kind);

/** @param open kinds of what has begun and not ended */
export const endedByHalt = (open: readonly string[], at: Instant): readonly Finding[] =>
  open.filter(isSeen).map((kind) => ({
    phase: 'ended',
    kind,
    at,
    evidence: { code: noLongerAgreed, figures: {}, models: [], attended: false },
  }));
