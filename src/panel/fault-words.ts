import type { Standing, Target } from '../devtools/fault-desk.ts';
import type { FaultLeft } from '../model/fault-left.ts';
import { hasLifetime } from '../model/fault-nature.ts';
import type { PresetName } from '../model/presets.ts';
import { sourceName } from '../model/source-name.ts';
import type { Fault } from '../protocol/command.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { decimal, elapsed, number } from './format.ts';
import { type MessageKey, text, textOf } from './text.ts';

/** `400 ms`, `2.5 s`, `60 s`: as it was ordered, not as it was measured. */
export function time(value: Milliseconds): string {
  return spread(value, (one) => one);
}

/** `400 ± 100 ms`, `2 to 15 s`: one unit for both. */
function spread(value: Milliseconds, write: (value: string) => string, factor = value < 1000 ? 1 : 1000): string {
  return text(factor === 1 ? 'milliseconds' : 'seconds', write(decimal(value / factor)));
}

/** What a fault does, with its numbers: `Delay 400 ± 100 ms`. */
export function faultWords(fault: Fault): string {
  switch (fault.type) {
    case 'reset':
      return text('chipReset');
    case 'outage':
      return text('chipOutage', time(fault.duration));
    case 'refuse':
      return text('chipRefuse');
    case 'respond':
      return text('chipRespond', `${fault.status}`, fault.contentType);
    case 'fail':
      return text('chipFail');
    case 'hang':
      return text('chipHang', time(fault.duration));
    case 'silence':
      return text(fault.arrives === 'never' ? 'chipSilenceNever' : 'chipSilenceLate', time(fault.duration));
    case 'delay': {
      const { delay, jitter } = fault;
      if (jitter === 0) return text('chipDelay', time(delay));
      const factor = Math.min(delay, jitter) < 1000 ? 1 : 1000;
      return text(
        'chipDelay',
        spread(delay, (one) => text('plusMinus', one, decimal(jitter / factor)), factor),
      );
    }
    case 'throttle':
      return text('chipThrottle', number(fault.rate));
    case 'burst':
      return text('chipBurst', time(fault.every));
    case 'cut': {
      if ('idle' in fault) return text('chipCutIdle', time(fault.idle));
      const { after, unit, inside } = fault;
      const key = unit === 'bytes' ? 'chipCutBytes' : inside ? 'chipCutInside' : 'chipCutEvents';
      return textOf(key, after, number(after));
    }
    case 'drop':
      return text('chipDrop', decimal(fault.probability * 100));
    case 'duplicate':
      return text('chipDuplicate', decimal(fault.probability * 100));
    case 'reorder':
      return text('chipReorder', decimal(fault.probability * 100));
    case 'chaos': {
      const { least, most } = fault;
      if (least === most) return text('chipChaos', time(most));
      const factor = least < 1000 ? 1 : 1000;
      return text(
        'chipChaos',
        spread(most, (one) => text('fromTo', decimal(least / factor), one), factor),
      );
    }
    case 'inject':
      return text('chipInject');
  }
}

/** `/events`, `3 sources`, `URLs with /api/*`, `all of the tab`. */
export function targetWords(target: Target): string {
  switch (target.type) {
    case 'source':
      return sourceName(target.source).path;
    case 'sources':
      return textOf('sources', target.sources.length, number(target.sources.length));
    case 'pattern':
      return text('chipPinned', target.pattern);
    case 'all':
      return text('chipAll');
  }
}

/** The same, with the name of each of several. */
export const targetNames = (target: Target): string =>
  target.type === 'sources' ? target.sources.map((source) => sourceName(source).path).join('\n') : targetWords(target);

/** What is left of it `now`: `2 of 3 left`, `12 s left`. */
export function leftWords(left: FaultLeft, times: number, now: Milliseconds): string {
  if (left.type === 'until') {
    const seconds = Math.ceil(Math.max(0, left.until - now) / 1000);
    return text('chipTimeLeft', seconds < 60 ? text('seconds', number(seconds)) : elapsed(seconds * 1000));
  }
  const { least, most } = left;
  const count = least === most ? number(most) : text('fromTo', number(least), number(most));
  return text('chipTimesLeft', count, number(times));
}

/** How long it is in force. */
export function lifetimeWords({ fault, times }: Pick<Standing, 'fault' | 'times'>): string {
  if (times !== undefined) return textOf('chipTimes', times, number(times));
  return text(hasLifetime(fault.type) || fault.type === 'chaos' ? 'chipUntilRemoved' : 'chipItsTime');
}

export const PRESET_WORDS: Readonly<Record<PresetName, readonly [MessageKey, MessageKey]>> = {
  restart: ['presetRestart', 'presetRestartHint'],
  deploy: ['presetDeploy', 'presetDeployHint'],
  expired: ['presetExpired', 'presetExpiredHint'],
  mobile: ['presetMobile', 'presetMobileHint'],
  sleep: ['presetSleep', 'presetSleepHint'],
  proxy: ['presetProxy', 'presetProxyHint'],
  balancer: ['presetBalancer', 'presetBalancerHint'],
  chaos: ['presetChaos', 'presetChaosHint'],
};
