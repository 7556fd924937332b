/**
 * What one console says of another, as far as this unit trusts the one that says it: vouched for by the municipality, or known here
 * itself. The relay only carries these words; it can keep them back, and cannot make one.
 */
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import { countsAt, isConfirmation, isWithdrawal } from '@nattfrid/shared/seal/confirmation';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { vouchesFor } from '@nattfrid/shared/seal/voucher';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { ConsoleList, Withdrawal } from '@nattfrid/shared/wire/console-list';
import type { Confirmation, ConsoleProof } from '@nattfrid/shared/wire/console-proof';
import type { AccessTable } from '../store/access-table.ts';
import type { ConfirmedBy, ConsolesTable, KnownConsole } from '../store/consoles-table.ts';

/** Whose console it was, and its key. */
export type Withdrawn = Pick<Withdrawal, 'operator' | 'console'>;

export interface TrustedConsoles {
  /** The best word for the console that asks: the one it brings along, or one that a list has brought; undefined: nobody's that counts. */
  wordFor(
    operator: OperatorAlias,
    proof: Pick<ConsoleProof, 'key' | 'confirmation'>,
    at: Instant,
  ): Promise<ConfirmedBy | undefined>;
  /**
   * Keeps the confirmations that are signed as they should be, and follows the withdrawals of those it trusts, behind a line in the log.
   * @returns which consoles were withdrawn by this list @throws where it cannot be written down
   */
  consider(list: ConsoleList, at: Instant): Promise<readonly Withdrawn[]>;
}

interface Signer {
  /** For the log. */
  readonly words: string;
  readonly vouched: boolean;
}

/** Clocks differ: a withdrawal of a later time than this would stand in the way of every later confirmation. */
const clocksDiffer: Duration = minutes(15);

/** @param municipality its public key now */
export function trustConsoles({
  municipality,
  consoles,
  access,
}: {
  readonly municipality: { readonly current: Uint8Array<ArrayBuffer> };
  readonly consoles: ConsolesTable;
  readonly access: Pick<AccessTable, 'write'>;
}): TrustedConsoles {
  const rowOf = (operator: OperatorAlias, key: string) => consoles.of(operator).find((one) => one.key === key);
  const isOver = ({ operator, console, from }: Confirmation): boolean =>
    (rowOf(operator, console)?.withdrawnAt ?? Number.NEGATIVE_INFINITY) >= parseInstant(from);

  /** @param passed the keys that this word goes through already: nobody vouches for whoever vouches for them */
  async function signerOf(
    { by, voucher }: Pick<Confirmation, 'by' | 'voucher'>,
    at: Instant,
    passed: readonly string[],
  ): Promise<Signer | undefined> {
    if (passed.includes(by)) return undefined;
    const rows = consoles.withKey(by);
    const live = rows.find((one) => isLive(one, at));
    if (!live && rows.some(({ withdrawnAt }) => withdrawnAt !== undefined)) return undefined;
    const vouched = await vouchesFor(voucher, by, municipality.current, at);
    const name = live?.operator ?? (vouched ? 'vouched-console' : undefined);
    if (name) return { words: `${name} ${await fingerprint(fromBase64Url(by))}`, vouched };
    // A colleague whose own new console was confirmed, and has not been used here yet.
    for (const one of consoles.confirmations()) {
      if (one.console !== by || !countsAt(one, at) || isOver(one)) continue;
      if (!(await signerOf(one, at, [...passed, by]))) continue;
      return { words: `${one.operator} ${await fingerprint(fromBase64Url(by))}`, vouched: false };
    }
    return undefined;
  }

  async function follow(said: Withdrawal, at: Instant): Promise<boolean> {
    const { operator, console, by } = said;
    const since = parseInstant(said.at);
    const known = rowOf(operator, console);
    if (since > after(at, clocksDiffer) || (known?.withdrawnAt ?? Number.NEGATIVE_INFINITY) >= since) return false;
    if (known?.how === 'confirmed' && known.since > since) return false;
    if (!(await isWithdrawal(said))) return false;
    const signer = await signerOf(said, at, by === console ? [] : [console]);
    if (!signer) return false;
    const figures = await fingerprint(fromBase64Url(console));
    access.write({ at, what: `console-withdrawn ${figures} by ${signer.words}`, subject: 'consoles', who: operator });
    consoles.withdraw(operator, console, since, signer.words, signer.vouched);
    return true;
  }

  return {
    async wordFor(operator, { key, confirmation }, at) {
      let best: ConfirmedBy | undefined;
      const brought = confirmation && (await isConfirmation(confirmation)) ? [confirmation] : [];
      for (const one of [...brought, ...consoles.confirmations()]) {
        if (one.operator !== operator || one.console !== key || !countsAt(one, at) || isOver(one)) continue;
        const signer = await signerOf(one, at, [key]);
        if (!signer || (best && !signer.vouched)) continue;
        const { words, vouched } = signer;
        best = { signer: words, vouched, from: parseInstant(one.from), until: parseInstant(one.until) };
        if (vouched) return best;
      }
      return best;
    },
    async consider({ confirmations, withdrawals }, at) {
      const signed: Confirmation[] = [];
      for (const one of confirmations) if (countsAt(one, at) && (await isConfirmation(one))) signed.push(one);
      consoles.keepConfirmations(signed);
      const followed: Withdrawn[] = [];
      for (const one of withdrawals) if (await follow(one, at)) followed.push(one);
      return followed;
    },
  };
}

/** Whether its operator is let in by it, and its word counts. */
export const isLive = ({ how, until, withdrawnAt }: KnownConsole, at: Instant): boolean =>
  withdrawnAt === undefined && (how === 'first-sight' || (how === 'confirmed' && until !== undefined && at < until));
