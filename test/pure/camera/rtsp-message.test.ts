/** What comes over a connection to a camera, however it is cut up, and whatever rubbish stands between. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RtspEvent } from '../../../agent/src/camera/rtsp/event.ts';
import { rtspReader } from '../../../agent/src/camera/rtsp/message.ts';
import { writeRequest } from '../../../agent/src/camera/rtsp/write-message.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const packet = (channel: number, size = 20) =>
  bytes(`$${String.fromCharCode(channel, 0, size)}\x80${channel % 2 ? '\xc9' : '`'}${'x'.repeat(size - 2)}`);
const answer = bytes('RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Length: 5\r\n\r\nhello');
const ok = 'RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Length: 5\r\n\r\nhello';
const sdp = (length?: number) =>
  `RTSP/1.0 200 OK\r\nCSeq: 1\r\n${length === undefined ? '' : `Content-Length: ${length}\r\n`}\r\nv=0\r\na=track1\r\n`;
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

function told(chunks: readonly Uint8Array[]): readonly string[] {
  let rest = rtspReader.initial;
  const all: RtspEvent[] = [];
  for (const chunk of chunks) {
    const [next, events] = rtspReader.step(rest, chunk);
    all.push(...events);
    rest = next;
  }
  return words(all);
}

const words = (all: readonly RtspEvent[]): readonly string[] =>
  all.map((one) => {
    if (one.type === 'data') return `data ${one.channel} ${one.payload.length}`;
    if (one.type === 'response') return `${one.status} ${one.headers.get('cseq')} ${one.body}`;
    return one.type;
  });

describe('what a camera says', () => {
  for (const [name, given, expected] of [
    ['an answer with a body', answer, ['200 3 hello']],
    ['packets between answers', join(packet(0), answer, packet(1)), ['data 0 20', '200 3 hello', 'data 1 20']],
    ['a question of its own', bytes('OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n'), ['request']],
    ['a web server', bytes('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'), ['junk']],
    ['rubbish, then a packet', join(bytes('\0\x01\x02#%'), packet(0)), ['junk', 'data 0 20']],
    ['a $ that begins nothing', join(bytes('$\0\0\x10\x17'), packet(2)), ['junk', 'data 2 20']],
    ['nothing yet', bytes('RTSP/1.0 200'), []],
    [
      'lines that end by line feeds alone',
      bytes('RTSP/1.0 200 OK\nCSEQ: 3\ncontent-length: 5\n\nhello'),
      ['200 3 hello'],
    ],
    ['a body that is counted too short', join(bytes(sdp(9)), answer), ['200 1 v=0\r\na=track1\r\n', '200 3 hello']],
    ['a body that is counted too long', join(bytes(sdp(99)), answer), ['200 1 v=0\r\na=track1\r\n', '200 3 hello']],
    [
      'a body that nobody counts, before a packet',
      join(bytes(sdp()), packet(0)),
      ['200 1 v=0\r\na=track1\r\n', 'data 0 20'],
    ],
    [
      'a short body of another kind, and the message behind',
      bytes(`RTSP/1.0 404 No\r\nCSeq: 1\r\nContent-Length: 4\r\nContent-Type: text/html\r\n\r\n<b>No!\r\n${ok}`),
      ['404 1 <b>N', 'junk', '200 3 hello'],
    ],
  ] as const)
    it(`is understood: ${name}`, () => expect(told([given])).toEqual(expected));

  for (const [name, given, pauses, expected] of [
    ['at once, where its length is right', sdp(15), 0, ['200 1 v=0\r\na=track1\r\n']],
    ['at once, where its last line does not end', sdp(13).trimEnd(), 0, ['200 1 v=0\r\na=track1']],
    ['after a pause, where text stands behind its length', sdp(9), 1, ['200 1 v=0\r\na=track1\r\n']],
    ['after fifteen, where its length is too large', sdp(80), 15, ['200 1 v=0\r\na=track1\r\n']],
    ['after four, where nobody counts it', sdp(), 4, ['200 1 v=0\r\na=track1\r\n']],
  ] as const)
    it(`ends a description ${name}`, () => {
      let [state, events] = rtspReader.step(rtspReader.initial, bytes(given));
      for (let turn = 0; turn < pauses; turn++) {
        expect([events, state.waiting]).toEqual([[], true]);
        [state, events] = rtspReader.step(state, 'pause');
      }
      expect(words(events)).toEqual(expected);
    });

  it('is the same in pieces of any size', () => {
    const whole = join(answer, packet(0), packet(1, 99), answer, packet(0));
    const expected = told([whole]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        expect(told(at.slice(1).map((end, index) => whole.slice(at[index], end)))).toEqual(expected);
      }),
    );
  });

  it('is found again after any rubbish, and rubbish never piles up', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), (rubbish) => {
        let rest = rtspReader.initial;
        for (let turn = 0; turn < 5; turn++) [rest] = rtspReader.step(rest, rubbish);
        for (let turn = 0; turn < 80; turn++) [rest] = rtspReader.step(rest, new Uint8Array(4000));
        const [after, events] = rtspReader.step(rest, join(packet(0), packet(0), packet(0)));
        expect(after.rest.length).toBeLessThan(70_000);
        expect(events.some((one) => one.type === 'data')).toBe(true);
      }),
    );
  });

  it('is asked in the words of RFC 2326', () =>
    expect(writeRequest('PLAY', 'rtsp://cam/x', 4, { Session: '1' })).toBe(
      'PLAY rtsp://cam/x RTSP/1.0\r\nCSeq: 4\r\nUser-Agent: Nattfrid\r\nSession: 1\r\n\r\n',
    ));
});
