/** What is saved, in the order that the relay needs: the client, the decision, the consents, the form. Only what has changed. */
import type { GivenConsent } from '@nattfrid/shared/care/consent-record';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { call } from '../link/api.ts';
import type { ReadDraft } from './read-draft.ts';

/** @param alias of units that are there already, for a new client @param toSign a draft is needed, whatever there is @throws Fault where the person cannot be read */
export async function save(
  view: ClientView | undefined,
  { personal, decision, consents, form }: ReadDraft,
  alias: ClientAlias | undefined,
  toSign: boolean,
): Promise<ClientView> {
  if (!personal) throw new Fault('request-invalid', 'The client has no name or address that can be read.');
  let now = view ?? (await call('addClient', {}, { personal, ...(alias && { alias }) }));
  const { client } = now;
  if (!same(now.personal, personal)) now = await call('changeClient', { client }, personal);
  if (decision && !same(now.decision, decision)) now = await call('decide', { client }, decision);
  for (const consent of consents.filter((one) => !isRecorded(now, one)))
    now = await call('giveConsent', { client }, consent);
  // What was signed before is signed anew as an edition of its own, also where only a consent has changed.
  const isDraft = now.plan?.state === 'drafted' || now.plan?.state === 'complete';
  if (form && (!same(now.plan?.form, form) || (toSign && !isDraft))) now = await call('draftPlan', { client }, form);
  return now;
}

/** A second press after a fault does not write the same consent twice. */
const isRecorded = ({ consents }: ClientView, consent: GivenConsent): boolean =>
  consents.some(({ given, withdrawn }) => !withdrawn && same(given, consent));

/** As data, in whatever order the fields stand. */
export const same = (one: unknown, other: unknown): boolean => ordered(one) === ordered(other);

const ordered = (thing: unknown): string =>
  JSON.stringify(thing, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  ) ?? '';
