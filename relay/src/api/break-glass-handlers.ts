/** What the routes about break-glass do: each step writes its own line; whoever is refused one is written as refused. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import type { Refusals } from '../audit/refusals.ts';
import type { BreakGlasses } from '../break-glass/break-glass.ts';
import { computerOf } from '../computers/cookie.ts';
import type { Present } from '../operators/operators.ts';
import type { AtComputer } from '../record/break-glass.ts';
import type { ApiHandlers } from './handler.ts';

type Handled =
  | 'askBreakGlass'
  | 'grantBreakGlass'
  | 'declineBreakGlass'
  | 'endBreakGlass'
  | 'breakGlasses'
  | 'reviewBreakGlass';

export function breakGlassHandlers({
  breakGlasses,
  audit,
  refusals,
}: {
  readonly breakGlasses: BreakGlasses;
  readonly audit: Audit;
  readonly refusals: Refusals;
}): Pick<ApiHandlers, Handled> {
  async function told<Out>(who: Present, subject: Handled, answer: Out | Fault): Promise<Out | Fault> {
    if (answer instanceof Fault) {
      const details = { why: answer.code, role: who.role, operator: who.id };
      await refusals.write({ who: who.name, counted: who.id, subject, details });
    }
    return answer;
  }
  return {
    askBreakGlass: async (request) =>
      told(request.who, 'askBreakGlass', await breakGlasses.ask(atComputer(request), request.body)),
    grantBreakGlass: async (request) =>
      told(request.who, 'grantBreakGlass', await breakGlasses.grant(atComputer(request), request.params.access)),
    declineBreakGlass: async (request) =>
      told(request.who, 'declineBreakGlass', await breakGlasses.decline(atComputer(request), request.params.access)),
    endBreakGlass: async (request) =>
      told(request.who, 'endBreakGlass', await breakGlasses.end(atComputer(request), request.params.opened)),
    async breakGlasses({ who }) {
      await audit.write(who.name, 'break-glass-read', 'break-glass', { operator: who.id });
      return { accesses: await breakGlasses.of(who.organisation) };
    },
    async reviewBreakGlass({ params, body: { checked, words }, who: { id, name, ...rest } }) {
      const said = { id, name, checked, ...(words && { words }) };
      return told({ id, name, ...rest }, 'reviewBreakGlass', await breakGlasses.review(said, params.access));
    },
  };
}

const atComputer = ({
  who: { id, name, role, organisation, session },
  cookie,
  address,
}: {
  readonly who: Present;
  readonly cookie: string | undefined;
  readonly address: string;
}): AtComputer => ({ id, name, role, organisation, session, computer: computerOf(cookie), network: address });
