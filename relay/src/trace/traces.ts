/**
 * Traces of alarms to a collector, over OTLP (https://opentelemetry.io/docs/specs/otlp/): one for each alarm, whose id is the alarm's, so
 * that whoever has an alarm finds its trace. A collector that is away costs its spans, and never an alarm.
 */
import { createHash } from 'node:crypto';
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { ROOT_CONTEXT, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Hub } from '../tell/hub.ts';
import { type Stretch, wayOf } from './alarm-way.ts';

/** Alarms of which it is remembered what has been told; the oldest is told anew if it goes on, which a collector takes for the same. */
const mostRemembered = 5000;
/** A collector that does not answer does not hold up the end of the relay. */
const exportWithin = seconds(2);

export interface TraceParts {
  readonly hub: Hub;
  readonly clock: Clock;
  /** Of the collector, http://HOST:4318/v1/traces as a rule. */
  readonly url: string;
  readonly version: string;
}

/** Sends what is left when it is disposed of. */
export function openTraces({ hub, clock, url, version }: TraceParts): AsyncDisposable {
  const ids = openIds();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'nattfrid-relay', 'service.version': version }),
    idGenerator: ids.generator,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url, timeoutMillis: exportWithin }))],
  });
  const tracer = provider.getTracer('nattfrid-relay', version);
  const told = new Map<AlarmId, Set<Stretch['name']>>();

  function tell(alarm: AlarmView): void {
    const known = told.get(alarm.alarm) ?? new Set();
    told.delete(alarm.alarm);
    told.set(alarm.alarm, known);
    for (const [oldest] of told) {
      if (told.size <= mostRemembered) break;
      told.delete(oldest);
    }
    const traceId = alarm.alarm.replaceAll('-', '');
    const whole: SpanContext = { traceId, spanId: spanIdOf(alarm.alarm, 'alarm'), traceFlags: TraceFlags.SAMPLED };
    for (const { name, from, until, attributes } of wayOf(alarm, clock.now())) {
      if (known.has(name)) continue;
      known.add(name);
      ids.next = { traceId, spanId: spanIdOf(alarm.alarm, name) };
      const within = name === 'alarm' ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, whole);
      // As dates: a small number would be taken for ms since the process began.
      tracer.startSpan(name, { startTime: new Date(from), attributes }, within).end(new Date(until));
    }
  }

  const listening = hub.listen((event) => {
    if (event.type === 'alarm') tell(event.alarm);
  });
  return {
    async [Symbol.asyncDispose]() {
      listening[Symbol.dispose]();
      // What is left goes nowhere where the collector is away: the relay ends all the same.
      await provider.shutdown().catch(() => {});
    },
  };
}

/** The same for the same stretch of the same alarm, after a restart as well: 16 hexadecimal digits. */
const spanIdOf = (alarm: AlarmId, name: Stretch['name']): string =>
  createHash('sha256').update(`${alarm} ${name}`).digest('hex').slice(0, 16);

/** The library makes ids at random where it is not told them. */
function openIds() {
  const ids = {
    next: { traceId: '', spanId: '' },
    generator: { generateTraceId: () => ids.next.traceId, generateSpanId: () => ids.next.spanId },
  };
  return ids;
}
