/** Pure. What Debian runs when a package is installed, upgraded, removed and purged. */
import type { Packaged } from './program.ts';

export type ScriptName = 'postinst' | 'prerm' | 'postrm';

/** Services are neither enabled nor started by an installation: settings and a pairing come first. An upgrade restarts what runs. */
export function maintainerScripts(program: Packaged): Readonly<Record<ScriptName, string>> {
  const { name, user, settings, state } = program;
  const services = program.services.map((path) => path.slice(path.lastIndexOf('/') + 1)).join(' ');
  return {
    postinst: `#!/bin/sh
# Makes the user and the folders of ${name}; after an upgrade, restarts what runs.
set -e
if [ "$1" = configure ]; then
  if ! getent passwd ${user} >/dev/null; then
    adduser --quiet --system --group --home ${state} --no-create-home --shell /usr/sbin/nologin ${user}
  fi
  install -d -m 0750 -o root -g ${user} ${settings}
  install -d -m 0700 -o ${user} -g ${user} ${state}
  if [ -d /run/systemd/system ]; then
    systemctl --system daemon-reload >/dev/null || true
    if [ -n "$2" ]; then
      deb-systemd-invoke try-restart ${name}.service >/dev/null || true
    fi
  fi
fi
`,
    prerm: `#!/bin/sh
# Stops what runs before it is removed; an upgrade leaves it running until the new one is there.
set -e
if [ "$1" = remove ]; then
  if [ -d /run/systemd/system ]; then
    deb-systemd-invoke stop ${services} >/dev/null || true
  fi
  if command -v systemctl >/dev/null; then
    systemctl --no-reload disable ${services} >/dev/null 2>&1 || true
  fi
fi
`,
    postrm: `#!/bin/sh
# After a removal everything that is not the program stays${program.keeps ? '' : '; a purge takes that away, too'}.
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl --system daemon-reload >/dev/null || true
fi
if [ "$1" = purge ]; then
${purge(program)}
fi
`,
  };
}

/** A unit that is given back has nothing of the home left. A relay's audit log is nobody's to lose by a word too many. */
function purge({ name, settings, state, keeps }: Packaged): string {
  if (!keeps) return `  rm -rf ${state} ${settings}`;
  return `  if [ -d ${state} ] || [ -d ${settings} ]; then
    echo "${name}: the database, the audit log and the keys stay in ${state} and ${settings}."
    echo "${name}: whoever may take them away for ever: rm -r ${state} ${settings}"
  fi`;
}
