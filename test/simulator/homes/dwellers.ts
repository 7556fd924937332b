/** Pure. Drawn people: old clients, their carers, their bedclothes and the fur of their pets. */
import { type Appearance, client, helper } from '../scene/body-paint.ts';
import type { Vec3 } from '../scene/vector.ts';
import type { Build } from './build.ts';
import type { Chosen } from './chosen.ts';
import type { Blanket } from './props.ts';

const grey = (tone: number, warm = 0): Vec3 => [tone * (1 + warm), tone, tone * (1 - warm)];

export function drawClient({ between, oneOf, yes }: Chosen): Build {
  const gown = yes(0.35);
  const top = between(0.06, 0.75);
  return {
    tall: between(0.88, 1.08),
    stout: between(0.82, 1.4),
    stoop: yes(0.6) ? between(6, 30) : between(0, 6),
    hair: oneOf(['short', 'short', 'long', 'bun', 'bald']),
    gown,
    aid: oneOf(['none', 'none', 'walker', 'walker', 'stick']),
    appearance: {
      skin: oneOf([client.skin, [0.66, 0.5, 0.42], [0.4, 0.28, 0.2]] as const),
      hair: grey(between(0.12, 0.75)),
      top: grey(top, between(-0.1, 0.1)),
      stripes: yes(0.4) ? between(0.05, 0.3) : 0,
      bottom: grey(gown ? between(0.3, 0.6) : between(0.02, 0.6)),
      shoe: grey(between(0.03, 0.5)),
    },
  };
}

export function drawVisitor({ between, oneOf, yes }: Chosen): Build {
  return {
    tall: between(0.95, 1.14),
    stout: between(0.88, 1.25),
    stoop: between(0, 4),
    hair: oneOf(['short', 'long', 'bun']),
    gown: false,
    aid: 'none',
    appearance: {
      ...helper,
      skin: oneOf([helper.skin, [0.62, 0.45, 0.36], [0.3, 0.2, 0.15]] as const),
      hair: grey(between(0.03, 0.4)),
      top: grey(yes(0.6) ? between(0.5, 0.8) : between(0.05, 0.4)),
      bottom: grey(between(0.05, 0.6)),
    },
  };
}

/** A sheet, a blanket or a quilt. */
export function drawBlanket({ between, oneOf, yes }: Chosen): Blanket {
  const covers = oneOf(['chin', 'chin', 'chest', 'waist'] as const);
  const staysRumpled = yes(0.5);
  switch (oneOf(['sheet', 'blanket', 'quilt'] as const)) {
    case 'sheet':
      return { thick: between(0.85, 0.95), wide: between(0.9, 1), lumpy: 0, covers, staysRumpled };
    case 'blanket':
      return { thick: between(0.95, 1.1), wide: between(1, 1.15), lumpy: 0, covers, staysRumpled };
    case 'quilt':
      return { thick: between(1.1, 1.4), wide: between(1.15, 1.5), lumpy: between(0.04, 0.12), covers, staysRumpled };
  }
}

export function drawCloth({ between, yes }: Chosen): { readonly linen: Appearance; readonly fur: Appearance } {
  const coat = grey(between(0.04, 0.6), between(0, 0.15));
  return {
    linen: { ...client, top: grey(between(0.2, 0.72)), stripes: yes(0.6) ? between(0.1, 0.35) : 0 },
    fur: { ...client, top: coat, hair: coat, stripes: yes(0.5) ? 0.3 : 0 },
  };
}
