/** The only SQL about what a technician's calls leave behind: how its camera sees in the dark, a survey, an update under way, what was signed and done, its plug. */
import { z } from 'zod';
import type { Database } from './database.ts';

export type KeptName = 'infrared' | 'survey' | 'update' | 'signed-calls' | 'plug';

export interface SurveySample {
  readonly at: number;
  /** dBm; undefined: there was no network. */
  readonly rsrpDbm: number | undefined;
}

export const serveTable = (database: Database) => ({
  /** JSON; undefined: nothing is kept under this name. */
  load(name: KeptName): string | undefined {
    const row = database.all('select body from served where name = ?', name)[0];
    return row && String(row['body']);
  },
  save: (name: KeptName, body: string): void =>
    void database.run(
      'insert into served (name, body) values (?, ?) on conflict (name) do update set body = excluded.body',
      name,
      body,
    ),
  forget: (name: KeptName): void => void database.run('delete from served where name = ?', name),
  addSample: ({ at, rsrpDbm }: SurveySample): void =>
    void database.run('insert or replace into survey_samples (at, rsrp) values (?, ?)', at, rsrpDbm ?? null),
  samples: (): SurveySample[] =>
    database.all('select at, rsrp from survey_samples order by at').map((row) => ({
      at: Number(row['at']),
      rsrpDbm: row['rsrp'] === null ? undefined : Number(row['rsrp']),
    })),
  forgetSamples: (): void => void database.run('delete from survey_samples'),
});
export type ServeTable = ReturnType<typeof serveTable>;

/** The nonces of signed calls that were done of late: after a start they still serve no second time. */
export const usedCalls = (table: Pick<ServeTable, 'load' | 'save'>) => ({
  all: (): readonly string[] =>
    z
      .array(z.string())
      .catch([])
      .parse(JSON.parse(table.load('signed-calls') ?? '[]')),
  keep: (all: readonly string[]): void => table.save('signed-calls', JSON.stringify(all)),
});
