/** Pure. Manners of cameras that want a login. */
import type { Manner } from '../manner.ts';

// biome-ignore format: one line for each manner
export const logins: readonly Manner[] = [
  { name: 'a6-raw-password', report: 'AlexxIT/go2rtc/issues/1227', does: 'the password is pasted as it is into the address, with @, /, ? and # in it', comes: 'well', login: { scheme: 'digest', password: 'p@ss/w?rd#1', typed: 'p@ss/w?rd#1' } },
  { name: 'password-hashes', report: 'deepch/vdk/issues/26', does: 'the password has # in it twice, and is pasted as it is', comes: 'well', login: { scheme: 'digest', password: 'pass123##X', typed: 'pass123##X' } },
  { name: 'password-at', report: 'bluenviron/mediamtx/issues/2069', does: 'the password has @ in it, and is pasted as it is', comes: 'well', login: { scheme: 'basic', password: 'P@ssword', typed: 'P@ssword' } },
  { name: 'password-caret', report: 'kerberos-io/agent/issues/74', does: 'the password has ^ in it, which no address may have', comes: 'well', login: { scheme: 'digest', password: 'ab^cd!', typed: 'ab^cd!' } },
  { name: 'password-encoded', report: 'ZoneMinder/zoneminder/issues/4498', does: 'the password is encoded in the address by the rules', comes: 'well', login: { scheme: 'digest', password: 'xxx!xxxxx@204', typed: 'xxx%21xxxxx%40204' } },
  { name: 'password-empty', report: 'e1ioan/rokuphp/issues/18', does: 'there is a user, and an empty password', comes: 'well', login: { scheme: 'digest', password: '' } },
  { name: 'password-percent', report: 'AlexxIT/WebRTC/issues/211', does: 'the password holds what looks like an encoded letter (100%25), pasted as it is', comes: 'well', unseen: true, login: { scheme: 'digest', password: '100%25', typed: '100%25' } },
  { name: 'user-slash-at', report: 'mpromonet/webrtc-streamer/issues/601', does: 'the user name has / and @ in it', comes: 'well', unseen: true, login: { scheme: 'digest', user: 'test/@', password: 'abc123', typed: 'abc123' } },
  { name: 'basic', report: 'bluenviron/gortsplib/issues/402', does: 'YGTek: asks for a Basic login', comes: 'well', login: { scheme: 'basic', password: 'ev1' } },
  { name: 'digest-bare', report: 'Ullaakut/cameradar/issues/199', does: 'Samsung iPOLiS: a challenge of realm and nonce alone, as in RFC 2069', comes: 'well', login: { scheme: 'digest', password: 'pw', unsaid: true } },
  { name: 'digest-options-too', report: 'Motion-Project/motion/issues/121', does: 'Amcrest: OPTIONS wants a login too', comes: 'well', login: { scheme: 'digest', password: 'pw', unsaid: true, optionsToo: true } },
  { name: 'digest-both-qops', report: 'derived', does: 'offers auth and auth-int, with an opaque value', comes: 'well', unseen: true, login: { scheme: 'digest', password: 'pw', qop: 'auth,auth-int', opaque: true } },
  { name: 'digest-sha-256', report: 'derived', does: 'Digest by SHA-256', comes: 'well', login: { scheme: 'digest', password: 'pw', algorithm: 'SHA-256', qop: 'auth' } },
  { name: 'digest-sha-512-256', report: 'derived', does: 'Digest by SHA-512-256', comes: 'well', login: { scheme: 'digest', password: 'pw', algorithm: 'SHA-512-256', qop: 'auth' } },
  { name: 'digest-md5-sess', report: 'derived', does: 'Digest by MD5-sess', comes: 'well', unseen: true, login: { scheme: 'digest', password: 'pw', algorithm: 'MD5-sess', qop: 'auth' } },
  { name: 'digest-unquoted', report: 'scottlamb/retina/issues/62', does: 'the values of its challenge stand without quotes, and with spaces round the signs', comes: 'well', unseen: true, login: { scheme: 'digest', password: 'pw', edits: [[/realm="[^"]*"/, 'realm = cam'], [/nonce="([^"]*)"/, 'nonce = $1'], [/algorithm=MD5/, 'algorithm="MD5"']] } },
  { name: 'digest-behind-basic', report: 'derived', does: 'offers Basic first, with another realm, and Digest behind it', comes: 'well', unseen: true, login: { scheme: 'digest', password: 'pw', others: ['Basic realm="other"'] } },
  { name: 'digest-behind-unknown', report: 'derived', does: 'offers Negotiate first', comes: 'well', unseen: true, login: { scheme: 'digest', password: 'pw', others: ['Negotiate'] } },
  { name: 'nonce-stale', report: 'derived', does: 'a nonce holds for 3 s, so that what keeps the session alive is asked for a login again', comes: 'well', unseen: true, seconds: 12, login: { scheme: 'digest', password: 'pw', staleAfter: 3 }, session: { timeout: 4, needs: { what: 'any', within: 9 } } },
  { name: 'k2-close-after-401', report: 'derived', does: 'closes the connection behind its 401, and keeps the nonce for the next call', comes: 'well', login: { scheme: 'digest', password: 'pw', closes: true } },
  { name: 'login-wrong', report: 'Ullaakut/cameradar/issues/247', does: 'has another password', comes: { refused: 'camera-refused-login', says: 'password' }, login: { scheme: 'digest', password: 'wrong', really: 'right' } },
  { name: 'login-wrong-403', report: 'derived', does: 'answers 403 to a wrong password', comes: { refused: 'camera-refused-login', says: '403' }, login: { scheme: 'digest', password: 'wrong', really: 'right', wrong: '403 Forbidden' } },
  { name: 'query-in-uri', report: 'scottlamb/retina/issues/62', does: 'Imou: a query in the address, which belongs to what is hashed', comes: 'well', path: '/cam/realmonitor?channel=1&subtype=1', login: { scheme: 'digest', password: 'pw', unsaid: true } },
];
