/** Pure. How sure it is who has signed in (tillitsnivå), and which actions an organisation may ask a level for. Beside `permissions.ts`. */
import { z } from 'zod';
import type { Action } from './permissions.ts';

/**
 * 1: a password alone. 2: something that one has besides: a code of an authenticator app, a recovery code, a passkey. 3: an e-ID of
 * level 3 (DIGG's «tillitsnivå 3»), or higher, at the organisation's provider.
 */
export const Assurance = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type Assurance = z.infer<typeof Assurance>;

/** What a passkey gives, and a code after the password. */
export const withSecondFactor: Assurance = 2;

/** Of a session in which one has been shown: never less than before. */
export const surer = ({ assurance }: { readonly assurance: Assurance }): Assurance =>
  assurance > withSecondFactor ? assurance : withSecondFactor;

/**
 * For these an organisation says which level is needed; for `look` the one whose home it is. What is not among them never needs more
 * than a password: to see the desk, take an alarm, go to a home with its visit card, stop or pause, and whatever ends something. Nobody
 * lies on a floor because a telephone with an authenticator app is at home.
 */
export const levelled = [
  'look',
  'read-clients',
  'write-clients',
  'draft-plan',
  'send-plan',
  'write-documents',
  'manage-people',
  'import-people',
  'manage-units',
  'manage-teams',
  'read-audit',
  'check-log',
  'read-statistics',
  'manage-connections',
  'manage-organisations',
] as const satisfies readonly Action[];
export type Levelled = (typeof levelled)[number];

export const isLevelled = (action: Action): action is Levelled => (levelled as readonly Action[]).includes(action);

/** By these somebody who cannot get in any more is helped: nobody may ask more for them than they can show themselves. */
export const waysBack: readonly Levelled[] = ['manage-people', 'manage-connections'];

const others = levelled.filter((action) => action !== 'look');
/** Of the actions beside `look`; what is not named needs 1. */
export const Levels = z.partialRecord(z.enum(others as [(typeof others)[number], ...typeof others]), Assurance);
export type Levels = z.infer<typeof Levels>;

/** What an organisation asks for an action. */
export const levelFor = (
  { lookAssurance, levels }: { readonly lookAssurance: Assurance; readonly levels?: Levels | undefined },
  action: Levelled,
): Assurance => (action === 'look' ? lookAssurance : (levels?.[action] ?? 1));

/**
 * Of what a provider says in `acr`: «http://id.elegnamnden.se/loa/1.0/loa3», «.../loa3-nonresident», eIDAS «substantial» and «high».
 * What is not known is a password's.
 */
export function assuranceOf(acr: string | undefined): Assurance {
  const level = /(?:^|\/)loa([1-4])(?:-nonresident)?$/.exec(acr ?? '')?.[1];
  if (level !== undefined) return level === '1' ? 1 : level === '2' ? 2 : 3;
  const eidas = /^http:\/\/eidas\.europa\.eu\/LoA\/(low|substantial|high)$/.exec(acr ?? '')?.[1];
  return eidas === 'substantial' || eidas === 'high' ? 3 : 1;
}
