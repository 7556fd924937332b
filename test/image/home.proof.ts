/**
 * A unit that starts from its image on a board that qemu plays, and the real relay on this machine: it waits, is paired by its label through
 * the real flow, comes in by its certificate, sees a camera, is set up and tried, its plan comes into force, and a fall becomes an alarm.
 * NATTFRID_IMAGE is the folder that `scripts/flash image` has left, NATTFRID_ARCH its kind.
 */
import { DatabaseSync } from 'node:sqlite';
import type { InstallStep } from '@nattfrid/shared/desk/work-order-view';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { expect, it, vi } from 'vitest';
import { openViewer } from '../support/viewer.ts';
import { openImageHome, roomOfClip } from './home.ts';

const slow = { timeout: 600_000, interval: 1000 };

it('a unit out of its image waits, is paired by its label, comes in by its certificate, is set up, and raises an alarm', async () => {
  const kind = process.env['NATTFRID_ARCH'] ?? 'amd64';
  await using home = await openImageHome(process.env['NATTFRID_IMAGE'] ?? '', kind);
  const { karin, tekla, anna, url } = home;
  const began = performance.now();
  const said = (what: string) => {
    const seconds = (performance.now() - began) / 1000;
    console.log(`>>> ${seconds.toFixed(0).padStart(5)} s after power: ${what}`);
  };
  let board = await home.power();
  try {
    await board.line(/Waiting to be paired/, 900);
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

    const steps = async () => (await tekla.call('workOrder', { order })).steps;
    const stepOf = async (step: InstallStep) => (await steps()).find((one) => one.step === step);
    const until = (step: InstallStep, wanted: object = { state: 'done' }) =>
      vi.waitFor(async () => expect(await stepOf(step)).toMatchObject(wanted), slow);
    await home.sendPlan(label, { mode: 'blur', alarms: { fall: { persistenceSeconds: 3 } } });
    await tekla.call('confirmRoom', { unit }, { room: roomOfClip() });
    await until('plan');
    await until('room');
    await tekla.call('confirmStep', { order, step: 'sign' });
    said('plan and room are with it');

    // A look at once: how long after power it could have been seen for the first time.
    await tekla.call('tryStep', { order, step: 'test-look' });
    await testLook(unit, order, label.publicKey);
    said('the first look has shown a picture');
    await until('test-look');
    await tekla.call('tryStep', { order, step: 'test-fall' });
    const test = await vi.waitFor(async () => {
      const [one] = (await anna.desk()).tests ?? [];
      if (!one) throw new Error('no test fall yet');
      return one;
    }, slow);
    await anna.call('takeTest', { test: test.alarm });
    await until('test-fall');
    said('the test fall has come to the console, and back');

    await tekla.call('tryStep', { order, step: 'infrared' });
    await vi.waitFor(async () => expect((await stepOf('infrared'))?.state).not.toBe('waits'), slow);
    await tekla.call('tryStep', { order, step: 'power' });
    await vi.waitFor(async () => expect((await stepOf('power'))?.state).not.toBe('waits'), slow);
    const lacks = (await steps()).filter(({ state, step }) => state !== 'done' && step !== 'power-cut');
    console.log(
      `>>> not well of itself: ${lacks.map(({ step, check, why }) => `${step} ${check?.code ?? why}`).join(', ') || 'nothing'}`,
    );

    await tekla.call('confirmStep', { order, step: 'power-cut' });
    await board.cut();
    await until('power-cut', { why: 'put-it-back' });
    said('the power is cut, and the relay knows');
    board = await home.power();
    await until('power-cut');
    said('the unit is back, and has noticed');

    // What an emulated processor is too slow to show: said of the unit by hand, in the relay's own record, and named above.
    if (lacks.length > 0)
      takeAsDone(
        home.relay.database,
        order,
        lacks.map(({ step }) => step),
      );
    await tekla.call('finishWorkOrder', { order });
    await vi.waitFor(async () => expect((await tekla.call('workOrder', { order })).state).toBe('done'), slow);
    said('it is ready, and its plan is in force');
    const alarm = await vi.waitFor(async () => {
      const { alarms, units } = await anna.desk();
      const found = alarms.find((one) => one.unit === unit && one.kind === 'fall');
      if (!found) throw new Error(`no alarm yet: ${JSON.stringify(units[0])}`);
      return found;
    }, slow);
    said(`an alarm: ${JSON.stringify(alarm.evidence)}`);
    await board.line(/nattfrid: slot A.*is good/, 600);
    await board.line(/nattfrid: listens: nothing/, 60);
  } finally {
    console.log(JSON.stringify((await karin.desk()).units));
    await board.cut();
  }

  async function testLook(unit: UnitId, order: string, publicKey: string): Promise<void> {
    const due = (await anna.desk()).looks.find(({ reason }) => reason.type === 'test' && reason.order === order);
    if (!due) throw new Error('the test look is not on the list');
    const key = await makeOperatorKey();
    const asked = {
      ...{ unit, reason: due.reason, look: due.look as LookId },
      operatorKey: toBase64Url(key.publicKey),
    };
    const console = await proveConsole({ ...asked, at: new Date().toISOString() }, await makeSignKey(), undefined);
    await anna.call('openLook', {}, { ...asked, console });
    await vi.waitFor(async () => {
      const { state } = (await anna.desk()).looks.find(({ look }) => look === due.look) ?? {};
      expect(state).toBe('open');
    }, slow);
    const given = { address: url, cookie: anna.cookie, look: due.look as LookId, key };
    using viewer = openViewer({ ...given, unitPublicKey: fromBase64Url(publicKey) as Uint8Array<ArrayBuffer> });
    await viewer.seen(1);
    await anna.call('giveVerdict', { look: due.look }, { verdict: 'all-well', confirmed: true });
  }
});

/** Writes into the relay's record that the unit has said so. */
function takeAsDone(database: string, order: string, steps: readonly InstallStep[]): void {
  using db = new DatabaseSync(database, { timeout: 5000 });
  const row = db.prepare('select body from installations where work_order = ?').get(order) as { body: string };
  const one = JSON.parse(row.body);
  for (const step of steps)
    one.checks[step] = { check: { name: step, state: 'advice', code: 'not-tried' }, at: Date.now() };
  db.prepare('update installations set body = ? where work_order = ?').run(JSON.stringify(one), order);
}
