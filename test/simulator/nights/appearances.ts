/** Pure. What the drawn people of the nights wear; who it is is chosen by the night's seed. */
import { client, helper, type Looks } from '../scene/body-paint.ts';

export const wardrobe: readonly Looks[] = [
  client,
  { ...client, hair: [0.6, 0.6, 0.58], top: [0.6, 0.6, 0.62], stripes: 0.25, bottom: [0.5, 0.5, 0.52] },
  { ...client, hair: [0.4, 0.39, 0.37], top: [0.1, 0.1, 0.12], stripes: 0, bottom: [0.3, 0.3, 0.34] },
];
export const nurses: readonly Looks[] = [helper, { ...helper, top: [0.35, 0.4, 0.5], hair: [0.3, 0.25, 0.2] }];
/** The blanket's own colour, and pets and things. */
export const linen: Looks = { ...client, top: [0.44, 0.46, 0.5], stripes: 0.2 };
export const fur: Looks = { ...client, top: [0.16, 0.15, 0.14], hair: [0.16, 0.15, 0.14], stripes: 0.3 };
export const plastic: Looks = { ...client, top: [0.05, 0.05, 0.05], stripes: 0 };
export const timber: Looks = { ...client, top: [0.16, 0.13, 0.1], stripes: 0 };
