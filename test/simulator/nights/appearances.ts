/** Pure. Appearances in the nights: the client's outfits, from which the seed chooses, the nurses', and those of props. */
import { type Appearance, client, helper } from '../scene/body-paint.ts';

export const wardrobe: readonly Appearance[] = [
  client,
  { ...client, hair: [0.6, 0.6, 0.58], top: [0.6, 0.6, 0.62], stripes: 0.25, bottom: [0.5, 0.5, 0.52] },
  { ...client, hair: [0.4, 0.39, 0.37], top: [0.1, 0.1, 0.12], stripes: 0, bottom: [0.3, 0.3, 0.34] },
];
export const nurses: readonly Appearance[] = [helper, { ...helper, top: [0.35, 0.4, 0.5], hair: [0.3, 0.25, 0.2] }];
/** Of props; only `top` and `stripes` count. */
export const linen: Appearance = { ...client, top: [0.44, 0.46, 0.5], stripes: 0.2 };
export const fur: Appearance = { ...client, top: [0.16, 0.15, 0.14], hair: [0.16, 0.15, 0.14], stripes: 0.3 };
export const plastic: Appearance = { ...client, top: [0.05, 0.05, 0.05], stripes: 0 };
export const timber: Appearance = { ...client, top: [0.16, 0.13, 0.1], stripes: 0 };
