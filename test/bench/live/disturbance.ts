/** Processor time that other programs take while the bench runs, which disturbs every figure. */
import { availableParallelism, loadavg } from 'node:os';
import { elapsed } from '@nattfrid/shared/time/clock';
import { secondsOfMachine, secondsOfTree } from './process-tree-time.ts';

/** @returns prints their share of all cores since the call */
export function disturbance(): () => string {
  // The parent has started the forwarder and this process, which has started all else.
  const [machine, own, at] = [secondsOfMachine(), secondsOfTree(process.ppid), elapsed()];
  return () => {
    const others = secondsOfMachine() - machine - (secondsOfTree(process.ppid) - own);
    const share = (100_000 * others) / (elapsed() - at) / availableParallelism();
    return `${Math.max(0, share).toFixed(0)} % of the machine was taken by other programs, load ${loadavg()[0]?.toFixed(1)}`;
  };
}
