/** How the relay itself is, for every console: kept in memory alone, since it must be told where nothing can be saved. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { RelayView } from '@nattfrid/shared/desk/relay-view';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Hub } from './hub.ts';

export interface OwnState {
  readonly view: RelayView;
  /** @param cannot undefined: it can save again */
  saves(cannot: { readonly since: Instant; readonly fault: Fault } | undefined): void;
  clockSet(at: Instant, by: Duration): void;
  stoodStill(at: Instant, length: Duration): void;
  receiversSilent(silent: readonly Silent[]): void;
  nodesUnwell(nodes: NonNullable<RelayView['nodesUnwell']>): void;
}

interface Silent {
  readonly name: string;
  readonly organisation: Organisation;
  readonly since: Instant;
}

const longestWords = 400;

export function openOwnState(hub: Hub): OwnState {
  let view: RelayView = {};
  const tell = (next: RelayView) => {
    view = next;
    hub.tell({ type: 'relay', relay: view });
  };
  return {
    get view() {
      return view;
    },
    saves(cannot) {
      const { cannotSave: _before, ...rest } = view;
      if (!cannot) return tell(rest);
      const words = cannot.fault.message.slice(0, longestWords);
      const { why } = cannot.fault.fields;
      const because = typeof why === 'string' && { why };
      tell({ ...rest, cannotSave: { since: printInstant(cannot.since), words, ...because } });
    },
    clockSet: (at, by) => tell({ ...view, clockSet: { at: printInstant(at), bySeconds: Math.round(by / 1000) } }),
    stoodStill: (at, length) =>
      tell({ ...view, stoodStill: { at: printInstant(at), seconds: Math.round(length / 1000) } }),
    nodesUnwell(nodes) {
      const { nodesUnwell: _before, ...rest } = view;
      tell(nodes.length === 0 ? rest : { ...rest, nodesUnwell: nodes });
    },
    receiversSilent(silent) {
      if (silent.length === 0 && !view.receiversSilent) return;
      const told = silent.map(({ since, ...one }) => ({ ...one, since: printInstant(since) }));
      const { receiversSilent: _before, ...rest } = view;
      tell(told.length === 0 ? rest : { ...rest, receiversSilent: told });
    },
  };
}
