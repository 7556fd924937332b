/** Pure. What the measuring program is started with, and everything that one link is measured with. */
import type { Browser } from 'playwright-core';
import type { Player } from './console-player.ts';
import type { Pages } from './page-player.ts';
import type { RemoteNetwork } from './remote-network.ts';
import type { TrialHome } from './trial-home.ts';

export interface Task {
  readonly only: readonly string[];
  readonly openings: number;
  readonly clip: string;
  readonly certificate: string;
  readonly key: string;
  readonly folder: string;
  readonly chromium: string;
  /** Command that runs a program in the home's network namespace. */
  readonly inHome: readonly string[];
}

export interface Trial {
  readonly home: TrialHome;
  readonly network: RemoteNetwork;
  readonly browser: Browser;
  readonly pages: Pages;
  readonly ours: Player;
  readonly task: Task;
}
