import { fullOrSample, seed } from '../../support/run/full-run'

/**
 * Returns how often a test repeats.
 * @param full in `npm run test:safety`, unless its option `--rounds` says something else
 * @param sample in `npm test`
 */
export function rounds(full: number, sample: number): number {
  return Number(process.env['ROUNDS'] ?? fullOrSample(full, sample))
}

/** Prints one line about a test. */
export function note(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Prints one line about a random test, with the seed that repeats it. */
export function report(line: string): void {
  note(`${line} (--seed ${seed})`)
}
