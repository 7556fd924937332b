/** Who is signed in, where an answer of the relay is still on its way when somebody signs out. */
import { forgetMe, meKey, nowIs } from '@nattfrid/console/around/known-me';
import { QueryClient } from '@tanstack/query-core';
import { expect, it } from 'vitest';

const anna = { name: 'Anna', email: 'anna@testby.se', role: 'operator' } as const;

async function onItsWay() {
  const queries = new QueryClient();
  queries.setQueryData(meKey, anna);
  const { promise, resolve } = Promise.withResolvers<typeof anna>();
  const asked = queries.fetchQuery({ queryKey: meKey, queryFn: () => promise }).catch(() => undefined);
  const arrives = async () => {
    resolve(anna);
    await asked;
    await promise;
    return queries.getQueryData(meKey);
  };
  return { queries, arrives };
}

it('nobody who has signed out is brought back by an answer that was asked for before', async () => {
  const { queries, arrives } = await onItsWay();
  forgetMe(queries);
  expect(await arrives()).toBeNull();
});

it('a computer that was locked stays locked', async () => {
  const { queries, arrives } = await onItsWay();
  nowIs(queries, (me) => me && { ...me, locked: true as const });
  expect(await arrives()).toMatchObject({ name: 'Anna', locked: true });
});
