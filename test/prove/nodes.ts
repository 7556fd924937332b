/**
 * `npm run prove:nodes`: what is done to several nodes in a storm of alarms and looks, and what became of each alarm. By itself it kills
 * them; `--network` has faults between them, `--upgrade` replaces one after the other.
 */
import { parseArgs } from 'node:util';
import { whyNoNetwork } from '../bench/live/network.ts';
import { dice } from '../bench/staffed-night/dice.ts';
import { commitOf, treeOf } from '../bench/tree-of.ts';
import { natsMissing } from '../stand-ins/nats/nats.ts';
import { postgresMissing } from '../stand-ins/postgres/postgres.ts';
import { proveFaults } from './nodes/faults.ts';
import { proveKills } from './nodes/kills.ts';
import { proveUpgrade } from './nodes/upgrade.ts';

const help = `Usage: npm run -s prove:nodes -- [--network | --upgrade [--against COMMIT]] [--times N] [--units N] [--looks N] [--seed N]

Three nodes on PostgreSQL and NATS of this machine, all of them processes of their own, in a storm of alarms and looks.
  (nothing)   one of the five is killed (SIGKILL) N times (100)
  --network   each in a network namespace of its own, with N faults (50) between them: as root. --only WORDS: faults of whose kind these are part
  --logs FOLDER   keeps what each node says
  --upgrade   each is stopped as systemd stops it (SIGTERM) and comes back as the other build, N times round (2): --against COMMIT and this one
Exit: 0 all that is promised has held; 1 something has not; 2 wrong arguments`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      network: { type: 'boolean' },
      upgrade: { type: 'boolean' },
      against: { type: 'string' },
      only: { type: 'string' },
      logs: { type: 'string' },
      times: { type: 'string' },
      units: { type: 'string', default: '12' },
      looks: { type: 'string', default: '3' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return say(help, 0);
  const usual = values.network ? '50' : values.upgrade ? '2' : '100';
  const [times, homes, looksAtOnce, seed] = [values.times ?? usual, values.units, values.looks, values.seed].map(
    Number,
  ) as [number, number, number, number];
  if (![times, homes, looksAtOnce, seed].every((one) => Number.isInteger(one) && one > 0) || looksAtOnce >= homes)
    return say(help, 2);
  const missing = postgresMissing() ?? natsMissing() ?? (values.network ? await whyNoNetwork() : undefined);
  if (missing) return say(missing, 1);
  say(`Seed ${seed}.`);
  const how = { times, homes, looksAtOnce, logs: values.logs };
  await using stack = new AsyncDisposableStack();
  if (values.against !== undefined && !(await commitOf(values.against)))
    return say(`There is no commit ${values.against} here.`, 2);
  const before = values.against === undefined ? undefined : stack.use(await treeOf(values.against)).folder;
  const isWell = values.upgrade
    ? await proveUpgrade(how, [before, undefined])
    : values.network
      ? await proveFaults({ ...how, only: values.only }, dice(seed))
      : await proveKills(how, dice(seed));
  return isWell ? 0 : 1;
}

function say(words: string, code = 0): number {
  console.log(words);
  return code;
}

process.exitCode = await main();
