/** Pure. What a handler of a route is given, and what it gives back. */
import type { Answered, Asked, Params, RouteName, routes } from '@nattfrid/shared/desk/routes';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Present } from '../operators/operators.ts';

export interface Request<Name extends RouteName> {
  readonly params: Params<Name>;
  readonly body: Asked<Name>;
  /** Signed in, and in a role that may do this; nobody on routes that are open to all. */
  readonly who: (typeof routes)[Name]['action'] extends undefined ? undefined : Present;
  readonly cookie: string | undefined;
  /** Of the other end, for the limits. */
  readonly address: string;
  /** As the browser names itself. */
  readonly device: string | undefined;
  /** As the browser names us, with a port where there is one. */
  readonly host: string;
  /** The key by which this was asked has been revoked meanwhile: nothing more is done. */
  isOver(): boolean;
  setCookies(cookies: readonly string[]): void;
}

/** A text may be long: it is given in pieces, as they are asked for. */
type Given<Name extends RouteName> = Answered<Name> extends string ? AsyncIterable<string> : Answered<Name>;

/** One for each route: the compiler finds the one that is missing. */
export type ApiHandlers = {
  readonly [Name in RouteName]: (request: Request<Name>) => Promise<Given<Name> | Fault>;
};
