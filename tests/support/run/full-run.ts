import { randomInt } from 'node:crypto'

/** Whether everything runs (`npm run test:safety`, `npm run test:built`), not a sample as in `npm test`. */
export const isFullRun = process.env['TESTS'] === 'full'

/** The seed of all randomness in a test file. `npm run test:safety -- --seed S` repeats a run. */
export const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))

/** Returns `full` in a full run, and `sample` in `npm test`. */
export const fullOrSample = <T>(full: T, sample: T): T => (isFullRun ? full : sample)

/**
 * Returns all items in a full run. In `npm test` returns one of each `size` neighbours, which the seed
 * and `turn` decide, so that every run has others.
 */
export function sampleOf<T>(items: readonly T[], size: number, turn = 0): readonly T[] {
  return isFullRun ? items : items.filter((_, n) => (n + turn + seed) % size === 0)
}
