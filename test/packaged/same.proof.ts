/** Two builds of one commit: the same bytes, whatever the time, the zone and the umask. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './built.ts';

const build = (out: string, umask: string, zone: string) => {
  // The script itself says which umask it works under; this one runs past it.
  const words = `umask ${umask}; exec ${process.execPath} ${root}/scripts/package.ts --out ${out}`;
  const ended = spawnSync('sh', ['-c', words], { encoding: 'utf8', env: { ...process.env, TZ: zone } });
  expect([ended.status, ended.stderr]).toEqual([0, '']);
  const files = readdirSync(out).filter((file) => /\.(deb|json)$/.test(file));
  return files.sort().map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(join(out, file)))
        .digest('hex')}  ${file}`,
  );
};

it('packages and lists of parts are the same, bit for bit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-same-'));
  try {
    const once = build(join(folder, 'once'), '022', 'UTC');
    const again = build(join(folder, 'again'), '077', 'Asia/Tokyo');
    console.log(once.join('\n'));
    expect(once).toHaveLength(4);
    expect(again).toEqual(once);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
