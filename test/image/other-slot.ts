/** Another version of a slot, for the proof of updates: the same system with another number, or with an agent that fails. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../image/tools.ts';

/**
 * Unpacks the system, changes it, and packs it again. As root: owners are kept.
 * @param sick whether its agent ends at once
 * @returns the file
 */
export async function otherSlot(root: string, to: string, version: string, sick: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-slot-'));
  try {
    const system = join(folder, 'root');
    await run('unsquashfs', ['-quiet', '-no-progress', '-dest', system, root]);
    await writeFile(join(system, 'usr/lib/nattfrid-image/version'), `${version}\n`);
    if (sick) {
      // It is waited for less long than in a home, where a modem first has to find its network.
      await writeFile(join(system, 'usr/lib/nattfrid-image/health.conf'), 'WELL=20\nGIVE_UP=90\n');
      const agent = join(system, 'usr/bin/nattfrid-agent');
      await rm(agent);
      await writeFile(agent, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    }
    await rm(to, { force: true });
    await run('mksquashfs', [
      system,
      to,
      '-noappend',
      '-quiet',
      '-no-progress',
      '-no-xattrs',
      '-comp',
      'zstd',
      '-Xcompression-level',
      '3',
    ]);
    return to;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
