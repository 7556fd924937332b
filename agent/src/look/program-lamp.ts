/** A lamp that is lit by calling a program with «on» or «off». */
import { execFile } from 'node:child_process';
import { Fault } from '@nattfrid/shared/fault/fault';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Lamp } from './lamp.ts';

/** A lamp that takes longer is a broken lamp, and nobody may look. */
const longest = seconds(3);

export const programLamp = (program: string): Lamp => ({
  light: (on) =>
    new Promise((resolve, reject) => {
      execFile(program, [on ? 'on' : 'off'], { timeout: longest }, (cause) => {
        if (!cause) resolve();
        else
          reject(
            new Fault('process-ended', `The lamp's program ${program} failed. No look opens without its lamp.`, {
              cause,
            }),
          );
      });
    }),
});
