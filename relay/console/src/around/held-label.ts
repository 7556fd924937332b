/**
 * The label that the phone's own camera has opened: taken out of the address at once, so that it stands in no history and is sent nowhere.
 * Held in this page's memory until the unit is paired; where somebody signs in elsewhere in between, in this tab alone, and for minutes.
 */
import { type Label, labelPath, readLabel } from '@nattfrid/shared/seal/label';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes } from '@nattfrid/shared/time/duration';
import { openStore, type Store } from '../state/store.ts';

export type HeldLabel = { readonly label: Label | undefined };

export interface HeldLabels {
  readonly store: Store<HeldLabel, { readonly label: Label | undefined }>;
  /** It has been used, or is of no use. */
  forget(): void;
  /** This page is left for the sign-in of another site, and comes back. */
  leaving(): void;
}

const name = 'nattfrid.label';
/** Longer than a sign-in takes. */
const longest = minutes(10);

/** @param place where this page is @param storage of this tab alone */
export function openHeldLabels(clock: Clock, place: Location, history: History, storage: Storage): HeldLabels {
  const store = openStore<HeldLabel, { readonly label: Label | undefined }, never>(
    { initial: { label: undefined }, step: (_held, { label }) => [{ label }, []] },
    () => {},
  );
  const take = () => {
    if (place.pathname !== labelPath || place.hash === '') return;
    const label = readLabel(place.hash);
    history.replaceState(history.state, '', labelPath);
    store.send({ label });
  };
  const left = storage.getItem(name);
  storage.removeItem(name);
  const [at, address = ''] = (left ?? '').split(' ');
  if (clock.now() - Number(at) < longest) store.send({ label: readLabel(address) });
  take();
  // A second label, in a page that is open already.
  window.addEventListener('hashchange', take);
  return {
    store,
    forget: () => store.send({ label: undefined }),
    leaving() {
      const { label } = store.get();
      if (label) storage.setItem(name, `${clock.now()} #u=${label.unit}&s=${label.secret}&k=${label.publicKey}`);
    },
  };
}
