import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { unit } from '../../scripts/demo-night/home.ts';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';
import { decodable, pictureBeginnings } from '../support/picture-search.ts';
import { openViewer } from '../support/viewer.ts';
import { listenTo, type Wire } from '../support/wire.ts';

const pictures = 20;

describe.skipIf(homeMissing() !== undefined)('the relay is blind', () => {
  it('nothing that passes it can be decoded; with the console’s key the very same bytes are a film', {
    timeout: 240_000,
  }, async () => {
    const wires: Wire[] = [];
    await using site = await openHomeUnderTest({
      plan: { alarms: {} },
      wire: async (address) => {
        const wire = await listenTo(address);
        wires.push(wire);
        return wire.address;
      },
    });
    await using wire = wires[0];
    await site.until((desk) => desk.units.find((one) => one.vitals?.camera === 'connected'));
    const home = await site.until((desk) => desk.units.find((one) => one.unit === unit));
    const key = await makeOperatorKey();
    const { look } = await site.desk.call(
      'openLook',
      {},
      { unit, reason: { type: 'window', window: 'natt' }, operatorKey: toBase64Url(key.publicKey) },
    );
    using viewer = openViewer({
      address: site.home.address,
      cookie: site.desk.cookie,
      look,
      key,
      unitPublicKey: fromBase64Url(home.publicKey),
    });
    await viewer.seen(pictures);

    const passed = Buffer.concat([...viewer.sealed]);
    expect(passed.length).toBeGreaterThan(10_000);
    expect(decodable(passed)).toBe(0);
    expect(pictureBeginnings(passed)).toEqual([]);
    for (const way of [wire?.there ?? [], wire?.back ?? []]) {
      const heard = Buffer.concat([...way]);
      expect(heard.length).toBeGreaterThan(100);
      expect(decodable(heard)).toBe(0);
      expect(pictureBeginnings(heard)).toEqual([]);
    }
    // The search finds what is there: the same pictures, opened.
    const opened = Buffer.concat([...viewer.pictures]);
    expect(decodable(opened)).toBeGreaterThanOrEqual(pictures - 2);
    expect(pictureBeginnings(opened)).toContain('H.264 parameter set');
  });
});
