/**
 * One way of a look: sealed pictures from the unit to the screens of one operator, and what those screens say back. It keeps no
 * picture, but for those that wait a second at most for the first screen.
 */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import { type PicturePacket, readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import type { Socket } from '../socket/socket.ts';
import { type Held, hold, isFresh, nothingHeld } from './held.ts';
import { mayStillSpeak, newScreen, type PassFigures, type Screen, show } from './screen.ts';

interface Around {
  readonly clock: Clock;
  readonly log: Logger;
  readonly figures: PassFigures;
}

export interface Way {
  readonly around: Around;
  /** The colleague's name at the unit; none for the operator who opened the look. */
  readonly reader: OperatorAlias | undefined;
  /** A keyframe has been handed to a screen. */
  readonly shown: () => void;
  readonly screens: Map<Socket, Screen>;
  unit?: Connection | undefined;
  askedForKeyAt?: Instant | undefined;
  /** Nothing passes any more, also while the connections are still closing. */
  isOver: boolean;
}

/** The unit's connection, and all that is forgotten with it: a screen that comes later waits for what the next connection begins with. */
interface Connection {
  readonly socket: Socket;
  /** In the clear, holds no secret and no picture: a screen that comes back needs it to begin. */
  opening?: Uint8Array<ArrayBuffer>;
  /** From the unit's opening until a first screen is there. */
  held?: Held | undefined;
  /** Pictures have come. The first of them is a keyframe, which need not be asked for. */
  hasBegun: boolean;
  /** A screen has asked for a keyframe too soon after another: the unit is asked with the next picture. */
  owesKey: boolean;
}

/** Bytes that may wait for a unit, to which only acknowledgements go. */
const unitRoom = 64 * 1024;
/** However often screens ask, a unit is asked for a keyframe no more often than this. */
const betweenKeys = milliseconds(250);
/** Screens of one operator: one that lost its link may come again before the old connection is known to be dead. */
const mostScreens = 4;
/** The packets of a unit that are meant for its viewer. */
const fromUnits: ReadonlySet<PicturePacket['type']> = new Set(['opening', 'key', 'delta', 'notice']);
const beatBytes = writePicturePacket({ type: 'beat' });

export const newWay = (around: Around, reader: OperatorAlias | undefined, shown: () => void): Way => ({
  around,
  reader,
  shown,
  screens: new Map(),
  isOver: false,
});

/** A connection begins with a keyframe, whatever was asked of the one before. */
export function connectUnit(way: Way, socket: Socket): void {
  way.unit?.socket.close(closeCodes.takenOver, 'the unit has connected anew');
  const connection: Connection = { socket, hasBegun: false, owesKey: false };
  way.unit = connection;
  socket.onMessage((bytes) => {
    if (!way.isOver && way.unit === connection) fromUnit(way, connection, bytes);
  });
  socket.onClose(() => {
    if (way.unit === connection) way.unit = undefined;
  });
}

export function connectViewer(way: Way, socket: Socket, how: Screen['how']): void {
  const [eldest] = way.screens.keys();
  if (way.screens.size >= mostScreens && eldest) {
    way.screens.delete(eldest);
    eldest.cut();
  }
  const screen = newScreen(socket, how, way.around.clock.now());
  way.screens.set(socket, screen);
  socket.onMessage((bytes) => {
    if (!mayStillSpeak(screen, way.around.clock.now())) socket.cut();
    else if (!way.isOver) fromViewer(way, bytes);
  });
  socket.onClose(() => void way.screens.delete(socket));
  if (way.unit) catchUp(way, way.unit, screen);
}

/** Screens hear something at least once in each `length`; what has waited too long for a first screen is thrown away. */
export function beatOn({ around: { clock }, unit, screens }: Way, length: Duration): void {
  const now = clock.now();
  if (unit?.held && !isFresh(unit.held, now)) unit.held = undefined;
  const since = after(now, milliseconds(-length / 2));
  for (const { socket, sentAt } of screens.values()) if (sentAt < since && socket.queued === 0) socket.send(beatBytes);
}

export function endWay(way: Way, code: number, reason: string): void {
  way.isOver = true;
  for (const socket of way.screens.keys()) socket.close(code, reason);
  way.unit?.socket.close(code, reason);
}

function fromUnit(way: Way, connection: Connection, bytes: Uint8Array<ArrayBuffer>): void {
  const packet = readPicturePacket(bytes);
  if (packet instanceof Fault) {
    way.around.log.warn('A picture packet of a unit is bad', { code: packet.code });
    return;
  }
  if (!fromUnits.has(packet.type)) return;
  const now = way.around.clock.now();
  if (packet.type === 'opening') {
    connection.opening = bytes;
    connection.held = way.screens.size === 0 ? nothingHeld(now) : undefined;
  } else if (connection.held) connection.held = hold(connection.held, bytes, now);
  if (packet.type === 'key' || packet.type === 'delta') connection.hasBegun = true;
  if (packet.type === 'key') connection.owesKey = false;
  for (const screen of way.screens.values()) toScreen(way, screen, packet.type, bytes);
  if (connection.owesKey) askForKey(way);
}

/** A new screen is handed what has been held for it; where it cannot go on from that, the unit is asked for a keyframe at once. */
function catchUp(way: Way, connection: Connection, screen: Screen): void {
  if (connection.opening) screen.socket.send(connection.opening);
  const held = connection.held && isFresh(connection.held, way.around.clock.now()) ? connection.held.packets : [];
  connection.held = undefined;
  for (const bytes of held) {
    const packet = readPicturePacket(bytes);
    if (!(packet instanceof Fault)) toScreen(way, screen, packet.type, bytes);
  }
  if (screen.state.name === 'flowing' || !connection.hasBegun) return;
  way.askedForKeyAt = undefined;
  askForKey(way);
}

function toScreen(way: Way, screen: Screen, kind: PicturePacket['type'], bytes: Uint8Array): void {
  const came = show(screen, kind, bytes, way.around);
  if (came === 'key-wanted') askForKey(way);
  else if (came === 'key-shown' && screen.how === 'screen') way.shown();
}

function fromViewer(way: Way, bytes: Uint8Array<ArrayBuffer>): void {
  const packet = readPicturePacket(bytes);
  if (packet instanceof Fault) way.around.log.warn('A picture packet of a viewer is bad', { code: packet.code });
  else if (packet.type === 'want-key') askForKey(way);
  else if (packet.type === 'ack') toUnit(way, bytes);
}

function askForKey(way: Way): void {
  const now = way.around.clock.now();
  const isTooSoon = way.askedForKeyAt !== undefined && now < after(way.askedForKeyAt, betweenKeys);
  if (way.unit) way.unit.owesKey = isTooSoon;
  if (isTooSoon) return;
  way.askedForKeyAt = now;
  toUnit(way, writePicturePacket({ type: 'want-key' }));
}

function toUnit({ unit }: Way, bytes: Uint8Array): void {
  if (!unit) return;
  if (unit.socket.queued > unitRoom) unit.socket.cut();
  else unit.socket.send(bytes);
}
