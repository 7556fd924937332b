/** `camera.lookUrl`: the large stream of a camera is fetched by a real unit for a look that shows more than a silhouette, and only for it. */
import { join } from 'node:path';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { unit } from '../stand-ins/home/client.ts';
import { startTestCamera } from '../stand-ins/test-camera/server.ts';
import { type HomeUnderTest, homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

const film = join(import.meta.dirname, '../../fixtures/scenes/empty-room.mp4');

async function openLook(site: HomeUnderTest): Promise<() => Promise<void>> {
  const signer = await makeSignKey();
  const operatorKey = toBase64Url((await makeOperatorKey()).publicKey);
  const asked = { unit, reason: { type: 'window', window: 'natt' } as const, operatorKey };
  const console = await proveConsole({ ...asked, at: printInstant(systemClock.now()) }, signer, undefined);
  const { look } = await site.desk.call('openLook', {}, { ...asked, console });
  await site.until((desk) => desk.looks.find((one) => one.look === look && one.state === 'open'));
  return async () => void (await site.desk.call('closeLook', { look }, {}));
}

describe.skipIf(homeMissing() !== undefined)('the large stream of a camera', { timeout: 180_000 }, () => {
  async function withMode(
    mode: Mode,
    then: (site: HomeUnderTest, clients: () => number, asked: readonly string[]) => Promise<void>,
  ) {
    await using large = await startTestCamera({ file: film, port: 0 });
    await using site = await openHomeUnderTest({
      plan: { alarms: {}, watch: 'always', mode },
      relaySettings: { firstPictureWithinSeconds: 120, answerWithinSeconds: 60 },
      cameraSettings: { lookUrl: large.url },
    });
    await site.home.agent.said('Plan taken');
    await site.home.agent.said('Camera connected');
    await then(site, () => large.clients, large.asked);
  }

  it('is fetched for a look that shows a blurred picture, and given back after it', () =>
    withMode('blur', async (site, clients, asked) => {
      expect(asked).toEqual([]);
      const close = await openLook(site);
      while (clients() !== 1) await systemClock.sleep(milliseconds(50));
      expect(site.camera.clients).toBe(1);
      await close();
      while (clients() !== 0) await systemClock.sleep(milliseconds(50));
      expect(site.camera.clients).toBe(1);
    }));
});
