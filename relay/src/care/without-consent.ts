/** A plan that was signed elsewhere does not go round a consent that was taken back here. Reads only. */
import { lackingConsents } from '@nattfrid/shared/care/consents-of';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Sealer } from '../personal/sealer.ts';
import { clientOfHome } from '../store/clients-table.ts';
import type { Db } from '../store/database.ts';
import { homeHalt } from '../store/home-halts-table.ts';
import { aroundClient } from './around-client.ts';

/** @returns why no plan may be sent to this home now; of a home whose client is not kept here the signed plan alone says it */
export async function withoutConsent(db: Db, sealer: Sealer, alias: ClientAlias): Promise<Fault | undefined> {
  const halt = await homeHalt(db, alias);
  const row = await clientOfHome(db, alias);
  if (halt?.type !== 'stopped' || !row) return undefined;
  if (row.state === 'ended') return new Fault('not-now', `${alias} is no longer a client: no plan is sent there.`);
  const lacking = lackingConsents((await aroundClient(db, sealer, row)).consents);
  if (lacking.length === 0) return undefined;
  return new Fault(
    'not-now',
    `A consent was taken back in ${alias}, and is missing: ${lacking.join(', ')}. Record it first.`,
  );
}
