/** Whether a wish comes from whoever looks: a console that has signed for its look signs for its wishes too. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { wishSaidSo } from '@nattfrid/shared/seal/wish-proof';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { LookWish } from '@nattfrid/shared/wire/look-call';
import { longestUnderWay } from './ask-who.ts';
import type { OpenLook } from './open-look.ts';

/** `unsigned`: nobody could sign for it, as in a look that was not signed for; or it is about no look that is open. */
export type WishSigned = 'right' | 'wrong' | 'unsigned';

export async function wishSigned(
  unit: UnitId,
  open: OpenLook | undefined,
  { look, mode, console: proof }: LookWish,
  at: Instant,
): Promise<WishSigned> {
  if (open?.look !== look || open.console === undefined) return 'unsigned';
  if (!proof || Math.abs(at - parseInstant(proof.at)) > longestUnderWay) return 'wrong';
  const wished = { unit, look, operatorKey: toBase64Url(open.operatorKey), mode };
  return (await wishSaidSo(wished, proof, open.console)) ? 'right' : 'wrong';
}
