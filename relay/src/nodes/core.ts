/** What a door asks of whoever decides, and is told: the same whether that is in this process or on another node. */
import type { LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { NamesFrom } from '@nattfrid/shared/wire/messages';
import type { WhyRefused } from '../mqtt/why-refused.ts';
import type { Knock } from '../socket/door.ts';
import type { Guest } from '../socket/guests.ts';

/** Who asks for a picture socket, without its connection. */
export type Asking = Pick<Knock, 'path' | 'query' | 'headers' | 'address'>;

export interface MayView {
  readonly type: 'view';
  readonly guest: Guest & { readonly type: 'session' };
  readonly look: LookId;
  readonly operator: string;
}

export interface MaySend {
  readonly type: 'send';
  readonly guest: Guest & { readonly type: 'unit' };
  /** Absent: it stands by. */
  readonly look?: LookId;
  readonly reader?: string;
}

export interface Core {
  /** @returns its credential as it is stored, by which it is known for as long as it is connected; undefined: it is not this unit */
  knows(unit: UnitId, token: string): Promise<string | undefined>;
  /** It was not, from this address. @returns how long it waits before it hears so; all doors are counted together */
  wrong(unit: UnitId, address: string): Promise<Duration>;
  /** @returns once what was said is saved, or found to be bad for ever. @throws where it may be said again */
  receive(unit: UnitId, name: NamesFrom<'unit'>, bytes: Uint8Array): Promise<unknown>;
  /** @param credential with which it has come in */
  came(unit: UnitId, address: string, credential: string | undefined): void;
  left(unit: UnitId): void;
  /** It hears from now on. */
  listens(unit: UnitId): void;
  refused(unit: UnitId | undefined, why: WhyRefused): void;
  knock(asking: Asking): Promise<MayView | MaySend | Fault>;
  /** A first keyframe has been handed to whoever opened this look. */
  shown(look: LookId): void;
  guestIn(id: string, guest: Guest): void;
  guestOut(id: string): void;
}

/** A look as each door knows it: which unit may send for it, and who may see it. */
export interface OpenLook {
  readonly look: LookId;
  readonly unit: UnitId;
  readonly operator: string;
  readonly joined: readonly { readonly operator: string; readonly alias: OperatorAlias }[];
}
