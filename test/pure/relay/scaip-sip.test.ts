/** SIP as bytes: what comes from the network is read within bounds, a stream is cut where its messages end, a login is answered. */
import { readAddress, uriOf } from '@nattfrid/relay/scaip/sip/address';
import { answerChallenge, chooseChallenge } from '@nattfrid/relay/scaip/sip/digest';
import { openFrames } from '@nattfrid/relay/scaip/sip/frames';
import { header, headersOf, readSip, type SipMessage, writeSip } from '@nattfrid/relay/scaip/sip/message';
import { type TransactionEvent, transactionMachine } from '@nattfrid/relay/scaip/sip/transaction';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Machine, run } from '@nattfrid/shared/machine/machine';
import { milliseconds } from '@nattfrid/shared/time/duration';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const bytes = (text: string) => new TextEncoder().encode(text.replaceAll('\n', '\r\n'));
const text = (given: Uint8Array) => new TextDecoder().decode(given);
const message = (body: string): SipMessage => ({
  type: 'request',
  method: 'MESSAGE',
  uri: 'sip:larm@central.example',
  headers: [
    ['via', 'SIP/2.0/TCP 192.0.2.1:40000;branch=z9hG4bK1;rport'],
    ['call-id', 'abc'],
    ['cseq', '1 MESSAGE'],
  ],
  body: new TextEncoder().encode(body),
});
const orThrow = <Thing>(thing: Thing | Fault): Thing => {
  if (thing instanceof Fault) throw thing;
  return thing;
};

describe('a SIP message', () => {
  it('says the length of its body in bytes, so that «Åsa» arrives whole', () => {
    const written = text(writeSip(message('Åsa')));
    expect(written).toContain('Content-Length: 4\r\n');
    expect(text(orThrow(readSip(writeSip(message('Åsa')))).body)).toBe('Åsa');
  });
  it('is read with compact names, folded lines and several Via', () => {
    const read = orThrow(readSip(bytes('SIP/2.0 200 OK\nv: a\nV : b\nSubject: one\n  two\nl: 2\n\nhi and more')));
    expect(headersOf(read, 'via')).toEqual(['a', 'b']);
    expect(header(read, 'subject')).toBe('one two');
    expect(text(read.body)).toBe('hi');
  });
  it('lets nobody put a header into a value', () =>
    expect(text(writeSip({ ...message(''), headers: [['from', '<sip:a@b>\r\nEvil: 1']] }))).not.toContain('\r\nEvil'));
  for (const [name, given] of [
    ['without an end', 'MESSAGE sip:a SIP/2.0\nVia: a\n'],
    ['whose body is shorter than it says', 'SIP/2.0 200 OK\nContent-Length: 9\n\nhi'],
    ['with two lengths', 'SIP/2.0 200 OK\nContent-Length: 1\nl: 2\n\nhi'],
    ['of another kind', 'GET / HTTP/1.1\nHost: a\n\n'],
    ['with a line that is no header', 'SIP/2.0 200 OK\nhello\n\n'],
  ] as const)
    it(`${name} is refused`, () => expect(readSip(bytes(given))).toBeInstanceOf(Fault));

  it('never throws and never gives more than came, whatever the bytes', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc
            .array(
              fc.constantFrom(
                'SIP/2.0 200 OK',
                'MESSAGE sip:a SIP/2.0',
                '\r\n',
                'Via: a',
                'l: 3',
                ': ',
                '__proto__: x',
                'constructor: y',
                'æ',
                '\u0000',
                'Content-Length: -1',
              ),
              { maxLength: 25 },
            )
            .map((parts) => new TextEncoder().encode(parts.join(''))),
        ),
        (given) => {
          const read = readSip(given);
          if (!(read instanceof Fault)) expect(read.body.length).toBeLessThanOrEqual(given.length);
          openFrames().push(given);
        },
      ),
      { numRuns: 1000 },
    ));
});

describe('a stream of SIP messages', () => {
  it('is cut where they end, however it arrives', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
        (bodies, steps) => {
          const whole = Buffer.concat(bodies.flatMap((body) => [Buffer.from('\r\n\r\n'), writeSip(message(body))]));
          const frames = openFrames();
          const read: (SipMessage | Fault)[] = [];
          for (let at = 0, turn = 0; at < whole.length; turn++) {
            const step = steps[turn % steps.length]!;
            read.push(...frames.push(whole.subarray(at, at + step)));
            at += step;
          }
          expect(read.map((one) => text(orThrow(one).body))).toEqual(bodies);
        },
      ),
    ));
  it('ends where a message is longer than any of ours', () => {
    const frames = openFrames();
    expect(frames.push(bytes('SIP/2.0 200 OK\nContent-Length: 999999\n\n'))).toEqual([expect.any(Fault)]);
    expect(frames.push(writeSip(message('')))).toEqual([]);
    expect(openFrames().push(new Uint8Array(70_000).fill(65))).toEqual([expect.any(Fault)]);
  });
});

describe('a login', () => {
  // RFC 7616 section 3.9.1.
  const asked = {
    method: 'GET',
    uri: '/dir/index.html',
    count: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };
  const login = { user: 'Mufasa', password: 'Circle of Life' };
  const challenge = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  for (const [algorithm, response] of [
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)
    it(`is answered as RFC 7616 has it (${algorithm})`, () => {
      const chosen = chooseChallenge([challenge(algorithm)])!;
      expect(answerChallenge(chosen, login, asked)).toContain(`response="${response}"`);
    });
  it('takes the first that it can answer, as RFC 8760 wants', () =>
    expect(
      chooseChallenge(['Basic realm="a"', challenge('SHA-999'), challenge('SHA-256'), challenge('MD5')])?.algorithm,
    ).toBe('SHA-256'));
  it('is not answered where only the whole message may be signed', () =>
    expect(chooseChallenge(['Digest realm="a", nonce="b", qop="auth-int"'])).toBeUndefined());
});

describe('a transaction over UDP', () => {
  const ticks = Array.from(
    { length: 400 },
    (_, turn): TransactionEvent => ({ type: 'tick', at: milliseconds(turn * 100) }),
  );
  const told = (events: readonly TransactionEvent[], reliable = false) =>
    run(transactionMachine(reliable) as Machine<unknown, TransactionEvent, { type: string }>, [
      { type: 'start', at: milliseconds(0) },
      ...events,
    ]).effects.map(({ type }) => type);
  it('is sent eleven times in 32 s, ever more slowly', () =>
    expect(told(ticks)).toEqual([...Array.from({ length: 11 }, () => 'send'), 'nobody']));
  it('is sent once where the way is reliable', () => expect(told(ticks, true)).toEqual(['send', 'nobody']));
  it('ends with its answer', () =>
    expect(
      told([
        { type: 'response', status: 100, at: milliseconds(1) },
        { type: 'response', status: 200, at: milliseconds(2) },
        ...ticks,
      ]),
    ).toEqual(['send', 'final']));
});

describe('an address', () => {
  for (const [given, transport, uri] of [
    ['larm@central.example:5061', 'tls', 'sips:larm@central.example:5061'],
    ['sip:central.example', 'tcp', 'sip:central.example;transport=tcp'],
    ['[2001:db8::1]:5060', 'udp', 'sip:[2001:db8::1]:5060'],
  ] as const)
    it(given, () => expect(uriOf(orThrow(readAddress(given)), transport)).toBe(uri));
  for (const given of ['', 'a b', 'a@b:0', 'a@b:99999', 'http://a', 'a@b;transport=tcp'])
    it(`«${given}» is none`, () => expect(readAddress(given)).toBeInstanceOf(Fault));
});
