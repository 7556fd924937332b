/** The relay as a service of systemd: how far it is shut in, and that it asks the kernel for nothing that it may not have. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { password, signIn } from '../../support/person.ts';
import { familyOf } from '../../support/processes.ts';
import { openRelayProcess } from '../../support/relay-process.ts';
import { aFall } from '../../support/relay-samples.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

const file = fileURLToPath(new URL('../../../relay/systemd/nattfrid-relay.service', import.meta.url));
const unitFile = fileURLToPath(new URL('../../../agent/systemd/nattfrid-agent.service', import.meta.url));
const main = fileURLToPath(new URL('../../../relay/src/main.ts', import.meta.url));
/** As systemd counts it, 0 to 10; what is left is that it listens on the network and that V8 makes machine code. */
const mostExposed = 1.5;

const there = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const missing = ['systemd-analyze', 'strace'].filter((program) => !there(program));
if (missing.length > 0) console.log(`SKIPPED: the service is not judged: ${missing.join(' and ')} are not there`);

/** Every call that the unit's SystemCallFilter lets through, out of systemd's own sets. */
function allowed(): ReadonlySet<string> {
  const sets = new Map<string, string[]>();
  let current = '';
  for (const line of execFileSync('systemd-analyze', ['syscall-filter'], { encoding: 'utf8' }).split('\n'))
    if (line.startsWith('@')) sets.set((current = line.trim()), []);
    else if (/^ {4}[@a-z_]/.test(line)) sets.get(current)?.push(line.trim());
  const flat = (name: string): string[] =>
    (sets.get(name) ?? []).flatMap((one) => (one.startsWith('@') ? flat(one) : [one]));
  const may = new Set<string>();
  for (const [, given = ''] of readFileSync(file, 'utf8').matchAll(/^SystemCallFilter=(.*)$/gm))
    for (const name of given.replace('~', '').split(' '))
      for (const call of flat(name)) given.startsWith('~') ? may.delete(call) : may.add(call);
  return may;
}

describe.skipIf(missing.length > 0)('the service of the relay', () => {
  for (const [name, service] of [
    ['the relay', file],
    ['a unit', unitFile],
  ] as const)
    it(`is shut in as far as it bears: that of ${name}`, () => {
      const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', service], {
        encoding: 'utf8',
      });
      const level = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
      expect(level, stdout).toBeLessThanOrEqual(mostExposed);
    });

  it('asks the kernel for nothing that is not let through, from the start to a stop', {
    timeout: 120_000,
  }, async () => {
    await using relay = openRelayProcess();
    await relay.command(['add-operator', 'anna@testby.se', 'Anna', 'operator'], password);
    const { out } = await relay.command(['add-unit', 'unit-1', 'Anna 1', '--public-key', 'k'.repeat(43)]);
    const trace = join(relay.folder, 'trace');
    const traced = spawn('strace', ['-f', '-qq', '-o', trace, process.execPath, main], {
      env: relay.environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => traced.once('exit', resolve));
    const [url] = await Array.fromAsync(firstAddress(createInterface({ input: traced.stdout })));
    const anna = await signIn({ url: url! }, 'anna@testby.se');
    const unit = await connectUnit({ url: url!, mqttPort: undefined }, { unit: 'unit-1' as never, token: out.trim() });
    const fall = aFall();
    await unit.say('alarm-report', fall);
    await anna.call('takeAlarm', { alarm: fall.alarm });
    await unit[Symbol.asyncDispose]();
    // A signal to strace itself would only part the two.
    process.kill(familyOf(traced.pid!)[1]!, 'SIGTERM');
    await ended;
    const calls = new Set([...readFileSync(trace, 'utf8').matchAll(/^\d+ +([a-z_0-9]+)\(/gm)].map(([, call]) => call!));
    expect(calls.size).toBeGreaterThan(30);
    // Giving files away is asked for by root alone, which the service is not.
    const may = new Set([...allowed(), 'chown', 'fchown']);
    expect([...calls].filter((call) => !may.has(call))).toEqual([]);
  });
});

async function* firstAddress(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines)
    if (line.startsWith('http')) {
      yield line;
      return;
    }
}
