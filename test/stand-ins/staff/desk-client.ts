/** A client of the relay's API for a person of the staff: signs in and calls routes. */
import type { Role } from '@nattfrid/shared/desk/role';
import { type Answered, type Asked, type Params, type RouteName, routes } from '@nattfrid/shared/desk/routes';

export interface LogIn {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
}

export interface DeskClient {
  /** Of this session, for sockets. */
  readonly cookie: string;
  /** @throws Error with the relay's words where it refuses */
  call<Name extends RouteName>(name: Name, params: Params<Name>, body: Asked<Name>): Promise<Answered<Name>>;
  /** The same person at another node of the relay. */
  at(address: string): DeskClient;
}

/** No answer after so many milliseconds, and none will come. */
const longest = 30_000;

export async function signIn(first: string, { email, password }: LogIn): Promise<DeskClient> {
  const ask = (
    address: string,
    name: RouteName,
    params: Readonly<Record<string, string | number | undefined>>,
    body: unknown,
    cookie: string,
  ) => {
    const { method, path } = routes[name];
    const filled = path.replace(/:(\w+)/g, (_whole, key: string) => encodeURIComponent(params[key] ?? ''));
    const sent = method === 'POST' ? { body: JSON.stringify(body) } : {};
    return fetch(`${address}${filled}`, {
      method,
      headers: { 'content-type': 'application/json', origin: address, cookie },
      signal: AbortSignal.timeout(longest),
      ...sent,
    });
  };
  const checked = async (answer: Response): Promise<Response> => {
    if (answer.ok) return answer;
    throw new Error(`the relay says ${answer.status}: ${await answer.text()}`);
  };
  const signedIn = await checked(await ask(first, 'signIn', {}, { email, password }, ''));
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const clientAt = (address: string): DeskClient => ({
    cookie,
    async call(name, params, body) {
      const answer = await checked(await ask(address, name, params, body, cookie));
      return routes[name].answer.parse(await answer.json()) as never;
    },
    at: clientAt,
  });
  return clientAt(first);
}
