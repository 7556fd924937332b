/** The Debian packages on a machine of its own: installed, upgraded, removed and purged by dpkg; what belongs to a home goes when it must. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inside, ownDisk } from '../support/own-machine.ts';
import { built } from './built.ts';

/** Everything of this machine, nothing of what is written to it kept; no network, and no checkout. */
const machine = (folder: string) => `
${ownDisk(folder)}
mkdir -p packages && mount --bind ${folder}/packages packages
exec ${inside} bash -e /packages/steps.sh
`;

const steps = `
say() { echo "-- $1: $2"; }
is() { stat -c '%a %U %G' "$1"; }
dpkg --install /packages/agent.deb /packages/relay.deb >/dev/null
say versions "$(nattfrid-agent --version) $(nattfrid-relay --version)"
say unit "$(is /etc/nattfrid), $(is /var/lib/nattfrid)"
say relay "$(is /etc/nattfrid-relay), $(is /var/lib/nattfrid-relay)"
say owners "$(find /usr/lib/nattfrid-* ! -user root -o -perm /o+w | wc -l)"
say sums "$(dpkg --verify nattfrid-agent nattfrid-relay | wc -l)"
for service in nattfrid-agent nattfrid-relay nattfrid-relay-backup; do systemd-analyze verify /usr/lib/systemd/system/$service.service; done
say exposed "$(systemd-analyze security --offline=true /usr/lib/systemd/system/nattfrid-agent.service | sed -n 's/.*nattfrid-agent.service: \\([0-9.]*\\).*/\\1/p')"
say shell "$(getent passwd nattfrid-unit | cut -d: -f6,7)"
echo '{}' > /etc/nattfrid/unit.json
runuser -u nattfrid-unit -- touch /var/lib/nattfrid/unit.sqlite
runuser -u nattfrid-relay -- touch /var/lib/nattfrid-relay/relay.sqlite
dpkg --install /packages/newer.deb >/dev/null
say upgraded "$(dpkg-query -W -f '\${Version}' nattfrid-agent | grep -c newer), $(ls /etc/nattfrid /var/lib/nattfrid | tr '\\n' ' ')"
dpkg --remove nattfrid-agent nattfrid-relay >/dev/null 2>&1
say removed "$(ls /usr/lib/nattfrid-agent /usr/bin/nattfrid-agent 2>&1 | grep -c 'No such'), $(ls /etc/nattfrid /var/lib/nattfrid | tr '\\n' ' ')"
dpkg --purge nattfrid-agent nattfrid-relay > /tmp/purge 2>&1
say purged "$(ls -d /etc/nattfrid /var/lib/nattfrid 2>&1 | grep -c 'No such'), $(ls /var/lib/nattfrid-relay)"
say told "$(grep -c 'rm -r /var/lib/nattfrid-relay /etc/nattfrid-relay' /tmp/purge)"
`;

function missing(): string | undefined {
  if (process.getuid?.() !== 0) return 'a machine of its own can only be made as root';
  const lacking = ['dpkg', 'unshare', 'systemd-analyze', 'adduser', 'ffmpeg'].filter(
    (program) => spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${program}`]).status !== 0,
  );
  return lacking.length > 0 ? `${lacking.join(', ')} is missing` : undefined;
}

const why = missing();
if (why) console.log(`SKIPPED: the Debian packages are not installed: ${why}`);

it.skipIf(why !== undefined)('are installed, upgraded, removed and purged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-debian-'));
  try {
    for (const one of ['disk', 'packages']) mkdirSync(join(folder, one));
    const packages = join(folder, 'packages');
    for (const name of ['agent', 'relay'] as const)
      execFileSync('cp', [built(`nattfrid-${name}`).deb, join(packages, `${name}.deb`)]);
    // The same once more under a later version: what an upgrade keeps is seen.
    const opened = join(folder, 'opened');
    execFileSync('dpkg-deb', ['-R', join(packages, 'agent.deb'), opened]);
    execFileSync('sed', ['-i', 's/^Version: .*/&.newer/', join(opened, 'DEBIAN/control')]);
    execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '-b', opened, join(packages, 'newer.deb')]);
    writeFileSync(join(packages, 'steps.sh'), steps);
    const ended = spawnSync('unshare', ['-m', '-n', '-p', '-f', '--kill-child', 'bash', '-c', machine(folder)], {
      encoding: 'utf8',
    });
    expect([ended.status, ended.stderr], ended.stdout).toEqual([0, expect.anything()]);
    const said = Object.fromEntries(
      [...ended.stdout.matchAll(/^-- (\w+): (.*?) *$/gm)].map(([, name = '', words = '']) => [name, words]),
    );
    console.log(`systemd-analyze security of the agent: ${said['exposed']}`);
    expect(said).toMatchObject({
      versions: expect.stringMatching(/^\d+\.\d+\.\d+ \d+\.\d+\.\d+$/),
      unit: '750 root nattfrid-unit, 700 nattfrid-unit nattfrid-unit',
      relay: '750 root nattfrid-relay, 700 nattfrid-relay nattfrid-relay',
      owners: '0',
      sums: '0',
      shell: '/var/lib/nattfrid:/usr/sbin/nologin',
      upgraded: expect.stringMatching(/^1, .*unit\.json .*unit\.sqlite/),
      removed: expect.stringMatching(/^2, .*unit\.json .*unit\.sqlite/),
      purged: '2, relay.sqlite',
      told: '1',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
