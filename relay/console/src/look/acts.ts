/** What an operator can do with a look: judge it, join it, ask for another mode, close it. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { useAround, useDesk, useSelf } from '../around/around.tsx';
import { useAction, useAnswered } from '../around/asking.ts';
import { call } from '../link/api.ts';
import { isSelf } from '../state/self.ts';
import type { Said } from '../verdict/held-verdict.ts';
import { together } from '../viewing/together.ts';
import { viewingOf } from '../viewing/viewings.ts';

export function useVerdict(look: LookId) {
  const answered = useAnswered();
  return useAction(
    ({ verdict, confirmed }: Said) =>
      call('giveVerdict', { look }, { verdict, ...(confirmed && { confirmed }) }, { keepalive: true }),
    (judged: LookView) => answered({ type: 'look', look: judged }),
  );
}

/** Joins a colleague's look, on every open camera of the home; a fault of another camera than this one is shown at that camera. */
export function useJoinLook(look: LookView) {
  const { looker } = useAround();
  const desk = useDesk();
  const self = useSelf();
  const join = async (one: LookView) => {
    const unitKey = desk.units.get(one.unit)?.publicKey;
    if (!unitKey) throw new Fault('not-found', `The unit ${one.unit} is not on the desk.`);
    return looker.join(one, unitKey, (who) => isSelf(self, who));
  };
  const others = () =>
    (together(desk, look.look)?.looks ?? []).filter(
      (one) =>
        one.look !== look.look &&
        one.state === 'open' &&
        !one.joined?.some((who) => isSelf(self, who)) &&
        viewingOf(looker.viewing.get(), one.look).name === 'none',
    );
  // The answer is not put on the desk: the live stream may have told the unit's refusal already, which it would take back.
  return useAction(async () => {
    const joined = await join(look);
    // The others are not waited for, so that this camera is seen at once; and not joined where this browser shows no pictures.
    if (joined)
      for (const one of others())
        void join(one).catch((error: unknown) => looker.notJoined(one.look, asFault(error).code));
    return joined;
  });
}

/** Wishes for another mode; the unit decides. */
export function useWishMode(look: LookId) {
  // Not put on the desk, as above.
  const { looker } = useAround();
  return useAction((mode: Mode) => looker.wish(look, mode));
}

export function useCloseLook(look: LookId) {
  const answered = useAnswered();
  return useAction(
    () => call('closeLook', { look }, {}),
    (closed: LookView) => answered({ type: 'look', look: closed }),
  );
}
