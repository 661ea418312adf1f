import { describe, expect, test } from 'vitest';
import { hasLifetime, isRandom } from '../../../src/model/fault-nature.ts';
import { PRESETS } from '../../../src/model/presets.ts';
import { FAULTS, type Fault } from '../../../src/protocol/command.ts';

const steps = (name: keyof typeof PRESETS) => PRESETS[name].map(({ fault, times }) => [fault.type, times]);

describe('presets are what their names promise', () => {
  test('Deploy (503 three times): lost, then three answers with 503, of no event stream', () => {
    expect(PRESETS.deploy).toEqual([
      { fault: { type: 'reset', resume: { type: 'kept' } } },
      { fault: { type: 'respond', status: 503, contentType: 'text/plain' }, times: 3 },
    ]);
  });

  test('Expired session (401): lost, then a 401 for every attempt, until somebody logs in', () => {
    expect(steps('expired')).toEqual([
      ['reset', undefined],
      ['respond', undefined],
    ]);
    expect(PRESETS.expired[1]?.fault).toMatchObject({ status: 401 });
  });

  test('Server restart: no connection for some seconds, and nothing after that', () => {
    expect(steps('restart')).toEqual([['outage', undefined]]);
  });

  test('Laptop sleep: stays open, and what was missed comes late', () => {
    expect(PRESETS.sleep.map(({ fault }) => fault)).toEqual([{ type: 'silence', duration: 30_000, arrives: 'late' }]);
  });

  test('Load balancer idle timeout: each connection is lost that is idle for a minute, by no chance', () => {
    expect(PRESETS.balancer).toEqual([{ fault: { type: 'cut', idle: 60_000 } }]);
    expect(PRESETS.balancer.some(({ fault }) => isRandom(fault))).toBe(false);
  });

  test('Flaky mobile and Chaos are random, Buffering proxy is not', () => {
    const random = (name: keyof typeof PRESETS) => PRESETS[name].some(({ fault }) => isRandom(fault));
    expect([random('mobile'), random('chaos'), random('proxy')]).toEqual([true, true, false]);
  });

  test('none says how often what ends by itself shall happen', () => {
    const all = Object.values(PRESETS).flat();
    expect(all.filter(({ fault, times }) => times !== undefined && !hasLifetime(fault.type))).toEqual([]);
  });
});

test('a lifetime is asked for what concerns attempts and connections', () => {
  const asked = (Object.keys(FAULTS) as Fault['type'][]).filter(hasLifetime);
  expect(asked).toEqual([
    'refuse',
    'respond',
    'hang',
    'delay',
    'throttle',
    'burst',
    'cut',
    'drop',
    'duplicate',
    'reorder',
  ]);
});
