/** Our own way, pressed by an operator in the real console: opens the next look that is due, watches, says that all is well. */

import type { LogIn } from '@nattfrid/stand-ins/staff/desk-client';
import type { Browser } from 'playwright-core';
import { type Opening, openingOf } from './sample.ts';
import { firstPicture, openScreen, type Screen, screenWithout, wait } from './screen.ts';

export interface Player {
  readonly screen: Screen;
  /**
   * @param watch milliseconds from the first picture on
   * @param during done meanwhile, from the first picture on
   * @returns undefined where no picture came in ten seconds
   */
  look(watch: number, during?: () => Promise<void>): Promise<Opening | undefined>;
}

/** Longer than anybody waits. */
export const patience = 10_000;

export async function openConsole(browser: Browser, address: string, { email, password }: LogIn): Promise<Player> {
  const screen = await openScreen(browser);
  const { page } = screen;
  const part = (id: string) => page.getByTestId(id).first();
  await page.goto(address);
  await part('sign-in-email').fill(email);
  await part('sign-in-password').fill(password);
  await part('sign-in-submit').click();
  await part('nav-watch').waitFor();
  return playerOf(screen);
}

/** In another page of the same browser, for the same person. */
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
      // As when somebody reads the list: nothing is measured from the moment at which the page was drawn.
      await wait(400);
      await screen.noted();
      await part('open-due-look').click();
      const came = await firstPicture(screen, patience);
      if (came) await during();
      const noted = await screen.noted();
      // A look without a picture is left as it is: whoever leaves the page ends it, and it waits for somebody's word.
      if (!came) return undefined;
      await part('verdict-all-well').click();
      await part('look-done').waitFor();
      return openingOf(noted);
    },
  };
}
