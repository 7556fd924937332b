/** Pure. What the unit itself writes down of each asking, before anything opens: who, why, how, until when, or why not. */
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import type { LookEnd, Reason, Refusal } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';

export type AccessLine = { readonly at: Instant; readonly look: LookId; readonly operator: OperatorAlias } & (
  | { readonly what: 'opened'; readonly reason: Reason; readonly mode: Mode; readonly until: Instant }
  | { readonly what: 'refused'; readonly reason: Reason; readonly why: Refusal }
  | { readonly what: 'joined'; readonly opener: OperatorAlias }
  | { readonly what: 'join-refused'; readonly why: Refusal }
  | { readonly what: 'left' }
  | { readonly what: 'mode-changed'; readonly mode: Mode }
  | { readonly what: 'mode-refused'; readonly mode: Mode; readonly why: Refusal }
  | { readonly what: 'ended'; readonly why: LookEnd }
  /** From now on this operator is known by this console; fingerprint of its key. */
  | { readonly what: 'console-known'; readonly console: string }
  /** So is this one, because another console has signed for it. */
  | { readonly what: 'console-confirmed'; readonly console: string; readonly signer: string }
);
