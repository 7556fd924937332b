/** Pure. What is said where no node decides, or this one does no more. */
import { Fault } from '@nattfrid/shared/fault/fault';

export const noMain = (): Fault =>
  new Fault('no-main', 'No node of the relay decides at the moment. Another one takes over within seconds; try again.');
