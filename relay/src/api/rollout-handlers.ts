/** What the routes about software for units do: for the units of the own organisation alone. */
import type { Rollouts } from '../rollout/rollouts.ts';
import type { ApiHandlers } from './handler.ts';

type Handled = 'updates' | 'beginUpdate' | 'stopUpdate' | 'setUpdateGroup';

export const rolloutHandlers = ({ rollouts }: { readonly rollouts: Rollouts }): Pick<ApiHandlers, Handled> => ({
  updates: ({ who }) => rollouts.updates(who.organisation),
  beginUpdate: ({ params, who }) => rollouts.begin(params.version, who),
  stopUpdate: ({ params, who }) => rollouts.stop(params.version, who),
  setUpdateGroup: ({ params, body, who }) => rollouts.setGroup(params.unit, body.group, who),
});
