/** Pure. The program of a package as a person or systemd starts it, and its services with the places of the package. */
import type { Packaged } from './program.ts';

/** A shell script: finds Node and the module by its own place, so that the folder runs wherever it stands. */
export function starter({ name, entries, start }: Packaged): string {
  const [module = ''] = Object.keys(entries);
  // What is set already is left: whoever measures may want other values.
  const exported = Object.entries(start.environment).map(([key, value]) => `export ${key}="\${${key}-${value}}"\n`);
  const preloaded = start.allocator === undefined ? '' : preload(start.allocator);
  const flags = start.flags.map((flag) => ` ${flag}`).join('');
  return `#!/bin/sh
# Starts ${name} with the Node that comes with it.
here=$(readlink -f "$0")
inside="\${here%/bin/*}/lib/${name}"
${exported.join('')}${preloaded}exec "$inside/node"${flags} "$inside/${module}.js" "$@"
`;
}

/** Where it is not installed the program starts without it: the loader would say so at each start. */
const preload = (library: string): string =>
  `for one in /usr/lib/*/${library}; do [ -e "$one" ] && export LD_PRELOAD="\${LD_PRELOAD-$one}"; done\n`;

/** The service of the clone, with the program and its page where the package has them; every wall of it stays. */
export function serviceOfPackage(text: string, { name }: Packaged): string {
  const written = text
    .replaceAll(new RegExp(`/opt/nattfrid/(agent|relay)/bin/${name}`, 'g'), `/usr/bin/${name}`)
    .replaceAll(/^Documentation=file:\/opt\/nattfrid\/docs\/.*$/gm, `Documentation=file:/usr/share/doc/${name}/`);
  if (written.includes('/opt/nattfrid'))
    throw new Error(`A service of ${name} names /opt/nattfrid in a way that is not known.`);
  return written;
}
