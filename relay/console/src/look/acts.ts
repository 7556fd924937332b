/** What a person can do with a look: end its picture, and give the verdict it ends in. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { useAround, useDesk, useSelf } from '../around/around.tsx';
import { useAction, useAnswered } from '../around/asking.ts';
import { call } from '../link/api.ts';
import { isSelf } from '../state/self.ts';
import { together } from '../viewing/together.ts';
import { viewingOf } from '../viewing/viewings.ts';

export function useVerdict(look: LookId) {
  const answered = useAnswered();
  return useAction(
    (verdict: Verdict) => call('giveVerdict', { look }, { verdict }),
    (judged: LookView) => answered({ type: 'look', look: judged }),
  );
}

/** A colleague's look, on every camera of the home that is open and not yet tried; what goes wrong with another than this one is said at that one. */
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
  // The live stream alone tells what has become of it: the unit's no may be there before this answer.
  return useAction(async () => {
    const joined = await join(look);
    // Not waited for: whoever presses sees this camera. One that this browser cannot show is not asked for the others.
    if (joined)
      for (const one of others())
        void join(one).catch((error: unknown) => looker.notJoined(one.look, asFault(error).code));
    return joined;
  });
}

/** How the person is shown: the unit says whether it may. */
export function useWishMode(look: LookId) {
  // As above: what the unit has said may be on the desk before this answer, which would take it back.
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
