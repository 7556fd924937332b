/** The only SQL about what a technician's calls leave behind: how its camera sees in the dark, a survey, an update under way. */
import type { Database } from './database.ts';

export type KeptName = 'infrared' | 'survey' | 'update';

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
