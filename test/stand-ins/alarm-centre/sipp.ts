/** sipp as an alarm receiving centre, a process of its own: takes, refuses, is slow, answers by itself; dies when it is closed. */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `slow`: answers after two seconds. */
export type SippManner = 'in-reply' | 'by-itself' | 'slow' | '503';

const echoed = '[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n[last_CSeq:]\n';
const mrs = '<mrs><ref>[$ref]</ref><snu>0</snu></mrs>';
const type = 'Content-Type: application/scaip+xml\nContent-Length: [len]\n\n';
const send = (text: string, more = '') => `<send${more}><![CDATA[\n${text}\n]]></send>\n`;
const taken = '<nop><action><log message="taken [$ref]"/></action></nop>\n';

const steps: Readonly<Record<SippManner, (home: number) => string>> = {
  'in-reply': () => send(`SIP/2.0 200 OK\n${echoed}${type}${mrs}`) + taken,
  slow: () => `<pause milliseconds="2000"/>\n${send(`SIP/2.0 200 OK\n${echoed}${type}${mrs}`)}${taken}`,
  'by-itself': (home) =>
    send(`SIP/2.0 202 Accepted\n${echoed}Content-Length: 0\n\n`) +
    send(
      `MESSAGE sip:26317@127.0.0.1:${home} SIP/2.0\nVia: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]\nMax-Forwards: 70\nFrom: <sip:centralen@127.0.0.1>;tag=c[call_number]\nTo: <sip:26317@127.0.0.1:${home}>\nCall-ID: [call_id]\nCSeq: 7 MESSAGE\n${type}${mrs}`,
      ' retrans="500"',
    ) +
    `<recv response="100" optional="true"/>\n<recv response="200"/>\n${taken}`,
  '503': () => send(`SIP/2.0 503 Service Unavailable\n${echoed}Content-Length: 0\n\n`),
};

const scenario = (manner: SippManner, home: number) => `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="centre">
<recv request="MESSAGE"><action>
<ereg regexp="&lt;ref&gt;([0-9a-zA-Z]+)&lt;" search_in="body" check_it="true" assign_to="whole,ref"/>
</action></recv>
<Reference variables="whole,ref"/>
${steps[manner](home)}</scenario>
`;

export interface Sipp extends AsyncDisposable {
  /** The refs of what it has taken, in order, each as often as it was taken. */
  taken(): readonly string[];
}

/** @param home port of the proxy, for what it says by itself @throws where it does not come up */
export async function openSipp(folder: string, port: number, manner: SippManner, home: number): Promise<Sipp> {
  const file = (name: string) => join(folder, `sipp-${manner}.${name}`);
  writeFileSync(file('xml'), scenario(manner, home));
  const program = spawn(
    'sipp',
    [
      '-sf',
      file('xml'),
      '-i',
      '127.0.0.1',
      '-p',
      String(port),
      '-t',
      'u1',
      '-nostdin',
      '-trace_logs',
      '-log_file',
      file('log'),
      '-log_overwrite',
      'false',
      '-trace_err',
      '-error_file',
      file('errors'),
    ],
    { stdio: 'ignore', cwd: folder },
  );
  await listens(port);
  return {
    taken() {
      if (!existsSync(file('log'))) return [];
      return [...readFileSync(file('log'), 'utf8').matchAll(/taken ([0-9a-zA-Z]+)/g)].map((found) => found[1]!);
    },
    async [Symbol.asyncDispose]() {
      if (program.exitCode !== null) return;
      program.kill('SIGKILL');
      await once(program, 'exit');
    },
  };
}

/** Somebody has the port. */
async function listens(port: number): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    const socket = createSocket('udp4');
    const free = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.bind(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) return;
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('sipp has not come up');
}
