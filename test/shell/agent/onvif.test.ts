/** Cameras by ONVIF: found, described, set and taken to night and back, with the library that is kept by others against a camera of ours. */

import { describeCamera } from '@nattfrid/agent/onvif/describe';
import { discoverCameras } from '@nattfrid/agent/onvif/discover';
import { setEncoder, setIrCut, setTime } from '@nattfrid/agent/onvif/set';
import { asFault } from '@nattfrid/shared/fault/fault';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { hours, seconds } from '@nattfrid/shared/time/duration';
import { answerProbes } from '@nattfrid/stand-ins/onvif-camera/discovery';
import { type OnvifCamera, type OnvifCameraOptions, startOnvifCamera } from '@nattfrid/stand-ins/onvif-camera/server';
import { aCamera } from '@nattfrid/stand-ins/onvif-camera/state';
import { describe, expect, it } from 'vitest';

const never = new AbortController().signal;
const target = ({ port, state }: OnvifCamera, password = state.password) => ({
  ...{ host: '127.0.0.1', port, path: '/onvif/device_service', user: state.user, password },
});
const told = async (options: OnvifCameraOptions, password?: string) => {
  await using camera = await startOnvifCamera(options);
  const said = await describeCamera(target(camera, password), clock, never).catch(asFault);
  return { said, asked: camera.asked };
};
/** Its time is told in whole seconds. */
const nearly = (offset: number | undefined, wanted: number) =>
  offset !== undefined && Math.abs(offset - wanted) < 30_000;

describe('a camera that speaks ONVIF', () => {
  for (const [story, media2, encodings] of [
    ['of the first kind (Media)', false, ['H264', 'H264']],
    ['of the second kind (Media2), which knows H.265', true, ['H265', 'H264']],
  ] as const)
    it(`${story} tells what it is, its streams and its filter`, async () => {
      const { said } = await told({ state: { media2 } });
      expect(said).toMatchObject({ maker: 'Nattlys', model: 'NL-40 & Co', firmware: '5.70', irCut: { mode: 'AUTO' } });
      expect(said).toMatchObject({
        streams: [
          { name: 'main', url: 'rtsp://192.0.2.5/main', encoding: encodings[0], width: 2560, height: 1440, rate: 25 },
          { name: 'sub', url: 'rtsp://192.0.2.5/sub', encoding: encodings[1], govLength: 250, kilobits: 2048 },
        ],
      });
    });

  it('whose clock is a day behind is asked its time without a login, and then with its own time', async () => {
    const { said, asked } = await told({ state: { clockOffset: hours(-24) } });
    expect(asked[0]).toBe('GetSystemDateAndTime');
    expect(asked.filter((one) => one.endsWith('!'))).toEqual([]);
    expect('clockOffset' in said && nearly(said.clockOffset, hours(-24))).toBe(true);
  });

  for (const manner of ['time-needs-login', 'http-digest', 'media2-broken', 'elsewhere'] as const)
    it(`is understood where it is odd: ${manner}`, async () =>
      expect((await told({ manner })).said).toMatchObject({ maker: 'Nattlys', streams: [{}, {}] }));

  it('that says little is told with what it says, and nothing of it steers the terminal', async () => {
    const { said } = await told({ manner: 'bare' });
    expect(said).toMatchObject({ maker: '?', streams: [{ url: undefined }, { url: undefined }] });
    expect('model' in said ? said.model : '').toMatch(/^[\x20-\x7e]{1,120}$/);
  });

  for (const [story, options, password, code, words] of [
    ['a wrong password', {}, 'fel', 'camera-refused-login', /refuses the user name or the password for ONVIF/],
    ['a wrong password by HTTP', { manner: 'http-digest' }, 'fel', 'camera-refused-login', /refuses the user name/],
    ['what is no ONVIF', { manner: 'rubbish' }, undefined, 'camera-not-video', /does not speak ONVIF/],
    ['an answer without end', { manner: 'endless' }, undefined, 'camera-not-video', /without end/],
    ['no answer', { manner: 'silent' }, undefined, 'camera-unreachable', /Nobody answers ONVIF/],
  ] as const)
    it(`is told in words for ${story}`, async () => {
      const { said } = await told(options, password);
      expect(said).toMatchObject({ code, message: expect.stringMatching(words) });
    });

  for (const media2 of [false, true])
    it(`takes what a technician sets, and keeps the rest (${media2 ? 'Media2' : 'Media'})`, async () => {
      await using camera = await startOnvifCamera({ state: { media2 } });
      const before = structuredClone(camera.state.streams.map((one) => one.encoder));
      const change = { encoding: 'H264', width: 1280, height: 720, rate: 12, govLength: 12 } as const;
      await setEncoder(target(camera), 'encoder-main', change, clock, never);
      const after = camera.state.streams.map((one) => one.encoder);
      expect(after).toEqual([{ ...before[0], ...change }, before[1]]);
    });

  it('says why it does not take a value', async () => {
    await using camera = await startOnvifCamera();
    const fault = await setEncoder(target(camera), 'encoder-main', { govLength: 1500 }, clock, never).catch(asFault);
    expect(fault).toMatchObject({ message: expect.stringContaining('GovLength out of range 1-400') });
  });

  it('has its clock set to ours, and its filter to night', async () => {
    await using camera = await startOnvifCamera({ state: { clockOffset: hours(3) } });
    await setTime(target(camera), clock, never);
    expect(nearly(camera.state.clockOffset, 0)).toBe(true);
    expect(await setIrCut(target(camera), 'source-1', 'OFF', clock, never)).toBe('OFF');
    expect(camera.state.irCut).toBe('OFF');
  });

  it('is no longer waited for when the technician gives up', async () => {
    await using camera = await startOnvifCamera({ manner: 'silent' });
    const stop = new AbortController();
    const asked = describeCamera(target(camera), clock, stop.signal).catch(asFault);
    stop.abort();
    expect(await asked).toMatchObject({ code: 'camera-unreachable' });
  });
});

describe('cameras in a network', () => {
  it('are found, with maker, model and address, and whoever answers rubbish is passed over', async () => {
    await using camera = await startOnvifCamera({ discoverable: true });
    using _stranger = await answerProbes(aCamera({ endpoint: 'urn:uuid:other' }), 'http://127.0.0.1:9/', 'rubbish');
    using _shy = await answerProbes(aCamera({ endpoint: 'urn:uuid:shy' }), 'file:///etc/passwd');
    const found = await discoverCameras(['lo'], { clock, length: seconds(2) }, never);
    expect(found.find((one) => one.addresses.includes(camera.address))).toMatchObject({
      ...{ name: 'Nattlys', hardware: 'NL-40 & Co', endpoint: camera.state.endpoint },
    });
    expect(found.map((one) => one.endpoint)).not.toContain('urn:uuid:shy');
  });
});
