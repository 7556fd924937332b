/** Pure. Who is signed in here, and whether something that the relay says of somebody is said of them. */
import type { Me } from '@nattfrid/shared/desk/routes';

export type Self = Me;

/** The relay writes people by their name; by their address where two could be meant. */
export const isSelf = (self: Self, who: string | undefined): boolean =>
  who !== undefined && (who === self.name || who === self.email);
