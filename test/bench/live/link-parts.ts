/** The parts of one link's measurement: our own look in several settings, then JSMpeg and WebRTC. */
import { consoleWithout } from './console-player.ts';
import { startHomeProgram } from './home-program.ts';
import { type Measured, measuredLine, seconds } from './measured.ts';
import { homeAddress } from './network.ts';
import { type Looks, openLooks, openShortLooks } from './open-looks.ts';
import { openPagePlayer } from './page-player.ts';
import { openLine, type Profile } from './profile.ts';
import { agesByStamp, agesOf, firstAfter, recovery, spread, yesAfter } from './sample.ts';
import { wait } from './screen.ts';
import { telling } from './telling-player.ts';
import type { Trial } from './trial.ts';
import type { TrialHome } from './trial-home.ts';

type Part = (trial: Trial, profile: Profile) => Promise<readonly string[]>;

export const parts: Readonly<Record<string, Part>> = {
  async 'ours, the unit watches'(trial, profile) {
    const { home, ours, task } = trial;
    await overOpenLine(trial, profile, () => home.agree({ mode: 'clear', watch: 'always' }));
    const looks = await openLooks(trial.network, ours, home.home.agent.pid, task.openings, home.home.relay.pid);
    return [measuredLine(withCode('ours, clear, unit watches', looks, home, profile.aims))];
  },
  async 'the outage'(trial, { outage }) {
    if (outage === undefined) return [];
    const { ours, home, network } = trial;
    const lines: string[] = [];
    for (let round = 0; round < 3; round++) {
      let returnedAt = 0;
      const look = await ours.look(0, async () => {
        await wait(2500);
        await network.outage(true);
        await wait(outage);
        returnedAt = (await network.outage(false)).at;
        await wait(5000);
      });
      if (!look) lines.push('no picture at all');
      else {
        const { liveAfter, old, backwards } = recovery(look.drawn, returnedAt, home.filmBegan);
        lines.push(
          `${liveAfter === undefined ? 'NOT within 5' : seconds(liveAfter)} s (${old} old, ${backwards} out of order)`,
        );
      }
    }
    return [`ours, ${outage / 1000} s without a link: live again after ${lines.join(', ')}`];
  },
  async 'ours, silhouette'(trial, profile) {
    const { home, ours, task } = trial;
    await overOpenLine(trial, profile, async () => {
      await home.agree({ mode: 'silhouette', watch: 'always' });
      await home.hideCode(true);
    });
    await ours.screen.watchStamp(true);
    try {
      const looks = await openLooks(
        trial.network,
        ours,
        home.home.agent.pid,
        Math.min(6, task.openings),
        home.home.relay.pid,
      );
      const ages = looks.openings.flatMap((one) => agesByStamp(one.drawn));
      const measured = { ...withCode('ours, silhouette, unit watches', looks, home, profile.aims), ages, unread: 0 };
      return [measuredLine({ ...measured, remark: `age by the drawn seconds, ± 0.05 s; ${measured.remark ?? ''}` })];
    } finally {
      await ours.screen.watchStamp(false);
      await overOpenLine(trial, profile, () => home.hideCode(false));
    }
  },
  async 'ours, camera connected first'(trial, profile) {
    const { home, ours, task } = trial;
    await overOpenLine(trial, profile, () => home.agree({ mode: 'clear', watch: 'looks-only' }));
    const looks = await openShortLooks(ours, task.openings);
    const aims = { first: profile.aims.firstWithCamera };
    return [measuredLine(withCode('ours, clear, camera connected first', looks, home, aims))];
  },
  async 'ours, without WebCodecs'(trial, profile) {
    if (profile.outage === undefined) return [];
    const { home, ours, task } = trial;
    await overOpenLine(trial, profile, () => home.agree({ mode: 'clear', watch: 'always' }));
    const way = await consoleWithout(ours, 'VideoDecoder');
    try {
      const looks = await openLooks(trial.network, telling(way, home), home.home.agent.pid, Math.min(5, task.openings));
      return [measuredLine(withCode('ours, clear, no WebCodecs', looks, home, profile.aims))];
    } finally {
      // The last of our own: later pages of this browser would lack it too.
      await way.screen.page.close();
    }
  },
  // From here on our unit rests: the plan has it watch during looks only.
  JSMpeg: (trial) => other(trial, 'JSMpeg as in node-rtsp-stream', 'jsmpeg-home.ts', '/jsmpeg.html'),
  WebRTC: (trial) => other(trial, 'WebRTC, VP8 by libwebrtc', 'webrtc-home.ts', '/webrtc.html'),
};

/** Straight from the home to the viewer: no relay, no seal, nothing anonymised, no perception; their figures flatter them. */
async function other(trial: Trial, name: string, program: string, page: string): Promise<readonly string[]> {
  const { task, home, pages, browser } = trial;
  await using homeEnd = startHomeProgram(task.inHome, program, [home.camera, homeAddress]);
  const { url } = (await homeEnd.next()) as { url: string };
  const way = await openPagePlayer(browser, pages, page, url);
  try {
    const looks = await openLooks(trial.network, way, homeEnd.pid, Math.min(5, task.openings));
    return [measuredLine(withCode(name, looks, home, {}))];
  } finally {
    await way.screen.page.context().close();
  }
}

function withCode(name: string, { openings, failed, cost }: Looks, home: TrialHome, aims: Measured['aims']): Measured {
  const drawn = openings.flatMap((one) => one.drawn);
  const yes = spread(openings.map((one) => yesAfter(one, home.yeses)).filter((one) => one !== undefined));
  return {
    ...(yes ? { remark: `the unit's yes after ${seconds(yes.median)}` } : {}),
    name,
    firsts: openings.map(firstAfter).filter((one) => one !== undefined),
    failed,
    ages: agesOf(drawn, home.filmBegan),
    unread: drawn.filter(({ code }) => code < 0).length,
    ...(cost ? { cost } : {}),
    aims,
  };
}

/** Settings of the unit change over an open line, before the link is shaped. */
async function overOpenLine({ network }: Trial, { shape }: Profile, work: () => Promise<void>): Promise<void> {
  await network.shape(openLine);
  await work();
  await network.shape(shape);
}
