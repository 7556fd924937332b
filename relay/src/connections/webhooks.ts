/**
 * Tells other systems what has happened: kept in the transaction of what happened, sent after it, in order for each client, tried for
 * 24 hours; what has not got through by then is shown to a person, until that person has seen to it.
 */
import type { WebhookAnswer, WebhookView } from '@nattfrid/shared/desk/connections-view';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { OutwardName } from '@nattfrid/shared/desk/outward';
import { WhyNotSent } from '@nattfrid/shared/desk/why-not-sent';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, minutes, seconds } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Audit, AuditWhat } from '../audit/audit.ts';
import type { Present } from '../operators/operators.ts';
import { deliveryMachine, isDue, type Ladder, type Outcome, retryAfter } from '../outgoing/delivery.ts';
import type { Sealer } from '../outgoing/sealer.ts';
import type { Send, Sent } from '../outgoing/send.ts';
import { openUnderWay } from '../outgoing/under-way.ts';
import type { Store, Tx } from '../store/database.ts';
import { findUnit } from '../store/units-table.ts';
import {
  addLetter,
  addWebhook,
  countLetters,
  deleteWebhook,
  dropLetters,
  findWebhook,
  firstLetters,
  type Letter,
  saveLetter,
  seeToLetters,
  updateWebhook,
  type WebhookRow,
  webhooksOf,
} from '../store/webhooks-table.ts';
import type { Hub } from '../tell/hub.ts';
import { outwardOf } from './outward-of.ts';
import { makeWebhookSecret, signedHeaders } from './sign-webhook.ts';

export interface Webhooks extends AsyncDisposable {
  all(organisation: string): Promise<readonly WebhookView[]>;
  add(who: Present, asked: NewWebhook): Promise<{ readonly webhook: WebhookView; readonly secret: string } | Fault>;
  set(who: Present, webhook: string, asked: Setting): Promise<WebhookView | Fault>;
  newSecret(who: Present, webhook: string): Promise<{ readonly secret: string } | Fault>;
  try(who: Present, webhook: string): Promise<WebhookAnswer | Fault>;
  seeTo(who: Present, webhook: string, again: boolean): Promise<WebhookView | Fault>;
  remove(who: Present, webhook: string): Promise<Fault | undefined>;
  /** Sends what is due. */
  tick(): Promise<void>;
}

interface NewWebhook {
  readonly name: string;
  readonly url: string;
  readonly events: readonly OutwardName[];
}
interface Setting {
  readonly on: boolean;
  readonly events: readonly OutwardName[];
}

const ladder: Ladder = {
  waits: [seconds(5), seconds(30), minutes(2), minutes(5), minutes(15), minutes(30), hours(1)],
  lasts: hours(24),
};
const machine = deliveryMachine(ladder);
const atOnce = 16;
const mostWebhooks = 20;
const shownAnswers = 10;

export function openWebhooks(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly audit: Audit;
  readonly send: Send;
  readonly sealer: Sealer;
  readonly newId: () => string;
  /** Uniform in [0, 1). */
  readonly chance: () => number;
  readonly canSave: () => boolean;
  readonly failed: (error: unknown) => void;
}): Webhooks {
  const { store, clock, hub, audit, send, sealer, newId, chance, canSave, failed } = parts;
  const underWay = openUnderWay(atOnce, failed);
  let ticking: Promise<void> | undefined;

  async function record(tx: Tx, event: LiveEvent): Promise<void> {
    const happened = outwardOf(event);
    const [first] = happened;
    if (!first) return;
    const organisation = (await findUnit(tx.db, first.unit))?.organisation;
    if (organisation === undefined) return;
    const webhooks = (await webhooksOf(tx.db, organisation)).filter(({ state }) => state === 'on');
    let some = false;
    for (const { webhook, events } of webhooks)
      for (const { name, event, client, at, data } of happened) {
        if (!events.includes(name)) continue;
        const body = JSON.stringify({ version: 1, type: name, timestamp: at, data });
        const letter = { id: `msg_${newId()}`, webhook, event, client, name, body, madeAt: clock.now() };
        some = (await addLetter(tx.db, letter)) || some;
      }
    if (some) tx.after(() => void tick().catch(failed));
  }

  /** @returns undefined where its secret was sealed under another key */
  async function post(
    row: WebhookRow,
    letter: Pick<Letter, 'id' | 'body'>,
    signal: AbortSignal,
  ): Promise<Sent | Fault | undefined> {
    const secret = sealer.open(row.secretSealed);
    if (secret === undefined) return undefined;
    const headers = signedHeaders(secret, letter.id, clock.now(), letter.body);
    return send.post({ url: row.url, headers, body: letter.body }, signal);
  }

  async function deliver(letter: Letter, signal: AbortSignal): Promise<void> {
    const row = await findWebhook(store.db, letter.webhook);
    if (row?.state !== 'on') return;
    const answer = await post(row, letter, signal);
    // What waits for a new secret waits as it is; the screen says so.
    if (signal.aborted || answer === undefined) return;
    const at = clock.now();
    const outcome = webhookOutcome(answer, at);
    const { madeAt, attempts, nextAt } = letter;
    const before = { name: 'waiting', madeAt, attempts, nextAt } as const;
    const [next, effects] = machine.step(before, { type: 'tried', at, outcome, chance: chance() });
    const tried = { attempts: letter.attempts + 1, nextAt: next.name === 'waiting' ? next.nextAt : letter.nextAt };
    await store.write(async (tx) => {
      const now = await findWebhook(tx.db, letter.webhook);
      if (!now) return;
      const done = next.name !== 'waiting' && { doneAt: at };
      await saveLetter(tx.db, letter.place, { state: next.name, ...tried, ...done });
      const answers = [answerView(letter.name, answer, at), ...now.answers].slice(0, shownAnswers);
      for (const { what } of effects) {
        if (what === 'delivered')
          await updateWebhook(tx.db, now.webhook, { deliveredAt: at, failingSince: null, answers });
        else await updateWebhook(tx.db, now.webhook, { failingSince: now.failingSince ?? at, answers });
        if (what === 'given-up' || what === 'gone') await givenUp(tx, now, letter, what);
      }
      // The next one of this client need not wait for the next second.
      if (next.name !== 'waiting') tx.after(() => void goOn().catch(failed));
    });
  }

  /** What failed stays in the list for a person; a receiver that is no more is sent nothing any more. */
  async function givenUp(tx: Tx, row: WebhookRow, { id, name }: Letter, what: 'given-up' | 'gone'): Promise<void> {
    await audit.append(tx, 'relay', 'webhook-given-up', row.webhook, {
      name: row.name,
      message: id,
      type: name,
      why: what,
    });
    if (what !== 'gone') return;
    await updateWebhook(tx.db, row.webhook, { state: 'gone' });
    await dropLetters(tx.db, row.webhook, clock.now());
  }

  async function goOn(): Promise<void> {
    // Its own name is free only once it has ended.
    await new Promise((resolve) => setImmediate(resolve));
    await tick();
  }

  async function sendDue(): Promise<void> {
    if (!canSave()) return;
    const now = clock.now();
    for (const letter of await firstLetters(store.db))
      if (isDue(letter, now, ladder))
        underWay.begin(`${letter.webhook} ${letter.client}`, (signal) => deliver(letter, signal));
  }

  async function tick(): Promise<void> {
    // One reading at a time; what is kept meanwhile is found by the next one.
    const before = ticking;
    const run = (before ?? Promise.resolve()).then(sendDue);
    ticking = run.catch(() => {});
    await run;
  }

  async function viewOf(row: WebhookRow): Promise<WebhookView> {
    const counts = (await countLetters(store.db, row.organisation)).get(row.webhook);
    const lost = row.state === 'on' && sealer.open(row.secretSealed) === undefined;
    const { webhook, name, url, events, answers } = row;
    return {
      ...{ webhook, name, url, events, answers },
      since: printInstant(row.since),
      state: lost ? 'secret-lost' : row.state,
      waiting: counts?.waiting ?? 0,
      givenUp: counts?.givenUp ?? 0,
      ...(row.deliveredAt !== undefined && { deliveredAt: printInstant(row.deliveredAt) }),
      ...(row.failingSince !== undefined && { failingSince: printInstant(row.failingSince) }),
    };
  }

  const noWebhook = () => new Fault('not-found', 'There is no such webhook.');
  async function ownOf(who: Present, webhook: string): Promise<WebhookRow | undefined> {
    const row = await findWebhook(store.db, webhook);
    return row?.organisation === who.organisation ? row : undefined;
  }
  async function change(
    who: Present,
    webhook: string,
    what: AuditWhat,
    details: Readonly<Record<string, string>>,
    deed: (tx: Tx, row: WebhookRow) => Promise<void>,
  ): Promise<WebhookRow | Fault> {
    const row = await ownOf(who, webhook);
    if (!row) return noWebhook();
    await store.write(async (tx) => {
      await audit.append(tx, who.name, what, webhook, { name: row.name, ...details, operator: who.id });
      await deed(tx, row);
    });
    return (await findWebhook(store.db, webhook)) ?? row;
  }
  const shown = async (row: WebhookRow | Fault) => (row instanceof Fault ? row : viewOf(row));

  hub.recordBy(record);
  return {
    all: async (organisation) => Promise.all((await webhooksOf(store.db, organisation)).map(viewOf)),
    async add(who, { name, url, events }) {
      const wrong = send.wrong(url);
      if (wrong) return wrong;
      const { organisation } = who;
      if ((await webhooksOf(store.db, organisation)).length >= mostWebhooks)
        return new Fault('not-now', `There are ${mostWebhooks} webhooks already. Take one of them away first.`);
      const secret = makeWebhookSecret();
      const none = { deliveredAt: undefined, failingSince: undefined, answers: [] };
      const own = {
        webhook: newId(),
        organisation,
        since: clock.now(),
        state: 'on',
        secretSealed: sealer.seal(secret),
      } as const;
      const row: WebhookRow = { ...own, ...none, name, url, events };
      await store.write(async (tx) => {
        const details = { name, host: new URL(url).host, events: events.join(' '), operator: who.id };
        await audit.append(tx, who.name, 'webhook-added', row.webhook, details);
        await addWebhook(tx.db, row);
      });
      return { webhook: await viewOf(row), secret };
    },
    set: async (who, webhook, { on, events }) =>
      shown(
        await change(who, webhook, 'webhook-changed', { on: String(on), events: events.join(' ') }, (tx) =>
          updateWebhook(tx.db, webhook, { state: on ? 'on' : 'off', events }),
        ),
      ),
    async newSecret(who, webhook) {
      const secret = makeWebhookSecret();
      const changed = await change(who, webhook, 'webhook-secret-made', {}, (tx) =>
        updateWebhook(tx.db, webhook, { secretSealed: sealer.seal(secret) }),
      );
      return changed instanceof Fault ? changed : { secret };
    },
    async try(who, webhook) {
      const row = await ownOf(who, webhook);
      if (!row) return noWebhook();
      await audit.write(who.name, 'webhook-tried', webhook, { name: row.name, operator: who.id });
      const timestamp = printInstant(clock.now());
      const body = JSON.stringify({ version: 1, type: 'test', timestamp, data: { words: 'A test of Nattfrid.' } });
      const answer = await post(row, { id: `msg_${newId()}`, body }, new AbortController().signal);
      if (answer === undefined) return new Fault('not-now', 'Its secret cannot be opened any more. Make a new one.');
      const view = answerView('test', answer, clock.now());
      await store.write(async ({ db }) => {
        const now = await findWebhook(db, webhook);
        if (now) await updateWebhook(db, webhook, { answers: [view, ...now.answers].slice(0, shownAnswers) });
      });
      return view;
    },
    async seeTo(who, webhook, again) {
      const changed = await change(who, webhook, 'webhook-seen-to', { again: String(again) }, async (tx) => {
        await seeToLetters(tx.db, webhook, again, clock.now());
      });
      if (!(changed instanceof Fault)) await tick();
      return shown(changed);
    },
    async remove(who, webhook) {
      const gone = await change(who, webhook, 'webhook-removed', {}, (tx) => deleteWebhook(tx.db, webhook));
      return gone instanceof Fault ? gone : undefined;
    },
    tick,
    [Symbol.asyncDispose]: () => underWay[Symbol.asyncDispose](),
  };
}

/** Anything but a 2xx is tried again (Standard Webhooks); 410 says that nobody is there any more. */
function webhookOutcome(answer: Sent | Fault, now: Parameters<typeof retryAfter>[1]): Outcome {
  if (answer instanceof Fault) return { type: 'failed' };
  if (answer.status >= 200 && answer.status < 300) return { type: 'taken' };
  if (answer.status === 410) return { type: 'gone' };
  return { type: 'failed', notBefore: retryAfter(answer.retryAfter, now) };
}

const answerView = (type: string, answer: Sent | Fault, at: Parameters<typeof printInstant>[0]): WebhookAnswer => ({
  at: printInstant(at),
  type,
  ...(answer instanceof Fault ? notSent(answer) : { status: answer.status }),
});

function notSent({ message, fields: { why } }: Fault): Pick<WebhookAnswer, 'words' | 'why'> {
  const known = WhyNotSent.safeParse(why).data;
  return { words: message.slice(0, 200), ...(known && { why: known }) };
}
