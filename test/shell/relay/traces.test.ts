/** Traces of alarms: a real relay, and a collector that takes them as OTLP over HTTP. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import { aFall } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

async function openCollector() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    bodies.push(Buffer.concat(parts).toString());
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    bodies,
    spans: (): readonly Span[] =>
      bodies.flatMap((body) =>
        (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
          ({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans),
        ),
      ),
    [Symbol.dispose]: () => void server.close(),
  };
}

async function night(tracesUrl: string) {
  const clock = movedClock();
  const fall = aFall();
  await using site = await openSite({ clock, settings: { tracesUrl } as never });
  const anna = await site.person('Anna', 'operator');
  await using unit = await connectUnit(site.relay, await site.unit('unit-trace', 'Ek 7'), { over: 'tcp' });
  await unit.say('alarm-report', fall);
  await clock.advance(seconds(4));
  await anna.call('takeAlarm', { alarm: fall.alarm });
  await clock.advance(seconds(2));
  await anna.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'help-needed' });
  const { state } = (await anna.desk()).alarms.find(({ alarm }) => alarm === fall.alarm)!;
  return { ...fall, state };
}

describe('traces of alarms', () => {
  it('tell each stretch of an alarm’s way under the id of the alarm, once, and nothing of a person', async () => {
    using collector = await openCollector();
    const fall = await night(collector.url);
    const spans = collector.spans();
    const names = spans.map(({ name }) => name);
    expect(names.toSorted()).toEqual(['alarm', 'to the consoles', 'to the relay', 'until taken']);
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([fall.alarm.replaceAll('-', '')]));
    const whole = spans.find(({ name }) => name === 'alarm')!;
    expect(whole.parentSpanId ?? '').toBe('');
    for (const one of spans) if (one !== whole) expect(one.parentSpanId).toBe(whole.spanId);
    const taken = spans.find(({ name }) => name === 'until taken')!;
    expect(Number(BigInt(taken.endTimeUnixNano) - BigInt(taken.startTimeUnixNano)) / 1e9).toBe(4);
    expect(whole.attributes).toContainEqual({ key: 'nattfrid.verdict', value: { stringValue: 'help-needed' } });
    for (const body of collector.bodies) expect(body).not.toMatch(/Anna|Ek 7/);
  });

  it('cost no alarm where the collector is away, and the relay ends all the same', async () => {
    const fall = await night('http://127.0.0.1:9/v1/traces');
    expect(fall.state).toBe('closed');
  });
});
