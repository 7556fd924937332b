/** Where a relay of the bench has its things, for the process that fills it and the one that runs it. */
import { join } from 'node:path';

/** Who looks on at its desk. */
export const desk = { email: 'siv@example.se', password: 'natt-och-frid-3' };

export const filesOfRelay = (folder: string) => ({
  database: join(folder, 'relay.sqlite'),
  personalKey: join(folder, 'personal.key'),
  unitAuthority: join(folder, 'authority.pem'),
});

type Check = typeof import('@nattfrid/relay/config/load').checkSettings;

/** @param check the tree's own: an earlier commit may know fewer settings @throws Fault that says which it does not take */
export function settingsOfRelay(check: Check, folder: string): Exclude<ReturnType<Check>, Error> {
  const settings = check({
    ...{ port: 0, unitPort: 0, unitNames: ['127.0.0.1'], socketsPerAddress: 100_000 },
    ...{ ...filesOfRelay(folder), secret: 'only for the bench, and nothing else at all' },
  });
  if (settings instanceof Error) throw settings;
  return settings;
}
