/** What the console is shown of a receiver: its settings, how it answers, and what it will not take. */
import type { ReceiverView } from '@nattfrid/shared/desk/receiver-view';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Db } from '../store/database.ts';
import { countOpen, refusedIn } from '../store/scaip-outbox-table.ts';
import type { Receiver } from '../store/scaip-receivers-table.ts';

const shownRefused = 10;

export async function receiverView(db: Db, row: Receiver): Promise<ReceiverView> {
  const { receiver, settings, password, answeredAt, failing } = row;
  const refused = await refusedIn(db, receiver, shownRefused);
  return {
    receiver,
    settings,
    hasPassword: password !== undefined,
    ...(answeredAt !== undefined && { answeredAt: printInstant(answeredAt) }),
    ...(failing && { failing: { since: printInstant(failing.since), why: failing.why } }),
    waiting: await countOpen(db, receiver),
    refused: refused.map(({ ref, event, madeAt, status, words }) => ({
      ref,
      event,
      at: printInstant(madeAt),
      status,
      words,
    })),
  };
}
