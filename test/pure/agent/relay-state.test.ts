import type { Logger } from '@nattfrid/shared/log/logger';
import { silent } from '@nattfrid/shared/log/logger';
import { expect, it } from 'vitest';
import { relayStates } from '../../../agent/src/obey/relay-state.ts';

it('what the relay says of itself stands in the unit’s log once, however often it is said, and again when it is over', () => {
  const said: string[] = [];
  const log: Logger = {
    ...silent,
    warn: (words, fields) => said.push(`${words}: ${fields?.['words']}`),
    info: (words) => said.push(words),
  };
  const { 'relay-state': hears } = relayStates(log);
  hears({ type: 'saves' });
  for (let time = 0; time < 3; time++)
    hears({ type: 'cannot-save', since: '2026-11-24T01:00:00.000Z', words: 'the disk is full' });
  hears({ type: 'saves' });
  expect(said).toEqual([
    'The relay cannot save. What it is told is kept here, and said again: the disk is full',
    'The relay can save again',
  ]);
});
