import { expect, test } from 'vitest';
import { rate } from '../../../src/model/rate.ts';
import { sourceOf } from '../../support/story.ts';

const source = sourceOf(
  'construct /a · connect · @1000 announce · @1500 dispatch 1 · @2500 dispatch 2 · @3000 dispatch 3',
);

test.each([
  ['since it is open', 3_000, 1.5],
  ['over five seconds', 7_200, 2 / 5],
  ['over a second at least', 1_600, 1],
  // Views look once a second, and facts come meanwhile.
  ['none before it was open', 900, 0],
])('%s', (_, now, perSecond) => {
  expect(rate(source, now)).toBeCloseTo(perSecond);
});
