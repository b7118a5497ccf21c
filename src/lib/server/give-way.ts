import { constants, getPriority, setPriority } from 'node:os';

/**
 * From now on others go first where the processor has to be shared: this process, or on Linux this one thread. Whoever was
 * started lower stays there, for nobody may raise themselves.
 */
export function giveWay(): void {
  setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
}
