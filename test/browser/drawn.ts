/** When a page stands as it is drawn at another width: what measures itself does so after the layout, and is put right in the frame after that. */
import type { Page } from 'playwright-core';

const frame = 'await new Promise((drawn) => requestAnimationFrame(drawn));';

export const drawn = (page: Page): Promise<unknown> => page.evaluate(`(async () => { ${frame.repeat(3)} })()`);
