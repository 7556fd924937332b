import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { unit } from '../stand-ins/home/client.ts';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';
import { found, needlesOf } from '../support/needles.ts';
import { decodable, pictureBeginnings } from '../support/picture-search.ts';
import { familyOf, socketsOf } from '../support/processes.ts';
import { unmasked } from '../support/unmasked.ts';
import { openViewer } from '../support/viewer.ts';
import { listenTo, type Wire } from '../support/wire.ts';

const pictures = 20;
const bytes = (parts: readonly Uint8Array[]) => parts.reduce((sum, { length }) => sum + length, 0);

describe.skipIf(homeMissing() !== undefined)('the relay is blind', () => {
  it('A3.7 nothing that passes it can be decoded; with the console’s key the very same bytes are a film', {
    timeout: 400_000,
  }, async () => {
    const wires: Wire[] = [];
    await using site = await openHomeUnderTest({
      // Agreed to be seen clearly: what leaves is as near to the raw picture as it ever gets, and must be sealed all the same.
      plan: { alarms: {}, mode: 'clear' },
      async cameraWire(url) {
        const wire = await listenTo(url);
        wires.push(wire);
        const through = new URL(url);
        through.port = new URL(wire.address).port;
        return through.href;
      },
      wire: async (address) => {
        const wire = await listenTo(address);
        wires.push(wire);
        return wire.address;
      },
    });
    const [cameraWire, wire] = wires;
    await using _camera = cameraWire;
    await using _relay = wire;
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
    const sockets = socketsOf(familyOf(site.home.agent.pid));

    const passed = Buffer.concat([...viewer.sealed]);
    expect(passed.length).toBeGreaterThan(10_000);
    expect(decodable(passed)).toBe(0);
    expect(pictureBeginnings(passed)).toEqual([]);
    // What the unit says is masked on the wire, as every WebSocket's client does: it is searched as it was said.
    const said = (wire?.connections ?? []).map((parts) => unmasked(Buffer.concat([...parts])));
    const up = Buffer.concat(said.map(({ plain }) => plain));
    const down = Buffer.concat([...(wire?.back ?? [])]);
    expect(said.filter(({ isSocket }) => isSocket).length).toBeGreaterThanOrEqual(2);
    // The capture holds the pictures: the very packets that the viewer got are in what the unit sent.
    expect(viewer.sealed.filter((packet) => up.includes(Buffer.from(packet))).length).toBeGreaterThanOrEqual(pictures);
    for (const heard of [up, down]) {
      expect(heard.length).toBeGreaterThan(100);
      expect(decodable(heard)).toBe(0);
      expect(pictureBeginnings(heard)).toEqual([]);
    }
    // The search finds what is there: the same pictures, opened.
    const opened = Buffer.concat([...viewer.pictures]);
    expect(decodable(opened)).toBeGreaterThanOrEqual(pictures - 2);
    expect(pictureBeginnings(opened)).toContain('H.264 parameter set');

    // Nor in pieces: neither of the opened pictures nor of what the camera sent is anything on the way to the relay.
    const filmed = needlesOf(Buffer.concat([...(cameraWire?.back ?? [])]));
    const shown = needlesOf(opened);
    expect(filmed.length).toBeGreaterThan(20);
    expect(shown.length).toBeGreaterThan(20);
    for (const way of [up, down, Buffer.concat([...(cameraWire?.there ?? [])]), passed]) {
      expect(found(filmed, way)).toBe(0);
      expect(found(shown, way)).toBe(0);
    }
    expect(found(filmed, Buffer.concat([...(cameraWire?.back ?? [])]))).toBe(filmed.length);

    // And there is no third way: the unit has connections to its camera and its relay, and is reached by nobody.
    const known = wires.map(({ address }) => `tcp 127.0.0.1:${new URL(address).port}`);
    expect([...new Set(sockets)].sort()).toEqual([...known].sort());

    // Words are words: no string in them is long enough to be a piece of a picture.
    const text = up.toString('latin1');
    const letters = text.match(/\{"v":1,/g) ?? [];
    expect(letters.length).toBeGreaterThan(2);
    expect(text.match(/"[\x20\x21\x23-\x7e]{400,}"/g) ?? []).toEqual([]);
    console.log(
      `captured during the look: to the relay ${up.length} bytes in ${said.length} connections, back ${down.length}; ` +
        `from the camera ${bytes(cameraWire?.back ?? [])}, to it ${bytes(cameraWire?.there ?? [])}; ${letters.length} words; ` +
        `looked for ${filmed.length} pieces of the camera's pictures and ${shown.length} of the opened ones`,
    );
  });
});
