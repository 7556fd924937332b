/** The letters of version 1 as they were first sent, by name: fixtures/messages/v1. */
import { readFileSync } from 'node:fs';
import type { Golden } from './protocol.ts';

export const readGolden = (): Golden =>
  JSON.parse(readFileSync(new URL('../../fixtures/messages/v1/messages.json', import.meta.url), 'utf8')) as Golden;
