/** `npm run camera -- find | set | dark`, as a technician uses them, on cameras of ours that speak RTSP and ONVIF. */
import { join } from 'node:path';
import type { CameraCommand } from '@nattfrid/agent/technician/command';
import { darkCommand } from '@nattfrid/agent/technician/dark-command';
import { findCommand } from '@nattfrid/agent/technician/find-command';
import { setCommand } from '@nattfrid/agent/technician/set-command';
import { asFault } from '@nattfrid/shared/fault/fault';
import { startOnvifCamera } from '@nattfrid/stand-ins/onvif-camera/server';
import { stream } from '@nattfrid/stand-ins/onvif-camera/state';
import { startTestCamera } from '@nattfrid/stand-ins/test-camera/server';
import { describe, expect, it } from 'vitest';

const login = { NATTFRID_CAMERA_USER: 'admin', NATTFRID_CAMERA_PASSWORD: 'Blåbär&<sol>' };
const film = join(import.meta.dirname, '../../../fixtures/scenes/night-fall.mp4');

async function typed(
  command: CameraCommand,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = login,
) {
  const lines: string[] = [];
  const { signal } = new AbortController();
  const ended = await command
    .run(args, { print: (line) => lines.push(line), progress: () => {}, environment, signal })
    .catch(asFault);
  return { ended, text: lines.join('\n') };
}

describe('find', () => {
  it('lists a camera with its streams where it has a login, without the login', async () => {
    await using camera = await startOnvifCamera({ discoverable: true, state: { media2: true } });
    const { ended, text } = await typed(findCommand, ['--interface', 'lo', '--seconds', '2']);
    expect(ended).toBe(0);
    expect(text).toContain(camera.address);
    expect(text).toMatch(
      /main {2,}rtsp:\/\/192\.0\.2\.5\/main {2,}H\.265 {2,}2560x1440 {2,}25\/s {2,}10 s \(250 pictures\)/,
    );
    expect(text).toMatch(/camera\.url {2,}rtsp:\/\/192\.0\.2\.5\/sub\S* {2,}watched all night/);
    expect(text).toMatch(/camera\.lookUrl {2,}rtsp:\/\/192\.0\.2\.5\/main {2,}opened for a look/);
    expect(text).not.toContain('sol');
  });

  it('says what to look at where nobody answers', async () => {
    const { ended, text } = await typed(findCommand, ['--interface', 'lo', '--seconds', '1'], {});
    // A camera of another test may be there.
    if (ended === 3) expect(text).toContain('No camera answered on lo');
    else expect(ended).toBe(0);
  });

  it('names the networks that there are', async () => {
    const { ended } = await typed(findCommand, ['--interface', 'nowhere0']);
    expect(ended).toMatchObject({ code: 'request-invalid', message: expect.stringContaining('lo') });
  });
});

describe('set', () => {
  const stream2 = 'rtsp://admin@192.0.2.5/sub?unicast=true&proto=Onvif';

  it('shows and changes nothing where nothing is to be set', async () => {
    await using camera = await startOnvifCamera();
    const { ended, text } = await typed(setCommand, [stream2, '--onvif', camera.address]);
    expect(ended).toBe(0);
    expect(text).toMatch(/stream «sub»[\s\S]*key pictures {2}10 s \(250 pictures\)/);
    expect(camera.asked.filter((one) => one.startsWith('Set'))).toEqual([]);
  });

  it('sets the stream of the address, in seconds, and shows before and after', async () => {
    await using camera = await startOnvifCamera();
    const args = [stream2, '--onvif', camera.address, '--key-interval', '1', '--rate', '12', '--time', 'now'];
    const { ended, text } = await typed(setCommand, args);
    expect(ended).toBe(0);
    expect(text).toMatch(/before {2,}after[\s\S]*key pictures {2,}10 s \(250 pictures\) {2,}1 s \(12 pictures\)/);
    expect(camera.state.streams.map((one) => one.encoder.govLength)).toEqual([250, 12]);
  });

  it('keeps the distance in seconds where only the rate is set', async () => {
    await using camera = await startOnvifCamera();
    await typed(setCommand, [stream2, '--onvif', camera.address, '--rate', '10']);
    expect(camera.state.streams[1]?.encoder).toMatchObject({ rate: 10, govLength: 100 });
  });

  it('asks which stream, where the address does not say it', async () => {
    await using camera = await startOnvifCamera();
    const { ended } = await typed(setCommand, [camera.address, '--rate', '10']);
    expect(ended).toMatchObject({ message: expect.stringContaining('--stream: «main», «sub»') });
  });

  for (const [story, environment] of [
    ['a factory password', { NATTFRID_CAMERA_USER: 'admin', NATTFRID_CAMERA_PASSWORD: '12345' }],
    ['no password', { NATTFRID_CAMERA_USER: 'admin' }],
    ['the user’s own name as password', { NATTFRID_CAMERA_USER: 'Nisse', NATTFRID_CAMERA_PASSWORD: 'nisse' }],
  ] as const)
    it(`refuses ${story} before the camera is asked`, async () => {
      await using camera = await startOnvifCamera({ state: { password: '12345' } });
      const { ended } = await typed(setCommand, [camera.address, '--stream', 'sub'], environment);
      expect(ended).toMatchObject({
        code: 'camera-refused-login',
        message: expect.stringContaining('Set one of its own'),
      });
      expect(camera.asked).toEqual([]);
    });

  for (const [args, words] of [
    [['--key-interval', '0'], /from 0\.2 to 10/],
    [['--size', 'large'], /1280x720/],
    [['--codec', 'av1'], /h264 or h265/],
    [['--time', '12:00'], /takes «now»/],
  ] as const)
    it(`refuses ${args.join(' ')} with its bounds`, async () => {
      const { ended } = await typed(setCommand, [stream2, ...args]);
      expect(ended).toMatchObject({ code: 'request-invalid', message: expect.stringMatching(words) });
    });
});

describe('the dark check', () => {
  /** @param manner what the pictures do when it goes to night */
  async function check(manner: 'go on' | 'hang up') {
    const password = login.NATTFRID_CAMERA_PASSWORD;
    await using pictures = await startTestCamera({ file: film, port: 0, user: 'admin', password });
    const modes: string[] = [];
    await using camera = await startOnvifCamera({
      state: { streams: [stream('main', pictures.url.replace(/\/\/.*@/, '//'), 640, 360)] },
      irCutChanged(mode) {
        modes.push(mode);
        if (manner === 'go on') return;
        pictures.fault('drop');
        pictures.fault(undefined);
      },
    });
    const said = await typed(darkCommand, [pictures.url, '--onvif', camera.address, '--seconds', '3']);
    return { ...said, modes };
  }

  it('A1.13 goes to night and back to what was set, and says that the pictures go on', async () => {
    const { text, modes } = await check('go on');
    expect(modes).toEqual(['OFF', 'AUTO']);
    expect(text).toContain('its filter is set to AUTO again');
  });

  it('says so where the camera ends its session for it', async () => {
    const { ended, text, modes } = await check('hang up');
    expect(modes).toEqual(['OFF', 'AUTO']);
    expect(text).toContain('ends the session when it goes to night or back');
    expect(ended).toBe(1);
  });
});
