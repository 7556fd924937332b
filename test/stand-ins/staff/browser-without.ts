/** Removes globals from a browser's pages, such as WebCodecs, so that the console's fallback is tried. */
import type { BrowserContext } from 'playwright-core';

/** Browser option: without it a replaced worker may not connect to a server in the local network. */
export const mayBePutIn = '--disable-features=LocalNetworkAccessChecks';

/** @param names such as VideoDecoder, removed from pages and from the picture worker */
export async function forget(context: BrowserContext, ...names: readonly string[]): Promise<void> {
  const without = (where: string) => names.map((name) => `delete ${where}.${name};`).join('');
  await context.route('**/assets/picture-worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${without('self')}${await response.text()}` });
  });
  await context.addInitScript(without('window'));
}
