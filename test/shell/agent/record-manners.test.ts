/** `npm run camera -- record-manners`: a camera's manners recorded, made a line of the table, played by the test camera, and recorded again. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { readRtspUrl } from '@nattfrid/agent/camera/rtsp/url';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { recordManners } from '@nattfrid/agent/technician/manners/record-manners';
import { readRecording, writeRecording } from '@nattfrid/agent/technician/manners/recording';
import { recordCommand } from '@nattfrid/agent/technician/record-command';
import { asFault } from '@nattfrid/shared/fault/fault';
import { seconds } from '@nattfrid/shared/time/duration';
import { quickClock } from '@nattfrid/stand-ins/quick-clock';
import { drawFilm } from '@nattfrid/stand-ins/test-camera/manners/film';
import type { Manner } from '@nattfrid/stand-ins/test-camera/manners/manner';
import { lineOf } from '@nattfrid/stand-ins/test-camera/manners/recorded/line-of';
import { mannerOf } from '@nattfrid/stand-ins/test-camera/manners/recorded/manner-of';
import { serveManner } from '@nattfrid/stand-ins/test-camera/manners/serve';
import { manners } from '@nattfrid/stand-ins/test-camera/manners/table/manners';
import { describe, expect, it } from 'vitest';
import { needlesOf } from '../../support/needles.ts';

const ffmpeg = await findFfmpeg(process.env);

/** What the line says that is made of a recording of this camera. */
async function recorded(manner: Manner): Promise<Manner> {
  const clock = quickClock(manner.quick ?? 1);
  await using camera = await serveManner(manner, { ffmpeg, clock });
  const { recording } = await recordManners(
    (tap) => rtspCamera({ url: camera.url, clock, tap }),
    {
      ...{ asked: readRtspUrl(camera.url).url, clock, length: seconds(manner.seconds ?? 3), firstWithin: seconds(30) },
      progress: () => {},
    },
    new AbortController().signal,
  );
  return mannerOf(readRecording(writeRecording(recording))).manner;
}

const row = (name: string, more: Partial<Manner> = {}): Manner => {
  const found = manners.find((one) => one.name === name);
  if (!found) throw new Error(`The table has no manner ${name}.`);
  const { seconds: _usual, ...rest } = found;
  return { ...rest, ...more };
};

describe.concurrent('a recording shows the kind, and so does its own when it is played', { timeout: 60_000 }, () => {
  for (const [manner, kind] of [
    [row('b2-base-empty'), { answers: { DESCRIBE: { headers: { 'Content-Base': '' } } } }],
    [row('e4-marker-per-slice'), { film: { slices: 4 }, packets: { marker: 'unit' } }],
    [row('annexb-in-fragments'), { packets: { byteStream: 'fragments' } }],
    [
      row('g10-night-20-10', { quick: 2, seconds: 16 }),
      { times: { counted: expect.any(Number), night: { sends: expect.any(Number) } } },
    ],
    [row('rate-wrong-always'), { times: { counted: 25 } }],
    [row('b18-cseq-wrong'), { answers: { DESCRIBE: { cseq: -1 }, SETUP: { cseq: -1 }, PLAY: { cseq: -1 } } }],
    [row('b-pictures'), { film: { bPictures: 2 } }],
    [row('channels-eight'), { session: { channels: { said: [8, 9] } } }],
    [
      row('plain', { session: { ends: { after: 2, how: 'hang-up' } }, does: 'hangs up after 2 s' }),
      { session: { ends: { how: 'hang-up' } } },
    ],
    [
      row('plain', {
        times: { stall: { every: 5, lasts: 2, goesOn: 'all' } },
        does: 'stands still',
        quick: 2,
        seconds: 13,
      }),
      { times: { stall: { every: expect.any(Number), lasts: expect.any(Number), goesOn: 'all' } } },
    ],
    [
      row('plain', { packets: { type: 99 }, does: 'sends another payload type than it has announced' }),
      { packets: { type: 99 } },
    ],
    [row('junk-between'), { packets: { junk: { bytes: expect.any(String) } } }],
    [row('c8-options-silent'), { answers: { OPTIONS: { silent: true } } }],
    [row('udp-only-461'), { session: { udp: { status: '461 Unsupported Transport' } } }],
    [row('h265'), { film: { codec: 'h265' } }],
  ] as const)
    it(`${manner.name}: ${manner.does}`, async () => {
      const first = await recorded(manner);
      expect(first).toMatchObject(kind);
      const again = await recorded({ ...first, quick: manner.quick ?? 1, seconds: manner.seconds ?? 3 });
      expect(again).toMatchObject(kind);
    });

  it('says nothing of a camera without manners', async () => {
    const { film: _film, times: _times, ...rest } = await recorded(row('plain'));
    expect(rest).toEqual({ name: 'recorded', report: 'derived', does: 'what a recording shows', comes: 'well' });
  });
});

/** Of each kind of name one; the camera says it wherever it can. */
const names = {
  password: 'hem/ligt-9Qx',
  serial: 'SN20260042ABC',
  host: 'cam-vardagsrum',
  inUnit: 'klartext-i-bilden',
};

const talkative: Manner = {
  ...row('plain'),
  login: { scheme: 'digest', password: names.password, user: 'annabella' },
  path: `/live?token=${names.serial}`,
  packets: { front: [`06f011${Buffer.from(names.inUnit).toString('hex')}80`] },
  answers: {
    '*': { headers: { Server: names.host, 'X-Serial': names.serial } },
    SETUP: {
      headers: {
        Session: `${names.serial};timeout=60`,
        Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1;source=203.0.113.77',
      },
    },
  },
  sdp: {
    edits: [
      [/s=manners/, `s=${names.serial}`],
      [/IN IP4 127\.0\.0\.1/, 'IN IP4 203.0.113.77'],
    ],
  },
};

async function typed(args: readonly string[]) {
  const lines: string[] = [];
  const surroundings = { print: (text: string) => void lines.push(text), progress: () => {}, environment: {} };
  const { signal } = new AbortController();
  const ended = await recordCommand(lineOf)
    .run(args, { ...surroundings, signal })
    .catch(asFault);
  return { ended, text: lines.join('\n') };
}

describe('the file', () => {
  it('holds no login, no address, no name, and no byte of a picture, and nor does what is printed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manners-'));
    try {
      const out = join(folder, 'out.json');
      await using camera = await serveManner(talkative, { ffmpeg });
      const { ended, text } = await typed([camera.url, '--seconds', '3', '--out', out]);
      expect(ended).toBe(0);
      expect(text).toContain('session ids');
      const written = await readFile(out, 'utf8');
      expect(readRecording(written).packets.length).toBeGreaterThan(20);
      const words = [...Object.values(names), 'annabella', 'klartext', '203.0.113.77', '127.0.0.1'];
      const film = await drawFilm({}, ffmpeg);
      const pieces = film.pictures.flatMap(({ units }) => units.flatMap((unit) => needlesOf(unit)));
      expect(pieces.length).toBeGreaterThan(50);
      const coded = [...pieces, ...film.sets, Buffer.from(names.inUnit)].flatMap((piece) => [
        Buffer.from(piece).toString('hex').slice(0, 12),
        Buffer.from(piece).toString('base64').slice(0, 8),
        [...piece].slice(0, 6).join(),
      ]);
      const held = (hay: string) => [...words, ...coded].filter((needle) => hay.includes(needle));
      expect({ written: held(written), printed: held(text.replaceAll('source=127.0.0.1', '')) }).toEqual({
        written: [],
        printed: [],
      });
      expect(await typed([camera.url, '--out', out])).toMatchObject({
        ended: { code: 'request-invalid', message: expect.stringContaining('is there already') },
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is written of a camera that refuses too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manners-'));
    try {
      const out = join(folder, 'out.json');
      await using camera = await serveManner(row('login-wrong-403'), { ffmpeg });
      const { ended, text } = await typed([camera.url, '--seconds', '3', '--out', out]);
      expect({ ended, text }).toMatchObject({ ended: 3, text: expect.stringContaining('it answers 403') });
      const { answers, packets } = readRecording(await readFile(out, 'utf8'));
      expect(answers.map((one) => one.status)).toContain(403);
      expect(packets).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is not begun with wrong arguments', async () => {
    for (const args of [[], ['rtsp://192.0.2.5/', '--seconds', '1e9'], ['http://192.0.2.5/']])
      expect((await typed(args)).ended).toMatchObject({ code: expect.stringMatching(/^(request|config)-invalid$/) });
  });
});
