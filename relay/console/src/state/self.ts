/** Pure. Who is signed in, and whether a name that the relay tells is theirs. */
import type { Me } from '@nattfrid/shared/desk/routes';

export type Self = Me;

/** The relay names operators by their name, or by their address where two have the same. */
export const isSelf = (self: Self, who: string | undefined): boolean =>
  who !== undefined && (who === self.name || who === self.email);
