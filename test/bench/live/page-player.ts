/** Player of JSMpeg or WebRTC: a page with two buttons, served to the same browser. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { type Player, patience } from './console-player.ts';
import { openingOf } from './sample.ts';
import { firstPicture, openScreen, wait } from './screen.ts';

export interface Pages extends Disposable {
  readonly address: string;
}

/** Serves the pages, and JSMpeg as it comes from npm. */
export async function servePages(host: string): Promise<Pages> {
  const folder = join(import.meta.dirname, 'page');
  const files: Readonly<Record<string, readonly [type: string, file: string]>> = {
    '/jsmpeg.html': ['text/html', join(folder, 'jsmpeg.html')],
    '/webrtc.html': ['text/html', join(folder, 'webrtc.html')],
    '/jsmpeg.js': [
      'text/javascript',
      join(dirname(fileURLToPath(import.meta.resolve('@cycjimmy/jsmpeg-player'))), 'jsmpeg-player.umd.min.js'),
    ],
  };
  const server = createServer(async (request, response) => {
    const [type, file] = files[new URL(request.url ?? '/', 'http://pages').pathname] ?? [];
    if (!type || !file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type }).end(await readFile(file));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    address: `http://${host}:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @param page such as `/jsmpeg.html` @param home address of its end in the home */
export async function openPagePlayer(browser: Browser, pages: Pages, page: string, home: string): Promise<Player> {
  const screen = await openScreen(browser);
  await screen.page.goto(`${pages.address}${page}?home=${encodeURIComponent(home)}`);
  const press = (id: string) => screen.page.getByTestId(id).click();
  return {
    screen,
    async look(watch, during = () => wait(watch)) {
      await screen.noted();
      await press('open');
      const came = await firstPicture(screen, patience);
      if (came) await during();
      const noted = await screen.noted();
      await press('close');
      await wait(300);
      return came ? openingOf(noted) : undefined;
    },
  };
}
