/** Measures one emulated link: the unit's own encoder, seal and socket, the relay's own pass, and a console that opens each picture. */
import type { Cleared } from '@nattfrid/agent/anonymise/cleared';
import { encoder } from '@nattfrid/agent/encode/encode';
import { ladderFor, type Shape } from '@nattfrid/agent/encode/shape';
import { spareEncoder } from '@nattfrid/agent/encode/spare';
import { mailbox } from '@nattfrid/agent/flow/mailbox';
import { onlyReader } from '@nattfrid/agent/look/readers';
import { linkControl } from '@nattfrid/agent/publish/link-control';
import { publishPictures } from '@nattfrid/agent/publish/pictures';
import type { OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import { after } from '@nattfrid/shared/time/instant';
import { type LinkCase, outageLasts } from './link-case.ts';
import { type EmulatedLink, emulateLink } from './link-emulator.ts';
import { openPassAlone } from './pass-alone.ts';
import type { Arrival, CaseResult } from './print-case.ts';
import { stamped } from './stamped-pictures.ts';
import { watchAsConsole } from './watch-as-console.ts';

export async function measureLink(
  one: LinkCase,
  frames: readonly Uint8Array[],
  ffmpeg: string,
  length: number,
): Promise<CaseResult> {
  await using relay = await openPassAlone();
  await using link = await emulateLink(relay.address, one.link, { clock, random: Math.random });
  const over = new AbortController();
  const steps: string[] = [];
  const began = clock.now();
  const arrivals: Arrival[] = [];
  const operator = await makeOperatorKey();
  const unit = await makeSignKey();
  const { look } = relay;
  using _viewer = watchAsConsole(relay.address, look, operator, unit.publicKey, (sentAt) =>
    arrivals.push({ at: clock.now() - began, age: clock.now() - sentAt }),
  );
  const told = (shape: Shape) => steps.push(`${shape.kbits}@${((clock.now() - began) / 1000).toFixed(1)}`);
  const ladder = ladderFor(one.mode);
  await using spare = spareEncoder({ ffmpeg, clock, log: silent }, over.signal);
  spare.prepare(ladder[0]);
  const control = linkControl(ladder, (shape) => {
    told(shape);
    coding.want(shape);
  });
  const mayEncode = () => control.mayEncode(clock.now());
  const coding = encoder({ ffmpeg, shape: ladder[0], spare, clock, log: silent, mayEncode });
  const box = mailbox<Cleared>(2);
  let number = 0;
  using _camera = clock.every(milliseconds(100), () => {
    const i420 = frames[number++ % frames.length]!;
    box.put({ type: 'picture', at: clock.now(), mode: one.mode, width: 640, height: 360, i420 } as unknown as Cleared);
  });
  const reader = { operator: 'op-1' as OperatorAlias, operatorKey: operator.publicKey };
  const publishing = publishPictures(
    {
      relayUrl: () => link.address,
      unit: 'unit-1' as UnitId,
      token: 'bench',
      look: {
        ...reader,
        look,
        reason: { type: 'window', window: 'bench' },
        mode: one.mode,
        until: after(clock.now(), minutes(5)),
      },
      readers: onlyReader(reader),
      unitPrivateKey: unit.privateKey,
      coded: stamped(coding.stage(box, over.signal)),
      control,
      wantKey: coding.wantKey,
      clock,
      random: Math.random,
      log: silent,
    },
    over.signal,
  );
  const back = await runCase(link, one, length);
  over.abort();
  box.close();
  await publishing;
  return { arrivals, bytes: link.passed, length, steps, back: back && back - began };
}

/** @returns when the link came back; undefined without an outage */
async function runCase(link: EmulatedLink, { outageAt }: LinkCase, length: number): Promise<number | undefined> {
  if (outageAt === undefined) {
    await clock.sleep(seconds(length));
    return undefined;
  }
  await clock.sleep(seconds(outageAt));
  link.outage(true);
  await clock.sleep(outageLasts);
  link.outage(false);
  const back = clock.now();
  await clock.sleep(seconds(Math.max(4, length - outageAt - 3)));
  return back;
}
