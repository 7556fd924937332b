/** Whether a letter is the label of a unit that this bench waits for: opened, checked by the unit's own signature, and never taken twice. */
import { unitName } from '@nattfrid/agent/store/identity';
import { Fault } from '@nattfrid/shared/fault/fault';
import { openLabel } from '@nattfrid/shared/seal/bench-label';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { doorHashOf, doorKeyOf } from '@nattfrid/shared/seal/label';
import { BenchLetter, type HandedLabel } from '@nattfrid/shared/wire/bench';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { BenchFolder, KeptLabel } from './bench-folder.ts';

export type Taken =
  /** `again`: its receipt was lost on the way. */
  | { readonly type: 'new' | 'again'; readonly label: KeptLabel; readonly receipt: string }
  | { readonly type: 'refused'; readonly status: number; readonly words: string };

export interface Expected {
  /** Where all labels are to lead. */
  readonly relay: string | undefined;
  /** How many labels the bench waits for. */
  readonly count: number | undefined;
}

/** @param from the address that it came from. @returns once a new label is on the disk */
export async function takeLetter(text: string, from: string, folder: BenchFolder, expected: Expected): Promise<Taken> {
  const letter = readLetter(text);
  if (!letter) return refused(400, 'what came is no letter of a unit.');
  const opened = await openLabel(letter, folder.key);
  if (opened instanceof Fault) return refused(opened.code === 'message-invalid' ? 400 : 403, opened.message);
  const { label } = opened;
  const { unit, publicKey } = label;
  if (unitName(fromBase64Url(publicKey)) !== unit)
    return refused(403, `something calls itself ${unit}, which is not the name of its key.`);
  if (expected.relay !== undefined && expected.relay !== label.relay)
    return refused(409, `${unit} leads to ${label.relay}, and not to ${expected.relay}: write its card anew.`);
  const known = folder.labels.find((one) => one.unit === unit);
  if (known && known.from !== from)
    return refused(
      409,
      `${unit} came twice, from ${known.from} and from ${from}: a card was copied from another unit's. Write both anew.`,
    );
  if (known && !isSame(known, label)) return refused(409, `${unit} came twice, with two labels: write its card anew.`);
  if (known) return { type: 'again', label: known, receipt: await opened.receipt() };
  if (folder.stock.some((one) => one.unit === unit))
    return refused(409, `${unit} was here before, and its label is forgotten: write its card anew.`);
  if (expected.count !== undefined && folder.labels.length >= expected.count)
    return refused(409, `all ${expected.count} labels are there, and ${unit} was not waited for.`);
  const { signature: _, ...said } = label;
  const kept: KeptLabel = {
    ...said,
    doorHash: await doorHashOf(await doorKeyOf(label)),
    fingerprint: await fingerprint(fromBase64Url(publicKey)),
    from,
  };
  folder.add(kept);
  return { type: 'new', label: kept, receipt: await opened.receipt() };
}

const refused = (status: number, words: string): Taken => ({ type: 'refused', status, words });

const isSame = (one: KeptLabel, other: HandedLabel): boolean =>
  one.secret === other.secret && one.code === other.code && one.publicKey === other.publicKey;

function readLetter(text: string): BenchLetter | undefined {
  try {
    return BenchLetter.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
