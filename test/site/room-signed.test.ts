import { proveRoom } from '@nattfrid/shared/seal/room-proof';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { unit } from '../stand-ins/home/client.ts';
import { roomOfScene } from '../stand-ins/home/room-of-scene.ts';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

describe.skipIf(homeMissing() !== undefined)('a room that a person confirms', () => {
  it('is used by the running unit where a console has signed for it, and the relay’s own is refused from then on', {
    timeout: 120_000,
  }, async () => {
    await using site = await openHomeUnderTest();
    const key = await makeSignKey();
    const room = roomOfScene('night-fall.mp4');
    const at = printInstant(systemClock.now());
    const console = await proveRoom({ unit, room, turn: 'first', at }, key, undefined);
    await site.desk.call('confirmRoom', { unit }, { room, console });
    await site.until((desk) => desk.units.find((one) => one.room?.inUse && one.room.version === 1));
    // As a relay would that draws a room by itself: the same, and nobody has signed for it.
    await site.desk.call('confirmRoom', { unit }, { room: { ...room, masks: [] } });
    await site.until((desk) => desk.units.find((one) => one.room?.refused === 'not-signed'));
    const { confirmed } = await site.desk.call('room', { unit }, {});
    expect(confirmed).toMatchObject({ version: 2, refused: 'not-signed' });
    expect(site.home.agent.lines.some((line) => line.includes('Room refused') && line.includes('not-signed'))).toBe(
      true,
    );
  });
});
