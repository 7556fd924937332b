/** Pure. THE table of messages between unit and relay: name > schema, sender, QoS, retained or not. */
import type { z } from 'zod';
import { AlarmReport } from '../domain/alarm.ts';
import { RoomProposal } from '../domain/room-proposal.ts';
import { Announce } from './announce.ts';
import { ConsoleList } from './console-list.ts';
import { HaltAnswer, HaltLetter } from './halt-letter.ts';
import { LookAnswer, LookCall, LookClose, LookJoin, LookLeave, LookWish } from './look-call.ts';
import { PlanAnswer, PlanLetter } from './plan-letter.ts';
import { RelayState } from './relay-state.ts';
import { RoomAnswer, RoomLetter } from './room-letter.ts';
import { SomeServiceAnswer, SomeServiceCall } from './service-call.ts';
import { ShadowEvent } from './shadow-event.ts';
import { Vitals } from './vitals.ts';

export const messages = {
  announce: { schema: Announce, from: 'unit', qos: 1, retain: true },
  vitals: { schema: Vitals, from: 'unit', qos: 0, retain: false },
  'alarm-report': { schema: AlarmReport, from: 'unit', qos: 1, retain: false },
  'look-answer': { schema: LookAnswer, from: 'unit', qos: 1, retain: false },
  'plan-answer': { schema: PlanAnswer, from: 'unit', qos: 1, retain: false },
  'room-proposal': { schema: RoomProposal, from: 'unit', qos: 1, retain: false },
  'room-answer': { schema: RoomAnswer, from: 'unit', qos: 1, retain: false },
  'halt-answer': { schema: HaltAnswer, from: 'unit', qos: 1, retain: false },
  'shadow-event': { schema: ShadowEvent, from: 'unit', qos: 1, retain: false },
  'service-answer': { schema: SomeServiceAnswer, from: 'unit', qos: 1, retain: false },
  'look-call': { schema: LookCall, from: 'relay', qos: 1, retain: false },
  'look-join': { schema: LookJoin, from: 'relay', qos: 1, retain: false },
  'look-leave': { schema: LookLeave, from: 'relay', qos: 1, retain: false },
  'look-wish': { schema: LookWish, from: 'relay', qos: 1, retain: false },
  'look-close': { schema: LookClose, from: 'relay', qos: 1, retain: false },
  'plan-letter': { schema: PlanLetter, from: 'relay', qos: 1, retain: false },
  'halt-letter': { schema: HaltLetter, from: 'relay', qos: 1, retain: false },
  'room-letter': { schema: RoomLetter, from: 'relay', qos: 1, retain: false },
  'console-list': { schema: ConsoleList, from: 'relay', qos: 1, retain: false },
  'service-call': { schema: SomeServiceCall, from: 'relay', qos: 1, retain: false },
  'relay-state': { schema: RelayState, from: 'relay', qos: 0, retain: false },
} as const;

export type MessageName = keyof typeof messages;
export type Message<Name extends MessageName> = z.infer<(typeof messages)[Name]['schema']>;
export type NamesFrom<Who extends 'unit' | 'relay'> = {
  [Name in MessageName]: (typeof messages)[Name]['from'] extends Who ? Name : never;
}[MessageName];
