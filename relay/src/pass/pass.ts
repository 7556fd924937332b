/**
 * Sealed pictures from a unit to the operator who opened the look, and to each colleague who has joined it: a way for each,
 * sealed by the unit for that one's console, so that none holds up or reads another's. It has no key, keeps nothing but what waits a
 * second for its first viewer, and forgets the look when it ends.
 */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import type { LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import { type PicturePacket, readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import type { Socket } from '../socket/socket.ts';
import { type Held, hold, isFresh, nothingHeld } from './held.ts';
import { type Viewer, viewerMachine } from './viewer.ts';

export interface Terms {
  readonly unit: UnitId;
  /** Id of the operator who opened the look. */
  readonly operator: string;
  /** Called once, when a first key picture has been handed to whoever opened it. */
  readonly shown: () => void;
}

/** A colleague. */
export interface Joining {
  readonly operator: string;
  /** How the unit calls this one. */
  readonly alias: OperatorAlias;
}

export interface PassFigures {
  /** Pictures handed on, and pictures left out for slow viewers. */
  passed(bytes: number): void;
  dropped(): void;
}

export interface Pass extends Disposable {
  open(look: LookId, terms: Terms): void;
  shut(look: LookId): void;
  /** One more may see an open look; and no longer. */
  admit(look: LookId, joining: Joining): void;
  dismiss(look: LookId, operator: string): void;
  /** Is a look of this name open for this unit (and this reader, where it is not whoever opened it), or for this operator? */
  unitMay(look: LookId, unit: UnitId, reader?: string): boolean;
  operatorMay(look: LookId, operator: string): boolean;
  unit(look: LookId, socket: Socket, reader?: string): void;
  viewer(look: LookId, operator: string, socket: Socket): void;
  readonly looks: number;
  readonly viewers: number;
}

/** Bytes that may wait for a viewer, and for a unit (to which only acknowledgements go). */
const viewerRoom = 256 * 1024;
const unitRoom = 64 * 1024;
/** Whatever viewers ask, a unit is asked for a key picture no more often than this. */
const betweenKeys = milliseconds(250);
/** Screens of one operator: one that lost its link may come again before the old connection is known to be dead. */
const mostViewers = 4;
/** A screen that hears nothing for some of these knows that its own link is broken, and comes again. */
const beat = milliseconds(500);
/** Packets that one screen may send in a second, most of them acknowledgements. */
const mostSaid = 120;
/** What of a unit is for its viewer. */
const fromUnits: ReadonlySet<PicturePacket['type']> = new Set(['opening', 'key', 'delta', 'notice']);
const beatBytes = writePicturePacket({ type: 'beat' });

interface Screen {
  state: Viewer;
  /** Packets that came from it in this second. */
  said: number;
  sentAt: Instant;
}

/** From the unit to one operator. */
interface Way {
  /** As the unit names it; none for whoever opened the look. */
  readonly reader: OperatorAlias | undefined;
  readonly screens: Map<Socket, Screen>;
  unit?: Socket | undefined;
  /** In the clear, holds no secret and no picture: a viewer who returns needs it to begin. */
  opening?: Uint8Array<ArrayBuffer> | undefined;
  /** From the unit's opening until a first viewer is there. */
  held?: Held | undefined;
  /** Pictures have come over this connection of the unit. The first of them is a key picture, which need not be asked for. */
  begun?: boolean;
  askedForKeyAt?: Instant;
  /** Somebody has asked, and the unit has not been: it will be. */
  keyOwed?: boolean;
}

interface Passage {
  readonly terms: Terms;
  /** By the operator's id. */
  readonly ways: Map<string, Way>;
  shown: boolean;
}

export function openPass(parts: { readonly clock: Clock; readonly log: Logger; readonly figures: PassFigures }): Pass {
  const { clock, figures } = parts;
  const log = parts.log.child('pass');
  const passages = new Map<LookId, Passage>();
  const machine = viewerMachine(viewerRoom);

  function fromUnit(passage: Passage, way: Way, bytes: Uint8Array<ArrayBuffer>): void {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) {
      log.warn('A picture packet of a unit is bad', { code: packet.code });
      return;
    }
    if (!fromUnits.has(packet.type)) return;
    const now = clock.now();
    if (packet.type === 'opening') {
      way.opening = bytes;
      way.held = way.screens.size === 0 ? nothingHeld(now) : undefined;
    } else if (way.held) way.held = hold(way.held, bytes, now);
    if (packet.type === 'key' || packet.type === 'delta') way.begun = true;
    if (packet.type === 'key') way.keyOwed = false;
    for (const [socket, screen] of way.screens) toScreen(passage, way, socket, screen, packet.type, bytes);
    if (way.keyOwed) askForKey(way);
  }

  function toScreen(
    passage: Passage,
    way: Way,
    socket: Socket,
    screen: Screen,
    kind: PicturePacket['type'],
    bytes: Uint8Array,
  ): void {
    const [next, effects] = machine.step(screen.state, { kind, bytes: bytes.length, queued: socket.queued });
    screen.state = next;
    for (const effect of effects) {
      switch (effect.type) {
        case 'send':
          socket.send(bytes);
          screen.sentAt = clock.now();
          figures.passed(bytes.length);
          break;
        case 'dropped':
          figures.dropped();
          break;
        case 'want-key':
          askForKey(way);
      }
    }
    if (kind === 'key' && next.name === 'flowing' && !passage.shown && way.reader === undefined) {
      passage.shown = true;
      passage.terms.shown();
    }
  }

  function fromViewer(way: Way, socket: Socket, bytes: Uint8Array<ArrayBuffer>): void {
    const screen = way.screens.get(socket);
    // One acknowledgement for each picture is a sixth of this: whoever says more is no screen of ours.
    if (screen && ++screen.said > mostSaid) {
      socket.cut();
      return;
    }
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) log.warn('A picture packet of a viewer is bad', { code: packet.code });
    else if (packet.type === 'want-key') askForKey(way);
    else if (packet.type === 'ack') toUnit(way, bytes);
  }

  function askForKey(way: Way): void {
    const now = clock.now();
    // Too soon after another's asking: with the next picture, unless it is a key picture.
    way.keyOwed = way.askedForKeyAt !== undefined && now < after(way.askedForKeyAt, betweenKeys);
    if (way.keyOwed) return;
    way.askedForKeyAt = now;
    toUnit(way, writePicturePacket({ type: 'want-key' }));
  }

  function toUnit({ unit }: Way, bytes: Uint8Array): void {
    if (!unit) return;
    if (unit.queued > unitRoom) unit.cut();
    else unit.send(bytes);
  }

  /** It goes with the unit's connection: whoever comes now waits for what the next one begins with. */
  const forgetSeal = (way: Way) => {
    way.opening = undefined;
    way.held = undefined;
  };
  const end = (way: Way | undefined, code: number, reason: string) => {
    for (const socket of way?.screens.keys() ?? []) socket.close(code, reason);
    way?.unit?.close(code, reason);
  };
  const shut = (look: LookId, code: number, reason: string) => {
    const passage = passages.get(look);
    passages.delete(look);
    for (const way of passage?.ways.values() ?? []) end(way, code, reason);
  };
  const wayOf = ({ ways }: Passage, reader: string | undefined) =>
    [...ways.values()].find((way) => way.reader === reader);
  const wayTo = (look: LookId, operator: string) => passages.get(look)?.ways.get(operator);

  const counting = clock.every(milliseconds(1000), () => {
    for (const { ways } of passages.values())
      for (const way of ways.values()) for (const screen of way.screens.values()) screen.said = 0;
  });
  const beating = clock.every(beat, () => {
    const since = after(clock.now(), milliseconds(-beat / 2));
    for (const { ways } of passages.values())
      for (const way of ways.values()) {
        if (way.held && !isFresh(way.held, clock.now())) way.held = undefined;
        for (const [socket, screen] of way.screens)
          if (screen.sentAt < since && socket.queued === 0) socket.send(beatBytes);
      }
  });

  return {
    open(look, terms) {
      if (passages.has(look)) return;
      const way: Way = { reader: undefined, screens: new Map() };
      passages.set(look, { terms, ways: new Map([[terms.operator, way]]), shown: false });
    },
    shut: (look) => shut(look, closeCodes.lookOver, 'the look is over'),
    admit(look, { operator, alias }) {
      const passage = passages.get(look);
      if (!passage || operator === passage.terms.operator) return;
      // Whoever joins again does so with another key.
      end(passage.ways.get(operator), closeCodes.takenOver, 'joined anew');
      passage.ways.set(operator, { reader: alias, screens: new Map() });
    },
    dismiss(look, operator) {
      const passage = passages.get(look);
      if (!passage || operator === passage.terms.operator) return;
      const way = passage.ways.get(operator);
      passage.ways.delete(operator);
      end(way, closeCodes.lookOver, 'no longer in this look');
    },
    unitMay(look, unit, reader) {
      const passage = passages.get(look);
      return passage?.terms.unit === unit && wayOf(passage, reader) !== undefined;
    },
    operatorMay: (look, operator) => wayTo(look, operator) !== undefined,
    unit(look, socket, reader) {
      const passage = passages.get(look);
      const way = passage && wayOf(passage, reader);
      if (!way) return socket.close(closeCodes.lookOver, 'no such look is open');
      way.unit?.close(closeCodes.takenOver, 'the unit has connected anew');
      way.unit = socket;
      forgetSeal(way);
      way.begun = false;
      // It begins with a key picture, whatever was asked of the connection before.
      way.keyOwed = false;
      socket.onMessage((bytes) => {
        if (passages.get(look) === passage && way.unit === socket) fromUnit(passage, way, bytes);
      });
      socket.onClose(() => {
        if (way.unit !== socket) return;
        way.unit = undefined;
        forgetSeal(way);
      });
    },
    viewer(look, operator, socket) {
      const passage = passages.get(look);
      const way = passage?.ways.get(operator);
      if (!passage || !way) return socket.close(closeCodes.lookOver, 'no such look is open');
      const [eldest] = way.screens.keys();
      if (way.screens.size >= mostViewers && eldest) {
        way.screens.delete(eldest);
        eldest.cut();
      }
      const screen: Screen = { state: machine.initial, said: 0, sentAt: clock.now() };
      way.screens.set(socket, screen);
      socket.onMessage((bytes) => {
        if (wayTo(look, operator) === way) fromViewer(way, socket, bytes);
      });
      socket.onClose(() => void way.screens.delete(socket));
      if (way.opening) socket.send(way.opening);
      const held = way.held && isFresh(way.held, clock.now()) ? way.held.packets : [];
      way.held = undefined;
      for (const bytes of held) {
        const packet = readPicturePacket(bytes);
        if (!(packet instanceof Fault)) toScreen(passage, way, socket, screen, packet.type, bytes);
      }
      if (screen.state.name === 'flowing' || !way.begun) return;
      delete way.askedForKeyAt;
      askForKey(way);
    },
    get looks() {
      return passages.size;
    },
    get viewers() {
      const ways = [...passages.values()].flatMap((passage) => [...passage.ways.values()]);
      return ways.reduce((sum, way) => sum + way.screens.size, 0);
    },
    [Symbol.dispose]() {
      counting[Symbol.dispose]();
      beating[Symbol.dispose]();
      for (const look of [...passages.keys()]) shut(look, closeCodes.stopping, 'the relay is stopping');
    },
  };
}
