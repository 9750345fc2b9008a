import type { Configuration } from './configuration'
import { right, wrong, type Finding } from './finding'

/** A file that cannot be read is said to be so once. */
export function checkSettings({ verified, troubles }: Configuration): Finding[] {
  return verified.flatMap(({ name, outcome }) => {
    if (!Array.isArray(outcome)) return []
    if (outcome.length === 0) return [right(name, 'are what the shop needs')]
    return outcome
      .filter(({ file }) => !troubles.some(({ place }) => place === file))
      .map(({ file, problem, remedy }) => wrong(file, problem, remedy))
  })
}
