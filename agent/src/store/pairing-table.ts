/** The only SQL about what the unit was paired with: one row, which is there or not. */
import { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Base64Url } from '@nattfrid/shared/wire/bytes';
import { z } from 'zod';
import type { Database } from './database.ts';

export const Paired = z
  .object({
    unit: UnitId,
    organisation: z.string(),
    /** The municipality's, base64url. */
    planKey: Base64Url.length(43),
    client: ClientAlias,
    place: z.string(),
    /** Where the relay listens for units. */
    relay: z.string(),
    /** TLS key (PKCS #8) and certificate of this unit, and the authority of the relay's: PEM. */
    key: z.string(),
    certificate: z.string(),
    authority: z.string(),
    /** By the unit's clock, ISO 8601. */
    at: z.string(),
  })
  .readonly();
export type Paired = z.infer<typeof Paired>;

export const pairingTable = (database: Database) => ({
  /** @returns undefined: it has not been paired, or not since it was wiped */
  find(): Paired | undefined {
    const row = database.all('select body from pairing')[0];
    return row && Paired.parse(JSON.parse(String(row['body'])));
  },
  save: (paired: Paired): void =>
    void database.run(
      'insert into pairing (slot, body) values (1, ?) on conflict (slot) do update set body = excluded.body',
      JSON.stringify(paired),
    ),
});
export type PairingTable = ReturnType<typeof pairingTable>;
