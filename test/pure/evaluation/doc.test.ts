import { describe, expect, it } from 'vitest';
import { withFigures } from '../../evaluation/score/doc.ts';

describe('figures in a document', () => {
  it('take the place of those before, and touch nothing else', () => {
    const before = 'a\n<!-- x -->\nold\n<!-- /x -->\nb';
    const once = withFigures(before, 'x', '\n  1 of 2\n');
    expect(once).toBe('a\n<!-- x -->\n```\n1 of 2\n```\n<!-- /x -->\nb');
    expect(withFigures(once, 'x', '3 of 4')).toBe(once.replace('1 of 2', '3 of 4'));
  });

  it('are not written where there is no place for them', () =>
    expect(() => withFigures('a <!-- x --> b', 'x', '1')).toThrow(/<!-- \/x -->/));
});
