import type { Rail } from '../model/lane-faults.ts';
import type { FaultType } from '../protocol/command.ts';
import { clock } from './format.ts';
import { type MessageKey, text } from './text.ts';

/** What each fault is called, and what an attempt that it ended says. */
const FAULTS: Record<FaultType, { name: MessageKey; ending?: MessageKey }> = {
  reset: { name: 'faultReset' },
  outage: { name: 'faultOutage', ending: 'endingOutage' },
  refuse: { name: 'faultRefuse', ending: 'endingRefuse' },
  respond: { name: 'faultRespond' },
  fail: { name: 'faultFail', ending: 'endingFail' },
  hang: { name: 'faultHang' },
  silence: { name: 'faultSilence' },
  delay: { name: 'faultDelay' },
  throttle: { name: 'faultThrottle' },
  burst: { name: 'faultBurst' },
  cut: { name: 'faultCut', ending: 'endingCut' },
  drop: { name: 'faultDrop' },
  duplicate: { name: 'faultDuplicate' },
  reorder: { name: 'faultReorder' },
  chaos: { name: 'faultChaos', ending: 'endingChaos' },
  inject: { name: 'faultInject' },
};

/** `Outage`, `Delay`: as a title. */
export const faultName = (fault: FaultType): string => text(FAULTS[fault].name);

/** `outage (forced)`: how an attempt ended. */
export function faultEnding(fault: FaultType): string {
  const { name, ending } = FAULTS[fault];
  return ending ? text(ending) : text('causeForced', text(name));
}

/** Of all that are in force at once. */
export const faultNames = (faults: readonly FaultType[]): string => faults.map(faultName).join(' · ');

/** `Delay in force until 12:00:01.000`, where it stands alone. */
export function faultTitle({ faults, ended }: Rail): string {
  const names = faultNames(faults);
  return ended === undefined ? text('titleFault', names) : text('titleFaultUntil', names, clock(ended, 3));
}
