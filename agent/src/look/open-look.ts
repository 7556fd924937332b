/** Pure. A look that the unit has allowed: for whom, how, until when. */
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import type { Reason } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface OpenLook {
  readonly look: LookId;
  readonly operator: OperatorAlias;
  /** X25519, 32 bytes: the operator's console's public key. */
  readonly operatorKey: Uint8Array<ArrayBuffer>;
  /** Ed25519, base64url: of the console that signed for it, where one did. */
  readonly console?: string | undefined;
  readonly reason: Reason;
  readonly mode: Mode;
  readonly until: Instant;
}
