/** Pure. How what the console asks is answered where it is trained with: one for each route that an exercise needs. */
import type { Answered, Asked, Params, RouteName } from '@nattfrid/shared/desk/routes';
import type { Fault } from '@nattfrid/shared/fault/fault';

export type Answers = {
  readonly [Name in RouteName]?: (asked: {
    readonly params: Params<Name>;
    readonly body: Asked<Name>;
  }) => Answered<Name> | Fault | Promise<Answered<Name> | Fault>;
};
