/** The only way out of the relay: one POST over TLS to a public address, without redirects, its answer bounded, given up after 10 s. */

import { lookup } from 'node:dns';
import { readFileSync } from 'node:fs';
import { request as ask } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { getCACertificates } from 'node:tls';
import type { WhyNotSent } from '@nattfrid/shared/desk/why-not-sent';
import { asFault, Fault, type FaultCode } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { openAddresses } from './address.ts';

export interface Sent {
  readonly status: number;
  /** As it stands in the header, where it does: seconds, or a date (RFC 9110 §10.2.3). */
  readonly retryAfter: string | undefined;
}

export interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface Send {
  /** @returns what was answered, or a Fault `link-lost` or `not-allowed` in words that name no secret */
  post(posting: Posting, signal: AbortSignal): Promise<Sent | Fault>;
  /** Before anything is kept: what is wrong with an address that somebody has given. Names are not looked up here. */
  wrong(url: string): Fault | undefined;
}

/** A receiver or a push service that has not answered by then is not waited for. */
export const patience = seconds(10);
/** Of an answer so much is read, and thrown away. */
const longestAnswer = 16 * 1024;

/** @param networks that may be sent to although they are not public @param caFile PEM of more authorities that are believed */
export function openSend(parts: {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly networks: readonly string[];
  readonly caFile: string | undefined;
}): Send {
  const may = openAddresses(parts.networks);
  const ca = parts.caFile === undefined ? undefined : [...getCACertificates('default'), read(parts.caFile)];

  const guarded: LookupFunction = (host, options, call) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return call(error, '', 0);
      const open = found.filter(({ address }) => may(address));
      const [first] = open;
      if (!first) return call(forbidden(host), '', 0);
      // Whatever the name leads to a moment later, this is the address that is connected to.
      if (options.all) call(null, open);
      else call(null, first.address, first.family);
    });

  function wrong(given: string): Fault | undefined {
    const url = URL.canParse(given) ? new URL(given) : undefined;
    if (url?.protocol !== 'https:')
      return notSent('request-invalid', 'not-https', 'The address must begin with https://.');
    if (url.username || url.password)
      return notSent('request-invalid', 'with-login', 'The address may hold no user name and no password.');
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    return isIP(host) && !may(host) ? forbidden(host) : undefined;
  }

  return {
    wrong,
    async post(posting, signal) {
      const fault = wrong(posting.url);
      if (fault) return fault;
      const over = new AbortController();
      const either = AbortSignal.any([signal, over.signal]);
      const late = parts.clock.sleep(patience, either).then(() => {
        if (either.aborted) return undefined;
        return notSent('link-lost', 'no-answer', 'There was no answer within 10 seconds.');
      });
      const answer = exchange(posting, { ca, lookup: guarded, signal: either });
      const out = (await Promise.race([answer, late])) ?? (await answer);
      over.abort();
      await answer;
      return out;
    },
  };
}

function exchange(
  { url, headers, body }: Posting,
  {
    ca,
    ...options
  }: { readonly ca: string[] | undefined; readonly lookup: LookupFunction; readonly signal: AbortSignal },
): Promise<Sent | Fault> {
  return new Promise((resolve) => {
    const lost = (error: unknown) => resolve(error instanceof Fault ? error : lostBy(error));
    const bytes = Buffer.from(body);
    const asked = ask(
      url,
      {
        method: 'POST',
        agent: false,
        maxHeaderSize: 16 * 1024,
        headers: { ...headers, 'content-length': String(bytes.length), 'user-agent': 'nattfrid-relay' },
        ...(ca && { ca }),
        ...options,
      },
      (response) => {
        const sent = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
        let length = 0;
        response.on('error', () => resolve(sent));
        response.on('end', () => resolve(sent));
        response.on('data', (piece: Buffer) => {
          length += piece.length;
          if (length > longestAnswer) response.destroy();
        });
        response.on('close', () => resolve(sent));
      },
    );
    asked.on('error', lost);
    asked.end(bytes);
  });
}

/** @param why for screens, which say it in their own language */
const notSent = (code: FaultCode, why: WhyNotSent, words: string): Fault => new Fault(code, words, { fields: { why } });

const forbidden = (host: string) =>
  notSent(
    'not-allowed',
    'not-public',
    `${host} is no public address. Whoever runs the relay can allow its network: the setting outgoingNetworks.`,
  );

/** Node's words, without what a far server has put into them. */
function lostBy(error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = `It could not be reached${/^[A-Z_0-9]{1,60}$/.test(code) ? ` (${code})` : ''}.`;
  return notSent('link-lost', meaning.find(([codes]) => codes.test(code))?.[1] ?? 'unreachable', words);
}

/** Of Node's codes (nodejs.org/api/errors.html, OpenSSL's of certificates). */
const meaning: readonly (readonly [RegExp, WhyNotSent])[] = [
  [/^(ENOTFOUND|EAI_)/, 'name-unknown'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(ECONNRESET|EPIPE|HPE_)/, 'dropped'],
  [/CERT|SELF_SIGNED|LEAF_SIGNATURE|INVALID_PURPOSE|^ERR_TLS|^ERR_SSL|^EPROTO$/, 'not-trusted'],
];

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const words = asFault(cause).message;
    throw new Fault('config-invalid', `outgoingCa: the file ${file} cannot be read: ${words}.`, { cause });
  }
}
