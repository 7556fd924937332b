/** Whether a wish comes from whoever looks: a console that has signed for its look signs for its wishes too. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { wishSaidSo } from '@nattfrid/shared/seal/wish-proof';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { LookWish } from '@nattfrid/shared/wire/look-call';
import { longestUnderWay } from './ask-who.ts';
import type { OpenLook } from './open-look.ts';

/** Of a look that is not open, or that nobody has signed for, it can say nothing against it. */
export async function wishStands(
  unit: UnitId,
  open: OpenLook | undefined,
  { look, mode, console: proof }: LookWish,
  at: Instant,
): Promise<boolean> {
  if (open?.look !== look || open.console === undefined) return true;
  if (!proof || Math.abs(at - parseInstant(proof.at)) > longestUnderWay) return false;
  return wishSaidSo({ unit, look, operatorKey: toBase64Url(open.operatorKey), mode }, proof, open.console);
}
