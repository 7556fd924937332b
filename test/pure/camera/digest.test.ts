/** The login, held against the examples of the RFCs. */
import { describe, expect, it } from 'vitest';
import { authorise, challengesOf, schemesOf } from '../../../agent/src/camera/rtsp/digest.ts';

const mufasa = { user: 'Mufasa', password: 'Circle of Life' };
const response = (text: string) => /response="([0-9a-f]+)"/.exec(text)?.[1];

const first = (headers: readonly string[]) => challengesOf(headers)[0];

describe('the login', () => {
  const rfc7616 = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const asked = {
    method: 'GET',
    url: '/dir/index.html',
    count: 1,
    clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };
  for (const [name, header, credentials, what, expected] of [
    ['MD5 of RFC 7616 §3.9.1', rfc7616('MD5'), mufasa, asked, '8ca523f5e9506fed4657c9700eebdbec'],
    [
      'SHA-256 of RFC 7616 §3.9.1',
      rfc7616('SHA-256'),
      mufasa,
      asked,
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    ],
    [
      'MD5 of RFC 2617 §3.5',
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
      { user: 'Mufasa', password: 'Circle Of Life' },
      { method: 'GET', url: '/dir/index.html', count: 1, clientNonce: '0a4f113b' },
      '6629fae49393a05397450978507c4ef1',
    ],
    // RFC 2069 §2.4, with the correction of its errata.
    [
      'the older form of RFC 2069',
      'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
      { user: 'Mufasa', password: 'CircleOfLife' },
      { method: 'GET', url: '/dir/index.html', count: 1, clientNonce: '' },
      '1949323746fe6a43ef61f9606e7febea',
    ],
  ] as const)
    it(`answers ${name}`, () => {
      const challenge = first([header]);
      expect(challenge).toBeDefined();
      expect(response(authorise(challenge!, credentials, what))).toBe(expected);
    });

  it('hashes the user too, with SHA-512/256 (RFC 7616 §3.9.2, with the correction of its errata)', () => {
    const header =
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true';
    const text = authorise(
      challengesOf([header])[0]!,
      { user: 'J\u00e4s\u00f8n Doe', password: 'Secret, or not?' },
      { method: 'GET', url: '/doe.json', count: 1, clientNonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v' },
    );
    expect(text).toContain('username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"');
    expect(response(text)).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
    expect(text).toContain('userhash=true');
  });

  it('names what a camera wants that it cannot give', () =>
    expect(schemesOf(['Digest realm="a", nonce="1", algorithm="SHA3-x"', 'Bearer x'])).toEqual([
      'Digest SHA3-x',
      'Bearer',
    ]));

  it('answers Basic where there is nothing better (RFC 7617 §2)', () => {
    const challenge = first(['Basic realm="WallyWorld"']);
    const credentials = { user: 'Aladdin', password: 'open sesame' };
    expect(authorise(challenge!, credentials, asked)).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
  });

  for (const [name, headers, expected] of [
    [
      'SHA-256 before MD5 before Basic',
      ['Basic realm="a"', 'Digest realm="a", nonce="1"', rfc7616('SHA-256')],
      'sha-256',
    ],
    ['out of one header with several', ['Basic realm="a, b", Digest realm="a", nonce="1", algorithm=MD5'], 'md5'],
    ['SHA-512/256 before SHA-256', [rfc7616('SHA-256'), rfc7616('SHA-512-256')], 'sha-512-256'],
    ['not what it cannot compute', ['Digest realm="a", nonce="1", algorithm=SHA-3', 'Basic realm="a"'], 'basic'],
    ['nothing where there is nothing', ['Bearer x', ''], undefined],
  ] as const)
    it(`chooses ${name}`, () => {
      const found = first(headers);
      expect(found && (found.scheme === 'basic' ? 'basic' : found.algorithm)).toBe(expected);
    });

  it('lets nothing break out of its quotes', () => {
    const challenge = first(['Digest realm="a", nonce="1"']);
    const text = authorise(challenge!, { user: 'a", x="', password: '' }, { ...asked, url: 'rtsp://c/"\r\nX: y' });
    expect(text).not.toMatch(/[\r\n]/);
    expect(text).toContain('username="a\\", x=\\""');
  });
});
