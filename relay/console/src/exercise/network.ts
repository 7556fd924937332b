/**
 * What a console that is trained with has instead of a network: its requests are answered here by the same table of routes, and the live
 * stream tells of the one home. The page's policy lets nothing out; this gives it nothing to let out.
 */
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { Route } from '@nattfrid/shared/desk/route';
import { type RouteName, routes } from '@nattfrid/shared/desk/routes';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Answers } from './answer.ts';
import type { World } from './world.ts';

const beat = seconds(5);

const patterns = (Object.entries(routes) as [RouteName, Route][]).map(([name, route]) => ({
  name,
  route,
  pattern: new RegExp(`^${route.path.replace(/[.]/g, '\\.').replace(/:([a-z]+)/gi, '(?<$1>[^/]+)')}$`),
}));

/** @returns what stands in the place of `fetch` */
export function answering(answers: Answers): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input), 'https://nattfrid.invalid');
    const method = init?.method ?? 'GET';
    const found = patterns.find((one) => one.route.method === method && one.pattern.test(url.pathname));
    const answer = found ? await answered(answers, found, url, init?.body) : notHere();
    if (!(answer instanceof Fault)) return Response.json(answer);
    return Response.json({ code: answer.code, words: answer.message }, { status: 409 });
  };
}

async function answered(
  answers: Answers,
  { name, route, pattern }: (typeof patterns)[number],
  url: URL,
  body: unknown,
): Promise<unknown> {
  const answer = answers[name] as ((asked: { params: unknown; body: unknown }) => unknown) | undefined;
  if (!answer) return notHere();
  const named = Object.entries(pattern.exec(url.pathname)?.groups ?? {}).map(([key, value]) => [
    key,
    decodeURIComponent(value),
  ]);
  const given = { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(named) };
  const params = route.params.safeParse(given);
  const asked = route.body.safeParse(typeof body === 'string' ? JSON.parse(body) : {});
  if (!params.success || !asked.success) return new Fault('request-invalid', 'This request cannot be read.');
  try {
    return await answer({ params: params.data, body: asked.data });
  } catch (error) {
    return asFault(error);
  }
}

const notHere = () => new Fault('not-now', 'This is no part of the exercise.');

/** @returns what stands in the place of `WebSocket`: the desk at once, then each change and a beat */
export function livingStream(clock: Clock, world: World): typeof WebSocket {
  class Stream {
    onopen: (() => void) | null = null;
    onclose: (() => void) | null = null;
    onmessage: ((message: { readonly data: string }) => void) | null = null;
    readonly #ends: (() => void)[] = [];
    constructor() {
      const tell = (event: LiveEvent) => this.onmessage?.({ data: JSON.stringify(event) });
      queueMicrotask(() => {
        this.onopen?.();
        tell({ type: 'desk', now: world.now(), desk: world.desk() });
        const beating = clock.every(beat, () => tell({ type: 'beat', now: world.now() }));
        this.#ends.push(world.hear(tell), () => beating[Symbol.dispose]());
      });
    }
    send(): void {}
    close(): void {
      for (const end of this.#ends.splice(0)) end();
    }
  }
  return Stream as unknown as typeof WebSocket;
}
