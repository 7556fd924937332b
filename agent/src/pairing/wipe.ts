/**
 * Everything of a home is erased: overwritten, then taken away. What the label on the box says (name, key, secret, short code) stays, so that
 * it is still right in the next home; at a bench it can be erased as well, and the unit then makes itself a new one.
 */
import { writeFileSync } from 'node:fs';
import { certifyWipe, erasedThings, type WipeCertificate } from '@nattfrid/shared/seal/wipe';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { openDatabase } from '../store/database.ts';
import { finishWipe, isBegun, prepareWipe } from '../store/erase.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { type Identity, unitIdentity } from '../store/identity.ts';
import { databaseFile } from '../store/unit-key.ts';

/** `home`: all but what the label says; `label`: that as well. */
export type WipeWhat = 'home' | 'label';

/** The certificate of a wipe, signed before anything is erased: the unit's last word in this home. */
export const wipeCertificate = (identity: Identity, what: WipeWhat, clock: Clock): Promise<WipeCertificate> =>
  certifyWipe(
    {
      unit: identity.unit,
      at: printInstant(clock.now()),
      what: [...erasedThings, ...(what === 'label' ? ['label'] : [])],
    },
    identity.key,
  );

/**
 * Said by a running agent: from here on it will be erased, whatever happens. It answers with the certificate, and ends then with `wipe`.
 *
 * @param data the unit's folder @param boot this start of the machine
 */
export async function beginWipe(
  data: string,
  identity: Identity,
  clock: Clock,
  boot: string | undefined,
): Promise<WipeCertificate> {
  const certificate = await wipeCertificate(identity, 'home', clock);
  prepareWipe(databaseFile(data), true, boot);
  return certificate;
}

/** At a start, before anything is opened: what a power cut has left half erased. @param forget as for `finishBegun` */
export function finishCutOff(data: string, forget: string | undefined): void {
  if (isBegun(databaseFile(data))) finishBegun(data, forget);
}

/** What a running agent has begun. @param forget the file that asks the computer to destroy the key of its disk as well */
export function finishBegun(data: string, forget?: string): void {
  const file = databaseFile(data);
  {
    using _lock = lockFolder(file);
    finishWipe(file);
  }
  askToForget(forget, 'home');
}

/** Not before all is erased here: what stays is what the computer keeps. */
function askToForget(file: string | undefined, what: WipeWhat): void {
  if (file !== undefined) writeFileSync(file, what === 'home' ? 'label\n' : '\n');
}

/**
 * @param data the unit's folder, over which no agent runs
 * @param forget the file that asks the computer to destroy the key of its disk as well
 * @returns what the relay keeps of it; it lies in the folder as well
 * @throws Fault `data-in-use` while an agent runs over it
 */
export async function wipeUnit(data: string, clock: Clock, what: WipeWhat, forget?: string): Promise<WipeCertificate> {
  const file = databaseFile(data);
  using _lock = lockFolder(file);
  finishWipe(file);
  const identity = await identityIn(file);
  const certificate = await wipeCertificate(identity, what, clock);
  prepareWipe(file, what === 'home');
  finishWipe(file);
  askToForget(forget, what);
  return certificate;
}

async function identityIn(file: string): Promise<Identity> {
  using database = openDatabase(file);
  return await unitIdentity(database);
}
