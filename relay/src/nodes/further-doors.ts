/**
 * The doors of the other nodes, as the main node sees them: which units and viewers each has, and the same words for all of them as for
 * its own. What a door tells is counted; where one word was lost, or the door was away, it is asked for all of it.
 */

import type { NodeTrouble, RelayView } from '@nattfrid/shared/desk/relay-view';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { NamesFrom } from '@nattfrid/shared/wire/messages';
import type { Bus, Heard } from '../bus/bus.ts';
import { subjectOf } from '../bus/subject.ts';
import type { Broker } from '../mqtt/broker.ts';
import type { Pass } from '../pass/pass.ts';
import type { Guest, Guests } from '../socket/guests.ts';
import { isClosed } from '../store/closed.ts';
import { openAt } from './ask-main.ts';
import type { Core, OpenLook } from './core.ts';
import { noMain } from './no-main.ts';
import type { NodeDoor } from './node-door.ts';
import { openUnwell } from './unwell.ts';
import {
  type Answer,
  answerOf,
  DoorAsks,
  DoorSays,
  type MainSays,
  readWords,
  type Tells,
  writeWords,
} from './words.ts';

/** A node as the relay that runs on it sees it. */
export interface OnNode {
  readonly door: NodeDoor;
  /** Whoever decides once this node does no more. */
  readonly elsewhere: Core;
  readonly bus: Bus;
  readonly prefix: string;
  readonly node: string;
  /** Of this time of being main. */
  readonly term: number;
  /** By which the nodes watch one another. */
  readonly watch: Clock;
  /** A door beats twice a second; one that is silent for so long is gone. */
  readonly longestSilence: Duration;
  /** What is wrong with this node itself. */
  readonly troubles: () => readonly NodeTrouble[];
  /** Names of others that there have been: one of which nothing is heard is missed. */
  readonly others: readonly string[];
  /** Where the relay answers the other nodes, and this one's own front. */
  readonly listen: {
    readonly host: string;
    readonly port: number;
    readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  };
}

export interface FurtherDoors extends Disposable {
  /** Units of all doors, this node's own among them. */
  broker(own: Broker): Broker;
  /** Looks are opened and shut at all doors. */
  pass(own: Pass): Pass;
  guests(live: Guests): Guests;
  /** Begins: doors are told that this node is main, and are answered. @param url where this relay answers other nodes */
  serve(core: Core, at: { readonly url: string; readonly unitPort?: number | undefined }): void;
  /** Says and answers nothing more, long before all that stands on it is closed. */
  stop(): void;
  /** Names of the other doors that are there, with how many units each has. */
  readonly doors: ReadonlyMap<string, number>;
}

interface Other {
  heardAt: Duration;
  /** Words that have come since its hello. */
  count: number;
  readonly units: Set<UnitId>;
  readonly guests: Map<string, Guest>;
  /** Units of the hello that is coming in, which may be in several pieces. */
  readonly said: Set<UnitId>;
  troubles: readonly string[];
}

const beat = milliseconds(500);
/** One that is started anew is back by then. */
const missedAfter = seconds(5);

export function openFurtherDoors(
  on: OnNode,
  parts: {
    readonly clock: Clock;
    readonly log: Logger;
    /** Told at each change which nodes are not well. */
    readonly unwell: (nodes: NonNullable<RelayView['nodesUnwell']>) => void;
  },
): FurtherDoors {
  const { bus, prefix, node, term, door } = on;
  const { watch } = on;
  const log = parts.log.child('nodes');
  const others = new Map<string, Other>();
  const doorOf = new Map<UnitId, string>();
  const looks = new Map<LookId, OpenLook & { readonly shown: () => void }>();
  /** Nodes that are not there, and since when, by the steady clock. */
  const missed = new Map<string, Duration>(on.others.map((name) => [name, watch.steady()]));
  const unwell = openUnwell(parts.clock, parts.unwell);
  const begun: Disposable[] = [];
  let core: Core | undefined;

  const say = (subject: string, tells: Tells) => {
    const says: MainSays = { node, term, tells };
    return bus.publish(subject, writeWords(says));
  };
  const toDoor = (name: string, tells: Tells) => say(subjectOf(prefix, 'door', name), tells);
  const toAll = (tells: Tells) => say(subjectOf(prefix, 'doors'), tells);
  const allLooks = () => [...looks.values()].map(({ shown: _shown, ...look }) => look);

  const gone = (name: string, unit: UnitId) => {
    others.get(name)?.units.delete(unit);
    if (doorOf.get(unit) !== name) return;
    doorOf.delete(unit);
    core?.left(unit);
  };
  /** A unit has one connection: the old one may not know yet that it is over. */
  const cutElsewhere = (unit: UnitId, before: string | undefined) => {
    if (before === undefined) return;
    others.get(before)?.units.delete(unit);
    toDoor(before, { type: 'cut', unit });
  };
  /** At this node's own door. */
  const cameHere = (unit: UnitId, address: string, credential: string | undefined) => {
    const before = doorOf.get(unit);
    doorOf.delete(unit);
    cutElsewhere(unit, before);
    core?.came(unit, address, credential);
  };
  const came = (name: string, unit: UnitId, address: string, credential: string | undefined) => {
    const before = doorOf.get(unit);
    doorOf.set(unit, name);
    others.get(name)?.units.add(unit);
    if (before !== name) cutElsewhere(unit, before);
    if (door.broker.units.includes(unit)) door.broker.cut(unit);
    core?.came(unit, address, credential);
  };
  const forget = (name: string) => {
    for (const unit of others.get(name)?.units ?? []) gone(name, unit);
    others.delete(name);
    missed.set(name, watch.steady());
  };

  function told({ node: name, count, told }: DoorSays): void {
    const known = others.get(name);
    if (!known && told.type !== 'hello') return void toDoor(name, { type: 'say-hello' });
    const other = known ?? {
      ...{ heardAt: watch.steady(), count: 0, units: new Set<UnitId>(), guests: new Map<string, Guest>() },
      ...{ said: new Set<UnitId>(), troubles: [] },
    };
    other.heardAt = watch.steady();
    missed.delete(name);
    if (told.type === 'beat') other.troubles = told.troubles ?? [];
    if (told.type === 'hello') {
      hello(name, other, count, told);
      return;
    }
    const isNext = told.type === 'beat' ? count === other.count : count === other.count + 1;
    other.count = count;
    if (!isNext) return void toDoor(name, { type: 'say-hello' });
    switch (told.type) {
      case 'beat':
        return;
      case 'came':
        came(name, told.unit, told.address, told.credential);
        return;
      case 'left':
        gone(name, told.unit);
        return;
      case 'listens':
        core?.listens(told.unit);
        return;
      case 'refused':
        core?.refused(told.unit, told.why);
        return;
      case 'guest-in':
        return void other.guests.set(told.id, told.guest as Guest);
      case 'guest-out':
        return void other.guests.delete(told.id);
    }
  }

  function hello(name: string, other: Other, count: number, all: Extract<DoorSays['told'], { type: 'hello' }>): void {
    if (count === 1) {
      if (!others.has(name)) log.info('The door of another node is there', { door: name });
      others.set(name, other);
      other.said.clear();
      other.guests.clear();
    }
    other.count = count;
    for (const { id, guest } of all.guests) other.guests.set(id, guest as Guest);
    for (const { unit, address, credential } of all.units) {
      const isNew = doorOf.get(unit) !== name;
      came(name, unit, address, credential);
      if (isNew) core?.listens(unit);
      other.said.add(unit);
    }
    if (!all.isLast) return;
    for (const unit of [...other.units]) if (!other.said.has(unit)) gone(name, unit);
    other.said.clear();
    toDoor(name, { type: 'looks', looks: allLooks() as never });
  }

  async function answer(bytes: Uint8Array): Promise<Answer> {
    const asks = readWords(DoorAsks, bytes);
    if (!asks)
      return answerOf(new Fault('request-invalid', 'The main node was asked something that it does not know.'));
    if (!core) return answerOf(noMain());
    switch (asks.type) {
      case 'knows': {
        const credential = await core.knows(asks.unit, asks.token);
        return { type: 'known', ...(credential !== undefined && { credential }) };
      }
      case 'wrong':
        return { type: 'wait', milliseconds: await core.wrong(asks.unit, asks.address) };
      case 'receive':
        await core.receive(asks.unit, asks.name as NamesFrom<'unit'>, fromBase64Url(asks.bytes));
        return { type: 'done' };
      case 'knock': {
        const { path, headers, address } = asks;
        const may = await core.knock({ path, headers, address, query: new URLSearchParams(asks.query) });
        return may instanceof Fault ? answerOf(may) : (may as Answer);
      }
      case 'shown':
        core.shown(asks.look);
        return { type: 'done' };
    }
  }

  return {
    broker: (own) => ({
      attach: own.attach,
      send(unit, name, bytes) {
        const at = doorOf.get(unit);
        if (at === undefined) return own.send(unit, name, bytes);
        return toDoor(at, { type: 'send', unit, name, bytes: toBase64Url(bytes) });
      },
      cut(unit) {
        own.cut(unit);
        const at = doorOf.get(unit);
        if (at !== undefined) toDoor(at, { type: 'cut', unit });
      },
      get connected() {
        return own.connected + doorOf.size;
      },
      get units() {
        return doorOf.size === 0 ? own.units : [...new Set([...own.units, ...doorOf.keys()])];
      },
      // It is the node's, which has it longer than it is main.
      [Symbol.asyncDispose]: async () => {},
    }),
    pass: (own) => ({
      open(look, terms) {
        if (looks.has(look)) return;
        const { unit, operator, shown } = terms;
        looks.set(look, { look, unit, operator, joined: [], shown });
        openAt(door, look, unit, operator);
        toAll({ type: 'open', look, unit, operator });
      },
      shut(look) {
        looks.delete(look);
        own.shut(look);
        toAll({ type: 'shut', look });
      },
      admit(look, { operator, alias }) {
        const known = looks.get(look);
        if (known) {
          const joined = known.joined.filter((one) => one.operator !== operator);
          looks.set(look, { ...known, joined: [...joined, { operator, alias }] });
        }
        own.admit(look, { operator, alias });
        toAll({ type: 'admit', look, operator, alias });
      },
      dismiss(look, operator) {
        const known = looks.get(look);
        if (known) looks.set(look, { ...known, joined: known.joined.filter((one) => one.operator !== operator) });
        own.dismiss(look, operator);
        toAll({ type: 'dismiss', look, operator });
      },
      unitMay: own.unitMay,
      operatorMay: own.operatorMay,
      saidYes: own.saidYes,
      yes: own.yes,
      wasRefused: own.wasRefused,
      unit: own.unit,
      viewer: own.viewer,
      get looks() {
        return own.looks;
      },
      get viewers() {
        return own.viewers;
      },
      [Symbol.dispose]: () => {},
    }),
    guests: (live) => ({
      add: live.add,
      putOut(which, code, reason) {
        const out: Guest[] = [...live.putOut(which, code, reason), ...door.guests.putOut(which, code, reason)];
        for (const [name, { guests }] of others) {
          const gone = [...guests].filter(([, guest]) => which(guest));
          for (const [id, guest] of gone) {
            guests.delete(id);
            out.push(guest);
          }
          if (gone.length > 0) toDoor(name, { type: 'put-out', ids: gone.map(([id]) => id), code, reason });
        }
        return out;
      },
      get all() {
        return [...live.all, ...door.guests.all, ...[...others.values()].flatMap(({ guests }) => [...guests.values()])];
      },
    }),
    serve(given, { url, unitPort }) {
      core = {
        ...given,
        shown(look) {
          const known = looks.get(look);
          if (!known) return;
          looks.set(look, { ...known, shown: () => {} });
          known.shown();
        },
      };
      const beats = () => void toAll({ type: 'beat', url, ...(unitPort !== undefined && { unitPort }) });
      begun.push(
        bus.subscribe(subjectOf(prefix, 'main', `t${term}`, 'told'), ({ bytes }) => {
          const says = readWords(DoorSays, bytes);
          if (says && says.node !== node) told(says);
        }),
        bus.subscribe(subjectOf(prefix, 'main', `t${term}`, 'asks'), ({ bytes, answer: give }: Heard) => {
          answer(bytes).then(
            (words) => give?.(writeWords(words)),
            (error: unknown) => give?.(writeWords(answerOf(isClosed(error) ? noMain() : asFault(error)))),
          );
        }),
        bus.onChange((isUp) => {
          if (isUp) beats();
        }),
        watch.every(beat, () => {
          beats();
          unwell([
            ...on.troubles().map((why) => ({ node, why })),
            ...[...others].flatMap(([name, { troubles }]) => troubles.map((why) => ({ node: name, why }))),
            ...[...missed].flatMap(([name, since]) =>
              name !== node && watch.steady() - since > missedAfter ? [{ node: name, why: 'gone' }] : [],
            ),
          ]);
          for (const [name, { heardAt }] of others)
            if (watch.steady() - heardAt > on.longestSilence) {
              log.warn('The door of another node is not heard of any more', { door: name });
              forget(name);
            }
        }),
      );
      door.serve({ ...core, came: cameHere });
      for (const { unit, address, credential } of door.present.units) {
        core.came(unit, address, credential);
        core.listens(unit);
      }
      reopen();
      beats();
    },
    get doors() {
      return new Map([...others].map(([name, { units }]) => [name, units.size]));
    },
    stop,
    [Symbol.dispose]: stop,
  };

  function stop(): void {
    for (const one of begun.splice(0)) one[Symbol.dispose]();
    core = undefined;
  }

  /** What an earlier main node has had open at this door, and is not any more. */
  function reopen(): void {
    for (const look of door.pass.openLooks) if (!looks.has(look)) door.pass.shut(look);
  }
}
