import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { accessTable } from '../../../agent/src/store/access-table.ts';
import { openDatabase } from '../../../agent/src/store/database.ts';

function threeLines() {
  const database = openDatabase(':memory:');
  const table = accessTable(database);
  for (const [second, what] of ['look-opened', 'look-ended time-up', 'look-refused outside-window'].entries())
    table.write({ at: instant(second * 1000), what, subject: 'look 1', who: 'op-1' });
  return { database, table };
}

describe("the unit's own access log", () => {
  it('is whole when nobody has touched it', () => {
    const { table } = threeLines();
    expect(table.lines().map((line) => line.what)).toEqual([
      'look-opened',
      'look-ended time-up',
      'look-refused outside-window',
    ]);
    expect(table.firstBroken()).toBeUndefined();
  });
  for (const [name, sql, broken] of [
    ['names a line whose words were changed', "update access set what = 'look-closed' where number = 2", 2],
    ['names the line after one that was taken out', 'delete from access where number = 2', 3],
    ['names a line whose time was moved', 'update access set at = at + 1 where number = 1', 1],
  ] as const)
    it(name, () => {
      const { database, table } = threeLines();
      database.run(sql);
      expect(table.firstBroken()).toBe(broken);
    });
});
