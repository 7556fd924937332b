/** What a recording of a camera's manners may hold: heads and sizes. Who it is, who may see it, and what it sees stay out. */
import { headersFor } from '@nattfrid/agent/technician/manners/headers-for';
import { packetFor } from '@nattfrid/agent/technician/manners/packet-for';
import { readRecording } from '@nattfrid/agent/technician/manners/recording';
import { sdpFor } from '@nattfrid/agent/technician/manners/sdp-for';
import { openTaken } from '@nattfrid/agent/technician/manners/taken';
import { asFault } from '@nattfrid/shared/fault/fault';
import { printManner } from '@nattfrid/stand-ins/test-camera/manners/recorded/print-manner';
import { manners } from '@nattfrid/stand-ins/test-camera/manners/table/manners';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const asked = 'rtsp://192.0.2.5:554/live';
const secrets = fc.stringMatching(/^Zq[A-Za-z0-9]{8,16}$/);

describe('what a camera is called', () => {
  const headers = (secret: string) =>
    new Map([
      ['server', [`${secret}/1.0`]],
      [
        'www-authenticate',
        [`Digest realm="${secret}", nonce="${secret}", opaque="${secret}", algorithm=MD5, qop="auth"`],
      ],
      ['session', [`${secret};timeout=60`, `${secret}`, `12;${secret}`]],
      ['transport', [`RTP/AVP/TCP;unicast;source=${secret};ssrc=${secret};interleaved=0-1;${secret};mode="${secret}"`]],
      ['content-base', [`rtsp://${secret}:554/${secret}/`, `rtsp://anna:${secret}@192.0.2.5/live/`, `${secret}/`]],
      ['content-type', [`application/${secret}`]],
      ['rtp-info', [`url=rtsp://${secret}/track1;seq=1`]],
      ['public', [`OPTIONS, ${secret.toUpperCase()}`]],
      ['range', [`npt=${secret}`]],
      [`x-${secret}`, ['1']],
      ['x-serial', [secret]],
    ]);

  it('does not come out of headers', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const told = JSON.stringify(headersFor(headers(secret), asked, openTaken()));
        expect(told.toLowerCase()).not.toContain(secret.toLowerCase());
      }),
    );
  });

  it('does not come out of a session description', () => {
    const sdp = (secret: string) => [
      ...[
        'v=0',
        `o=${secret} 20261129 ${secret} IN IP4 ${secret}`,
        `s=${secret}`,
        `i=${secret}`,
        `e=${secret}@example.org`,
      ],
      ...[`c=IN IP4 ${secret}`, `k=clear:${secret}`, `b=${secret}:1`, `a=tool:${secret}`, `a=range:npt=${secret}`],
      ...[`m=video 0 RTP/AVP ${secret}`, `m=${secret} 0 RTP/AVP 96`, `a=rtpmap:96 ${secret}/90000`, secret],
      `a=fmtp:96 profile-level-id=${secret};sprop-parameter-sets=${secret},${secret};${secret}`,
      ...[
        `a=control:rtsp://${secret}/live/track1`,
        `a=control:track1?password=${secret}`,
        `a=control:${asked}/${secret}/track2`,
      ],
    ];
    fc.assert(
      fc.property(secrets, (secret) => {
        const told = sdpFor(sdp(secret).join('\r\n'), asked, openTaken());
        expect(told.join('\n').toLowerCase()).not.toContain(secret.toLowerCase());
        expect(told).toContain('a=control:<url>/<path>/track2');
      }),
    );
  });

  it('leaves what tells how it speaks', () => {
    const taken = openTaken();
    const told = headersFor(headers('Zq'), asked, taken);
    expect(told).toContainEqual(['www-authenticate', 'Digest algorithm=MD5, qop=auth, opaque=<value>']);
    expect(told).toContainEqual(['session', '<session>;timeout=60']);
    expect(taken.counts).toMatchObject({ 'session ids': 3, 'values of the header server': 1 });
  });
});

describe('what a camera sees', () => {
  it('does not matter to what is written: of a payload three bytes are looked at', () => {
    const head = Uint8Array.of(0x80, 0xe0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    // Any, and those that say the most: fragments of H.264 and of H.265, an aggregate, a start code.
    const start = fc.oneof(
      fc.uint8Array({ minLength: 3, maxLength: 3 }),
      fc
        .constantFrom([0x7c, 0x85, 0x88], [98, 1, 0x93], [0x78, 0, 20], [96, 1, 0], [0, 0, 1])
        .map((bytes) => Uint8Array.from(bytes)),
    );
    const rest = fc.uint8Array({ minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(start, rest, rest, fc.constantFrom('h264', 'h265', 'mjpeg'), (first, one, other, codec) => {
        const told = (bytes: Uint8Array) =>
          packetFor(Buffer.concat([head, first, bytes]), { at: 0, channel: 0, codec, before: undefined })?.packet;
        expect(told(one)).toEqual(told(other));
      }),
    );
  });
});

it('is printed as a line that the table takes: each of its own comes back whole', () => {
  for (const manner of manners) {
    const read: unknown = new Function(`return ${printManner(manner).slice(0, -1)}`)();
    expect(read).toEqual(manner);
  }
});

describe('a file that is no recording', () => {
  for (const [story, text, words] of [
    ['no JSON', 'RTSP/1.0 200 OK', 'it is no JSON'],
    ['another format', '{"format":"other"}', '«format»'],
    ['a field that nobody knows', JSON.stringify({ ...empty(), pictures: [] }), 'pictures'],
    ['a size that no packet has', JSON.stringify({ ...empty(), length: -1 }), '«length»'],
  ] as const)
    it(`is refused, with what is wrong: ${story}`, () => {
      let said = asFault(undefined);
      try {
        readRecording(text);
      } catch (error) {
        said = asFault(error);
      }
      expect(said).toMatchObject({ code: 'file-unreadable', message: expect.stringContaining(words) });
    });
});

function empty() {
  const lists = { answers: [], sdp: [], requests: [], unanswered: [], packets: [] };
  return {
    format: 'nattfrid camera manners 1',
    over: 'tcp',
    length: 0,
    ...lists,
    stray: { times: 0, bytes: 0 },
    taken: {},
  };
}
