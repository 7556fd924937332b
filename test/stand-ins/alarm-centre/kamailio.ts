/**
 * kamailio before a centre, as a process of its own: takes units over UDP, TCP and TLS, knows where the centre has registered,
 * and brings what the centre says by itself back on the connection that the unit came on.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Kamailio extends AsyncDisposable {
  /** PEM of its certificate, for 127.0.0.1. */
  readonly certificate: string;
  /** The centre is at this port. @param methods what it says that it allows @param seconds 0: it is there no more */
  register(port: number, methods?: string, seconds?: number): Promise<void>;
  die(): Promise<void>;
  rise(): Promise<void>;
}

const config = (folder: string, port: number, tlsPort: number) => `#!KAMAILIO
debug=1
log_stderror=yes
children=1
tcp_children=1
enable_tls=yes
listen=udp:127.0.0.1:${port}
listen=tcp:127.0.0.1:${port}
listen=tls:127.0.0.1:${tlsPort}
loadmodule "tls.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "htable.so"
modparam("tls", "config", "${join(folder, 'tls.cfg')}")
modparam("usrloc", "db_mode", 0)
modparam("registrar", "method_filtering", 1)
modparam("htable", "htable", "units=>size=4;autoexpire=600;")
request_route {
  if (is_method("REGISTER")) { if (!save("location")) { sl_reply_error(); } exit; }
  if (!is_method("MESSAGE")) { sl_send_reply("405", "Method Not Allowed"); exit; }
  if ($rU == "larm") {
    $sht(units=>$fU) = "sip:" + $si + ":" + $sp + ";transport=" + $proto;
    $ru = "sip:larm@127.0.0.1:${port}";
    $var(found) = lookup("location");
    if ($var(found) == -2) { sl_send_reply("405", "Method Not Allowed"); exit; }
    if ($var(found) < 0) { sl_send_reply("480", "Temporarily Unavailable"); exit; }
  } else if ($sht(units=>$rU) != $null) {
    $du = $sht(units=>$rU);
  } else { sl_send_reply("404", "Not Found"); exit; }
  if (!t_relay()) { sl_reply_error(); }
}
`;

/** @param folder empty, for its files @throws where it does not come up within ten seconds */
export async function openKamailio(folder: string, port: number, tlsPort: number): Promise<Kamailio> {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const named = ['-subj', '/CN=central', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...curve, ...named], { stdio: 'ignore' });
  writeFileSync(
    join(folder, 'tls.cfg'),
    `[server:default]\nmethod = TLSv1.2+\nprivate_key = ${key}\ncertificate = ${cert}\n`,
  );
  writeFileSync(join(folder, 'kamailio.cfg'), config(folder, port, tlsPort));
  mkdirSync(join(folder, 'run'));
  let running: ReturnType<typeof spawn> | undefined;

  /** @returns the first line of what it answers; undefined: nothing within a moment */
  async function ask(text: string): Promise<string | undefined> {
    const socket = createSocket('udp4');
    socket.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const { port: own } = socket.address();
    const answered = Promise.race([
      once(socket, 'message').then(([bytes]) => String(bytes).split('\r\n')[0]),
      once(socket, 'error').then(() => undefined),
      new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 500).unref()),
    ]).catch(() => undefined);
    socket.send(text.replaceAll('\n', '\r\n').replaceAll('OWN', String(own)));
    const first = await answered;
    socket.close();
    return first;
  }
  const register = (contact: string) => {
    const id = Math.trunc(performance.now() * 1000);
    return ask(
      `REGISTER sip:127.0.0.1:${port} SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:OWN;branch=z9hG4bK${id}\nMax-Forwards: 70\nFrom: <sip:larm@127.0.0.1:${port}>;tag=${id}\nTo: <sip:larm@127.0.0.1:${port}>\nCall-ID: ${id}\nCSeq: ${id % 1_000_000} REGISTER\nContact: ${contact}\nContent-Length: 0\n\n`,
    );
  };

  async function rise(): Promise<void> {
    const program = spawn(
      'kamailio',
      ['-f', join(folder, 'kamailio.cfg'), '-DD', '-E', '-m', '16', '-M', '4', '-Y', join(folder, 'run')],
      { stdio: 'ignore' },
    );
    running = program;
    for (let turn = 0; turn < 20; turn++) {
      if (await register('<sip:nobody@127.0.0.1:9>;expires=0')) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('kamailio has not come up');
  }
  async function die(): Promise<void> {
    const program = running;
    running = undefined;
    if (!program || program.exitCode !== null) return;
    // Its parent ends its children.
    program.kill('SIGTERM');
    await once(program, 'exit');
  }

  await rise();
  return {
    certificate: readFileSync(cert, 'utf8'),
    async register(at, methods = 'MESSAGE', seconds = 600) {
      const first = await register(`<sip:larm@127.0.0.1:${at}>;methods="${methods}";expires=${seconds}`);
      if (!first?.includes('200')) throw new Error(`kamailio has not taken the registration: ${first}`);
    },
    die,
    rise,
    [Symbol.asyncDispose]: die,
  };
}
