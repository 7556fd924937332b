/** Requests to the relay, made from the one table of routes; every answer is checked against its schema. */
import {
  type Answered,
  type Asked,
  ErrorAnswer,
  type Params,
  type RouteName,
  routes,
} from '@nattfrid/shared/desk/routes';
import { asFault, Fault, type FaultCode, faultCodes, isAbort } from '@nattfrid/shared/fault/fault';

/** @throws Fault: `link-lost` where the relay cannot be reached, else what the relay answered (`fields.status`). */
export async function call<Name extends RouteName>(
  name: Name,
  params: Params<Name>,
  body: Asked<Name>,
  more: { readonly signal?: AbortSignal; readonly keepalive?: boolean } = {},
): Promise<Answered<Name>> {
  const route = routes[name];
  const response = await ask(route.method, fill(route.path, params), body, more);
  const raw: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusal(response.status, raw);
  const answer = route.answer.safeParse(raw);
  if (!answer.success)
    throw new Fault('message-invalid', `The relay's answer to ${name} cannot be read.`, { cause: answer.error });
  return answer.data as Answered<Name>;
}

async function ask(
  method: 'GET' | 'POST',
  path: string,
  body: unknown,
  more: { readonly signal?: AbortSignal; readonly keepalive?: boolean },
): Promise<Response> {
  const post = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      ...(method === 'POST' ? post : {}),
      ...more,
    });
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    throw new Fault('link-lost', 'The relay cannot be reached.', { cause });
  }
}

/** Where a GET is found, for a link that the browser itself follows. */
export const addressOf = <Name extends RouteName>(name: Name, params: Params<Name>): string =>
  fill(routes[name].path, params);

/** «/api/alarms/:alarm/take» with the alarm put in; what has no place in the path goes into the query. */
function fill(path: string, params: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && !path.includes(`:${name}`)) query.set(name, String(value));
  const filled = path.replace(/:([a-z]+)/gi, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  return query.size > 0 ? `${filled}?${query}` : filled;
}

function refusal(status: number, raw: unknown): Fault {
  const answer = ErrorAnswer.safeParse(raw);
  const known = answer.success && Object.hasOwn(faultCodes, answer.data.code);
  const code = known ? (answer.data.code as FaultCode) : status >= 500 ? 'link-lost' : 'request-invalid';
  const { words = `The relay answered ${status}.`, why, needs, anyway } = answer.data ?? {};
  const more = { ...(why !== undefined && { why }), ...(needs !== undefined && { needs }), ...(anyway && { anyway }) };
  return new Fault(code, words, { fields: { status, ...more } });
}

/** Whether the relay refused for want of a session. */
export const isSignedOut = (error: unknown): boolean => asFault(error).fields['status'] === 401;
