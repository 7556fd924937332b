/**
 * One node is main at a time. Each tries for it; whoever has it renews it, and opens the relay; whoever hears that another one has it
 * closes the relay at once. A main node that nobody can reach gives it to one that wants it.
 */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { MainNode } from '../store/postgres/main-node.ts';

const renewing = milliseconds(500);
/** For so long after taking over, what the one before has left in the database is ended. */
const clearing = milliseconds(15_000);

export interface Contending extends AsyncDisposable {
  readonly isMain: boolean;
  /** Since when the database has not answered this node, by the steady clock; undefined: it does. */
  readonly withoutDatabaseSince: number | undefined;
  /** A higher term has been heard of: another node is main. */
  heardOf(term: number): void;
}

export function contend(parts: {
  readonly mainNode: MainNode;
  readonly node: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Without a renewal another node may take over after this, by the database's clock. */
  readonly leaseLasts: Duration;
  readonly busIsUp: () => boolean;
  /** Whether another main node is heard of now. */
  readonly hearsMain: () => boolean;
  /** What the database's clock has said, with this node's steady clock as it was asked and as it has answered. */
  readonly heardTime: (said: Instant, asked: Duration, answered: Duration) => void;
  /** Opens the relay on this node. */
  readonly open: (term: number) => Promise<AsyncDisposable>;
}): Contending {
  const { mainNode, node, clock, leaseLasts } = parts;
  const log = parts.log.child('main');
  let mine:
    | { readonly term: number; readonly since: Duration; readonly relay: Promise<AsyncDisposable | undefined> }
    | undefined;
  let highest = 0;
  let withoutSince: number | undefined;
  let overSince: number | undefined;
  let busy: Promise<void> | undefined;
  let closing: Promise<void> = Promise.resolve();
  let isOver = false;

  function giveUp(why: string): Promise<void> {
    const given = mine;
    if (!given) return closing;
    mine = undefined;
    log.warn('This node is main no more', { term: given.term, why });
    // At once: whoever takes over need not wait until all is closed here, and what this one still writes is not saved from then on.
    const letGo = mainNode.letGo(given.term).catch(() => {});
    closing = given.relay
      .then(async (relay) => {
        await relay?.[Symbol.asyncDispose]();
        await letGo;
      })
      .catch((error: unknown) => log.error('The relay could not be closed', { words: asFault(error).message }));
    return closing;
  }

  async function begin(term: number): Promise<void> {
    log.info('This node is main', { term });
    const relay = parts.open(term).catch((error: unknown) => {
      log.error('The relay cannot be opened on this node', { words: asFault(error).message });
      return undefined;
    });
    mine = { term, since: clock.steady(), relay };
    // Renewed meanwhile, however long it takes.
    void relay.then((opened) => {
      if (!opened && mine?.term === term) void giveUp('it could not be opened');
    });
  }

  /** Let go of; or whoever has it says that it lives, and has not been able to tell the database for long: it saves nothing. */
  async function isFree(): Promise<boolean> {
    const holder = await holding();
    if (!holder?.node) return true;
    overSince = holder?.isOver ? (overSince ?? clock.steady()) : undefined;
    return overSince !== undefined && clock.steady() - overSince > leaseLasts;
  }
  const holding = async () => {
    const asked = clock.steady();
    const holder = await mainNode.holder();
    if (holder) parts.heardTime(holder.now, asked, clock.steady());
    return holder;
  };

  async function step(): Promise<void> {
    if (mine) {
      const { term, since } = mine;
      if (highest > term) return void giveUp('another node has a later term');
      const asked = clock.steady();
      const { stands, isWanted, now } = await mainNode.renew(term, leaseLasts, parts.busIsUp());
      if (now !== undefined) parts.heardTime(now, asked, clock.steady());
      if (stands && clock.steady() - since < clearing) await mainNode.clearAfter(term).catch(() => {});
      if (!stands) void giveUp('another node has taken over');
      else if (isWanted && !parts.busIsUp()) void giveUp('the other nodes cannot be reached');
      return;
    }
    await closing;
    if (!parts.busIsUp()) {
      // Where none of them is up, whoever is main goes on; where nobody is, this one is better than none.
      const holder = await holding();
      if (holder && !holder.isOver) return;
    } else if (parts.hearsMain() && !(await isFree())) return;
    const term = await mainNode.take(node, leaseLasts);
    if (term !== undefined) {
      // What is opened goes by the database's clock from its first moment on.
      await holding();
      if (isOver) return mainNode.letGo(term);
      return begin(term);
    }
    if (parts.busIsUp()) await mainNode.want();
  }

  const timer = clock.every(renewing, () => {
    busy ??= step()
      .then(
        () => {
          withoutSince = undefined;
        },
        (error: unknown) => {
          if (withoutSince === undefined)
            log.warn('The database does not answer this node', { words: asFault(error).message });
          withoutSince ??= clock.steady();
          if (!mine) return;
          if (highest > mine.term) return void giveUp('another node has a later term');
          // Whether another has taken over it would not hear either, and whoever is at a screen here would wait for nothing.
          if (!parts.busIsUp() && clock.steady() - withoutSince > leaseLasts)
            void giveUp('neither the database nor the other nodes can be reached');
        },
      )
      .finally(() => {
        busy = undefined;
      });
  });

  return {
    get isMain() {
      return mine !== undefined;
    },
    get withoutDatabaseSince() {
      return withoutSince;
    },
    heardOf(term) {
      if (term > highest) highest = term;
      if (mine && highest > mine.term) void giveUp('another node has a later term');
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      timer[Symbol.dispose]();
      await busy;
      await giveUp('it is stopping');
    },
  };
}
