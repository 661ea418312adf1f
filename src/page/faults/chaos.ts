import type { Fault } from '../../protocol/command.ts';
import type { TrackedSource } from '../event-source/sources.ts';
import { OPEN } from '../managed/ready-state.ts';
import { clearTimeout, setTimeout } from '../pristine.ts';
import type { Force } from './force.ts';

/** Resets a source at random moments, until the force is released. */
export function chaos(force: Force, { least, most }: Extract<Fault, { type: 'chaos' }>, source: TrackedSource): void {
  let timer: number;
  const again = () => {
    timer = setTimeout(
      () => {
        // What has no connection has nothing to lose; the moment counts nevertheless.
        if (source.connection?.readyState === OPEN) {
          force.act();
          force.tell();
          source.connection.reset('chaos');
        }
        again();
      },
      least + (most - least) * force.share.random(),
    );
  };
  force.release = () => clearTimeout(timer);
  again();
}
