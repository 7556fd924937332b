/** Pure. What this window knows of who is signed in. */
import type { Me } from '@nattfrid/shared/desk/me';

/** What is asked of a QueryClient here. */
interface Queries {
  cancelQueries(which: { readonly queryKey: typeof meKey }): Promise<void>;
  setQueryData(key: typeof meKey, who: (before: Me | null | undefined) => Me | null | undefined): unknown;
}

/** Who is signed in: null for nobody. */
export const meKey = ['me'] as const;

/** What is known now of who is signed in: an answer that is on its way says what was, and must not bring back who has gone. */
export function nowIs(queries: Queries, who: (before: Me | null | undefined) => Me | null | undefined): void {
  void queries.cancelQueries({ queryKey: meKey });
  queries.setQueryData(meKey, who);
}

/** Ends the session in this browser: the sign-in page comes up. */
export const forgetMe = (queries: Queries): void => nowIs(queries, () => null);
