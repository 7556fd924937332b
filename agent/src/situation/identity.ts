/** Pure. Whom each track stands for (tracking-by-detection association): one person for as long as it lasts, another after an identity switch. */

/** Somebody, whatever number the tracker gives them. Given by the registry, and never given again. */
export type Identity = number & { readonly brand: 'identity' };

/** Of each track: whom it stood for when it turned up, and whom it stands for since its number was given to somebody else. */
export interface Identities {
  readonly next: Identity;
  readonly of: ReadonlyMap<number, { readonly own: Identity; readonly now: Identity }>;
}
export const noIdentities: Identities = { next: 1 as Identity, of: new Map() };

/** Gives an identity to every track that has none yet. */
export function identified({ next, of }: Identities, tracks: readonly number[]): Identities {
  const fresh = [...new Set(tracks)].filter((track) => !of.has(track));
  if (fresh.length === 0) return { next, of };
  const all = new Map(of);
  for (const [index, track] of fresh.entries()) {
    const own = (next + index) as Identity;
    all.set(track, { own, now: own });
  }
  return { next: (next + fresh.length) as Identity, of: all };
}

/** An identity switch of the tracker: the track stands for somebody else from now on. */
export function switched({ next, of }: Identities, track: number): Identities {
  const { own } = of.get(track)!;
  return { next: (next + 1) as Identity, of: new Map(of).set(track, { own, now: next }) };
}

/** @param track one that was identified before. */
export const identityOf = ({ of }: Identities, track: number): Identity => of.get(track)!.now;

/** A track that is not reported any more stands for its own person, should it come back, and is forgotten together with that person. */
export function remembered(
  identities: Identities,
  told: ReadonlySet<number>,
  isKnown: (own: Identity) => boolean,
): Identities {
  const untold = [...identities.of].filter(([track]) => !told.has(track));
  if (untold.length === 0) return identities;
  const of = new Map(identities.of);
  for (const [track, { own }] of untold)
    if (isKnown(own)) of.set(track, { own, now: own });
    else of.delete(track);
  return { ...identities, of };
}
