/**
 * A unit that starts from its image on a board that qemu plays, and the real relay on this machine: it waits, is paired by its label through
 * the real flow, and comes in by its certificate. NATTFRID_IMAGE is the folder that `scripts/flash image` has left, NATTFRID_ARCH its kind.
 * Whatever follows (a camera at 10.0.2.2, a plan, a fall) goes on from here.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLabel } from '@nattfrid/shared/seal/label';
import { expect, it, vi } from 'vitest';
import { architectureOf } from '../../image/architecture.ts';
import { openBenchFolder } from '../../image/bench/bench-folder.ts';
import { openDoor as openBenchDoor } from '../../image/bench/open-door.ts';
import { takeLetter } from '../../image/bench/take-letter.ts';
import { addToStock, confirmByLabel } from '../support/pairing-site.ts';
import { signIn } from '../support/person.ts';
import { openUnitRelay } from '../support/unit-relay.ts';
import { copyCard, makeDrive, openDoor, writeSettings } from './card.ts';
import { power } from './machine.ts';

/** Starts as it does without a test. Where NATTFRID_AGENT names one, its agent is that program, and the image need not be made anew. */
const starts = `
[ ! -e /run/drive/agent.js ] || mount --bind /run/drive/agent.js /usr/lib/nattfrid-agent/agent.js
# An emulated medium may be found later than a unit waits for it.
until systemctl start boot-efi.mount; do sleep 1; done
systemctl start --no-block multi-user.target
exec sleep infinity
`;

it('a unit out of its image hands its label over to the bench, is paired by it, and comes in by its certificate', async () => {
  const image = process.env['NATTFRID_IMAGE'] ?? '';
  const architecture = architectureOf(process.env['NATTFRID_ARCH'] ?? 'amd64');
  const agent = process.env['NATTFRID_AGENT'];
  const file = readdirSync(image).find((name) => name.endsWith(`-${architecture.name}.img`));
  expect(file, `NATTFRID_IMAGE=${image} has an image`).toBeDefined();
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-home-'));
  try {
    await using site = await openUnitRelay('10.0.2.2', { karin: 'coordinator', tekla: 'installer' });
    const { url } = site;
    const [karin, tekla] = [await signIn({ url }, 'karin@testby.se'), await signIn({ url }, 'tekla@testby.se')];

    const card = await copyCard(join(image, file ?? ''), join(folder, 'card.img'));
    await openDoor(card, architecture, join(image, 'grub'));
    // What is 127.0.0.1 here is 10.0.2.2 there.
    const there = (address: string) => address.replace('127.0.0.1', '10.0.2.2');
    const bench = await openBenchFolder(join(folder, 'bench'));
    await using door = await openBenchDoor({ address: '127.0.0.1', port: 0 }, (text, from) =>
      takeLetter(text, from, bench, { relay: there(url), count: 1 }),
    );
    const { key: benchKey } = bench.setAddress(there(door.url));
    await writeSettings(card, {
      relay: there(url),
      heartbeatSeconds: 2,
      bench: { url: there(door.url), key: benchKey },
    });
    await using board = power({
      architecture,
      card,
      drive: await makeDrive(folder, starts, agent ? { 'agent.js': agent } : {}),
      said: (line) => {
        if (/try: |nattfrid/.test(line))
          console.log(`${board.seconds().toFixed(0).padStart(5)} s ${line.slice(0, 200)}`);
      },
    });
    await board.line(/Waiting to be paired/, 900);
    console.log(`from power to «waiting to be paired»: ${board.seconds().toFixed(0)} s in qemu`);
    await board.line(/The bench has the label/, 120);
    console.log(`from power to «the bench has the label»: ${board.seconds().toFixed(0)} s in qemu`);
    const [label] = bench.labels;
    if (!label) throw new Error('the bench has no label');
    await addToStock(karin, label);
    const { orders } = await karin.call('addWorkOrder', {}, { kind: 'install', client: 'Anemon', place: 'Sovrum' });
    const ticket = await confirmByLabel(tekla, orders[0]!.order, writeLabel(label.relay, label));
    const slow = { timeout: 120_000, interval: 500 };
    await vi.waitFor(async () => expect((await tekla.call('pairing', { ticket })).state).toBe('paired'), slow);
    console.log(`from power to paired: ${board.seconds().toFixed(0)} s in qemu`);
    await vi.waitFor(async () => {
      const [unit] = (await karin.desk()).units;
      expect(unit).toMatchObject({ unit: label.unit, client: 'Anemon', presence: 'here' });
    }, slow);
    console.log(`from power to here, by its certificate: ${board.seconds().toFixed(0)} s in qemu`);
    await board.line(/nattfrid: slot A.*is good/, 600);
    await board.line(/nattfrid: listens: nothing/, 60);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
