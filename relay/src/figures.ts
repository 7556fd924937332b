/** The door to prom-client: counters and gauges of the relay; none of them names a unit, a client or an operator. */
import { Counter, Gauge, Registry } from 'prom-client';
import type { BrokerFigures } from './mqtt/broker.ts';
import type { PassFigures } from './pass/screen.ts';
import type { ReceiveFigures } from './receive/receive.ts';

export interface Figures {
  readonly broker: BrokerFigures;
  readonly receive: ReceiveFigures;
  readonly pass: PassFigures;
  /** Read when somebody asks. */
  gauge(name: string, help: string, read: () => number): void;
  print(): Promise<{ readonly type: string; readonly text: string }>;
}

export function openFigures(): Figures {
  const registry = new Registry();
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `nattfrid_${name}`, help, labelNames, registers: [registry] });
  const received = counter('messages_received_total', 'Messages of units that were saved', ['name']);
  const duplicates = counter('messages_duplicate_total', 'Messages that had been received before');
  const bad = counter('messages_bad_total', 'Messages that were understood as faults and kept out', ['code']);
  const connections = counter('unit_connections_total', 'Connections of units that were accepted');
  const refusals = counter('unit_refusals_total', 'Connections of units that were refused', ['why']);
  const cuts = counter('unit_cuts_total', 'Connections of units that were cut', ['why']);
  const forbidden = counter('topics_forbidden_total', 'Attempts to say or hear what is not the own');
  const unknownWords = counter('words_unknown_total', 'Words of newer units that this relay does not know');
  const pictures = counter('pictures_passed_total', 'Sealed packets handed on to operators');
  const pictureBytes = counter('pictures_passed_bytes_total', 'Bytes of sealed packets handed on to operators');
  const dropped = counter(
    'pictures_dropped_total',
    'Sealed packets left out for operators who are slow or wait for a keyframe',
  );
  return {
    broker: {
      connected: () => connections.inc(),
      refused: (why) => refusals.inc({ why }),
      cut: (why) => cuts.inc({ why }),
      forbidden: () => forbidden.inc(),
      unknownWord: () => unknownWords.inc(),
    },
    receive: {
      received: (name) => received.inc({ name }),
      duplicate: () => duplicates.inc(),
      bad: (code) => bad.inc({ code }),
    },
    pass: {
      passed: (bytes) => {
        pictures.inc();
        pictureBytes.inc(bytes);
      },
      dropped: () => dropped.inc(),
    },
    gauge(name, help, read) {
      // A node that is main anew has another relay to read it from.
      registry.removeSingleMetric(`nattfrid_${name}`);
      new Gauge({
        name: `nattfrid_${name}`,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    print: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
