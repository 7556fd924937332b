/** Pure. The types that docs/protocol.md tells once, under their names. */
import { ActionCard } from '@nattfrid/shared/care/action-card';
import { AlarmView, ChainView } from '@nattfrid/shared/desk/alarm-view';
import { ConsoleView } from '@nattfrid/shared/desk/console-view';
import { KeyLetter, MunicipalityKeyView } from '@nattfrid/shared/desk/key-routes';
import { Desk, LiveEvent } from '@nattfrid/shared/desk/live-event';
import { LookFault, LookView } from '@nattfrid/shared/desk/look-view';
import { Me } from '@nattfrid/shared/desk/me';
import { NightView, ReservedView, TeamView, WindowLoad } from '@nattfrid/shared/desk/night-view';
import { RoomView } from '@nattfrid/shared/desk/room-view';
import { AuditAsked, AuditLine, BesideAsked, ErrorAnswer } from '@nattfrid/shared/desk/routes';
import { UnitView } from '@nattfrid/shared/desk/unit-view';
import { VisitView } from '@nattfrid/shared/desk/visit-view';
import { AlarmKind, Evidence } from '@nattfrid/shared/domain/alarm';
import { Point, Polygon } from '@nattfrid/shared/domain/geometry';
import {
  AlarmId,
  CameraId,
  ClientAlias,
  LookId,
  OperatorAlias,
  PlanId,
  TeamId,
  UnitId,
  VisitId,
} from '@nattfrid/shared/domain/ids';
import { HardToSee, LookEnd, NoPicture, Reason, Refusal, Verdict } from '@nattfrid/shared/domain/look';
import { AgreedAlarms, Consents, FallPlace, Mode, Plan, WallTime, Window } from '@nattfrid/shared/domain/plan';
import { Room } from '@nattfrid/shared/domain/room';
import { RoomDrift } from '@nattfrid/shared/domain/room-drift';
import { RoomProposal } from '@nattfrid/shared/domain/room-proposal';
import { Signer } from '@nattfrid/shared/seal/signer';
import { Voucher } from '@nattfrid/shared/seal/voucher';
import { Withdrawal } from '@nattfrid/shared/wire/console-list';
import { Confirmation, ConsoleProof, RoomProof, VoucherLetter, WishProof } from '@nattfrid/shared/wire/console-proof';
import { LegibilityNotice } from '@nattfrid/shared/wire/legibility-notice';
import type { MessageName } from '@nattfrid/shared/wire/messages';
import { Assignment, Opening, PictureNotice } from '@nattfrid/shared/wire/picture';
import { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { RoomRefusal } from '@nattfrid/shared/wire/room-letter';
import { SignerLetter, SuccessorLetter } from '@nattfrid/shared/wire/signer-letter';
import { Vitals } from '@nattfrid/shared/wire/vitals';
import type { z } from 'zod';

/** Told once, under their names; everywhere else only the name stands, as a link. */
export const types = {
  UnitId,
  ClientAlias,
  CameraId,
  OperatorAlias,
  AlarmId,
  LookId,
  VisitId,
  PlanId,
  TeamId,
  ActionCard,
  Point,
  Polygon,
  Mode,
  WallTime,
  Reason,
  Refusal,
  NoPicture,
  HardToSee,
  LookEnd,
  LookFault,
  Verdict,
  AlarmKind,
  Evidence,
  RoomDrift,
  Room,
  RoomRefusal,
  Window,
  FallPlace,
  AgreedAlarms,
  Consents,
  Plan,
  ConsoleProof,
  WishProof,
  RoomProof,
  Confirmation,
  Withdrawal,
  VoucherLetter,
  Voucher,
  SignerLetter,
  Signer,
  SuccessorLetter,
  KeyLetter,
  MunicipalityKeyView,
  Opening,
  Assignment,
  PictureNotice,
  LegibilityNotice,
  ChainView,
  AlarmView,
  LookView,
  VisitView,
  UnitView,
  ConsoleView,
  RoomView,
  TeamView,
  ReservedView,
  NightView,
  WindowLoad,
  Desk,
  LiveEvent,
  Me,
  AuditAsked,
  AuditLine,
  BesideAsked,
  ErrorAnswer,
} as const satisfies Record<string, z.ZodType>;

/** Types that are messages as well: told where the message is. */
const typesOfMessages: Partial<Record<MessageName, z.ZodType>> = {
  vitals: Vitals,
  'room-proposal': RoomProposal,
  'plan-letter': PlanLetter,
};

const names = new Map<z.core.$ZodType, string>(
  Object.entries({ ...types, ...typesOfMessages }).map(([name, schema]) => [schema, name]),
);

/** A type is known also where it was given other words, which makes a copy of it. */
export function nameOf(schema: z.core.$ZodType): string | undefined {
  for (let one: z.core.$ZodType | undefined = schema; one; one = one._zod.parent) {
    const name = names.get(one);
    if (name) return name;
  }
  return undefined;
}
