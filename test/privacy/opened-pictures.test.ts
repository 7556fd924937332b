/** What the operator gets to see, once it is opened: the planted pattern has gone through encoder and seal, and is not in it. */

import { spawnSync } from 'node:child_process';
import type { ClientAlias, LookId } from '@nattfrid/shared/domain/ids';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { openLook, sealLook } from '@nattfrid/shared/seal/seal-look';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { after as later } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import { anonymise } from '../../agent/src/anonymise/anonymise.ts';
import { encoder } from '../../agent/src/encode/encode.ts';
import { findFfmpeg } from '../../agent/src/ffmpeg/find.ts';
import { changeOf, frameOf, judgedOf, night, ovalIn, personAt } from '../support/seen.ts';

const [width, height] = [640, 360];
const at = { x: 160, y: 40, width: 320, height: 280 };
const box = { x: at.x / width, y: at.y / height, width: at.width / width, height: at.height / height };
const isPerson = (x: number, y: number) => x >= at.x && x < at.x + at.width && y >= at.y && y < at.y + at.height;
/** Squares of 8 pixels, as large as what a face consists of, in an order that is nowhere else. */
const side = 8;
const planted = (x: number, y: number) =>
  (((Math.floor(x / side) * 73_856_093) ^ (Math.floor(y / side) * 19_349_663)) >> 3) & 1 ? 220 : 30;
const room = (x: number, y: number) => 60 + 40 * Math.sin(x / 90) + 30 * Math.sin(y / 50);
const withPerson = (x: number, y: number) => (isPerson(x, y) ? planted(x, y) : room(x, y));
const ffmpeg = await findFfmpeg(process.env);
const forever = new AbortController().signal;

/** A room learnt, then a person with the pattern, who is seen. @returns the last picture as the operator's decoder gives it: luma */
async function shownIn(mode: Mode): Promise<Uint8Array> {
  const clock = movedClock(night);
  async function* judged() {
    for (let number = 0; number < 40; number++) {
      const moment = later(night, milliseconds(number * 200));
      clock.moveTo(moment);
      const here = number >= 30;
      const frame = frameOf(width, height, moment, here ? withPerson : room);
      yield judgedOf(
        here
          ? {
              frame,
              persons: [personAt(box)],
              shapes: [ovalIn(box)],
              change: changeOf(255, (x, y) => (isPerson(x * 16, y * 12) ? 255 : 0)),
            }
          : { frame },
      );
    }
  }
  const alias = 'Anna 3' as ClientAlias;
  const cleared = anonymise({
    mode: () => mode,
    room: () => ({ beds: [], exits: [], masks: [] }),
    alias,
    clock,
    log: silent,
  });
  const coded = encoder({
    ffmpeg,
    shape: { kbits: 800, perSecond: 10, width: 640, height: 360 },
    clock: systemClock,
    log: silent,
  }).stage(cleared(judged(), forever), forever);
  const opened = await overTheRelay(coded);
  const args = ['-v', 'error', '-f', 'h264', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'];
  const { stdout } = spawnSync(ffmpeg, args, { input: opened, maxBuffer: 2 ** 28 });
  expect(stdout.length % (width * height)).toBe(0);
  return stdout.subarray(stdout.length - width * height);
}

async function overTheRelay(coded: ReturnType<ReturnType<typeof encoder>['stage']>): Promise<Buffer> {
  const [unit, operator] = [await makeSignKey(), await makeOperatorKey()];
  const look = '00000000-0000-4000-8000-000000000001' as LookId;
  const sealed = await sealLook({ look, operatorKey: operator.publicKey, unitPrivateKey: unit.privateKey });
  if (sealed instanceof Fault) throw sealed;
  const to = await openLook({
    opening: sealed.opening,
    look,
    operatorPrivateKey: operator.privateKey,
    operatorPublicKey: operator.publicKey,
    unitPublicKey: unit.publicKey,
  });
  if (to instanceof Fault) throw to;
  const pictures: Uint8Array[] = [];
  for await (const one of coded) {
    if (one.type !== 'coded') continue;
    const kind = one.key ? 'key' : 'delta';
    const plain = await to.open(kind, await sealed.seal(kind, new Uint8Array(one.data)));
    if (plain instanceof Fault) throw plain;
    pictures.push(plain);
  }
  return Buffer.concat(pictures);
}

/** How much of the planted pattern is in the picture: 0 nothing, 1 all; moved by some pixels it would still be found. */
function traceIn(luma: Uint8Array): number {
  let most = 0;
  for (let dy = -4; dy <= 4; dy += 2)
    for (let dx = -4; dx <= 4; dx += 2) most = Math.max(most, Math.abs(likeness(luma, dx, dy)));
  return most;
}

function likeness(luma: Uint8Array, dx: number, dy: number): number {
  const fast = (of: (x: number, y: number) => number, x: number, y: number) =>
    of(x, y) - (of(x - side, y) + of(x + side, y) + of(x, y - side) + of(x, y + side)) / 4;
  const out = (x: number, y: number) => luma[y * width + x]!;
  let [ab, aa, bb] = [0, 0, 0];
  for (let y = at.y + 36; y < at.y + at.height - 36; y += 3)
    for (let x = at.x + 36; x < at.x + at.width - 36; x += 3) {
      const a = fast(planted, x, y);
      const b = fast(out, x + dx, y + dy);
      ab += a * b;
      aa += a * a;
      bb += b * b;
    }
  return bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

describe('a pattern planted on a person, looked for in the pictures that the operator opens', {
  timeout: 240_000,
}, () => {
  it('is found in clear: the search can find it', async () =>
    expect(traceIn(await shownIn('clear'))).toBeGreaterThan(0.7));
  for (const mode of ['silhouette', 'blur', 'blocks'] as const)
    it(`is not found in ${mode}`, async () => expect(traceIn(await shownIn(mode))).toBeLessThan(0.2));
});
