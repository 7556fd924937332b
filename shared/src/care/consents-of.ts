/** Pure. What the recorded consents come to: which are there on a day, and how they stand in a plan that is signed. */
import type { Consents } from '../domain/plan.ts';
import type { ConsentRecord, ConsentWhat } from './consent-record.ts';

/** Those that count now: given, and not taken back. */
const valid = (records: readonly ConsentRecord[], what: ConsentWhat): readonly ConsentRecord[] =>
  records.filter(({ given, withdrawn }) => given.what === what && !withdrawn);

/**
 * A cohabitant who has taken it back, and has not given it anew, stands in the way: until it is declared, after that, that nobody else
 * lives there any more.
 */
function refusingCohabitants(records: readonly ConsentRecord[]): readonly string[] {
  const given = new Set(valid(records, 'cohabitant').map(({ given }) => given.cohabitant));
  const alone = valid(records, 'lives-alone')
    .map(({ recordedAt }) => Date.parse(recordedAt))
    .reduce((last, one) => Math.max(last, one), Number.NEGATIVE_INFINITY);
  const refused = records.filter(
    ({ given: { what }, withdrawn }) => what === 'cohabitant' && withdrawn && Date.parse(withdrawn.at) > alone,
  );
  return [...new Set(refused.map(({ given: { cohabitant } }) => cohabitant ?? '').filter((one) => !given.has(one)))];
}

/** Which of the three are missing. Lag (2001:454) 9 §. */
export function lackingConsents(
  records: readonly ConsentRecord[],
): readonly ('technology' | 'supervision' | 'cohabitant')[] {
  const household =
    refusingCohabitants(records).length === 0 &&
    (valid(records, 'cohabitant').length > 0 || valid(records, 'lives-alone').length > 0);
  return [
    ...(valid(records, 'technology').length > 0 ? [] : (['technology'] as const)),
    ...(valid(records, 'supervision').length > 0 ? [] : (['supervision'] as const)),
    ...(household ? [] : (['cohabitant'] as const)),
  ];
}

const latest = (records: readonly ConsentRecord[]): string | undefined =>
  records
    .map(({ given }) => given.on)
    .toSorted()
    .at(-1);

/** As they stand in the plan that a unit obeys. @returns undefined where one is missing: there is no such plan */
export function consentsInPlan(records: readonly ConsentRecord[]): Consents | undefined {
  if (lackingConsents(records).length > 0) return undefined;
  const technology = latest(valid(records, 'technology'));
  const supervision = latest(valid(records, 'supervision'));
  const cohabitants = latest(valid(records, 'cohabitant'));
  if (technology === undefined || supervision === undefined) return undefined;
  return { technology, supervision, cohabitants: cohabitants ?? 'lives-alone' };
}
