/** `npm run camera -- check URL`, as a technician types it, on a camera that is a real neighbour. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { startTestCamera, type TestCamera } from '@nattfrid/stand-ins/test-camera/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, play, startManneredCamera } from '../../support/mannered-camera.ts';

const root = join(import.meta.dirname, '../../..');

/** @returns exit code and what was printed */
function camera(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { NATTFRID_CAMERA_USER: _user, NATTFRID_CAMERA_PASSWORD: _password, ...env } = process.env;
  return new Promise((resolve) =>
    execFile(process.execPath, [join(root, 'scripts/camera.ts'), ...args], { cwd: root, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );
}

describe('a check of a camera', () => {
  let own: TestCamera;
  beforeAll(async () => {
    const file = join(root, 'fixtures/scenes/night-fall.mp4');
    own = await startTestCamera({ file, port: 0, user: 'anna', password: 'hem/ligt' });
  });
  afterAll(() => own[Symbol.asyncDispose]());

  it('says what comes, draws it, and never the password', async () => {
    const { out, err } = await camera('check', own.url, '--seconds', '3');
    expect(err).toBe('');
    for (const words of ['It sends H.264.', 'Its pictures are 640x360.', 'Its times count the time.', '\nkey      |'])
      expect(out).toContain(words);
    expect(out).not.toMatch(/hem|anna|has no password/);
  });

  it('tells the same in JSON, with figures', async () => {
    const { out } = await camera('check', own.url, '--seconds', '2', '--json');
    const told = JSON.parse(out);
    expect(told).toMatchObject({ figures: { codecs: ['h264'], sizes: [{ width: 640, height: 360 }] }, hangUps: [] });
    expect(told.figures.keyPictures).toBeGreaterThanOrEqual(2);
  });

  it('ends with 3 and the reason where the camera refuses', async () => {
    const { code, out } = await camera('check', own.url, '--password', 'fel');
    expect({ code, out }).toMatchObject({
      code: 3,
      out: expect.stringContaining('refuses the user name or the password'),
    });
  });

  it('ends with 1 and tells of sessions that the camera ends, and goes on watching', async () => {
    let calls = 0;
    using rude = await startManneredCamera({
      PLAY: (asked, socket) => {
        if (calls++ === 0) setTimeout(() => socket.destroy(), 500).unref();
        play(socket);
        return answer(asked);
      },
    });
    const { code, out } = await camera('check', rude.url, '--seconds', '4');
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('It ended the session once') });
    expect(out).toContain('has no password, or one that cameras come with');
    expect(calls).toBe(2);
  });

  for (const [story, args] of [
    ['no address', ['check']],
    ['an address that is none', ['check', 'http://192.0.2.5/']],
    ['a time without end', ['check', 'rtsp://192.0.2.5/', '--seconds', '1e9']],
    ['an option that is unknown', ['check', 'rtsp://192.0.2.5/', '--fast']],
    ['a command that is unknown', ['chekc']],
  ] as const)
    it(`ends with 2 for ${story}`, async () => {
      const { code, err } = await camera(...args);
      expect(code).toBe(2);
      expect(err).toMatch(/^camera: /);
    });

  it('explains itself', async () => {
    expect((await camera('--help')).out).toContain('check URL');
    expect((await camera('check', '--help')).out).toContain('Exit: 0 all is well');
  });
});
