/** Pure. The list that units are sent of what consoles have signed of each other. */
import { countsAt, longestConfirmation } from '@nattfrid/shared/seal/confirmation';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { type ConsoleList, mostListed, type Withdrawal } from '@nattfrid/shared/wire/console-list';
import type { Confirmation } from '@nattfrid/shared/wire/console-proof';
import type { ConsoleRow } from '../store/consoles-table.ts';

/** In letters of JSON, so that the whole message is not too long for the wire. */
const longestList = 60_000;

/** The newest letters, as many as fit; undefined: there are none. What does not fit comes along with its console's own looks. */
export function consoleList(rows: readonly ConsoleRow[], now: Instant): ConsoleList | undefined {
  const confirmed = rows.flatMap(({ state, confirmations }) =>
    state === 'withdrawn' ? [] : confirmations.filter((one) => countsAt(one, now)),
  );
  // A confirmation that it takes back is over by then.
  const withdrawn = rows.flatMap(({ state, withdrawal }) =>
    state === 'withdrawn' && withdrawal && now - parseInstant(withdrawal.at) < longestConfirmation ? [withdrawal] : [],
  );
  // A withdrawal goes nowhere else, so it goes first.
  const withdrawals = fitting(
    newestFirst(withdrawn, (one: Withdrawal) => one.at),
    longestList,
  );
  const left = longestList - JSON.stringify(withdrawals).length;
  const confirmations = fitting(
    newestFirst(confirmed, (one: Confirmation) => one.from),
    left,
  );
  return withdrawals.length + confirmations.length === 0 ? undefined : { confirmations, withdrawals };
}

const newestFirst = <Letter>(letters: readonly Letter[], at: (letter: Letter) => string): readonly Letter[] =>
  [...letters].sort((a, b) => at(b).localeCompare(at(a)));

function fitting<Letter>(letters: readonly Letter[], room: number): readonly Letter[] {
  let used = 0;
  const found: Letter[] = [];
  for (const letter of letters.slice(0, mostListed)) {
    used += JSON.stringify(letter).length + 1;
    if (used > room) break;
    found.push(letter);
  }
  return found;
}
