import { wantsLarge } from '@nattfrid/agent/look/wants-large';
import { Mode } from '@nattfrid/shared/domain/plan';
import { describe, expect, it } from 'vitest';

describe('the large stream of a camera', () => {
  it('is asked for by each look that shows more than a silhouette', () =>
    expect(Mode.options.filter((mode) => wantsLarge({ mode }))).toEqual(['blur', 'blocks', 'clear']));
  it('is asked for by nobody while no look is open', () => expect(wantsLarge(undefined)).toBe(false));
});
