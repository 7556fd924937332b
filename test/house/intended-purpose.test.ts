/** What the product is for, and what it does not do: no vital signs, no diagnosis, no score of a person leaves a unit or the relay. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '@nattfrid/shared/desk/route';
import { routes } from '@nattfrid/shared/desk/routes';
import { evidenceCodes } from '@nattfrid/shared/domain/evidence-code';
import { messages } from '@nattfrid/shared/wire/messages';
import { expect, it } from 'vitest';
import { z } from 'zod';

const vitalSigns =
  /breath|respirat|heart(?!beat)|pulse|spo2|oxygen|temperature|bloodpressure|apnoea|apnea|sleepstage|gait|diagnos|risk/i;

/** Every name that stands in what goes over a wire: of fields, and of what they may be. */
function namesIn(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(namesIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'properties' && typeof value === 'object' && value !== null)
      return [...Object.keys(value), ...namesIn(Object.values(value))];
    if (key === 'enum' && Array.isArray(value)) return value.map(String);
    return namesIn(value);
  });
}

const told = [
  ...Object.values(messages).map(({ schema }) => schema as z.ZodType),
  ...(Object.values(routes) as Route[]).flatMap(({ body, answer }) => [body, answer]),
];

it('A1.18 no message and no answer has a field for vital signs, a diagnosis or a score of risk', () => {
  const names = told.flatMap((schema) => namesIn(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })));
  const codes = Object.values(evidenceCodes).flatMap((phases) => Object.values(phases).flat());
  expect(names.length).toBeGreaterThan(300);
  // A unit is asked to look at itself: of whoever lives there it says nothing by that.
  const ofTheUnit = ['diagnose'];
  expect([...names, ...codes].filter((name) => vitalSigns.test(name) && !ofTheUnit.includes(name))).toEqual([]);
});

it('A1.18 the intended purpose says so', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/privacy.md'), 'utf8');
  expect(page).toMatch(/no vital signs/i);
});
