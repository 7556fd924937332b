/** Pure. Whether one camera of the home is enough: agreed, and nobody but the client lives there, for a unit does not know whom it sees. */
import type { Plan } from '@nattfrid/shared/domain/plan';

export const stopsWhenSeen = ({ stopWhenSeen, consents }: Plan): boolean =>
  stopWhenSeen === true && consents.cohabitants === 'lives-alone';
