/** Pure. Versions of three numbers, such as 0.4.12. */

const three = (text: string): readonly number[] | undefined =>
  /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(text)?.slice(1).map(Number);

/** What is no such version is newer than nothing; every version is newer than what is none. */
export function isNewer(version: string, than: string): boolean {
  const [one, other] = [three(version), three(than)];
  if (!one) return false;
  if (!other) return true;
  const at = one.findIndex((part, index) => part !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}

/** Newest first. */
export const newestFirst = (one: string, other: string): number =>
  isNewer(one, other) ? -1 : isNewer(other, one) ? 1 : 0;
