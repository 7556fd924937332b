/** Pure. What the recorded consents come to: which are there on a day, and how they stand in a plan that is signed. */
import type { Consents } from '../domain/plan.ts';
import type { ConsentRecord, ConsentWhat } from './consent-record.ts';

/** Those that count now: given, and not taken back. */
const valid = (records: readonly ConsentRecord[], what: ConsentWhat): readonly ConsentRecord[] =>
  records.filter(({ given, withdrawn }) => given.what === what && !withdrawn);

/** A cohabitant who has taken it back, and has not given it anew, stands in the way. */
function refusingCohabitants(records: readonly ConsentRecord[]): readonly string[] {
  const given = new Set(valid(records, 'cohabitant').map(({ given }) => given.cohabitant));
  const all = records.filter(({ given }) => given.what === 'cohabitant').map(({ given }) => given.cohabitant ?? '');
  return [...new Set(all.filter((one) => !given.has(one)))];
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
