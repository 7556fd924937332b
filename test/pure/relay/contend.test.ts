/** Which node is main, and when it lets go, with a row that says what PostgreSQL would say. */
import { contend } from '@nattfrid/relay/nodes/contend';
import type { MainNode } from '@nattfrid/relay/store/postgres/main-node';
import { silent } from '@nattfrid/shared/log/logger';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';

const lasts = seconds(2);

/** One row, as all nodes see it that reach the database. */
function openRow(clock: ReturnType<typeof movedClock>) {
  const row = { node: undefined as string | undefined, term: 0, until: 0 };
  let answers = true;
  const asked = async <Out>(say: () => Out): Promise<Out> => {
    if (!answers) throw new Error('PostgreSQL does not answer');
    return say();
  };
  const mainNode: MainNode = {
    take: (node, length) =>
      asked(() => {
        if (row.until > clock.steady()) return undefined;
        Object.assign(row, { node, term: row.term + 1, until: clock.steady() + length });
        return row.term;
      }),
    renew: (term, length) =>
      asked(() => {
        if (row.term !== term) return { stands: false, isWanted: false };
        row.until = clock.steady() + length;
        return { stands: true, isWanted: false, now: clock.now() };
      }),
    want: () => asked(() => {}),
    holder: () =>
      asked(() => ({ node: row.node, busIsUp: true, isOver: row.until <= clock.steady(), now: clock.now() })),
    clearAfter: () => asked(() => {}),
    letGo: (term) => asked(() => void (row.term === term && Object.assign(row, { node: undefined, until: 0 }))),
    guard: () => async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
  return { row, mainNode, loseDatabase: () => void (answers = false) };
}

function openNode(
  name: string,
  clock: ReturnType<typeof movedClock>,
  mainNode: MainNode,
  more: { hears?: () => boolean } = {},
) {
  const state = { busIsUp: true, isOpen: false, closing: Promise.withResolvers<void>() };
  const contending = contend({
    ...{ mainNode, node: name, clock, log: silent, leaseLasts: lasts },
    busIsUp: () => state.busIsUp,
    hearsMain: more.hears ?? (() => false),
    heardTime: () => {},
    async open() {
      state.isOpen = true;
      return {
        async [Symbol.asyncDispose]() {
          await state.closing.promise;
          state.isOpen = false;
        },
      };
    },
  });
  return { state, contending };
}

describe('a node that is main', () => {
  it('is followed by another at once where it is stopped, however long it takes to close', async () => {
    const clock = movedClock(instant(0));
    const { mainNode, row } = openRow(clock);
    const one = openNode('one', clock, mainNode);
    await clock.advance(milliseconds(600));
    expect([row.node, one.state.isOpen]).toEqual(['one', true]);
    const other = openNode('other', clock, mainNode, { hears: () => true });
    const stopped = one.contending[Symbol.asyncDispose]();
    await clock.advance(milliseconds(600));
    expect([row.node, other.state.isOpen, one.state.isOpen]).toEqual(['other', true, true]);
    one.state.closing.resolve();
    await stopped;
    expect(row.node).toBe('other');
    other.state.closing.resolve();
    await other.contending[Symbol.asyncDispose]();
  });

  it('is followed by another that hears it still, once it has not told the database that it lives', async () => {
    const clock = movedClock(instant(0));
    const { mainNode, row } = openRow(clock);
    const one = openNode('one', clock, mainNode);
    await clock.advance(milliseconds(600));
    // It beats on the bus, and cannot renew.
    row.until = clock.steady() + lasts;
    const renew = mainNode.renew;
    Object.assign(mainNode, { renew: () => Promise.reject(new Error('PostgreSQL does not answer')) });
    const other = openNode('other', clock, { ...mainNode, renew }, { hears: () => true });
    await clock.advance(seconds(3));
    expect(row.node).toBe('one');
    await clock.advance(seconds(2));
    expect(row.node).toBe('other');
    for (const { state, contending } of [one, other]) {
      state.closing.resolve();
      await contending[Symbol.asyncDispose]();
    }
  });

  it('lets go where it reaches neither the database nor the others: it would not hear that another is main', async () => {
    const clock = movedClock(instant(0));
    const { mainNode, loseDatabase } = openRow(clock);
    const { state, contending } = openNode('one', clock, mainNode);
    state.closing.resolve();
    await clock.advance(milliseconds(600));
    expect(contending.isMain).toBe(true);
    loseDatabase();
    await clock.advance(seconds(4));
    expect([contending.isMain, state.isOpen]).toEqual([true, true]);
    state.busIsUp = false;
    await clock.advance(seconds(1));
    expect([contending.isMain, state.isOpen]).toEqual([false, false]);
    await contending[Symbol.asyncDispose]();
  });
});
