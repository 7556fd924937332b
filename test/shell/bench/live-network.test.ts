/** The link of the bench, with real namespaces and real packets: what it is told to lose is lost, and nothing else. */
import { describe, expect, it } from 'vitest';
import { startHomeProgram } from '../../bench/live/home-program.ts';
import { homeAddress, type Network, openNetwork, whyNoNetwork } from '../../bench/live/network.ts';
import { openLine } from '../../bench/live/profile.ts';

const why = await whyNoNetwork();
if (why) console.log(`SKIPPED: the bench's link is not tried: ${why}`);

/** So many pings from the staff's end to the home's; how many came back. */
async function back(network: Network, many: number): Promise<number> {
  await using echo = startHomeProgram(network.inHome, 'echo-home.ts', [homeAddress]);
  const { port } = await echo.next();
  await using asking = startHomeProgram(network.inStaff, 'ping-home.ts', [homeAddress, String(port), String(many)]);
  const { lost } = (await asking.next()) as { lost: number };
  return many - lost;
}

describe.skipIf(why !== undefined)('the link of the bench', () => {
  it('carries everything while it is whole, nothing during an outage, and everything again after', async () => {
    await using network = await openNetwork();
    await network.shape(openLine);
    expect(await back(network, 10)).toBe(10);
    await network.outage(true);
    expect(await back(network, 10)).toBe(0);
    await network.outage(false);
    expect(await back(network, 10)).toBe(10);
  });

  it('throws away what does not fit into its buffer, and counts it', async () => {
    await using network = await openNetwork();
    // One packet of 84 bytes takes 672 ms of this line, and another half second may wait.
    await network.shape({ ...openLine, rate: 1000, buffer: 500 });
    expect(await back(network, 10)).toBeLessThan(6);
    expect((await network.count()).down.overflowed).toBeGreaterThan(3);
  });
});
