/** What the proof of a home needs round the unit that qemu plays: the real relay and its people, a camera, and the card in a board. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabelFacts } from '@nattfrid/agent/pairing/label-command';
import { Plan } from '@nattfrid/shared/domain/plan';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { type Architecture, architectureOf } from '../../image/architecture.ts';
import { roomOfScene } from '../stand-ins/home/room-of-scene.ts';
import { startTestCamera } from '../stand-ins/test-camera/server.ts';
import { addToStock, confirmByLabel } from '../support/pairing-site.ts';
import { type Person, signIn } from '../support/person.ts';
import type { RelayProcess } from '../support/relay-process.ts';
import { aPlan } from '../support/relay-samples.ts';
import { openUnitRelay } from '../support/unit-relay.ts';
import { copyCard, makeDrive, openDoor, writeSettings } from './card.ts';
import { systemOf } from './here.ts';
import { power, type Running } from './machine.ts';

export interface ImageHome extends AsyncDisposable {
  readonly url: string;
  readonly relay: RelayProcess;
  readonly karin: Person;
  readonly tekla: Person;
  readonly anna: Person;
  /** The card in a board that has power from now on. */
  power(): Running;
  /** By its label, as the console does. @returns the work order and the ticket, which is confirmed */
  pair(label: LabelFacts): Promise<{ readonly order: string; readonly ticket: string }>;
  sendPlan(label: LabelFacts, more?: Partial<Plan>): Promise<void>;
}

/**
 * Prints the label, as the bench would read it: nobody can ask a unit that has no door. And says that there is mains power, as the pin of a
 * board would: qemu has none.
 */
const inside = `
mkdir -p /run/nattfrid && echo 1 > /run/nattfrid/mains && chmod 755 /run/nattfrid && chmod 644 /run/nattfrid/mains
systemctl start --no-block multi-user.target
until systemctl is-active --quiet nattfrid-agent.service; do sleep 1; done
systemd-analyze security --no-pager nattfrid-agent.service | tail -n 1 | sed 's/^/try: security /'
sleep 5
echo "try: label $(setpriv --reuid=nattfrid-unit --regid=nattfrid-unit --clear-groups nattfrid-agent label --json)"
exec sleep infinity
`;

const night = fileURLToPath(new URL('../../fixtures/scenes/night-fall.mp4', import.meta.url));

/** The room in which somebody has fallen and goes on lying there, as few pictures a second: each is played, decoded and looked at by an emulated processor. */
function clip(folder: string): string {
  const to = join(folder, 'fallen.mp4');
  const words = '-vf fps=4 -c:v libx264 -preset veryfast -g 8 -bf 0 -pix_fmt yuv420p'.split(' ');
  execFileSync('ffmpeg', ['-v', 'error', '-ss', '34', '-i', night, ...words, '-y', to]);
  return to;
}

/**
 * @param image the folder that `scripts/flash image` has left
 * @param place `board`: started by qemu, from its card. `here`: its system alone, on this machine's own processor
 */
export async function openImageHome(image: string, kind: string, place: 'board' | 'here'): Promise<ImageHome> {
  const architecture: Architecture = architectureOf(kind);
  const file = readdirSync(image).find((name) => name.endsWith(`-${architecture.name}.img`));
  if (!file) throw new TypeError(`NATTFRID_IMAGE=${image} has no image for ${architecture.name}`);
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-home-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const people = { karin: 'coordinator', tekla: 'installer', anna: 'operator' } as const;
  const { relay, url, municipality } = stack.use(
    await openUnitRelay(place === 'board' ? '10.0.2.2' : '127.0.0.1', people, {
      // Nobody sees this look, and an emulated processor takes its time.
      NATTFRID_FIRST_PICTURE_WITHIN_SECONDS: '600',
      NATTFRID_ANSWER_WITHIN_SECONDS: '120',
    }),
  );
  const person = (name: string) => signIn({ url }, `${name}@testby.se`);
  const [karin, tekla, anna] = [await person('karin'), await person('tekla'), await person('anna')];
  const camera = stack.use(await startTestCamera({ file: clip(folder), port: 0, user: 'unit', password: 'night' }));

  // What is 127.0.0.1 here is 10.0.2.2 on the board. A search for cameras does not come through: its address stands on the card.
  const there = (address: string) => (place === 'board' ? address.replace('127.0.0.1', '10.0.2.2') : address);
  const settings = {
    relay: there(url),
    heartbeatSeconds: 2,
    camera: { url: there(camera.url) },
    board: { mains: '/run/nattfrid/mains' },
  };
  const start = place === 'board' ? await boardOf() : await systemOf(join(image, 'root.img'), folder, settings);
  async function boardOf() {
    const card = await copyCard(join(image, file ?? ''), join(folder, 'card.img'));
    await openDoor(card, architecture, join(image, 'grub'));
    await writeSettings(card, settings);
    const drive = await makeDrive(folder, inside);
    return () =>
      power({
        architecture,
        card,
        drive,
        said: (line) => process.env['NATTFRID_LINES'] && console.log(line.slice(0, 300)),
      });
  }
  const owned = stack.move();
  return {
    ...{ url, relay, karin, tekla, anna },
    power: start,
    async pair(label) {
      await addToStock(karin, label);
      const { orders } = await karin.call('addWorkOrder', {}, { kind: 'install', client: 'Anemon', place: 'Sovrum' });
      const order = orders[0]?.order;
      if (!order) throw new Error('there is no work order');
      return { order, ticket: await confirmByLabel(tekla, order, label.address) };
    },
    async sendPlan({ unit, publicKey }, more = {}) {
      const plan = Plan.parse(aPlan(unit, { client: 'Anemon' as never, unitKey: publicKey as never, ...more }));
      await karin.call('sendPlan', { unit }, await signPlan(plan, municipality.privateKey));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Of the drawn scene that the camera plays. */
export const roomOfClip = () => roomOfScene('night-fall.mp4');
