/** A lamp that is set by calling a program with «on», «off» or «dark». */
import { execFile } from 'node:child_process';
import { Fault } from '@nattfrid/shared/fault/fault';
import { seconds } from '@nattfrid/shared/time/duration';
import type { HomeLamp } from './lamp.ts';

/** A lamp that takes longer is a broken lamp, and nobody may look. */
const longest = seconds(3);

export function programLamp(program: string): HomeLamp {
  const call = (how: 'on' | 'off' | 'dark') =>
    new Promise<void>((resolve, reject) => {
      execFile(program, [how], { timeout: longest }, (cause) => {
        if (!cause) resolve();
        else
          reject(
            new Fault('process-ended', `The lamp's program ${program} failed. No look opens without its lamp.`, {
              cause,
            }),
          );
      });
    });
  return { light: (on) => call(on ? 'on' : 'off'), dark: (isDark) => call(isDark ? 'dark' : 'off') };
}
