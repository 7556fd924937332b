/** What the routes about Web Push do. */
import type { Push } from '../push/push.ts';
import type { ApiHandlers } from './handler.ts';

export const pushHandlers = ({
  push,
}: {
  readonly push: Push;
}): Pick<
  ApiHandlers,
  'myPush' | 'turnOnPush' | 'turnOffPush' | 'tryPush' | 'seenForgotten' | 'pushSetting' | 'setPushSetting'
> => ({
  myPush: async ({ who }) => ({ key: push.publicKey, rings: push.rings(who.role), ...(await push.mine(who)) }),
  turnOnPush: ({ body, who }) => push.turnOn(who, body),
  turnOffPush: async ({ params, who }) => (await push.turnOff(who, params.device)) ?? {},
  async tryPush({ params, who }) {
    return push.try(who, params.device);
  },
  async seenForgotten({ params, who }) {
    await push.seen(who, params.device);
    return {};
  },
  pushSetting: async ({ who }) => ({ tellAlias: await push.tellsAlias(who.organisation) }),
  async setPushSetting({ body, who }) {
    await push.setTellsAlias(who, body.tellAlias);
    return {};
  },
});
