/**
 * The system of an image on this machine's own processor, without a board: its agent and all that it uses come from the image's slot and
 * from nothing else. What an emulated processor is too slow for, looking at pictures, is proven so. As root, on a machine of the image's kind.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../image/tools.ts';
import { type Running, watched } from './machine.ts';

/**
 * What the card keeps lies in `data` and `settings`; all else is in memory, and goes with the power. A start of the machine has a name and a
 * length, as the kernel gives them to a board.
 */
const inside = `
set -eu
folder="$1"
root="$folder/system"
mount --make-rprivate /
mount --bind "$root" "$root"
for place in tmp run var; do mount -t tmpfs tmpfs "$root/$place"; done
mkdir -p "$root/var/lib/nattfrid" "$root/run/nattfrid-agent" "$root/run/nattfrid"
mount --bind "$folder/data" "$root/var/lib/nattfrid"
mount --bind "$folder/settings" "$root/etc/nattfrid"
echo 1 > "$root/run/nattfrid/mains"
chown nattfrid-unit "$root/run/nattfrid-agent" 2>/dev/null || chown "$(stat -c %u "$folder/data")" "$root/run/nattfrid-agent"
mount -t proc proc "$root/proc"
mount --bind "$folder/boot" "$root/proc/sys/kernel/random/boot_id"
mount --bind "$folder/uptime" "$root/proc/uptime"
mount --bind /dev "$root/dev"
user="$(stat -c %u:%g "$folder/data")"
agent() { chroot --userspec="$user" "$root" /usr/bin/env -i PATH=/usr/bin:/bin NATTFRID_CONFIG=/etc/nattfrid/unit.json /usr/bin/nattfrid-agent "$@"; }
echo "try: label $(agent label --json)"
agent run
`;

/** @param root the file `root.img` of the image @param settings as they stand on the card */
export async function systemOf(root: string, folder: string, settings: object): Promise<() => Running> {
  const system = join(folder, 'system');
  await run('unsquashfs', ['-quiet', '-no-progress', '-dest', system, root]);
  for (const name of ['data', 'settings']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'settings/unit.json'), JSON.stringify(settings));
  const user = (
    await run('sh', [
      '-c',
      'sed -n "s/^nattfrid-unit:[^:]*:\\([0-9]*\\):\\([0-9]*\\):.*/\\1:\\2/p" "$1"',
      'sh',
      join(system, 'etc/passwd'),
    ])
  ).trim();
  await run('chown', ['-R', user, join(folder, 'data'), join(folder, 'settings')]);
  await run('chmod', ['755', folder]);
  return () => {
    writeFileSync(join(folder, 'boot'), `${randomUUID()}\n`);
    writeFileSync(join(folder, 'uptime'), '20.00 20.00\n');
    const words = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', inside, 'sh', folder];
    return watched(spawn('unshare', words, { stdio: ['ignore', 'pipe', 'pipe'] }), (line) => {
      if (process.env['NATTFRID_LINES']) console.log(line.slice(0, 300));
    });
  };
}
