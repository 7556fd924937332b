/**
 * An alarm receiving centre over UDP, TCP or TLS: takes what it is sent, answers in the reply or by itself, refuses, keeps quiet,
 * asks for a login, dies and comes back at the same address. What it has heard can be read.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { readScaip } from '@nattfrid/relay/scaip/read-xml';
import { openFrames } from '@nattfrid/relay/scaip/sip/frames';
import {
  type Headers,
  header,
  readSip,
  responseTo,
  type SipMessage,
  type SipRequest,
  writeSip,
} from '@nattfrid/relay/scaip/sip/message';
import { Fault } from '@nattfrid/shared/fault/fault';

export interface CentreManner {
  /** `in-reply`: `<mrs>` in the 200; `by-itself`: a 202, and then a MESSAGE of its own. */
  readonly style: 'in-reply' | 'by-itself';
  /** By SIP; 200 takes it. */
  readonly sip: number;
  /** By SCAIP (`snu`); 0 takes it. */
  readonly status: number;
  /** Hears, and says nothing. */
  readonly silent: boolean;
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

export interface Heard {
  readonly ref: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly xml: string;
  readonly from: string;
  readonly contentType: string;
  /** What it was answered by SCAIP; undefined: nothing. */
  readonly answered: number | undefined;
}

export interface AlarmCentre extends AsyncDisposable {
  /** 127.0.0.1:port */
  readonly address: string;
  /** Each message as it came, those that came again too. */
  readonly heard: readonly Heard[];
  /** Those that it has said 0 to, each once. */
  readonly taken: readonly Heard[];
  /** Over TCP or TLS: how many have come so far. */
  readonly connections: number;
  behave(manner: Partial<CentreManner>): void;
  die(): Promise<void>;
  rise(): Promise<void>;
}

interface CentreParts {
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly manner?: Partial<CentreManner>;
}

const usual: CentreManner = { style: 'in-reply', sip: 200, status: 0, silent: false, login: undefined };

export async function openAlarmCentre(parts: CentreParts): Promise<AlarmCentre> {
  const { transport } = parts;
  let manner = { ...usual, ...parts.manner };
  const heard: Heard[] = [];
  const nonce = randomUUID();
  let port = 0;
  let server: Server | UdpSocket | undefined;
  const sockets = new Set<Socket>();
  let connections = 0;

  function hear(message: SipMessage, send: (bytes: Uint8Array) => void): void {
    if (message.type !== 'request') return;
    const tag = createHash('md5')
      .update(header(message, 'call-id') ?? '')
      .digest('hex');
    const reply = (status: number, more: Headers = [], body: Uint8Array = new Uint8Array()) => {
      const answer = responseTo(message, status, status < 300 ? 'OK' : 'Refused', tag);
      send(writeSip({ ...answer, headers: [...answer.headers, ...more], body }));
    };
    if (manner.login && !isLoggedIn(message, manner.login, nonce)) {
      if (!manner.silent)
        reply(401, [['www-authenticate', `Digest realm="central", nonce="${nonce}", qop="auth", algorithm=SHA-256`]]);
      return;
    }
    const read = readScaip(message.body);
    if (read instanceof Fault) {
      reply(400);
      return;
    }
    const { fields } = read;
    const ref = fields.ref ?? '';
    const answers = !manner.silent && manner.sip < 300;
    heard.push({
      ref,
      fields: fields as Record<string, string>,
      xml: new TextDecoder().decode(message.body),
      from: header(message, 'from') ?? '',
      contentType: header(message, 'content-type') ?? '',
      answered: answers ? manner.status : undefined,
    });
    if (manner.silent) return;
    if (manner.sip >= 300) {
      reply(manner.sip);
      return;
    }
    const xml = `<mrs><ref>${ref}</ref><snu>${manner.status}</snu><ste>Ändå</ste></mrs>`;
    const body = new TextEncoder().encode(xml);
    const type = ['content-type', 'application/scaip+xml'] as const;
    if (manner.style === 'in-reply') {
      reply(200, [type], body);
      return;
    }
    reply(202);
    send(
      writeSip({
        type: 'request',
        method: 'MESSAGE',
        uri: 'sip:relay@here',
        headers: [
          ['via', `SIP/2.0/${transport.toUpperCase()} 127.0.0.1:${port};branch=z9hG4bK${randomUUID()}`],
          ['max-forwards', '70'],
          ['from', `<sip:central@127.0.0.1>;tag=${tag}`],
          ['to', '<sip:relay@here>'],
          ['call-id', randomUUID()],
          ['cseq', '1 MESSAGE'],
          type,
        ],
        body,
      }),
    );
  }

  async function rise(): Promise<void> {
    if (transport === 'udp') {
      const socket = createSocket('udp4');
      server = socket;
      socket.on('message', (bytes, from) => {
        const message = readSip(bytes);
        if (!(message instanceof Fault)) hear(message, (answer) => socket.send(answer, from.port, from.address));
      });
      await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
      port = socket.address().port;
      return;
    }
    const came = (socket: Socket) => {
      sockets.add(socket);
      connections++;
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => {});
      const frames = openFrames();
      socket.on('data', (bytes: Buffer) => {
        for (const message of frames.push(bytes)) {
          if (message instanceof Fault) socket.destroy();
          else hear(message, (answer) => void socket.write(answer));
        }
      });
    };
    const listening = transport === 'tls' ? createTlsServer({ ...parts.tls }, came) : createServer(came);
    server = listening;
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    port = (listening.address() as { port: number }).port;
  }

  async function die(): Promise<void> {
    const dying = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (dying) await new Promise<void>((resolve) => dying.close(() => resolve()));
  }

  await rise();
  return {
    address: `127.0.0.1:${port}`,
    heard,
    get taken() {
      return heard.filter(
        ({ ref, answered }, index) =>
          answered === 0 && heard.findIndex((one) => one.ref === ref && one.answered === 0) === index,
      );
    },
    get connections() {
      return connections;
    },
    behave(next) {
      manner = { ...manner, ...next };
    },
    die,
    rise,
    [Symbol.asyncDispose]: die,
  };
}

/** RFC 7616 by itself, so that the relay's own answer is not checked with itself. */
function isLoggedIn(
  message: SipRequest,
  { user, password }: { readonly user: string; readonly password: string },
  nonce: string,
): boolean {
  const given = header(message, 'authorization') ?? '';
  const part = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(given)?.[1] ?? '';
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const secret = hash(`${user}:central:${password}`);
  const about = hash(`MESSAGE:${message.uri}`);
  const expected = hash(`${secret}:${nonce}:${part('nc')}:${part('cnonce')}:auth:${about}`);
  return part('nonce') === nonce && part('response') === expected;
}
