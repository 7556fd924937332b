/** Pure. The answer to an RTSP request, good by itself, with the edits of a manner. */
import type { Said } from './manner.ts';

export interface Request {
  readonly method: string;
  readonly url: string;
  /** All of it, for what a manner looks for. */
  readonly head: string;
  header(name: string): string | undefined;
}

export interface Answer {
  readonly status: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function readRequest(head: string): Request {
  const [line = '', ...lines] = head.split('\r\n');
  const [method = '', url = ''] = line.split(' ');
  return {
    ...{ method, url, head },
    header(name) {
      const found = lines.find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
      return found?.slice(name.length + 1).trim();
    },
  };
}

/** @param fill for `{url}` and the like. @returns head and body; the head ends with its empty line */
export function writeAnswer(
  request: Request,
  { status, headers, body = '' }: Answer,
  said: Said,
  fill: Readonly<Record<string, string>>,
): { readonly head: string; readonly body: string } {
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => fill[name] ?? whole);
  const all = new Map(Object.entries(headers));
  for (const [name, value] of Object.entries(said.headers ?? {})) {
    if (value === null) all.delete(name);
    else all.set(name, filled(value));
  }
  const kept = said.status && !/^2/.test(said.status) ? '' : body;
  const number = Number(request.header('cseq'));
  const lines = [`RTSP/1.0 ${said.status ?? status}`];
  if (said.cseq !== 'none') lines.push(`CSeq: ${number + (said.cseq ?? 0)}`);
  for (const [name, value] of all) if (kept || !/^content-/i.test(name)) lines.push(`${name}: ${value}`);
  if (kept && said.length !== 'none') lines.push(`Content-Length: ${Buffer.byteLength(kept) + (said.length ?? 0)}`);
  const head = (said.edits ?? []).reduce((text, [from, to]) => text.replace(from, to), `${lines.join('\r\n')}\r\n\r\n`);
  const before = filled(said.before ?? '');
  const [first, rest] = [`${before}${head}`, `${kept}${filled(said.behind ?? '')}`];
  return said.lineFeeds
    ? { head: first.replaceAll('\r', ''), body: rest.replaceAll('\r', '') }
    : { head: first, body: rest };
}
