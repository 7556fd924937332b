/** Pure. Who asks for a look, as far as the unit can tell by itself: whoever carries the call cannot make an operator's console up. */
import type { Refusal } from '@nattfrid/shared/domain/look';
import type { Plan } from '@nattfrid/shared/domain/plan';
import type { ConfirmedBy } from '../store/consoles-table.ts';

export type Asker =
  /** The municipality has signed for this console. */
  | { readonly by: 'voucher' }
  /** The console by which this operator was seen first. */
  | { readonly by: 'pin' }
  /** Another console that this unit trusts has signed that this one is the operator's. */
  | {
      readonly by: 'confirmed';
      /** The municipality had signed for the one that says so. */
      readonly vouched: boolean;
      /** Not written down yet: the log first, then it is known. */
      readonly fresh?: { readonly key: string; readonly fingerprint: string; readonly confirmed: ConfirmedBy };
    }
  /** Signs, and this operator has never come with a key before. */
  | { readonly by: 'first-sight'; readonly key: string; readonly fingerprint: string }
  /** Does not sign, and this operator has never come with a key. */
  | { readonly by: 'nothing' }
  | { readonly by: 'refused'; readonly why: Refusal };

/** @returns why not, or undefined where the plan's word on consoles lets this asker in */
export function unwelcome(asker: Asker, consoles: Plan['consoles']): Refusal | undefined {
  switch (asker.by) {
    case 'refused':
      return asker.why;
    case 'voucher':
      return undefined;
    case 'confirmed':
      return consoles === 'vouched' && !asker.vouched ? 'console-unknown' : undefined;
    case 'pin':
    case 'first-sight':
      return consoles === 'vouched' ? 'console-unknown' : undefined;
    case 'nothing':
      return consoles === undefined ? undefined : 'console-unknown';
  }
}
