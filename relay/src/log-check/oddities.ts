/**
 * Pure. What stands out among accesses, and which are drawn by lot: what a check of the log looks at (lag 2001:454, 10 §, third point;
 * HSLF-FS 2016:40 as a model). An oddity is no accusation: a person looks at it, and says what it was.
 */
import type { Oddity } from '@nattfrid/shared/desk/follow-up-view';
import type { ClientAlias, LookId } from '@nattfrid/shared/domain/ids';
import { minutes } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface Access {
  readonly access: string;
  /** In the audit log. */
  readonly line: number;
  readonly who: string;
  /** Of the person: a name may be that of two. */
  readonly operator: string;
  readonly what: string;
  readonly at: Instant;
  readonly client?: ClientAlias;
  readonly look?: LookId;
  readonly seconds?: number;
  /** Of a look: it has a verdict or a visit, or still waits for one. */
  readonly isAnswered?: boolean;
  /** Neither agreed for this time nor for an alarm. */
  readonly isExtra?: boolean;
  readonly isRefusal?: boolean;
  /** For an alarm, without the level that was needed. */
  readonly isUnsure?: boolean;
}

export interface Shift {
  readonly operator: string;
  readonly from: Instant;
  readonly until: Instant;
}

export interface Known {
  readonly shifts: readonly Shift[];
  /** Family names of a client and of those who stand close, in small letters. */
  readonly familyOf: (client: ClientAlias) => readonly string[];
}

/** Somebody comes a little before the shift, and goes a little after it. */
const slack = minutes(20);
const longestUsual = 180;
const manyExtra = 4;
const manyRefusals = 5;

export function odditiesOf(access: Access, all: readonly Access[], known: Known): readonly Oddity[] {
  const found: Oddity[] = [];
  const { client, seconds } = access;
  if (client && known.familyOf(client).includes(familyName(access.who))) found.push('may-be-related');
  if (isOutsideShift(access, known.shifts)) found.push('outside-shift');
  if (access.isAnswered === false) found.push('no-verdict');
  if (seconds !== undefined && seconds > longestUsual) found.push('long-look');
  if (access.what === 'break-glass-used') found.push('break-glass');
  const own = all.filter(({ operator }) => operator === access.operator);
  if (access.isExtra && own.filter((one) => one.isExtra && one.client === client).length >= manyExtra)
    found.push('often-the-same');
  if (access.isRefusal && own.filter(({ isRefusal }) => isRefusal).length >= manyRefusals) found.push('refused-often');
  if (access.isUnsure) found.push('looked-anyway');
  return found;
}

/** The last word of a name; «Anna Ek (anna.ek)» is an Ek. */
export const familyName = (name: string): string =>
  name
    .replace(/\s*\([^)]*\)\s*$/, '')
    .trim()
    .split(/\s+/)
    .at(-1)
    ?.toLocaleLowerCase('sv') ?? '';

/** Of somebody who has shifts at all: where nobody keeps them, nothing is odd about it. */
function isOutsideShift({ operator, at }: Access, shifts: readonly Shift[]): boolean {
  const own = shifts.filter((one) => one.operator === operator);
  return own.length > 0 && !own.some(({ from, until }) => from - slack <= at && at <= until + slack);
}

/** Of a hundred accesses so many are drawn, and at least so many of however few. */
const share = 0.05;
const least = 10;

/**
 * Those drawn by lot. The lot is the hash of the audit log's last line: whoever makes the check cannot choose it, and whoever doubts it
 * can draw again.
 *
 * @param head hexadecimal
 */
export function drawn(accesses: readonly Access[], head: string): readonly Access[] {
  const many = Math.min(accesses.length, Math.max(least, Math.ceil(accesses.length * share)));
  const ranked = accesses.map((access) => ({ access, rank: rankOf(access.access, head) }));
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, many)
    .map(({ access }) => access);
}

/** FNV-1a over both, 32 bits. */
function rankOf(access: string, head: string): number {
  let hash = 0x811c9dc5;
  for (const sign of `${head} ${access}`) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
