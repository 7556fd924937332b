/** Process with the relay of a tree, this one or an earlier commit's, which serves a console and has hundreds of homes in its database. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fillHomes } from '@nattfrid/stand-ins/night/many-homes';
import { folderOfProcess, relayOf } from '../trees/relay-of.ts';
import type { FromRelay, ToRelay } from './messages.ts';

const [tree, consoleFolder] = process.argv.slice(2) as [string, string];
const tell = (word: FromRelay) => void process.send?.(word);
const folder = folderOfProcess();
const { checkSettings, openRelay, silent, systemClock, makePersonalKey } = await relayOf(tree);

const database = join(folder, 'relay.sqlite');
const personalKey = join(folder, 'personal.key');
makePersonalKey(personalKey);
const settings = checkSettings({
  ...{ port: 0, socketsPerAddress: 100_000, database, personalKey, console: consoleFolder },
  secret: 'only for the bench, and nothing else at all',
});
if (settings instanceof Error) throw settings;
const relay = await openRelay(settings, { clock: systemClock, log: silent, newId: randomUUID });
const person = { email: 'siv@example.se', name: 'Siv Holm', role: 'coordinator' } as const;
const password = 'natt-och-frid-3';
await relay.addOperator(person, password);
/** One whose row is the model of all others. */
const model = 'hem-1';
const unit = (name: string) => relay.addUnit({ unit: name, client: 'Granen 999', publicKey: 'k'.repeat(43) });
const added = await unit(model);
if (added instanceof Error) throw added;

process.on('message', async ({ homes, alarms }: ToRelay) => {
  fillHomes(database, Date.now(), model, homes, alarms);
  // The relay reads whose each home is when one is added.
  await unit('hem-last');
  tell({ type: 'filled' });
});
process.on('disconnect', () => process.exit(0));
tell({ type: 'open', address: relay.url, token: added.token, email: person.email, password });
