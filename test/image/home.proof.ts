/**
 * A unit that starts from its image beside the real relay on this machine: it waits, is paired by its label through the real flow, comes in
 * by its certificate, sees a camera, is set up and tried, its plan comes into force, and a fall becomes an alarm. NATTFRID_IMAGE is the folder
 * that `scripts/flash image` has left, NATTFRID_ARCH its kind. Once on a board that qemu plays, which is too slow to look at pictures, and once
 * more, with the system of the same image, on this machine's own processor.
 */
import type { InstallStep, StepView } from '@nattfrid/shared/desk/work-order-view';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { expect, it, vi } from 'vitest';
import { openViewer } from '../support/viewer.ts';
import { type ImageHome, openImageHome, roomOfClip } from './home.ts';
import type { Running } from './machine.ts';

const image = process.env['NATTFRID_IMAGE'] ?? '';
const kind = process.env['NATTFRID_ARCH'] ?? 'amd64';
const slow = { timeout: 600_000, interval: 1000 };

interface Set {
  readonly home: ImageHome;
  readonly unit: UnitId;
  readonly publicKey: string;
  readonly order: string;
  readonly said: (what: string) => void;
  readonly stepOf: (step: InstallStep) => Promise<StepView | undefined>;
  readonly until: (step: InstallStep, wanted?: object) => Promise<void>;
}

/** From power to a unit that has plan, room and a camera. */
async function setUp(home: ImageHome, board: Running): Promise<Set> {
  const { karin, tekla } = home;
  const said = (what: string) => console.log(`>>> ${board.seconds().toFixed(0).padStart(5)} s after power: ${what}`);
  await board.line(/Waiting to be paired/, 1200);
  said('it waits to be paired');
  const label = JSON.parse((await board.line(/try: label \{/, 600)).replace(/^.*try: label /, ''));
  const unit = label.unit as UnitId;
  const { order, ticket } = await home.pair(label);
  await vi.waitFor(async () => expect((await tekla.call('pairing', { ticket })).state).toBe('paired'), slow);
  said('it is paired');
  await vi.waitFor(async () => {
    const [known] = (await karin.desk()).units;
    expect(known).toMatchObject({ unit, client: 'Anemon', presence: 'here' });
  }, slow);
  said('it is here, by its certificate');
  const stepOf = async (step: InstallStep) =>
    (await tekla.call('workOrder', { order })).steps.find((one) => one.step === step);
  const until = (step: InstallStep, wanted: object = { state: 'done' }) =>
    vi.waitFor(async () => expect(await stepOf(step)).toMatchObject(wanted), slow);
  await home.sendPlan(label, { alarms: { fall: { persistenceSeconds: 3 } } });
  await tekla.call('confirmRoom', { unit }, { room: roomOfClip() });
  await until('plan');
  await until('room');
  await tekla.call('confirmStep', { order, step: 'sign' });
  said('plan and room are with it');
  await board.line(/Camera connected/, 600);
  said('it sees its camera: a look is possible');
  return { home, unit, publicKey: label.publicKey, order, said, stepOf, until };
}

async function testFall({ home, order, until, said }: Set): Promise<void> {
  await home.tekla.call('tryStep', { order, step: 'test-fall' });
  const test = await vi.waitFor(async () => {
    const [one] = (await home.anna.desk()).tests ?? [];
    if (!one) throw new Error('no test fall yet');
    return one;
  }, slow);
  await home.anna.call('takeTest', { test: test.alarm });
  await until('test-fall');
  said('a test fall has come to the console, and back');
}

async function askTestLook({ home, order, unit }: Set) {
  const { anna, tekla } = home;
  await tekla.call('tryStep', { order, step: 'test-look' });
  const due = (await anna.desk()).looks.find(({ reason }) => reason.type === 'test' && reason.order === order);
  if (!due) throw new Error('the test look is not on the list');
  const look = due.look as LookId;
  const key = await makeOperatorKey();
  const asked = { unit, reason: due.reason, look, operatorKey: toBase64Url(key.publicKey) };
  const console = await proveConsole({ ...asked, at: new Date().toISOString() }, await makeSignKey(), undefined);
  await anna.call('openLook', {}, { ...asked, console });
  return { look, key };
}

/** @returns the board that has power again */
async function powerCut({ home, order, until, said }: Set, board: Running): Promise<Running> {
  await home.tekla.call('confirmStep', { order, step: 'power-cut' });
  await board.cut();
  await until('power-cut', { why: 'put-it-back' });
  said('the power has been cut, and the relay knows');
  const again = home.power();
  await until('power-cut');
  console.log(`>>> ${again.seconds().toFixed(0).padStart(5)} s after power once more: it is back, and has noticed`);
  return again;
}

it('on a board that qemu plays, waits, is paired by its label, comes in by its certificate, and is set up', async () => {
  await using home = await openImageHome(image, kind, 'board');
  let board = home.power();
  try {
    const set = await setUp(home, board);
    await testFall(set);
    const { look } = await askTestLook(set);
    await board.line(new RegExp(`"look":"${look}".*opened test`), 600);
    set.said('it has opened a look');
    board = await powerCut(set, board);
    // The unit holds its own gate: no look has shown it anything, and its plan does not come into force whatever the relay says.
    await expect(home.tekla.call('finishWorkOrder', { order: set.order })).rejects.toMatchObject({ code: 'not-now' });
    await board.line(/nattfrid: slot A.*is good/, 900);
    await board.line(/nattfrid: listens: nothing/, 60);
    for (const line of board.lines.filter((one) => one.includes('try: security'))) console.log(line);
  } finally {
    await board.cut();
  }
});

it.skipIf(kind !== 'amd64')(
  'with the same system on this processor shows a look, is ready, and raises an alarm',
  async () => {
    await using home = await openImageHome(image, kind, 'here');
    let board = home.power();
    try {
      const set = await setUp(home, board);
      const { unit, order, until, stepOf, said, publicKey } = set;
      const { look, key } = await askTestLook(set);
      {
        const given = { address: home.url, cookie: home.anna.cookie, look, key };
        using viewer = openViewer({ ...given, unitPublicKey: fromBase64Url(publicKey) });
        await viewer.seen(1);
        said('the first look has shown a picture');
        await home.anna.call('giveVerdict', { look }, { verdict: 'all-well', confirmed: true });
      }
      await until('test-look');
      await testFall(set);
      await home.tekla.call('tryStep', { order, step: 'infrared' });
      await until('infrared');
      board = await powerCut(set, board);
      // Everything is looked at once more, and must be well of itself.
      await vi.waitFor(async () => {
        await home.tekla.call('tryStep', { order, step: 'power' });
        await vi.waitFor(async () => expect((await stepOf('power'))?.state).not.toBe('waits'), slow);
        const { steps } = await home.tekla.call('workOrder', { order });
        expect(steps.filter(({ state }) => state !== 'done')).toEqual([]);
      }, slow);
      await home.tekla.call('finishWorkOrder', { order });
      await vi.waitFor(async () => expect((await home.tekla.call('workOrder', { order })).state).toBe('done'), slow);
      console.log('>>> it is ready, and its plan is in force');
      const alarm = await vi.waitFor(async () => {
        const found = (await home.anna.desk()).alarms.find((one) => one.unit === unit && one.kind === 'fall');
        if (!found) throw new Error('no alarm yet');
        return found;
      }, slow);
      console.log(`>>> an alarm: ${JSON.stringify(alarm.evidence)}`);
    } finally {
      await board.cut();
    }
  },
);
