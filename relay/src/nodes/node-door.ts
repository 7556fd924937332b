/** The door of a node: units and picture sockets end here, and whoever decides is asked, in this process or on another node. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Bus } from '../bus/bus.ts';
import { holdUp } from '../limit/slow-down.ts';
import { type Broker, type BrokerFigures, openBroker } from '../mqtt/broker.ts';
import { openPass } from '../pass/pass.ts';
import type { PassFigures } from '../pass/screen.ts';
import { type Guest, type Guests, openGuests } from '../socket/guests.ts';
import { isClosed } from '../store/closed.ts';
import type { Core } from './core.ts';
import { type LinkedPass, openLinkedPass } from './linked-pass.ts';
import { noMain } from './no-main.ts';

/** Over within seconds, as a rule: asked again meanwhile, whoever decides by then, so that no unit is cut for it. */
const passing: ReadonlySet<string> = new Set(['no-main', 'cannot-save', 'link-lost']);
const patience = seconds(8);
const pause = milliseconds(250);
/** Words of one unit that wait: one that says more is not acknowledged, and says it again later. */
const mostWaiting = 100;

export interface Present {
  readonly units: readonly { readonly unit: UnitId; readonly address: string; readonly credential?: string }[];
  readonly guests: readonly { readonly id: string; readonly guest: Guest }[];
}

export interface NodeDoor extends AsyncDisposable {
  readonly broker: Broker;
  readonly pass: LinkedPass;
  readonly guests: Guests;
  /** Puts out those of these ids. */
  putOut(ids: ReadonlySet<string>, code: number, reason: string): void;
  /** Who decides from now on. Nothing is told anew: whoever begins asks who is present. */
  serve(core: Core): void;
  /** Asked of whoever decides by the time that there is an answer. */
  knock: Core['knock'];
  readonly core: Core;
  readonly present: Present;
}

export async function openNodeDoor(parts: {
  readonly bus: Bus;
  readonly prefix: string;
  readonly node: string;
  readonly clock: Clock;
  /** By which the nodes watch one another. */
  readonly watch: Clock;
  readonly log: Logger;
  readonly newId: () => string;
  readonly figures: { readonly broker: BrokerFigures; readonly pass: PassFigures };
  /** Until `serve`. */
  readonly core: Core;
}): Promise<NodeDoor> {
  const { clock, watch, log, figures, newId } = parts;
  await using stack = new AsyncDisposableStack();
  let { core } = parts;
  /** What was asked of whoever decided before is asked anew: it may stand there until nobody waits for it any more. */
  const asked = new Set<(moved: Fault) => void>();
  async function orMoved<Out>(asking: Promise<Out>): Promise<Out> {
    const { promise: moved, reject } = Promise.withResolvers<never>();
    asked.add(reject);
    try {
      return await Promise.race([asking, moved]);
    } finally {
      asked.delete(reject);
    }
  }
  const pass = stack.use(openLinkedPass(openPass({ clock, log, figures: figures.pass }), parts));
  const over = new AbortController();
  async function patiently<Out>(ask: () => Promise<Out>): Promise<Out> {
    const until = watch.steady() + patience;
    for (;;) {
      try {
        return await orMoved(ask());
      } catch (error) {
        const isPassing = isClosed(error) || (error instanceof Fault && passing.has(error.code));
        if (!isPassing || watch.steady() >= until || over.signal.aborted) throw error;
        await watch.sleep(pause, over.signal);
      }
    }
  }
  const waiting = new Map<UnitId, number>();
  const last = new Map<UnitId, Promise<unknown>>();
  /** In the order in which one unit says it, also where it is asked again. */
  async function receive(...[unit, name, bytes]: Parameters<Core['receive']>): Promise<unknown> {
    const many = (waiting.get(unit) ?? 0) + 1;
    if (many > mostWaiting) throw new Fault('too-many-requests', 'This unit says more than can be saved now.');
    waiting.set(unit, many);
    const before = last.get(unit) ?? Promise.resolve();
    const turn = before.catch(() => {}).then(() => patiently(() => core.receive(unit, name, bytes)));
    last.set(unit, turn);
    try {
      return await turn;
    } finally {
      if (last.get(unit) === turn) last.delete(unit);
      const left = (waiting.get(unit) ?? 1) - 1;
      if (left === 0) waiting.delete(unit);
      else waiting.set(unit, left);
    }
  }
  const addresses = new Map<UnitId, string>();
  const credentials = new Map<UnitId, string>();
  const broker = stack.use(
    await openBroker({
      clock,
      log,
      figures: figures.broker,
      async knows(unit, token) {
        const credential = await patiently(() => core.knows(unit, token));
        if (credential !== undefined) credentials.set(unit, credential);
        return credential !== undefined;
      },
      wrong: async (unit, address) => holdUp(clock, await core.wrong(unit, address)),
      speaks: ({ unit, credential }) => void credentials.set(unit, credential),
      receive: (unit, name, bytes) => receive(unit, name, bytes) as Promise<'taken' | 'duplicate' | Fault>,
      cameFrom(unit, address) {
        addresses.set(unit, address);
        core.came(unit, address, credentials.get(unit));
      },
      left(unit) {
        addresses.delete(unit);
        credentials.delete(unit);
        core.left(unit);
      },
      listens: (unit) => core.listens(unit),
      refused: (unit, why) => core.refused(unit, why),
    }),
  );
  // First of all: what is under way is said again, at another node, and this one does not wait for an answer to it.
  stack.defer(() => {
    over.abort();
    for (const goOn of [...asked]) goOn(noMain());
  });
  const inside = openGuests();
  const ids = new Map<Guest, string>();
  const guests: Guests = {
    add(guest, socket) {
      const id = newId();
      const own = { ...guest };
      ids.set(own, id);
      inside.add(own, socket);
      core.guestIn(id, own);
      socket.onClose(() => {
        if (ids.delete(own)) core.guestOut(id);
      });
    },
    putOut: (which, code, reason) => {
      const out = inside.putOut(which, code, reason);
      for (const guest of out) {
        const id = ids.get(guest);
        if (id !== undefined && ids.delete(guest)) core.guestOut(id);
      }
      return out;
    },
    get all() {
      return inside.all;
    },
  };
  const owned = stack.move();
  return {
    broker,
    pass,
    guests,
    putOut: (which, code, reason) => void guests.putOut((guest) => which.has(ids.get(guest) ?? ''), code, reason),
    serve(other) {
      if (core === other) return;
      core = other;
      for (const goOn of [...asked]) goOn(noMain());
    },
    get core() {
      return core;
    },
    async knock(asking) {
      try {
        return await patiently(() => core.knock(asking));
      } catch (error) {
        return asFault(error);
      }
    },
    get present() {
      return {
        units: [...addresses].map(([unit, address]) => {
          const credential = credentials.get(unit);
          return { unit, address, ...(credential !== undefined && { credential }) };
        }),
        guests: [...ids].map(([guest, id]) => ({ id, guest })),
      };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
