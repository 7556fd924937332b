/** Pure. Every setting of the unit in words, out of the schema: for `--help`. */
import { settingLines, settingsOf } from '@nattfrid/shared/schema/settings';
import { environmentNames } from './environment.ts';
import { Config } from './schema.ts';

export function describeSettings(): string {
  const nameOf = Object.fromEntries(Object.entries(environmentNames).map(([variable, name]) => [name, variable]));
  return settingsOf(Config)
    .map((setting) => settingLines(setting, setting.name + (nameOf[setting.name] ? ` (${nameOf[setting.name]})` : '')))
    .join('\n');
}
