/** One thing that the cloud should have, as it was found. */
export interface Finding {
  subject: string
  /** what makes it so; without one it is so already */
  change?: Change
  /** what a person should look at */
  note?: string
}

export interface Change {
  /** what happened to the subject, as in “created” */
  done: string
  make: () => Promise<void>
}

/** Compares one part of the cloud with what it should be. Looking changes nothing. */
export interface Step {
  title: string
  look: () => Promise<Finding[]>
}

/** How the steps went. */
export interface Outcome {
  /** how many changes were made, or in a dry run would have been */
  changes: number
  /** how many things a person should look at */
  notes: number
}

/** What a step was doing when it failed; the cause is what it met. */
export class StepFailure extends Error {
  constructor(where: string, cause: unknown) {
    super(where, { cause })
  }
}

/**
 * Takes the steps in their order: each looks, then makes the changes that it found needed, one
 * after the other, and prints a line for each thing. A dry run only looks.
 * @throws StepFailure at the first failure; what was done before it stays
 */
export async function runSteps(
  steps: readonly Step[],
  { dryRun, print }: { dryRun: boolean; print: (line: string) => void },
): Promise<Outcome> {
  const outcome = { changes: 0, notes: 0 }
  for (const { title, look } of steps) {
    print(title)
    for (const { subject, change, note } of await during(title, look)) {
      if (change === undefined) {
        if (note === undefined) print(`  = ${subject}: already so`)
      } else {
        if (!dryRun) await during(`${title}, ${subject}`, change.make)
        print(`  + ${subject}: ${dryRun ? 'would be ' : ''}${change.done}`)
        outcome.changes += 1
      }
      if (note !== undefined) {
        print(`  ! ${subject}: ${note}`)
        outcome.notes += 1
      }
    }
  }
  return outcome
}

/** @throws StepFailure */
export async function during<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new StepFailure(where, cause)
  }
}
