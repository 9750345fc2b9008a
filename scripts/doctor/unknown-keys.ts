import { wrong, type Finding } from './finding'
import type { Settings } from './settings'

/** A key that the function never reads is a misspelt one: what it should have set is not set. */
export function checkUnknownKeys({ place, written, example }: Settings<unknown>): Finding[] {
  const known = Object.keys(example)
  return Object.keys(written ?? {})
    .filter((key) => !known.includes(key))
    .map((key) => wrong(place(key), 'is read by nobody', `the keys are ${known.join(', ')}`))
}
