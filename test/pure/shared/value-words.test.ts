import { settingLines, settingsOf } from '@nattfrid/shared/schema/settings';
import { valueShape, valueWords } from '@nattfrid/shared/schema/value-words';
import { Base64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

describe('what a schema lets through, in words', () => {
  for (const [schema, words] of [
    [z.string(), 'text'],
    [z.string().min(1), 'text, not empty'],
    [z.string().min(1).max(32), 'text, 1 to 32 characters'],
    [z.string().max(40), 'text, at most 40 characters'],
    [z.string().regex(/^[a-z]$/), 'text, like ^[a-z]$'],
    [Base64Url.length(43), 'base64url, 43 characters'],
    [z.uuid(), 'UUID'],
    [z.iso.datetime(), 'time (ISO 8601 in UTC)'],
    [z.iso.date(), 'date (YYYY-MM-DD)'],
    [z.url(), 'address (URL)'],
    [z.int(), 'whole number'],
    [z.int().min(0), 'whole number, at least 0'],
    [z.number().min(0.1).max(24).default(12), 'number, 0.1 to 24'],
    [z.coerce.number().int().min(0).max(65_535), 'whole number, 0 to 65535'],
    [z.boolean(), 'true or false'],
    [z.enum(['here', 'gone']), 'one of here, gone'],
    [z.literal('opened'), 'opened'],
    [z.union([z.literal('lives-alone'), z.iso.date()]), 'lives-alone, or date (YYYY-MM-DD)'],
    [z.array(z.boolean()).max(8), 'list of: true or false, at most 8 of them'],
    [z.tuple([z.number(), z.boolean()]), '[number; true or false]'],
    [z.object({ id: z.uuid(), at: z.int().optional() }), '{ id: UUID; at?: whole number }'],
    [z.object({}), 'nothing'],
    [z.record(z.string(), z.number()), 'object of any names (text), each with: number'],
    [z.unknown(), 'anything'],
  ] as const)
    it(words, () => expect(valueWords(valueShape(schema))).toBe(words));

  it('a type that is told elsewhere is told by its name', () => {
    const Mode = z.enum(['blur', 'clear']);
    const nameOf = (schema: z.core.$ZodType) => (schema === Mode ? 'Mode' : undefined);
    expect(valueWords(valueShape(z.array(Mode), nameOf))).toBe('list of: Mode');
  });
});

describe('the settings of a program', () => {
  const settings = settingsOf(
    z.object({
      port: z.int().min(0).max(65_535).default(8080).describe('where it listens'),
      camera: z.object({ url: z.string().min(1).describe('rtsp://…') }).readonly(),
      room: z
        .object({ beds: z.array(z.string()) })
        .default({ beds: [] })
        .describe('what is known of it'),
      lamp: z.string().optional().describe('the program of the lamp'),
    }),
  );

  it('lie flat, with a group before its own; an object that has words is one setting', () =>
    expect(settings.map(({ name }) => name)).toEqual(['port', 'camera.url', 'room', 'lamp']));
  for (const [index, words] of [
    [0, '  TITLE\n        where it listens\n        whole number, 0 to 65535; default 8080'],
    [1, '  TITLE\n        rtsp://…\n        text, not empty; needed'],
    [2, '  TITLE\n        what is known of it\n        object; default nothing'],
    [3, '  TITLE\n        the program of the lamp\n        text'],
  ] as const)
    it(`says of ${settings[index]?.name} what it is, what may stand there, and what does if nothing is given`, () =>
      expect(settingLines(settings[index]!, 'TITLE')).toBe(words));
});
