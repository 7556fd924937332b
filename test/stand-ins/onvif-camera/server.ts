/** A camera that speaks ONVIF: SOAP over HTTP with a login, and WS-Discovery on the loopback interface where that is wanted. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { answers } from './answers.ts';
import { answerProbes } from './discovery.ts';
import { aCamera, type OnvifCameraState, type OnvifManner } from './state.ts';
import { digestChallenge, mayPassByDigest, mayPassByToken } from './token.ts';
import { soapFault } from './xml.ts';

export interface OnvifCamera extends AsyncDisposable {
  readonly port: number;
  /** Of its device service. */
  readonly address: string;
  /** What it is now. */
  readonly state: OnvifCameraState;
  /** Operations that were asked, in order; with «!» where the login was refused. */
  readonly asked: readonly string[];
}

export interface OnvifCameraOptions {
  readonly state?: Partial<OnvifCameraState>;
  readonly manner?: OnvifManner;
  /** Answers probes on the loopback interface. */
  readonly discoverable?: boolean;
  readonly clock?: Clock;
  /** Called after each change of the infrared filter. */
  readonly irCutChanged?: (mode: OnvifCameraState['irCut']) => void;
}

export async function startOnvifCamera(options: OnvifCameraOptions = {}): Promise<OnvifCamera> {
  const { manner, clock = systemClock, irCutChanged = () => {} } = options;
  const state = aCamera(options.state);
  const asked: string[] = [];
  const seen = new Set<string>();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const operation = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? '';
    const say = (status: number, said: string, headers: Readonly<Record<string, string>> = {}) =>
      response.writeHead(status, { 'Content-Type': 'application/soap+xml; charset=utf-8', ...headers }).end(said);
    if (manner === 'silent') return;
    if (manner === 'rubbish') return void say(200, '<html>no ONVIF here</html');
    if (manner === 'endless') return endless(response);
    const now = clock.now() + state.clockOffset;
    const known = { user: state.user, password: state.password, now, seen };
    const free = operation === 'GetSystemDateAndTime' && manner !== 'time-needs-login';
    const passes =
      free ||
      (manner === 'http-digest'
        ? mayPassByDigest(request.headers.authorization, request.url ?? '', known)
        : mayPassByToken(body, known));
    asked.push(passes ? operation : `${operation}!`);
    if (!passes && manner === 'http-digest') return void say(401, '', { 'WWW-Authenticate': digestChallenge });
    if (!passes) return void say(400, soapFault('ter:NotAuthorized', 'Sender not Authorized'));
    const base = `http://127.0.0.1:${port}`;
    const answer = answers[operation];
    const given = { state, manner, now, trueNow: clock.now(), base, request: body };
    const before = state.irCut;
    const said = answer ? answer(given) : soapFault('ter:ActionNotSupported', 'Optional action not implemented');
    if (state.irCut !== before) irCutChanged(state.irCut);
    say(said.includes('<s:Fault>') ? 500 : 200, said);
  };
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      resolve(typeof at === 'object' && at ? at.port : 0);
    }),
  );
  const address = `http://127.0.0.1:${port}/onvif/device_service`;
  const probes = options.discoverable ? await answerProbes(state, address) : undefined;
  return {
    ...{ port, address, state, asked },
    async [Symbol.asyncDispose]() {
      probes?.[Symbol.dispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function endless(response: ServerResponse): void {
  const more = Buffer.alloc(256 * 1024, 'x');
  const write = () => {
    while (!response.destroyed && response.write(more));
  };
  response.on('drain', write);
  response.on('error', () => {});
  write();
}
