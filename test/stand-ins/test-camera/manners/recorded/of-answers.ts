/** Pure. What a recording's answers say otherwise than the test camera would by itself, in the fields that a manner has for it. */
import type { MannersRecording, RecordedAnswer } from '@nattfrid/agent/technician/manners/recording';
import type { Said } from '../manner.ts';

/** As the test camera answers, in the words of a recording. */
const good: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  OPTIONS: { public: 'OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, GET_PARAMETER, SET_PARAMETER' },
  DESCRIBE: { 'content-type': 'application/sdp', 'content-base': '<url>/' },
  SETUP: { transport: 'RTP/AVP/TCP;unicast;interleaved=0-1', session: '<session>;timeout=60' },
};
const usual: Readonly<Record<string, string>> = { session: '<session>' };

export const reasons: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  453: 'Not Enough Bandwidth',
  454: 'Session Not Found',
  461: 'Unsupported Transport',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** Say nothing about how a camera is to be borne. */
const idle = new Set([
  'server',
  'date',
  'cache-control',
  'expires',
  'last-modified',
  'x-accept-dynamic-rate',
  'pragma',
]);
const nameOf = (name: string): string =>
  name === 'rtp-info' ? 'RTP-Info' : name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
/** Late, for a camera on the same network. */
const late = 1000;

export function answersOf(
  { answers, over, unanswered, ended }: MannersRecording,
  say: (words: string) => void,
): Readonly<Record<string, Said>> {
  const found: Record<string, Said> = {};
  for (const method of new Set(answers.map((one) => one.method))) {
    const all = answers.filter((one) => one.method === method && one.status !== 401);
    if (method === 'UNKNOWN') {
      say(`${all.length} of its answers answer nothing that was asked`);
      continue;
    }
    const [first] = all;
    if (!first) continue;
    const well = all.find((one) => one.status < 300);
    const refused = all.filter((one) => one.status >= 300);
    // The session says it: that it was busy, or would not send over TCP.
    const saidBySession = method === 'SETUP' && (over === 'udp' || refused.every((one) => one.status === 453));
    if (well && refused.length > 0 && !saidBySession)
      say(
        `${method} was refused too (${refused.map((one) => one.status).join(', ')}): the line has the answer that was good`,
      );
    const said = saidOf(method, well ?? first, over, say);
    if (Object.keys(said).length > 0) found[method] = said;
  }
  for (const method of new Set(unanswered))
    if (!found[method] && !answers.some((one) => one.method === method))
      found[method] = ended?.why === 'camera-dropped' ? { hangUp: 'instead' } : { silent: true };
  return found;
}

function saidOf(method: string, answer: RecordedAnswer, over: 'tcp' | 'udp', say: (words: string) => void): Said {
  const { status, cseq, length, after, headers } = answer;
  const well = status < 300;
  const edits = well || status < 400 ? headersOf(method, headers, over, say) : {};
  const described = method === 'DESCRIBE' && well;
  return {
    ...(!well && { status: `${status} ${reasons[status] ?? 'Refused'}` }),
    ...(status >= 201 && well && { status: `${status} OK` }),
    ...(Object.keys(edits).length > 0 && { headers: edits }),
    ...(cseq === null ? { cseq: 'none' } : cseq !== 0 && { cseq }),
    ...(described && (length === null ? { length: 'none' } : length !== 0 && { length })),
    ...(after >= late && { after: Math.round(after / 100) / 10 }),
  };
}

function headersOf(
  method: string,
  recorded: RecordedAnswer['headers'],
  over: 'tcp' | 'udp',
  say: (words: string) => void,
): Readonly<Record<string, string | null>> {
  const wanted = good[method] ?? usual;
  const edits: Record<string, string | null> = {};
  for (const [name] of Object.entries(wanted))
    if (!recorded.some(([other]) => other === name)) edits[nameOf(name)] = null;
  for (const [name, value] of recorded) {
    if (same(name, value, wanted[name]) || idle.has(name) || name === 'www-authenticate') continue;
    // What the test camera agrees for UDP are ports of its own.
    if (name === 'transport' && over === 'udp') continue;
    const filled = value
      .replaceAll('<url>', '{url}')
      .replaceAll('<bare>', '{host}/live')
      .replaceAll('<origin>', '{origin}')
      .replaceAll('<session>', '7c5a')
      .replaceAll('<ssrc>', '0e47896e')
      .replaceAll('<address>', '127.0.0.1')
      .replaceAll('<rtp-info>', 'url={url}/track1;seq=1;rtptime=1');
    if (/<[a-z-]+>/.test(filled)) say(`${method} has a header ${nameOf(name)}, whose value was taken out`);
    else edits[nameOf(name)] = filled;
  }
  return edits;
}

/** Methods in another order, or with other spaces, are the same. */
function same(name: string, value: string, wanted: string | undefined): boolean {
  const plain = (text: string) =>
    (name === 'public'
      ? text
          .split(',')
          .map((one) => one.trim())
          .sort()
          .join()
      : text
    ).replace(/\s|-1(?=;|$)/g, '');
  // What the session says: how long it lives, and its channels.
  if (name === 'session') return wanted !== undefined && value.startsWith('<session>');
  const bare = (text: string) => plain(text).replace(/interleaved=[\d-]+/, '');
  return (
    wanted !== undefined && bare(value) === bare(wanted) && /interleaved/.test(value) === /interleaved/.test(wanted)
  );
}
