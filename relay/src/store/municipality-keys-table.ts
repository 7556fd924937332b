/** The only SQL about the municipality's keys: each that it has had, and what it has signed for others. Public halves only. */
import { KeyLetter } from '@nattfrid/shared/desk/key-routes';
import type { Instant } from '@nattfrid/shared/time/instant';
import { SuccessorLetter } from '@nattfrid/shared/wire/signer-letter';
import type { Db } from './database.ts';

export interface MunicipalityKeyRow {
  readonly organisation: string;
  /** Counts up: the highest is the one that counts. */
  readonly number: number;
  /** Ed25519, base64url. */
  readonly key: string;
  readonly setAt: Instant;
  readonly who: string;
  /** What the key before it says of it. */
  readonly successor?: SuccessorLetter;
}

export async function allMunicipalityKeys(db: Db): Promise<readonly MunicipalityKeyRow[]> {
  const rows = await db.selectFrom('municipality_keys').selectAll().orderBy('number').execute();
  return rows.map(({ organisation, number, key, set_at, who, successor }) => ({
    organisation,
    number,
    key,
    setAt: set_at as Instant,
    who,
    ...(successor !== null && { successor: SuccessorLetter.parse(JSON.parse(successor)) }),
  }));
}

export async function insertMunicipalityKey(db: Db, row: MunicipalityKeyRow): Promise<void> {
  const { organisation, number, key, setAt, who, successor } = row;
  await db
    .insertInto('municipality_keys')
    .values({ organisation, number, key, set_at: setAt, who, successor: successor ? JSON.stringify(successor) : null })
    .execute();
}

export async function keyLetters(db: Db, organisation: string): Promise<readonly KeyLetter[]> {
  const rows = await db
    .selectFrom('key_letters')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('kept_at')
    .execute();
  return rows.map(({ body }) => KeyLetter.parse(JSON.parse(body)));
}

/** The newest for a key takes the place of the one before. */
export async function saveKeyLetter(db: Db, organisation: string, letter: KeyLetter, at: Instant): Promise<void> {
  const { key, kind } = letter;
  const row = { organisation, key, kind, body: JSON.stringify(letter), kept_at: at };
  await db
    .insertInto('key_letters')
    .values(row)
    .onConflict((clash) =>
      clash.columns(['organisation', 'key', 'kind']).doUpdateSet({ body: row.body, kept_at: row.kept_at }),
    )
    .execute();
}
