/** Somebody signs in on a page as people do: by the form. */
import type { Page } from 'playwright-core';

/** @param url of the relay, as this browser reaches it */
export async function signInOn(
  page: Page,
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.goto(url);
  await page.getByTestId('sign-in-email').fill(email);
  await page.getByTestId('sign-in-password').fill(password);
  await page.getByTestId('sign-in-submit').click();
  await page.getByTestId('account').waitFor();
}
