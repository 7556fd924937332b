/** The real programs: a relay with an authority, and a unit that has nothing but the relay's address. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { startProgram } from '../stand-ins/home/program.ts';
import { homeMissing } from '../support/home-under-test.ts';
import { addToStock, pairByLabel } from '../support/pairing-site.ts';
import { signIn } from '../support/person.ts';
import { openUnitRelay } from '../support/unit-relay.ts';

const freshUnit = fileURLToPath(new URL('../support/fresh-unit.ts', import.meta.url));
const agentMain = fileURLToPath(new URL('../../agent/src/main.ts', import.meta.url));

describe.skipIf(homeMissing() !== undefined)('a unit that knows nothing but its relay', () => {
  it('waits, is paired by its label, comes in by its certificate, and goes on after a restart', {
    timeout: 120_000,
  }, async () => {
    await using site = await openUnitRelay('127.0.0.1', { karin: 'coordinator', tekla: 'installer' });
    const { relay, url } = site;
    const [karin, tekla] = [await signIn({ url }, 'karin@testby.se'), await signIn({ url }, 'tekla@testby.se')];

    const data = join(relay.folder, 'unit');
    mkdirSync(data);
    const config = join(relay.folder, 'unit.json');
    writeFileSync(config, JSON.stringify({ relay: url, data, heartbeatSeconds: 1 }));
    const label = await printed(['label', '--json', '--config', config]);
    await addToStock(karin, label);
    const { orders } = await karin.call('addWorkOrder', {}, { kind: 'install', client: 'Anemon', place: 'Sovrum' });

    const isHere = () =>
      vi.waitFor(
        async () => {
          const [unit] = (await karin.desk()).units;
          expect(unit).toMatchObject({ unit: label.unit, client: 'Anemon', presence: 'here' });
        },
        { timeout: 30_000, interval: 100 },
      );
    {
      await using unit = startProgram(freshUnit, ['--config', config], {});
      await unit.said('Waiting to be paired');
      expect((await pairByLabel(tekla, orders[0]!.order, label.address)).state).toBe('paired');
      await unit.said('Relay reached');
      await isHere();
    }
    await vi.waitFor(async () => expect((await karin.desk()).units[0]?.presence).not.toBe('here'), 10_000);
    // As the program that is installed: it has been running for days, and asks nobody to pair it.
    await using again = startProgram(agentMain, ['--config', config], {});
    await again.said('Relay reached');
    await isHere();
  });
});

async function printed(words: readonly string[]) {
  const program = startProgram(agentMain, words, {});
  await program.ended;
  return JSON.parse(program.lines.at(-1) ?? '');
}
