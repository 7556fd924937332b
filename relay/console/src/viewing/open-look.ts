/** The shell of the look that is opened in this browser: asks the relay for it, fetches each camera's pictures, ends them. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { call } from '../link/api.ts';
import { openStore } from '../state/store.ts';
import type { Trust } from '../trust/trust.ts';
import { type OpenedLookEffect, openedLook, unitOf } from './opened-look.ts';
import { besides, checkKeys, leaveOut, type TakenCameras, takeAll } from './take-cameras.ts';
import type { Camera } from './together.ts';
import type { Wiring } from './wiring.ts';

export type LookAsked = Omit<Asked<'openLook'>, 'operatorKey' | 'beside'>;

export interface Opening {
  /** @throws Fault, as `Looker.open` */
  open(asked: LookAsked, cameras: readonly Camera[]): Promise<LookView | undefined>;
  told(view: LookView): void;
  untrusted(look: LookId): void;
  wish(look: LookId, mode: Mode): Promise<LookView>;
  leave(look: LookId, tellRelay: boolean): void;
  /** Ends the open look, if any, and tells the relay. */
  close(): void;
}

export function openOpening({ spares, trust, viewing, hear, tellClosed }: Wiring): Opening {
  let cameras: TakenCameras = new Map();
  const run = (effect: OpenedLookEffect) => {
    switch (effect.type) {
      case 'began':
        return viewing.send({ type: 'began', look: effect.look });
      case 'watch': {
        const camera = cameras.get(effect.unit);
        return camera?.pictures.watch(effect.look, camera.unitKey, hear(effect.look), 'asked');
      }
      case 'allowed':
        return cameras.get(effect.unit)?.pictures.allowed();
      case 'finish':
        return leaveOut(cameras, effect.unit);
      case 'ended':
        return viewing.send({ type: 'look', look: effect.look, event: { type: 'ended' } });
      case 'close':
        return tellClosed(effect.look, effect.why);
    }
  };
  const state = openStore(openedLook, run);

  return {
    async open(asked, wanted) {
      state.send({ type: 'closed' });
      viewing.send({ type: 'anew' });
      // Both at once, so that checking keys costs no time where they are known.
      const [taken, wrong] = await Promise.all([takeAll(wanted, spares.take), checkKeys(wanted, trust)]);
      if (typeof taken === 'string') {
        viewing.send({ type: 'lacks', what: taken });
        return undefined;
      }
      try {
        const operatorKey = taken.get(asked.unit)?.pictures.operatorKey;
        if (!operatorKey) throw new Fault('not-found', `The unit ${asked.unit} is not among its home's cameras.`);
        for (const [unit, { code }] of wrong) {
          leaveOut(taken, unit);
          if (code === 'key-changed') viewing.send({ type: 'key-changed', unit });
        }
        const lead = await ask({ ...asked, operatorKey }, taken, wrong.get(asked.unit), trust);
        cameras = taken;
        state.send({ type: 'opened', lead, units: [...taken.keys()] });
        return lead;
      } catch (error) {
        for (const { pictures } of taken.values()) pictures.end();
        throw error;
      }
    },
    told: (view) => state.send({ type: 'told', view }),
    untrusted: (look) => state.send({ type: 'untrusted', look }),
    async wish(look, mode) {
      const unit = unitOf(state.get(), look);
      const operatorKey = unit && cameras.get(unit)?.pictures.operatorKey;
      // A look that was opened in another window has no key here; the unit says whether an unsigned wish counts.
      const proof = unit && operatorKey ? await trust.proveWish({ unit, look, operatorKey, mode }) : undefined;
      return call('wishMode', { look }, { mode, ...(proof && { console: proof }) });
    },
    leave: (look, tellRelay) => state.send({ type: 'left', look, tellRelay }),
    close: () => state.send({ type: 'closed' }),
  };
}

/**
 * @param wrong what is the matter with the key of the unit that is meant: where it has changed the look is asked for all the same,
 * led by a camera beside it
 * @throws Fault
 */
async function ask(
  asked: LookAsked & { readonly operatorKey: string },
  taken: TakenCameras,
  wrong: Fault | undefined,
  trust: Trust,
): Promise<LookView> {
  const beside = await besides(asked, taken, trust);
  if (wrong && (wrong.code !== 'key-changed' || beside.length === 0)) throw wrong;
  const proof = wrong ? undefined : await trust.prove(asked);
  return call(
    'openLook',
    {},
    {
      ...asked,
      ...(proof && { console: proof }),
      ...(beside.length > 0 && { beside }),
      ...(wrong && { untrusted: true }),
    },
  );
}
