import type { History, Step } from './history'

/** Returns a shorter history that still fails: it removes steps and faults as long as it does. */
export async function shrink(
  history: History,
  fails: (history: History) => Promise<boolean>,
): Promise<History> {
  for (const shorter of simpler(history)) {
    if (await fails(shorter)) return shrink(shorter, fails)
  }
  return history
}

/** Yields simpler histories, the shortest ones first. */
function* simpler(history: History): Generator<History> {
  const { steps } = history
  const withSteps = (changed: Step[]) => ({ ...history, steps: changed })
  for (let size = steps.length >> 1; size > 0; size >>= 1) {
    for (let from = 0; from + size <= steps.length; from += size) {
      yield withSteps([...steps.slice(0, from), ...steps.slice(from + size)])
    }
  }
  for (const [n, step] of steps.entries()) {
    for (const simple of simplerSteps(step)) {
      yield withSteps([...steps.slice(0, n), ...simple, ...steps.slice(n + 1)])
    }
  }
}

function* simplerSteps(step: Step): Generator<Step[]> {
  if (step.do === 'together') {
    yield step.members
    for (const [n] of step.members.entries()) {
      yield [{ ...step, members: step.members.filter((_, index) => index !== n) }]
    }
    for (const [n, member] of step.members.entries()) {
      for (const [simple] of simplerSteps(member)) {
        if (!simple || simple.do === 'together') continue
        yield [{ ...step, members: step.members.map((m, index) => (index === n ? simple : m)) }]
      }
    }
  }
  if (!('faults' in step)) return
  for (const [n] of step.faults.entries()) {
    yield [{ ...step, faults: step.faults.filter((_, index) => index !== n) }]
  }
}
