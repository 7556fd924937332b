import { readFileSync } from 'node:fs';
import { isWanted, usualCodes } from '@nattfrid/relay/scaip/mapping';
import { requestOf, type Told } from '@nattfrid/relay/scaip/request';
import { writeRequest } from '@nattfrid/relay/scaip/write-xml';
import { ReceiverEvents, ReceiverSettings, ScaipEvent } from '@nattfrid/shared/desk/receiver-view';
import { describe, expect, it } from 'vitest';
import { withScaipTable } from './scaip-table.ts';

const page = readFileSync(new URL('../../docs/scaip.md', import.meta.url), 'utf8');
const settings = ReceiverSettings.parse({ name: 'A', primary: 'a.example', transport: 'tls', controller: '1' });

describe('docs/scaip.md', () => {
  it('A6.2 says what the table says; if not: npm run write:protocol', () => expect(page).toBe(withScaipTable(page)));
});

describe('each event', () => {
  for (const event of ScaipEvent.options)
    it(`${event} can be sent, whatever the home is called`, () => {
      const told: Told = {
        ref: 'A1',
        event,
        home: { unit: 'u'.repeat(63), client: 'Å'.repeat(32), place: '<&>'.repeat(13) },
      };
      expect(writeRequest(requestOf(told, settings))).toMatch(/^<\?xml.*<\/mrq>$/);
    });
  it('is of a group that can be chosen, and each group has one', () => {
    const groups = new Set(Object.values(usualCodes).flatMap(({ group }) => group ?? []));
    expect([...groups].sort()).toEqual([...ReceiverEvents.options].sort());
    expect(isWanted({ events: [] }, 'heartbeat')).toBe(true);
    expect(isWanted({ events: ['visit'] }, 'fall')).toBe(false);
  });
});
