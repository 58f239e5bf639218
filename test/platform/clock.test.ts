import { afterEach, expect, jest, test } from '@jest/globals';
import { createClock } from '../../platform/clock.ts';

const at = (instant: string) => jest.useFakeTimers().setSystemTime(new Date(instant));

afterEach(() => {
  jest.useRealTimers();
});

test.each([
  ['2026-02-28T15:59:59.999Z', '2026-02-28'],
  ['2026-02-28T16:00:00.000Z', '2026-03-01'],
  ['2025-12-31T16:00:00.000Z', '2026-01-01'],
])('at %s it is %s in Asia/Shanghai', (instant, day) => {
  at(instant);
  const clock = createClock({ creditToday: undefined });
  expect(clock.today()).toBe(day);
  expect(clock.now().toISOString()).toBe(instant);
});

test('a fixed date is what rules see, while instants stay real', () => {
  at('2030-05-05T00:00:00Z');
  const clock = createClock({ creditToday: '2026-03-01' });
  expect(clock.today()).toBe('2026-03-01');
  expect(clock.now().toISOString()).toBe('2030-05-05T00:00:00.000Z');
});
