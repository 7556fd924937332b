/** Pure. Colours of what is no person; only `top` and `stripes` count. */
import { type Appearance, client } from '../scene/body-paint.ts';

export const linen: Appearance = { ...client, top: [0.44, 0.46, 0.5], stripes: 0.2 };
export const fur: Appearance = { ...client, top: [0.16, 0.15, 0.14], hair: [0.16, 0.15, 0.14], stripes: 0.3 };
export const plastic: Appearance = { ...client, top: [0.05, 0.05, 0.05], stripes: 0 };
export const timber: Appearance = { ...client, top: [0.16, 0.13, 0.1], stripes: 0 };
export const metal: Appearance = { ...client, top: [0.45, 0.45, 0.45], stripes: 0 };
