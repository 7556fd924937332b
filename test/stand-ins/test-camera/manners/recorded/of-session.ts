/** Pure. How a recording's session lived and ended, and how it asked for a login, in the fields that a manner has for it. */
import type { MannersRecording } from '@nattfrid/agent/technician/manners/recording';
import type { LoginManner, SessionManner } from '../manner.ts';
import { reasons } from './of-answers.ts';
import { trackOf } from './pictures-of.ts';

export function sessionOf(recording: MannersRecording): SessionManner {
  const { answers, requests, ended, packets, over } = recording;
  const { channel } = trackOf(recording);
  const setUp = answers.find((one) => one.method === 'SETUP' && one.status < 300);
  const transport = setUp?.headers.find(([name]) => name === 'transport')?.[1] ?? '';
  const [, low, high] = /interleaved=(\d+)(?:-(\d+))?/.exec(transport) ?? [];
  const refused = answers.find((one) => one.method === 'SETUP' && one.status >= 300 && one.status !== 401);
  const busy = setUp ? answers.filter((one) => one.method === 'SETUP' && one.status === 453).length : 0;
  const timeout = Number(/timeout ?= ?(\d+)/.exec(setUp?.headers.find(([name]) => name === 'session')?.[1] ?? '')?.[1]);
  const asked = requests.filter((one) => one.method !== 'TEARDOWN');
  const [first] = asked;
  const bye = packets.filter((one) => one.kind === 'rtcp' && one.type === 203).at(-1);
  const how = requests.some((one) => one.method === 'TEARDOWN')
    ? 'TEARDOWN'
    : ended?.why === 'camera-silent'
      ? 'silence'
      : bye && ended && ended.at - bye.at < 1000
        ? 'BYE'
        : 'hang-up';
  const last = packets.at(-1)?.at ?? 0;
  return {
    ...(ended &&
      packets.length > 0 && {
        ends: { after: Math.max(1, Math.round((how === 'silence' ? last : ended.at) / 1000)), how },
      }),
    ...(first && {
      asks: { method: first.method, every: Math.max(1, Math.round((asked.at(-1)?.at ?? 1000) / asked.length / 1000)) },
    }),
    ...(busy > 0 && { busyFor: busy }),
    ...(timeout > 0 && timeout !== 60 && { timeout }),
    ...(over === 'tcp' &&
      low !== undefined &&
      channelsOf(Number(low), Number(high ?? Number(low) + 1), channel, packets.length > 0)),
    ...(over === 'udp' && {
      udp: { status: `${refused?.status ?? 461} ${reasons[refused?.status ?? 461] ?? 'Refused'}` },
    }),
  };
}

/** Those that were agreed, and on which the pictures came. */
function channelsOf(low: number, high: number, used: number, came: boolean): SessionManner {
  const other = came && used !== low;
  if (low === 0 && high === 1 && !other) return {};
  return { channels: { said: [low, high], ...(other && { used }) } };
}

/** @returns undefined: it asked for no login. The password is one of ours. */
export function loginOf({ answers }: MannersRecording, say: (words: string) => void): LoginManner | undefined {
  const refused = answers.find((one) => one.status === 401);
  const challenges = refused?.headers.filter(([name]) => name === 'www-authenticate').map(([, value]) => value) ?? [];
  const [first] = challenges;
  if (!refused || first === undefined) return undefined;
  if (challenges.length > 1) say(`it asks for the login in ${challenges.length} ways; the line has the first`);
  const algorithm = (['SHA-512-256', 'SHA-256', 'MD5-sess', 'MD5'] as const).find((one) =>
    first.includes(`algorithm=${one}`),
  );
  return {
    scheme: /^basic/i.test(first) ? 'basic' : 'digest',
    ...(algorithm && algorithm !== 'MD5' && { algorithm }),
    ...(/^digest/i.test(first) && !algorithm && { unsaid: true }),
    ...(/qop=auth(?![,-])/.test(first) && { qop: 'auth' }),
    ...(/qop=auth, ?auth-int/.test(first) && { qop: 'auth,auth-int' }),
    ...(first.includes('opaque=') && { opaque: true }),
    password: 'made-up',
    ...(refused.method === 'OPTIONS' && { optionsToo: true }),
  };
}
