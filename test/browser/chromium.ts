/** Opens the Chromium of this machine quietly. */
import { type Browser, chromium } from 'playwright-core';
import { chromiumArgs } from '../stand-ins/staff/chromium.ts';

export const openChromium = (executablePath: string, more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath, args: [...chromiumArgs, ...more] });
