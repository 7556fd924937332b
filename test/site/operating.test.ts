/** docs/operating.md, word for word: its steps are run on a machine that has nothing yet, and what they promise is there. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { faultCodes } from '@nattfrid/shared/fault/fault';
import { describe, expect, it } from 'vitest';
import { homeMissing } from '../support/home-under-test.ts';
import { inside, ownDisk } from '../support/own-machine.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/operating.md'), 'utf8');
const blocks = new Map(
  [...page.matchAll(/<!-- run: ([\w-]+) -->\n```sh\n(.*?)\n```/gs)].map(([, name, words]) => [name!, words!]),
);

describe('the page for operators of a relay', () => {
  it('has a row for each fault code there is, and for no other', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.+?) \| (.+?) \|$/gm)];
    expect(rows.map(([, code]) => code).sort()).toEqual(Object.keys(faultCodes).sort());
  });
});

/** A machine of its own: everything of this one, nothing of what is written to it kept; its own network and processes. */
const machine = (folder: string) => `
${ownDisk(folder)}
ip link set lo up
mkdir -p opt/nattfrid
mount --rbind ${root} opt/nattfrid
cp ${folder}/systemctl usr/local/sbin/systemctl
echo '127.0.0.1 relay.example' >> etc/hosts
[ $# -eq 0 ] || exec ${inside} "$@"
`;

/** What systemd would do with the service: its user, its settings, its folder, its start and stop. */
const systemctl = `#!/bin/bash
# Plays systemd: there is none in a container.
folder=/etc/systemd/system
name=\${!#}; name=\${name%.service}
unit=$folder/$name.service
value() { cat "$unit" "$unit".d/*.conf 2>/dev/null | sed -n "s/^$1=//p"; }
start() {
  line="cd $(value WorkingDirectory); umask $(value UMask); exec $(value ExecStart | sed -e 's/%%/%/g' -e 's/\\$\\$/$/g')"
  run=(setpriv --reuid "$(value User)" --regid "$(value Group)" --clear-groups --no-new-privs --bounding-set=-all
    env -i PATH="$PATH" $(value Environment) bash -c "$line")
  if [ "$(value Type)" = oneshot ]; then "\${run[@]}"; return; fi
  setsid "\${run[@]}" >> /run/$name.log 2>&1 < /dev/null &
  echo $! > /run/$name.pid
}
stop() { kill "$(cat /run/$name.pid)"; while kill -0 "$(cat /run/$name.pid)" 2>/dev/null; do sleep 0.1; done; }
case "$*" in
  daemon-reload) ;;
  'enable --now nattfrid-relay-backup.timer') [ -f $folder/nattfrid-relay-backup.timer ] ;;
  'enable --now nattfrid-relay' | 'enable --now nattfrid-agent' | 'start nattfrid-relay' | 'start nattfrid-agent' | 'start nattfrid-relay-backup.service') start ;;
  'stop nattfrid-relay' | 'stop nattfrid-agent') stop ;;
  'restart nattfrid-agent') stop; start ;;
  'kill --kill-whom=main --signal=HUP nattfrid-relay') kill -HUP "$(cat /run/$name.pid)" ;;
  'restart nginx') nginx -s stop 2>/dev/null || true; nginx ;;
  'reload nginx') nginx -s reload ;;
  *) echo "no such word: $*" >&2; exit 1 ;;
esac
`;

const trusted = 'NODE_EXTRA_CA_CERTS=/etc/nattfrid-relay/cert.pem';
const check = (...words: readonly string[]) =>
  `${trusted} /opt/nattfrid/node_modules/.bin/node /opt/nattfrid/test/support/operating-check.ts ${words.join(' ')}`;

function missing(): string | undefined {
  const programs = ['nginx', 'openssl', 'curl', 'npm', 'useradd', 'setpriv', 'ip', 'ffmpeg'];
  const found = (program: string) =>
    spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${program}`]).status === 0;
  const lacking = programs.filter((program) => !found(program));
  if (lacking.length > 0) return `${lacking.join(', ')} is missing`;
  const folder = prepared();
  const { status } = spawnSync('unshare', ['-m', '-n', '-p', '-f', 'bash', '-c', machine(folder)]);
  rmSync(folder, { recursive: true, force: true });
  return status === 0 ? homeMissing() : 'a machine of its own (an overlay, a network) can only be made as root';
}

function prepared(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-operating-'));
  execFileSync('mkdir', [join(folder, 'disk')]);
  writeFileSync(join(folder, 'systemctl'), systemctl, { mode: 0o755 });
  return folder;
}

const why = missing();
if (why) console.log(`SKIPPED: the steps of docs/operating.md are not run: ${why}`);

describe.skipIf(why !== undefined)('somebody who has only docs/operating.md and a bare machine', () => {
  it('reaches a relay behind a proxy, two accounts, one home, and a backup that restores', {
    timeout: 280_000,
  }, async () => {
    const [kept, lost] = [randomUUID(), randomUUID()];
    // Our own steps stand between the page's: who comes through the proxy, and what they see.
    const between: Record<string, string> = {
      plan: `${check('home')}; systemctl stop nattfrid-agent; sleep 1; ${check('fall', kept)}; systemctl start nattfrid-agent`,
      'try-restore': check('fall', lost),
      restore: `${check('after')}`,
      renewed:
        'for turn in $(seq 100); do grep -q "has been read again" /run/nattfrid-relay.log && break; sleep 0.1; done; grep -c "has been read again" /run/nattfrid-relay.log',
    };
    const folder = prepared();
    try {
      let script = "set -eo pipefail\ntrap 'cat /run/nattfrid-relay.log /run/nattfrid-agent.log >&2' ERR\n";
      for (const [name, words] of blocks) {
        // Each as if typed into a fresh shell: nothing of the block before it is needed.
        writeFileSync(join(folder, `${name}.sh`), `set -eo pipefail\n${words}\n`);
        script += `echo "== ${name}"\nbash ${folder}/${name}.sh\n`;
        if (between[name]) script += `printf "\\n-- ${name}\\n"\n${between[name]}\n`;
      }
      writeFileSync(join(folder, 'steps.sh'), script);
      const flags = ['-m', '-n', '-p', '-f', '--kill-child', 'bash', '-c', machine(folder), 'bash'];
      const child = spawn('unshare', [...flags, 'bash', join(folder, 'steps.sh')], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
      expect([await ended, err.slice(-3000)], out).toEqual([0, expect.anything()]);

      const said = (name: string) => JSON.parse(new RegExp(`^-- ${name}\\n(.*)$`, 'm').exec(out)?.[1] ?? 'null');
      expect([...blocks.keys()]).toEqual(
        expect.arrayContaining([
          'user',
          'certificate',
          'settings',
          'service',
          'proxy',
          'accounts',
          'unit',
          'backup',
          'restore',
        ]),
      );
      expect(said('plan')).toEqual({
        units: ['enhet-7'],
        live: 'desk',
        roles: ['operator', 'operator', 'coordinator'],
        figures: 404,
        elsewhere: 403,
      });
      // Taken by Anna before the backup: it came back, and is told again, as a restore has signed her out. Told after the backup: only in
      // the database that is kept aside.
      expect(said('restore')).toEqual([{ alarm: kept, state: expect.toBeOneOf(['taken', 'raised']) }]);
      expect(out).toMatch(
        /The database that was there is kept: \/var\/lib\/nattfrid-relay\/relay\.sqlite\.before-restore/,
      );
      expect(out).toMatch(/== audit\nThe audit log is whole/);
      expect(said('renewed')).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
