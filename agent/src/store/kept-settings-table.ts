/** The only SQL about settings that were made on the spot, such as which camera is watched: they override the file's. */
import type { Database } from './database.ts';

export const keptSettingsTable = (database: Database) => ({
  /** By dotted name, as in the file: «camera.url». */
  all(): Readonly<Record<string, unknown>> {
    const rows = database.all('select name, value from kept_settings order by name');
    return Object.fromEntries(rows.map(({ name, value }) => [String(name), JSON.parse(String(value)) as unknown]));
  },
  /** All of them or none. @param value undefined: the file's counts again */
  set(settings: Readonly<Record<string, unknown>>): void {
    database.transaction(() => {
      for (const [name, value] of Object.entries(settings)) {
        database.run('delete from kept_settings where name = ?', name);
        if (value !== undefined)
          database.run('insert into kept_settings (name, value) values (?, ?)', name, JSON.stringify(value));
      }
    });
  },
});
export type KeptSettingsTable = ReturnType<typeof keptSettingsTable>;
