import { describe, expect, it } from 'vitest';
import { circles, floors } from './tower.ts';

const arrows = (words: string) =>
  words.split(' ').map((arrow) => ({ from: arrow.split('>')[0]!, to: arrow.split('>')[1]! }));

describe('a graph of imports', () => {
  for (const [story, nodes, imports, found] of [
    ['has no circle where all arrows run down', 'a b c', 'a>b b>c a>c', []],
    ['finds a circle of two', 'a b c', 'a>b b>a c>a', ['a b']],
    ['finds a long circle, and the largest first', 'a b c d e', 'a>b b>a c>d d>e e>c', ['c d e', 'a b']],
    ['takes two loops with one node for one circle', 'a b c', 'a>b b>a b>c c>b', ['a b c']],
    ['does not take what imports itself for a circle', 'a', 'a>a', []],
  ] as const)
    it(story, () =>
      expect(circles(nodes.split(' '), arrows(imports)).map((one) => one.toSorted().join(' '))).toEqual(found),
    );

  it('stands in floors, each above all that it imports', () =>
    expect(floors(['roof', 'wall', 'ground', 'shed'], arrows('roof>wall wall>ground roof>ground shed>ground'))).toEqual(
      [['ground'], ['shed', 'wall'], ['roof']],
    ));

  it('has no floors in a circle, and says which circle it is', () =>
    expect(() => floors(['a', 'b'], arrows('a>b b>a'))).toThrow(/circle: .*→/));
});
