/** Command of the municipality, on a machine of its own: makes its key, signs plans and vouchers. The relay never has this key. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Plan } from '@nattfrid/shared/domain/plan';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { exportPrivateSignKey, importPrivateSignKey, makeSignKey } from '@nattfrid/shared/seal/sign';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { systemClock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';

const help = `Usage: nattfrid-sign COMMAND …   (in this checkout: npm run -s sign -- COMMAND …)

  make-key --key FILE                        makes the municipality's key; prints the public half (planKey of units, planKeys of the relay)
  plan PLAN.json --key FILE [--unit-key KEY] prints the signed plan; KEY, as «nattfrid-agent public-key» prints it, is bound into it
  console KEY --place WORDS [--days N] --key FILE
                                             prints a voucher for one console, whose key its account menu copies (N: 365)

Keep FILE where plans are decided on, never on the relay. Exit: 0 done, 2 wrong arguments.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string' },
    'unit-key': { type: 'string' },
    place: { type: 'string' },
    days: { type: 'string', default: '365' },
    help: { type: 'boolean', short: 'h' },
  },
});

async function main(): Promise<string> {
  const [command, given] = positionals;
  if (values.help) return help;
  const file = values.key;
  if (!file) throw new TypeError('--key FILE is missing.');
  if (command === 'make-key') {
    if (existsSync(file)) throw new TypeError(`${file} is there already: a key is never written over.`);
    const made = await makeSignKey();
    writeFileSync(file, `${toBase64Url(await exportPrivateSignKey(made.privateKey))}\n`, { mode: 0o600, flag: 'wx' });
    return toBase64Url(made.publicKey);
  }
  const key = await importPrivateSignKey(fromBase64Url(readFileSync(file, 'utf8').trim()));
  if (command === 'plan' && given) {
    const unitKey = values['unit-key'];
    const plan = { ...(JSON.parse(readFileSync(given, 'utf8')) as object), ...(unitKey && { unitKey }) };
    return JSON.stringify(await signPlan(Plan.parse(plan), key));
  }
  if (command === 'console' && given && values.place) {
    const now = systemClock.now();
    const validUntil = printInstant(after(now, hours(24 * Number(values.days))));
    const voucher = { console: given, place: values.place, validFrom: printInstant(now), validUntil };
    return JSON.stringify(await signVoucher(voucher, key));
  }
  throw new TypeError('There is no such command, or something of it is missing. See --help.');
}

try {
  console.log(await main());
} catch (error) {
  console.error(`sign: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
