/**
 * The main node as a door sees it: asked over the bus, waited for while there is none, and obeyed. What a unit says is acknowledged only
 * once the main node has it saved; until then it is asked again, also of another one that has taken over.
 */
import type { NodeTrouble } from '@nattfrid/shared/desk/relay-view';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { NamesFrom } from '@nattfrid/shared/wire/messages';
import type { Bus } from '../bus/bus.ts';
import { subjectOf } from '../bus/subject.ts';
import type { Guest } from '../socket/guests.ts';
import type { Asking, Core, MaySend, MayView } from './core.ts';
import { noMain } from './no-main.ts';
import type { NodeDoor } from './node-door.ts';
import {
  Answer,
  type DoorAsks,
  type DoorSays,
  faultOf,
  MainSays,
  readWords,
  type Tells,
  type Told,
  writeWords,
} from './words.ts';

export interface Main {
  readonly node: string;
  readonly term: number;
  /** Where it answers other nodes. */
  readonly url: string;
  /** Of its listener for units that were paired. */
  readonly unitPort?: number | undefined;
}

export interface AskMain extends Core, Disposable {
  /** Undefined: none has been heard of lately. */
  readonly main: Main | undefined;
  /** Names of the nodes that have been main since this one began. */
  readonly mains: ReadonlySet<string>;
  /** Told at each change. */
  onMain(call: (main: Main | undefined) => void): Disposable;
  /** The door that is obeyed for. */
  obeyWith(door: NodeDoor): void;
}

const beat = milliseconds(500);
/** A unit, or somebody at a picture's door, waits so long for a main node. */
const patience = seconds(8);
/** Longer than the main node lets a wrong token wait (`limit/slow-down.ts`). */
const answerWithin = seconds(7);
const pause = milliseconds(100);
/** Of a hello, in one message. */
const piece = 1000;

export function openAskMain(parts: {
  readonly bus: Bus;
  readonly prefix: string;
  readonly node: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** What is wrong with this node, for the main one to tell. */
  readonly troubles: () => readonly NodeTrouble[];
  /** A main node beats twice a second; one that is silent for so long is none. It is asked on all the same, until another is heard of. */
  readonly longestSilence: Duration;
}): AskMain {
  const { bus, prefix, node, clock, longestSilence } = parts;
  const log = parts.log.child('door');
  const over = new AbortController();
  const watchers = new Set<(main: Main | undefined) => void>();
  let main: Main | undefined;
  let isSilent = true;
  let heardAt = clock.steady();
  let highest = 0;
  let count = 0;
  let door: NodeDoor | undefined;

  const mains = new Set<string>();

  const isServed = () => door?.core === self;
  const change = (to: Main | undefined) => {
    if (to) {
      main = to;
      mains.add(to.node);
    }
    isSilent = to === undefined;
    if (to) log.info('A main node is heard of', { main: to.node, term: to.term });
    else log.warn('No node is main');
    for (const watcher of watchers) watcher(to);
  };
  const tell = (told: Told) => {
    if (!main || !isServed()) return;
    const says: DoorSays = { node, count: told.type === 'beat' ? count : ++count, told };
    bus.publish(subjectOf(prefix, 'main', `t${main.term}`, 'told'), writeWords(says));
  };
  const sayHello = () => {
    const { units, guests } = door?.present ?? { units: [], guests: [] };
    count = 0;
    for (let at = 0; at === 0 || at < units.length || at < guests.length; at += piece) {
      const isLast = at + piece >= units.length && at + piece >= guests.length;
      const [some, others] = [units.slice(at, at + piece), guests.slice(at, at + piece)];
      tell({ type: 'hello', units: [...some], guests: [...others] as never, isLast });
    }
  };

  function obey(tells: Tells, from: Main | { readonly node: string; readonly term: number }): void {
    if (tells.type === 'beat') {
      heardAt = clock.steady();
      const isNew = main?.term !== from.term || main.url !== tells.url;
      if (isNew || isSilent) {
        change({ ...from, url: tells.url, unitPort: tells.unitPort });
        if (isServed()) sayHello();
      }
      return;
    }
    if (!door || !isServed()) return;
    const { pass, broker } = door;
    switch (tells.type) {
      case 'say-hello':
        sayHello();
        return;
      case 'send':
        return void broker.send(tells.unit, tells.name as NamesFrom<'relay'>, fromBase64Url(tells.bytes));
      case 'cut':
        broker.cut(tells.unit);
        return;
      case 'open':
        openAt(door, tells.look, tells.unit, tells.operator);
        return;
      case 'shut':
        pass.shut(tells.look);
        return;
      case 'admit':
        pass.admit(tells.look, { operator: tells.operator, alias: tells.alias });
        return;
      case 'dismiss':
        pass.dismiss(tells.look, tells.operator);
        return;
      case 'looks':
        reconcile(door, tells.looks);
        return;
      case 'put-out':
        door.putOut(new Set(tells.ids), tells.code, tells.reason);
        return;
    }
  }
  const hear = ({ bytes }: { readonly bytes: Uint8Array }) => {
    const says = readWords(MainSays, bytes);
    if (!says || says.term < highest) return;
    if (says.term > highest) highest = says.term;
    obey(says.tells, { node: says.node, term: says.term });
  };
  const ears = [subjectOf(prefix, 'doors'), subjectOf(prefix, 'door', node)].map((subject) =>
    bus.subscribe(subject, hear),
  );
  const state = bus.onChange((isUp) => {
    if (isUp && main && isServed()) sayHello();
  });
  const watch = clock.every(beat, () => {
    if (!isSilent && clock.steady() - heardAt > longestSilence) change(undefined);
    tell({ type: 'beat', troubles: [...parts.troubles()] });
  });

  /** Whoever was asked does not answer any more once another is main, which is asked then. */
  async function unlessAnother<Answered>(term: number, answered: Promise<Answered | Fault>): Promise<Answered | Fault> {
    const another = Promise.withResolvers<Fault>();
    const watcher = (now: Main | undefined) => {
      if (now && now.term !== term) another.resolve(noMain());
    };
    watchers.add(watcher);
    try {
      return await Promise.race([answered, another.promise]);
    } finally {
      watchers.delete(watcher);
    }
  }

  /** Asks until it has been answered, or nobody has in this time. @param mayAgain of a fault that the main node has given */
  async function ask(asks: DoorAsks, within: Duration): Promise<Answer | Fault> {
    const until = clock.steady() + within;
    for (;;) {
      if (main && bus.isUp) {
        const answered = await unlessAnother(
          main.term,
          bus.request(subjectOf(prefix, 'main', `t${main.term}`, 'asks'), writeWords(asks), answerWithin),
        );
        const answer = answered instanceof Fault ? undefined : readWords(Answer, answered);
        if (answer && !(answer.type === 'fault' && answer.code === 'no-main')) return answer;
      }
      if (clock.steady() >= until || over.signal.aborted) return noMain();
      await clock.sleep(pause, over.signal);
    }
  }

  async function receive(unit: UnitId, name: NamesFrom<'unit'>, bytes: Uint8Array): Promise<void> {
    const answer = await ask({ type: 'receive', unit, name, bytes: toBase64Url(bytes) }, patience);
    if (answer instanceof Fault) throw answer;
    if (answer.type === 'fault') throw faultOf(answer);
  }

  const self: AskMain = {
    mains,
    get main() {
      return isSilent ? undefined : main;
    },
    onMain(call) {
      watchers.add(call);
      return { [Symbol.dispose]: () => void watchers.delete(call) };
    },
    obeyWith(given) {
      door = given;
    },
    async knows(unit, token) {
      const answer = await ask({ type: 'knows', unit, token }, patience);
      if (answer instanceof Fault) throw answer;
      if (answer.type === 'known') return answer.credential;
      throw answer.type === 'fault' ? faultOf(answer) : notUnderstood();
    },
    async wrong(unit, address) {
      const answer = await ask({ type: 'wrong', unit, address }, patience);
      if (answer instanceof Fault) throw answer;
      if (answer.type === 'wait') return milliseconds(answer.milliseconds);
      throw answer.type === 'fault' ? faultOf(answer) : notUnderstood();
    },
    receive,
    came: (unit, address, credential) =>
      tell({ type: 'came', unit, address, ...(credential !== undefined && { credential }) }),
    left: (unit) => tell({ type: 'left', unit }),
    listens: (unit) => tell({ type: 'listens', unit }),
    refused: (unit, why) => tell({ type: 'refused', why, ...(unit && { unit }) }),
    async knock(asking: Asking): Promise<MayView | MaySend | Fault> {
      const { path, query, address } = asking;
      const answer = await ask(
        { type: 'knock', path, query: query.toString(), headers: headersOf(asking), address },
        patience,
      );
      if (answer instanceof Fault) return answer;
      if (answer.type === 'fault') return faultOf(answer);
      return answer.type === 'view' || answer.type === 'send' ? (answer as MayView | MaySend) : notUnderstood();
    },
    shown(look: LookId) {
      void ask({ type: 'shown', look }, milliseconds(2 * patience));
    },
    guestIn: (id, guest: Guest) => tell({ type: 'guest-in', id, guest } as Told),
    guestOut: (id) => tell({ type: 'guest-out', id }),
    [Symbol.dispose]() {
      over.abort();
      watch[Symbol.dispose]();
      state[Symbol.dispose]();
      for (const ear of ears) ear[Symbol.dispose]();
    },
  };
  return self;
}

const notUnderstood = (): Fault => new Fault('broken-invariant', 'The main node has answered something else.');

/** What admission reads, and nothing more of what somebody has sent. */
const read = ['authorization', 'cookie', 'host', 'origin', 'sec-fetch-site', 'user-agent'] as const;

function headersOf({ headers }: Asking): Record<string, string> {
  return Object.fromEntries(
    read.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' && value.length <= 8000 ? [[name, value]] : [];
    }),
  );
}

/** Whoever is main when the first picture comes is told of it. */
export function openAt(door: NodeDoor, look: LookId, unit: UnitId, operator: string): void {
  door.pass.open(look, { unit, operator, shown: () => door.core.shown(look) });
}

/** What is open by the main node's word, and nothing else. */
function reconcile(door: NodeDoor, looks: Extract<Tells, { type: 'looks' }>['looks']): void {
  const { pass } = door;
  const open = new Map(looks.map((one) => [one.look, one]));
  for (const look of pass.openLooks) if (!open.has(look)) pass.shut(look);
  for (const { look, unit, operator, joined } of looks) {
    openAt(door, look, unit, operator);
    for (const one of joined) if (!pass.operatorMay(look, one.operator)) pass.admit(look, one);
    for (const colleague of pass.colleagues(look))
      if (!joined.some((one) => one.operator === colleague)) pass.dismiss(look, colleague);
  }
}
