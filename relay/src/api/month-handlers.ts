/** What the routes about months as they are kept do. */
import type { Audit } from '../audit/audit.ts';
import type { Months } from '../follow-up/months.ts';
import type { ApiHandlers } from './handler.ts';

export const monthHandlers = ({
  audit,
  months,
}: {
  readonly audit: Audit;
  readonly months: Months;
}): Pick<ApiHandlers, 'months' | 'month'> => ({
  months: async ({ who }) => ({ months: await months.of(who.organisation) }),
  async month({ params, who }) {
    await audit.write(who.name, 'statistics-read', 'month', { ...params, operator: who.id });
    return months.open(who.organisation, params.month);
  },
});
