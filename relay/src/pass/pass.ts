/** Sealed pictures from a unit to the one operator who opened the look. It has no key, keeps nothing, and forgets the look when it ends. */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import { type PicturePacket, readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import type { Socket } from '../socket/socket.ts';
import { type Viewer, viewerMachine } from './viewer.ts';

export interface Terms {
  readonly unit: UnitId;
  /** Id of the operator who opened the look. */
  readonly operator: string;
  /** Called once, when a first key picture has been handed to the operator. */
  readonly shown: () => void;
}

export interface PassFigures {
  /** Pictures handed on, and pictures left out for slow viewers. */
  passed(bytes: number): void;
  dropped(): void;
}

export interface Pass extends Disposable {
  open(look: LookId, terms: Terms): void;
  shut(look: LookId): void;
  /** Is a look of this name open for this unit, or for this operator? */
  unitMay(look: LookId, unit: UnitId): boolean;
  operatorMay(look: LookId, operator: string): boolean;
  unit(look: LookId, socket: Socket): void;
  viewer(look: LookId, socket: Socket): void;
  readonly looks: number;
  readonly viewers: number;
}

/** Bytes that may wait for a viewer, and for a unit (to which only acknowledgements go). */
const viewerRoom = 256 * 1024;
const unitRoom = 64 * 1024;
/** Whatever viewers ask, a unit is asked for a key picture no more often than this. */
const betweenKeys = milliseconds(250);
const mostViewers = 4;

interface Passage {
  readonly terms: Terms;
  readonly viewers: Map<Socket, Viewer>;
  unit?: Socket | undefined;
  /** In the clear, holds no secret and no picture: a viewer who returns needs it to begin. */
  opening?: Uint8Array<ArrayBuffer> | undefined;
  askedForKeyAt?: Instant;
  /** Somebody has asked, and the unit has not been: it will be. */
  keyOwed?: boolean;
  shown: boolean;
}

export function openPass(parts: { readonly clock: Clock; readonly log: Logger; readonly figures: PassFigures }): Pass {
  const { clock, figures } = parts;
  const log = parts.log.child('pass');
  const passages = new Map<LookId, Passage>();
  const machine = viewerMachine(viewerRoom);

  function fromUnit(passage: Passage, bytes: Uint8Array<ArrayBuffer>): void {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) {
      log.warn('A picture packet of a unit is bad', { code: packet.code });
      return;
    }
    if (packet.type === 'ack' || packet.type === 'want-key') return;
    if (packet.type === 'opening') passage.opening = bytes;
    if (packet.type === 'key') passage.keyOwed = false;
    for (const socket of passage.viewers.keys()) toViewer(passage, socket, packet.type, bytes);
    if (passage.keyOwed) askForKey(passage);
  }

  function toViewer(passage: Passage, socket: Socket, kind: PicturePacket['type'], bytes: Uint8Array): void {
    const before = passage.viewers.get(socket) ?? machine.initial;
    const [next, effects] = machine.step(before, { kind, bytes: bytes.length, queued: socket.queued });
    passage.viewers.set(socket, next);
    for (const effect of effects) {
      switch (effect.type) {
        case 'send':
          socket.send(bytes);
          figures.passed(bytes.length);
          break;
        case 'dropped':
          figures.dropped();
          break;
        case 'want-key':
          askForKey(passage);
      }
    }
    if (kind === 'key' && next.name === 'flowing' && !passage.shown) {
      passage.shown = true;
      passage.terms.shown();
    }
  }

  function fromViewer(passage: Passage, bytes: Uint8Array<ArrayBuffer>): void {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) log.warn('A picture packet of a viewer is bad', { code: packet.code });
    else if (packet.type === 'want-key') askForKey(passage);
    else if (packet.type === 'ack') toUnit(passage, bytes);
  }

  function askForKey(passage: Passage): void {
    const now = clock.now();
    // Too soon after another's asking: with the next picture, unless it is a key picture.
    passage.keyOwed = passage.askedForKeyAt !== undefined && now < after(passage.askedForKeyAt, betweenKeys);
    if (passage.keyOwed) return;
    passage.askedForKeyAt = now;
    toUnit(passage, writePicturePacket({ type: 'want-key' }));
  }

  function toUnit({ unit }: Passage, bytes: Uint8Array): void {
    if (!unit) return;
    if (unit.queued > unitRoom) unit.cut();
    else unit.send(bytes);
  }

  const shut = (look: LookId, code: number, reason: string) => {
    const passage = passages.get(look);
    passages.delete(look);
    for (const socket of passage?.viewers.keys() ?? []) socket.close(code, reason);
    passage?.unit?.close(code, reason);
  };

  return {
    open(look, terms) {
      if (!passages.has(look)) passages.set(look, { terms, viewers: new Map(), shown: false });
    },
    shut: (look) => shut(look, closeCodes.lookOver, 'the look is over'),
    unitMay: (look, unit) => passages.get(look)?.terms.unit === unit,
    operatorMay: (look, operator) => passages.get(look)?.terms.operator === operator,
    unit(look, socket) {
      const passage = passages.get(look);
      if (!passage) return socket.close(closeCodes.lookOver, 'no such look is open');
      passage.unit?.close(closeCodes.takenOver, 'the unit has connected anew');
      passage.unit = socket;
      passage.opening = undefined;
      socket.onMessage((bytes) => {
        if (passages.get(look) === passage && passage.unit === socket) fromUnit(passage, bytes);
      });
      socket.onClose(() => {
        if (passage.unit === socket) passage.unit = undefined;
      });
    },
    viewer(look, socket) {
      const passage = passages.get(look);
      if (!passage) return socket.close(closeCodes.lookOver, 'no such look is open');
      if (passage.viewers.size >= mostViewers)
        return socket.close(closeCodes.tooSlow, 'this look is already on several screens');
      passage.viewers.set(socket, machine.initial);
      socket.onMessage((bytes) => {
        if (passages.get(look) === passage) fromViewer(passage, bytes);
      });
      socket.onClose(() => void passage.viewers.delete(socket));
      if (passage.opening) socket.send(passage.opening);
      delete passage.askedForKeyAt;
      askForKey(passage);
    },
    get looks() {
      return passages.size;
    },
    get viewers() {
      return [...passages.values()].reduce((sum, passage) => sum + passage.viewers.size, 0);
    },
    [Symbol.dispose]() {
      for (const look of [...passages.keys()]) shut(look, closeCodes.stopping, 'the relay is stopping');
    },
  };
}
