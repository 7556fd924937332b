/**
 * By whose word the unit does what outlasts a relay that lies: a console's that the municipality vouches for, somebody's who stands beside
 * it, or a technician's who is setting it up, while nothing of its plan is in force.
 */
import type { SignedCall } from '@nattfrid/shared/seal/call-proof';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { CallProof } from '@nattfrid/shared/wire/console-proof';
import type { ServiceCall, WhyNotServed } from '@nattfrid/shared/wire/service-call';
import type { CallSigned } from '../look/call-signed.ts';

export type Governed = Extract<ServiceCall, { type: 'wipe' | 'choose-camera' }>;
export const isGoverned = (call: ServiceCall): call is Governed =>
  call.type === 'wipe' || call.type === 'choose-camera';

export type Word =
  | {
      readonly type: 'may';
      /** For the log. */
      readonly by: string;
      /** @returns false: it has served meanwhile @throws where that cannot be written down */
      readonly use: () => boolean;
    }
  | { readonly type: 'refused'; readonly why: WhyNotServed };

export interface WordParts {
  /** Whether a console that the municipality vouches for has asked for this. */
  readonly callSigned: (call: SignedCall, proof: CallProof, at: Instant) => Promise<CallSigned>;
  /** Nobody is looked after by it yet: its plan waits until all of it has been tried. */
  readonly isSettingUp: () => boolean;
  /** Its plug was pulled twice. */
  readonly isSomebodyThere: () => boolean;
  readonly clock: Pick<Clock, 'now'>;
}

export const wordFor =
  ({ callSigned, isSettingUp, isSomebodyThere, clock }: WordParts) =>
  async ({ signed, ...call }: Governed): Promise<Word> => {
    const unsigned = (by: string): Word => ({ type: 'may', by, use: () => true });
    if (isSettingUp()) return unsigned('set-up');
    const said = signed && (await callSigned(call, signed, clock.now()));
    if (said?.type === 'signed') return { type: 'may', by: `console ${said.fingerprint}`, use: said.use };
    if (isSomebodyThere()) return unsigned('somebody-there');
    return said ?? { type: 'refused', why: 'not-vouched' };
  };
