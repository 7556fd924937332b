/** A person of the staff without a browser: signed in, calling the relay's API, opening its sockets. */
import type { Relay } from '@nattfrid/relay/relay';
import type { Desk } from '@nattfrid/shared/desk/live-event';
import { type Answered, type RouteName, routes } from '@nattfrid/shared/desk/routes';
import { Fault } from '@nattfrid/shared/fault/fault';
import { WebSocket } from 'ws';

export const password = 'korrekt-hast-batteri';

export interface Person {
  readonly cookie: string;
  /** @throws Fault with the relay's code and words, and `status` among its fields */
  call<Name extends RouteName>(name: Name, params?: Record<string, string>, body?: unknown): Promise<Answered<Name>>;
  desk(): Promise<Desk>;
  socket(path: string, headers?: Record<string, string>): Promise<WebSocket>;
}

/** Resolves with the code that it is closed with. */
export const closing = (socket: WebSocket) => new Promise<number>((resolve) => socket.on('close', resolve));

/** The cookie by which the relay knows this person's browser again. */
export const computerOf = ({ cookie }: Person): string => /nattfrid\.computer=[^;]+/.exec(cookie)?.[0] ?? '';

/** @param computer cookie of a browser in which somebody has been signed in before; a browser of its own by default */
export async function signIn(
  relay: Pick<Relay, 'url'>,
  email: string,
  word = password,
  computer = '',
): Promise<Person> {
  const response = await fetch(`${relay.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(computer && { cookie: computer }) },
    body: JSON.stringify({ email, password: word }),
  });
  await answerOf(response);
  const set = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  const cookie = [...set, ...(computer ? [computer] : [])].join('; ');
  const call: Person['call'] = async (name, params = {}, body = {}) => {
    const { method, path } = routes[name];
    const query = new URLSearchParams(Object.entries(params).filter(([param]) => !path.includes(`:${param}`)));
    const address = `${path.replace(/:(\w+)/g, (_, param: string) => params[param] ?? '')}?${query}`;
    return answerOf(
      await fetch(`${relay.url}${address}`, {
        method,
        headers: { cookie, ...(method === 'POST' && { 'content-type': 'application/json' }) },
        ...(method === 'POST' && { body: JSON.stringify(body) }),
      }),
    );
  };
  return {
    cookie,
    call,
    desk: () => call('desk'),
    socket: (path, headers = {}) => openSocket(`${relay.url}${path}`, { cookie, ...headers }),
  };
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const answer = (await response.json()) as { code: never; words: string };
  if (!response.ok) throw new Fault(answer.code, answer.words, { fields: { status: response.status } });
  return answer as Answer;
}

/** Resolves when open. @throws Fault with the status where it is refused */
export function openSocket(url: string, headers: Record<string, string>): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers, perMessageDeflate: false });
  // Messages that come before the first listener are kept for it.
  const early: Buffer[] = [];
  const keep = (data: Buffer) => void early.push(data);
  socket.on('message', keep);
  socket.on('newListener', (event, listener: (data: Buffer) => void) => {
    if (event !== 'message') return;
    socket.off('message', keep);
    for (const data of early.splice(0)) listener(data);
  });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) =>
      reject(new Fault('link-refused', 'refused', { fields: { status: response.statusCode ?? 0 } })),
    );
    socket.on('error', reject);
  });
}
