/** Pure. Who is signed in, and whether a name that the relay tells is theirs. */
import type { Me } from '@nattfrid/shared/desk/me';

export type Self = Me;

/**
 * Two people may have one name: the id decides wherever the relay tells it.
 * @param who as the relay names them: with an addition where two have the same name @param id of the same person
 */
export const isSelf = (self: Self, who: string | undefined, id?: string): boolean =>
  id !== undefined && self.id !== undefined
    ? id === self.id
    : who !== undefined && (who === self.name || who === self.email);
