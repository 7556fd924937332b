/** The shell of the colleagues' looks that are joined in this browser: asks the relay, fetches their pictures, leaves them. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import { call } from '../link/api.ts';
import { openStore } from '../state/store.ts';
import { type JoinedLooksEffect, joinedLooks } from './joined-looks.ts';
import type { Taken } from './take-cameras.ts';
import type { Wiring } from './wiring.ts';

/** @param who as the relay names an operator */
export type IsSelf = (who: string) => boolean;

export interface Joining {
  /** @throws Fault, as `Looker.join` */
  join(view: LookView, unitKey: string, isSelf: IsSelf): Promise<LookView | undefined>;
  has(look: LookId): boolean;
  told(view: LookView): void;
  untrusted(look: LookId): void;
  notJoined(look: LookId, why: FaultCode): void;
  leave(look: LookId): void;
  leaveAll(): void;
}

interface Way extends Taken {
  readonly isSelf: IsSelf;
}

export function openJoining({ spares, trust, viewing, hear, tellLeft }: Wiring): Joining {
  const ways = new Map<LookId, Way>();
  const run = ({ type, look }: JoinedLooksEffect) => {
    switch (type) {
      case 'began':
        return viewing.send({ type, look });
      case 'watch': {
        const way = ways.get(look);
        return way?.pictures.watch(look, way.unitKey, hear(look));
      }
      case 'finish':
        ways.get(look)?.pictures.end();
        return void ways.delete(look);
      case 'put-out':
        return viewing.send({ type: 'look', look, event: { type, look } });
      case 'left':
      case 'ended':
        return viewing.send({ type: 'look', look, event: { type } });
      case 'tell-left':
        return tellLeft(look);
    }
  };
  const state = openStore(joinedLooks, run);

  /** @returns undefined where this browser lacks something, or the screen was left meanwhile: nothing has been asked */
  async function ask({ look, unit, reason }: LookView, unitKey: string, isSelf: IsSelf): Promise<LookView | undefined> {
    const pictures = await spares.take();
    if (typeof pictures === 'string') {
      viewing.send({ type: 'lacks', what: pictures });
      return undefined;
    }
    ways.set(look, { pictures, unitKey, isSelf });
    await trust.unit(unit, unitKey);
    const { operatorKey } = pictures;
    const proof = await trust.prove({ unit, reason, look, operatorKey });
    if (state.get().get(look)?.name !== 'preparing') return undefined;
    // Before the relay is asked, because the unit's refusal may come before the relay's answer.
    state.send({ type: 'asked', look });
    return call('joinLook', { look }, { operatorKey, ...(proof && { console: proof }) });
  }

  return {
    async join(view, unitKey, isSelf) {
      const { look } = view;
      // Pressed twice, or joined along with another camera of the home.
      if (state.get().has(look)) return undefined;
      state.send({ type: 'pressed', look });
      try {
        const joined = await ask(view, unitKey, isSelf);
        state.send({ type: joined ? 'answered' : 'given-up', look });
        return joined;
      } catch (error) {
        state.send({ type: 'given-up', look });
        throw error;
      }
    },
    has: (look) => state.get().has(look),
    told({ look, state: told, joined = [] }) {
      const isSelf = ways.get(look)?.isSelf;
      if (isSelf) state.send({ type: 'told', look, state: told, named: joined.some(isSelf) });
    },
    untrusted: (look) => state.send({ type: 'untrusted', look }),
    notJoined(look, why) {
      if (why === 'key-changed') {
        viewing.send({ type: 'began', look });
        viewing.send({ type: 'look', look, event: { type: 'untrusted' } });
      } else viewing.send({ type: 'look', look, event: { type: 'put-out', look } });
    },
    leave: (look) => state.send({ type: 'left', look }),
    leaveAll: () => state.send({ type: 'all-left' }),
  };
}
