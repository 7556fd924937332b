/** Our own player: the real console in a browser, which opens the next due look, watches it and gives the verdict «all well». */

import type { LogIn } from '@nattfrid/stand-ins/staff/desk-client';
import type { Browser } from 'playwright-core';
import { type Opening, openingOf } from './sample.ts';
import { firstPicture, openScreen, type Screen, screenWithout, wait } from './screen.ts';

export interface Player {
  readonly screen: Screen;
  /**
   * @param watch milliseconds from the first picture on
   * @param during runs from the first picture on
   * @returns undefined where no picture came in ten seconds
   */
  look(watch: number, during?: () => Promise<void>): Promise<Opening | undefined>;
}

/** Milliseconds after which a look counts as failed. */
export const patience = 10_000;

/** @param scripts of page/ that run besides the reader */
export async function openConsole(
  browser: Browser,
  address: string,
  { email, password }: LogIn,
  ...scripts: readonly string[]
): Promise<Player> {
  const screen = await openScreen(browser, ...scripts);
  const { page } = screen;
  const part = (id: string) => page.getByTestId(id).first();
  await page.goto(address);
  await part('sign-in-email').fill(email);
  await part('sign-in-password').fill(password);
  await part('sign-in-submit').click();
  await part('nav-watch').waitFor();
  return playerOf(screen);
}

/** The console in another page of the same browser, signed in as the same person. */
export async function consoleWithout(way: Player, ...lacking: readonly string[]): Promise<Player> {
  const screen = await screenWithout(way.screen, ...lacking);
  await screen.page.goto(way.screen.page.url());
  await screen.page.getByTestId('nav-watch').waitFor();
  return playerOf(screen);
}

function playerOf(screen: Screen): Player {
  const { page } = screen;
  const part = (id: string) => page.getByTestId(id).first();
  return {
    screen,
    async look(watch, during = () => wait(watch)) {
      await part('nav-watch').click();
      await part('open-due-look').waitFor();
      // The page settles first, as while an operator reads the list.
      await wait(400);
      await screen.noted();
      await part('open-due-look').click();
      const came = await firstPicture(screen, patience);
      if (came) await during();
      const noted = await screen.noted();
      // A look without a picture gets no verdict; leaving the page ends it.
      if (!came) return undefined;
      // It can be undone for five seconds, and counts after that.
      await part('verdict-all-well').click();
      await part('look-done').waitFor();
      return openingOf(noted);
    },
  };
}
