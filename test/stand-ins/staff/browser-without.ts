/** A page of a browser that has never heard of something: the console's way without WebCodecs is tried where there is none. */
import type { BrowserContext } from 'playwright-core';

/** For the browser: a worker that was put in counts as one from elsewhere, which may not speak to a server on this machine or its net. */
export const mayBePutIn = '--disable-features=LocalNetworkAccessChecks';

/** @param names such as VideoDecoder; gone from pages and from the worker of pictures. */
export async function forget(context: BrowserContext, ...names: readonly string[]): Promise<void> {
  const without = (where: string) => names.map((name) => `delete ${where}.${name};`).join('');
  await context.route('**/assets/picture-worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${without('self')}${await response.text()}` });
  });
  await context.addInitScript(without('window'));
}
