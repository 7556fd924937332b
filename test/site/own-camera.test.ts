/** `scripts/demo --camera URL`: a technician's own camera is watched, and what cannot be watched is refused in words. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '@nattfrid/stand-ins/free-port';
import { startTestCamera, type TestCamera } from '@nattfrid/stand-ins/test-camera/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, startManneredCamera } from '../support/mannered-camera.ts';

const root = join(import.meta.dirname, '../..');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function demo(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'scripts/demo.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}

describe('the demo with a camera of one’s own', () => {
  let camera: TestCamera;
  beforeAll(async () => {
    const file = join(root, 'fixtures/scenes/night-fall.mp4');
    const login = { user: 'anna', password: 'p@ss/word?' };
    camera = await startTestCamera({ file, port: 0, ...login, tailFromSeconds: 34 });
  });
  afterAll(() => camera[Symbol.asyncDispose]());
  const bare = () => `rtsp://127.0.0.1:${camera.port}/night`;

  it('watches it until somebody has been helped, with the password from the environment', async () => {
    const secrets = { NATTFRID_CAMERA_USER: 'anna', NATTFRID_CAMERA_PASSWORD: 'p@ss/word?' };
    const { code, out, err } = await demo(['--once', '--camera', bare()], secrets);
    expect(err).toBe('');
    expect(out).toContain('sends H.264');
    expect(out).toContain('verdict saved');
    expect(out).not.toContain('p@ss');
    expect(code).toBe(0);
  }, 240_000);

  it('says what is wrong with the login, and never the password', async () => {
    const given = ['--camera', bare(), '--camera-user', 'anna', '--camera-password', 'hemligt'];
    const { code, out, err } = await demo(given);
    expect(err).toMatch(/refuses the user name or the password[\s\S]*--camera-password/);
    expect(out + err).not.toContain('hemligt');
    expect(code).toBe(1);
  });

  it('asks for a login where the camera wants one', async () => {
    const { code, err } = await demo(['--camera', bare()]);
    expect(err).toMatch(/wants a user name and a password[\s\S]*--camera-user/);
    expect(code).toBe(1);
  });

  for (const [story, args, words] of [
    [
      'an address that is no RTSP address',
      ['--camera', 'http://192.0.2.5/video'],
      /not of the form rtsp:[\s\S]*--video/,
    ],
    ['a recording and a camera at once', ['--camera', 'rtsp://192.0.2.5/', '--video', 'x.mp4'], /give one of them/],
    ['a password without a camera', ['--camera-password', 'x'], /goes with --camera/],
  ] as const)
    it(`refuses ${story} as wrong arguments`, async () => {
      const { code, err } = await demo(args);
      expect(err).toMatch(words);
      expect(code).toBe(2);
    });

  it('says so where nobody answers', async () => {
    const { code, err } = await demo(['--camera', `rtsp://127.0.0.1:${await freePort()}/live`]);
    expect(err).toMatch(/Nobody answers at the camera's address 127\.0\.0\.1:\d+\. Is it switched on/);
    expect(code).toBe(1);
  });

  it('names a codec that cannot be shown, and what to set', async () => {
    const sdp = 'v=0\r\nm=video 0 RTP/AVP 97\r\na=rtpmap:97 VP9/90000\r\na=control:track1\r\n';
    using other = await startManneredCamera({ DESCRIBE: (asked) => answer(asked, '200 OK', [], sdp) });
    const { code, err } = await demo(['--camera', other.url]);
    expect(err).toMatch(/sends video as VP9 only, which the unit cannot show\. Set it to H\.264/);
    expect(code).toBe(1);
  });
});
